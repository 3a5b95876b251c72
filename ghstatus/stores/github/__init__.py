"""Incidents that are issues of a GitHub repository."""
