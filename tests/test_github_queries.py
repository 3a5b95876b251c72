"""Every query is one that GitHub's schema allows, with its values beside it."""

import pytest
from graphql import parse, validate

from ghstatus.stores.github import queries
from ghstatus.stores.github.queries import Ask
from tests.github.connections import NODES, Measure
from tests.github.graphql import schema

SINCE = "2026-03-02T09:00:00Z"
GATES = ("incident", "maintenance", "announcement")
HOSTILE = '"]){x}'
QUERIES = {
    "the first look": queries.listing(
        "packit/status", {"all0": Ask("incident"), "all1": Ask("maintenance")}, size=50, about=True, counts=GATES
    ),
    "a later look": queries.listing(
        "packit/status",
        {f"changed{place}": Ask(gate, SINCE) for place, gate in enumerate(GATES)}
        | {f"open{place}": Ask(gate, only_open=True) for place, gate in enumerate(GATES)},
        size=50,
        about=True,
        counts=GATES,
    ),
    "another page": queries.listing("packit/status", {"changed0": Ask("", SINCE, after="Y3Vyc29y")}, size=7),
    "no gates": queries.listing("packit/status", {}, size=50, about=True),
    "every issue": queries.listing("packit/status", {"all0": Ask()}, size=50, about=True, counts=[""]),
    "hostile names": queries.listing(
        "packit/status", {"all0": Ask(HOSTILE, HOSTILE, after=HOSTILE)}, size=1, counts=[HOSTILE]
    ),
    "some issues": queries.single("packit/status", [1, 22]),
    "more labels": queries.labels("packit/status", "Y3Vyc29y"),
    "the rest of an issue": queries.rest("I_1", {"comments": "Y3Vyc29y", "timelineItems": "Yw", "labels": "Yg"}),
    "mirrors": queries.boards(["packit/packit", "packit/ogr"]),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_is_what_the_schema_allows(query):
    document = parse(query.text)

    assert validate(schema(), document) == []
    declared = {one.variable.name.value for one in document.definitions[0].variable_definitions}
    assert declared == set(query.variables)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_asks_for_no_more_than_github_gives(query):
    measure = Measure(parse(query.text), query.variables)

    assert measure.nodes <= NODES / 4
    assert measure.cost <= 10


def test_what_people_typed_is_never_part_of_a_text():
    assert HOSTILE not in QUERIES["hostile names"].text
    assert HOSTILE in QUERIES["hostile names"].variables.values()


def test_values_that_are_the_same_are_said_once():
    variables = QUERIES["a later look"].variables

    assert sorted(value for value in variables.values() if value in {*GATES, SINCE}) == sorted([*GATES, SINCE])


def test_names_of_repositories_are_taken_apart_once():
    assert queries.labels("a/b/c", "").variables == {"owner": "a", "name": "b/c", "after": ""}
