"""Registers that lie in files: read as tables, turned into requests to the desk."""
