"""The terminal: commands, options, prompts, exit codes and the clock. It decides nothing."""
