"""When a plan isn't carried out without being asked."""

import pytest

from ghstatus.actions import CreateLabel, PinIncident
from ghstatus.model import Label, Limits
from ghstatus.plan.refusal import refusal
from tests.builders import snapshot


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_plan_within_the_limit_is_carried_out(count):
    assert refusal((PinIncident(ref="1"),) * count, snapshot(), Limits(actions=3)) == ""


@pytest.mark.parametrize(
    ("count", "limit", "words"),
    [
        (4, 3, "4 changes at once; `limits.actions` allows 3"),
        (1, 0, "1 change at once; `limits.actions` allows 0"),
        (1200, 1000, "1,200 changes at once; `limits.actions` allows 1,000"),
    ],
)
def test_a_plan_beyond_the_limit_is_refused(count, limit, words):
    assert refusal((PinIncident(ref="1"),) * count, snapshot(), Limits(actions=limit)) == words


def test_creating_labels_does_not_count():
    """A first run creates one for each component, and harms nothing by it."""
    labels = tuple(CreateLabel(label=Label(f"component/{number}")) for number in range(60))

    assert refusal((*labels, PinIncident(ref="1")), snapshot(), Limits(actions=1)) == ""
    assert refusal((*labels, *[PinIncident(ref="1")] * 2), snapshot(), Limits(actions=1)) == (
        "2 changes at once; `limits.actions` allows 1"
    )


@pytest.mark.parametrize("count", [0, 1, 9])
def test_a_partial_observation_is_no_basis_for_any_plan(count):
    seen = snapshot(partial=("who may publish", "issue #7"))

    assert refusal((PinIncident(ref="1"),) * count, seen, Limits(actions=3)) == (
        "not everything could be read, so nothing is changed: who may publish; issue #7"
    )
