"""Every handler of the REST API: importing this registers them."""

from tests.github import (
    rest_actions,
    rest_apps,
    rest_checks,
    rest_code,
    rest_issues,
    rest_labels,
    rest_pages,
    rest_people,
)

__all__ = [
    "rest_actions",
    "rest_apps",
    "rest_checks",
    "rest_code",
    "rest_issues",
    "rest_labels",
    "rest_pages",
    "rest_people",
]
