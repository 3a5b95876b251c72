"""What an import writes down."""

from ghstatus.actions import OpenIncident
from ghstatus.plan import imports
from tests.builders import incident


def refs(plan):
    return [action.incident.ref for action in plan]


def test_nothing_imported_is_nothing_to_do():
    assert imports.decide([incident()], []) == ()


def test_a_new_incident_is_opened_as_it_is():
    one = incident(source="cstate:a.md")

    assert imports.decide([], [one]) == (OpenIncident(incident=one),)


def test_an_incident_that_was_mended_since_is_left_alone():
    present = incident("renamed", title="Better words", source="cstate:a.md")

    assert imports.decide([present], [incident(source="cstate:a.md")]) == ()


def test_a_taken_ref_is_counted_up():
    present = [incident("a", source="cstate:other.md"), incident("a-2")]

    assert refs(imports.decide(present, [incident("a", source="cstate:a.md")])) == ["a-3"]


def test_imported_incidents_do_not_take_each_others_refs():
    found = [incident("a", source="one"), incident("a", source="two"), incident("a-2", source="three")]

    assert refs(imports.decide([], found)) == ["a", "a-2", "a-2-2"]


def test_what_is_imported_twice_is_opened_once():
    found = [incident("a", source="one"), incident("b", source="one")]

    assert refs(imports.decide([], found)) == ["a"]


def test_incidents_without_a_source_are_not_taken_for_one_another():
    assert refs(imports.decide([incident("a")], [incident("b"), incident("c")])) == ["b", "c"]
