"""Every handler of the REST API: importing this registers them."""

from tests.github import rest_apps, rest_checks, rest_code, rest_issues, rest_labels

__all__ = ["rest_apps", "rest_checks", "rest_code", "rest_issues", "rest_labels"]
