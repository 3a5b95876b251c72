"""Whether a failed check is a known external failure."""
