"""complaintctl: the complaint desk of a property office in one file."""

__version__ = "0.1.0"
