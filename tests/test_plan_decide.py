"""What to change in an issue tracker; each situation's plan is kept as `ghstatus plan` prints it."""

import pytest

from ghstatus import board
from ghstatus.actions import PinIncident, PinMirror, UnpinIncident, UnpinMirror
from ghstatus.explain import reasoned
from ghstatus.grammar import labels as grammar
from ghstatus.model import Mirror, Pin, Pins
from ghstatus.plan.decide import decide
from ghstatus.stores.memory import MemoryStore
from tests.builders import NOW, VIEWER, comment, component, event, incident, issue, site, snapshot, tracker

COMPONENTS = (component("copr", name="Copr"), component("testing-farm", name="Testing Farm"))
PAGE = "https://status.packit.dev/"


def configured(**pins):
    return site(*COMPONENTS, title="Packit status", base_url=PAGE, pins=Pins(**pins))


SITE = configured()
WANTED = grammar.wanted(SITE)
WINDOW = "<!-- ghstatus\nscheduled_for: 2026-03-02 08:00 UTC\nscheduled_until: 2026-03-02 10:00 UTC\n-->\n\nNew disks."
MIRRORED = Mirror(repository="packit/packit")
OLD = "2024-03-02 08:00"


def outage(number=42, *done, severity="major", labels=(), **said):
    """An outage as it is after a run: labelled, and welcomed when that was yesterday's."""
    there = ["incident", f"severity/{severity}", "component/copr", *labels]
    return issue(*done, number=number, labels=there, **said)


def world(*issues, site=SITE, **said):
    said = {"labels": WANTED, "mirrors": (MIRRORED,) if site.pins.also else ()} | said
    return MemoryStore(site, issues=issues, trusted=["jane"], tracker=tracker(**said)), site


def planned(made):
    store, site = made
    seen = store.observe(NOW)
    return decide(board.judge(seen, NOW), seen, site)


def after(made, *changes):
    """The world after a run, and after what people did to it since."""
    for action in planned(made):
        made[0].apply(action)
    return made


SITUATIONS = {
    "first-run": world(outage(severity="critical"), labels=()),
    "nothing-to-do": after(world(outage(labels=["phase/investigating"]), site=configured(also=("packit/packit",)))),
    "it-gets-worse": world(
        outage(41, severity="minor", created_at=OLD),
        outage(
            42, comment("Identified: The disk is full.\nSeverity: critical", "11:00"), labels=["phase/investigating"]
        ),
        site=configured(max=1, also=("packit/packit",)),
        pins=(Pin(41, VIEWER),),
    ),
    "mistyped": world(issue(labels=["incident", "severity/hihg", "component/corp"])),
    "all-is-over": world(
        outage(42, event("pinned", "08:10", by=VIEWER), event("closed", "11:00"), created_at="2026-03-01 08:00"),
        site=configured(also=("packit/packit",)),
        pins=(Pin(42, VIEWER),),
        mirrors=(
            Mirror(
                repository="packit/packit", number=7, title="Outage", text="Old.", is_open=True, pins=(Pin(7, VIEWER),)
            ),
        ),
    ),
    "a-window-ended": world(issue(labels=["maintenance", "component/copr"], text=WINDOW)),
    "an-old-repository": world(
        *(issue(event("closed", OLD), number=number, labels=["incident"], created_at=OLD) for number in range(1, 20)),
        outage(20, created_at=OLD),
        labels=(),
    ),
    "people-pinned-three": world(outage(), pins=tuple(Pin(number, "jane") for number in (1, 2, 3))),
    "the-standing-issue-takes-a-place": world(
        outage(41, created_at=OLD, severity="minor", labels=["phase/investigating"]),
        outage(42, created_at=OLD, severity="critical", labels=["phase/investigating"]),
        site=configured(status_issue=True),
        mirrors=(Mirror(repository=""),),
        pins=(Pin(1, "jane"), Pin(41, VIEWER), Pin(42, VIEWER)),
    ),
    "strangers-only": world(outage(author="mallory"), outage(43, comment("Resolved: no!", by="mallory"))),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_plan_is_what_a_maintainer_would_expect(golden, name):
    golden(f"plans/{name}.txt", "".join(f"{reasoned(action)}\n" for action in planned(SITUATIONS[name])))


def test_without_a_tracker_there_is_nothing_to_decide():
    seen = snapshot(incident())

    assert decide(board.judge(seen, NOW), seen, SITE) == ()


def test_labels_are_left_alone_where_another_program_keeps_them():
    upptime = site(*COMPONENTS, dialect="upptime", base_url=PAGE)
    made = MemoryStore(upptime, issues=[issue(labels=["status", "copr"])], trusted=["jane"], tracker=tracker())
    plan = planned((made, upptime))

    assert {type(action).__name__ for action in plan} == {"WriteNote", "PinIncident"}
    assert [action.text for action in plan if hasattr(action, "text")] == [
        f"This incident is on the status page: {PAGE}incidents/42/"
    ]


def test_places_are_made_before_they_are_taken():
    plan = planned(SITUATIONS["the-standing-issue-takes-a-place"])

    assert [action for action in plan if isinstance(action, PinIncident | PinMirror | UnpinIncident)] == [
        UnpinIncident(number=41),
        PinMirror(repository=""),
    ]


def test_the_place_of_a_standing_issue_that_nobody_wants_goes_to_an_incident():
    standing = Mirror(repository="", number=7, title="Status", text="Old.", is_open=True)
    plan = planned(world(outage(), mirrors=(standing,), pins=(Pin(1, "jane"), Pin(2, "jane"), Pin(7, VIEWER))))

    assert plan[-2:] == (UnpinMirror(repository="", number=7), PinIncident(ref="42"))


def test_a_place_in_another_repository_is_none_here():
    also = configured(also=("packit/packit",))
    plan = planned(world(outage(), site=also, pins=(Pin(1, "jane"), Pin(2, "jane"))))

    assert plan[-2:] == (PinMirror(repository="packit/packit"), PinIncident(ref="42"))
