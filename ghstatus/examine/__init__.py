"""Looks at an installation, and mends what needs no person."""
