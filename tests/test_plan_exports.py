"""A copy is made to tell what the original tells."""

from ghstatus.actions import EditIncident, OpenIncident
from ghstatus.plan import exports
from tests.builders import incident

A, B = incident("a"), incident("b")


def test_what_is_missing_is_opened_and_what_differs_is_edited():
    copying = exports.decide([A, B], [incident("b", title="Another")])

    assert copying == ((OpenIncident(incident=A), EditIncident(incident=B)), 0, ())


def test_what_is_the_same_stays_and_what_is_gone_is_named():
    assert exports.decide([A], [A, B]) == ((), 1, ("b",))
