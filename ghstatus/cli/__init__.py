"""The command line: the only home of the clock, the environment, the terminal and exit codes."""
