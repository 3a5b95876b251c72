"""Decisions: what to change, given what is and what is wanted."""
