"""Repositories whose pull requests depend on services, and a status page that tells of those."""
