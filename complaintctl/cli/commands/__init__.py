"""The commands, one module each; a module is only imported when its command is called."""
