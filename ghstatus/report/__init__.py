"""Verdicts in words: the text of a check run, of a comment, of the terminal."""
