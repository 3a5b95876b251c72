"""What went wrong, in words."""

import pytest

from ghstatus.errors import ConfigError, GhstatusError, Problem, UsageError


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "incidents/a.md: it is broken"),
        ({"line": 3}, "incidents/a.md:3: it is broken"),
        ({"line": 3, "column": 7}, "incidents/a.md:3:7: it is broken"),
        ({"key": "severity"}, "incidents/a.md: severity: it is broken"),
        ({"accepted": "a whole one"}, "incidents/a.md: it is broken; accepted: a whole one"),
        ({"outcome": "not read"}, "incidents/a.md: it is broken → not read"),
        (
            {"line": 1, "column": 2, "key": "a", "accepted": "b", "outcome": "c"},
            "incidents/a.md:1:2: a: it is broken; accepted: b → c",
        ),
    ],
)
def test_a_problem_says_what_is_known(said, expected):
    assert str(Problem(where="incidents/a.md", seen="it is broken", **said)) == expected


def test_a_configuration_error_says_all_that_is_wrong():
    problems = (Problem(where="a", seen="one"), Problem(where="b", seen="two"))

    assert str(ConfigError(problems)) == "a: one\nb: two"
    assert ConfigError(problems).problems == problems


def test_exit_codes_tell_what_was_found_from_what_was_asked():
    assert (GhstatusError.exit_code, UsageError.exit_code, ConfigError.exit_code) == (1, 2, 2)
