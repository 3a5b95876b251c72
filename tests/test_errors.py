"""What went wrong, in words."""

import pytest

from ghstatus.errors import ConfigError, GhstatusError, Problem, UsageError, few


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


def test_of_each_field_twenty_problems_are_told_and_the_rest_in_one():
    names = [
        Problem(where="a", key=f"components[{n}].x", seen="unknown", outcome="ignored", line=n) for n in range(1500)
    ]
    other = [Problem(where=where, key=key, seen="odd") for where, key in [("a", "links"), ("b", "components[0]")]]
    rest = Problem(where="a", key="components", seen="and 1,480 more", outcome="ignored", line=20)

    assert few([*names, *other]) == (*names[:20], rest, *other)
    assert few(names[:20]) == tuple(names[:20])


def test_a_field_is_a_key_up_to_its_parts():
    problems = [Problem(where="a", key=f"components.{n}", seen="unknown") for n in range(21)]

    assert few(problems)[20].key == "components"
    assert few(problems)[20].seen == "and 1 more"
