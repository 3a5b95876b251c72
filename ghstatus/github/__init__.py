"""Requests to GitHub: by which right they are made, when they are repeated, what is said when they fail."""
