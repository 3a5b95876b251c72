"""Which incidents to pin, and which no longer."""

import pytest

from ghstatus import board
from ghstatus.actions import PinIncident, UnpinIncident
from ghstatus.model import Pin
from ghstatus.plan import pins
from tests.builders import NOW, VIEWER, event, incident, issue, snapshot, tracker, update


def planned(*incidents, most=3, places=3, pinned=(), issues=(), settled=()):
    """The plan for incidents named by their numbers; `issues` are those of which anything matters."""
    judged = board.judge(snapshot(*incidents, settled=settled), NOW)
    of_each = {one.ref: issue(number=int(one.ref)) for one in incidents} | {str(one.number): one for one in issues}
    return list(pins.decide(judged, tracker(*of_each.values(), pins=tuple(pinned)), most, places))


def ours(*numbers):
    return [Pin(number, VIEWER) for number in numbers]


def human(*numbers):
    return [Pin(number, "jane") for number in numbers]


def over(ref):
    return incident(ref, updates=(update("09:00", "resolved"),))


MINOR, MAJOR = incident("1", severity="minor"), incident("2", severity="major")
CRITICAL = incident("3", severity="critical")
MAINTENANCE = incident("4", kind="maintenance", scheduled_until="13:00")
UNPINNED_BY_JANE = issue(event("pinned", "08:10", by=VIEWER), event("unpinned", "08:20"), number=3)


def test_nothing_goes_on_and_nothing_is_pinned():
    assert planned() == []
    assert planned(over("1")) == []


def test_what_goes_on_is_pinned_the_worst_first_then_maintenance():
    assert planned(MINOR, MAINTENANCE, CRITICAL) == [PinIncident(ref=ref) for ref in "314"]


def test_what_is_pinned_already_stays():
    assert planned(MINOR, MAJOR, pinned=ours(2, 1)) == []


def test_a_maintenance_to_come_or_an_announcement_is_not_pinned():
    coming = incident("1", kind="maintenance", started="14:00", scheduled_for="14:00")

    assert planned(coming, incident("2", kind="announcement")) == []


@pytest.mark.parametrize(("most", "refs"), [(0, ""), (1, "3"), (2, "32")])
def test_no_more_is_pinned_than_wanted(most, refs):
    assert planned(MINOR, MAJOR, CRITICAL, most=most) == [PinIncident(ref=ref) for ref in refs]


def test_what_is_over_is_unpinned():
    (action,) = planned(over("1"), pinned=ours(1))

    assert action == UnpinIncident(number=1)
    assert action.why == "it isn't going on"


def test_what_there_is_no_place_for_is_unpinned():
    (action,) = planned(MINOR, places=0, pinned=ours(1))

    assert action == UnpinIncident(number=1)
    assert action.why == "there is no place for it"


def test_what_is_over_since_long_is_unpinned_though_nobody_read_it():
    (record,) = board.judge(snapshot(over("7")), NOW).past

    assert planned(settled=(record,), pinned=ours(7)) == [UnpinIncident(number=7)]


def test_the_worse_takes_the_place_of_the_better_which_leaves_first():
    plan = planned(MINOR, MAJOR, CRITICAL, most=2, pinned=ours(1, 2))

    assert plan == [UnpinIncident(number=1), PinIncident(ref="3")]
    assert [action.why for action in plan] == [
        "others go first",
        "Builds stay pending: major outage",
    ]


@pytest.mark.parametrize(("places", "refs"), [(-1, ""), (0, ""), (1, "3"), (2, "32")])
def test_only_free_places_are_taken(places, refs):
    assert planned(MINOR, MAJOR, CRITICAL, places=places) == [PinIncident(ref=ref) for ref in refs]


def test_a_persons_pin_stays_whatever_it_is_of():
    assert planned(over("1"), pinned=human(1, 99)) == []


def test_what_a_person_pinned_needs_no_pin_of_ours():
    assert planned(MAJOR, CRITICAL, most=2, pinned=human(3)) == [PinIncident(ref="2")]
    assert planned(MAJOR, CRITICAL, most=1, pinned=human(3)) == []


def test_a_pin_of_something_else_is_not_ours_to_take_away():
    assert planned(MAJOR, pinned=ours(99)) == [PinIncident(ref="2")]


def test_what_a_person_unpinned_stays_unpinned_and_leaves_its_place_to_others():
    assert planned(MAJOR, CRITICAL, most=1, issues=[UNPINNED_BY_JANE]) == [PinIncident(ref="2")]


@pytest.mark.parametrize(
    ("events", "unwanted"),
    [
        ([], False),
        ([event("pinned", by=VIEWER)], False),
        ([event("pinned", by=VIEWER), event("unpinned", by=VIEWER)], False),
        ([event("pinned", by=VIEWER), event("unpinned", by="jane")], True),
        ([event("pinned", by=VIEWER), event("unpinned", by="")], True),
        ([event("unpinned"), event("pinned", by="jane")], False),
        ([event("unpinned"), event("pinned", by=VIEWER)], False),
        ([event("unpinned"), event("reopened", by=VIEWER)], False),
        ([event("unpinned"), event("reopened", by="jane")], True),
        ([event("unpinned"), event("closed", by=VIEWER), event("labeled", by=VIEWER)], True),
        ([event("unpinned"), event("unpinned", by=VIEWER)], True),
        ([event("closed"), event("unpinned"), event("reopened")], False),
        ([event("closed"), event("reopened"), event("unpinned")], True),
        ([event("unpinned"), event("closed"), event("unpinned"), event("reopened")], True),
    ],
)
def test_who_unpinned_last_decides(events, unwanted):
    assert pins.was_unpinned(events, VIEWER) is unwanted
