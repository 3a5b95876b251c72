"""What the issues that show the board should say."""

from dataclasses import replace

import pytest

from ghstatus import board
from ghstatus.actions import PinMirror, UnpinMirror, WriteMirror
from ghstatus.grammar import notes
from ghstatus.model import Mirror, Pin, Pins
from ghstatus.plan import mirrors
from ghstatus.saying import boards
from tests.builders import NOW, VIEWER, event, incident, issue, site, snapshot, tracker

STANDING = site(title="Packit status", pins=Pins(status_issue=True))
ALSO = site(title="Packit status", pins=Pins(also=("packit/packit",)))
LINKS = boards.links(ALSO, tracker())
OUTAGE = incident("42")
WELL = "Packit status: no outage"
NONE = Mirror(repository="packit/packit")
PINNED = (Pin(7, VIEWER),)
OTHERS = tuple(Pin(number, "jane") for number in (91, 92, 93))


def judged(*incidents, **said):
    return board.judge(snapshot(*incidents, **said), NOW)


def planned(*incidents, mirror, site=ALSO, pinned=(), repository="packit/status", **said):
    seen = tracker(*(issue(number=int(one.ref)) for one in incidents))
    seen = replace(seen, mirrors=(mirror,), pins=tuple(pinned), repository=repository)
    return list(mirrors.decide(judged(*incidents, **said), seen, site))


def standing(*incidents, **said):
    there = judged(*incidents)
    text = notes.mirror(boards.standing(there, STANDING, LINKS))
    return Mirror(
        **{
            "repository": "",
            "number": 7,
            "title": boards.title("Current status", there),
            "text": text,
            "is_open": True,
        }
        | said
    )


def elsewhere(*incidents, **said):
    """As ghstatus left it when these went on, pinned; when none did, closed and not pinned."""
    there = judged(*incidents)
    text = boards.outage(there, ALSO, LINKS) if incidents else boards.all_well(ALSO, LINKS)
    title = boards.title(ALSO.title, there) if incidents else WELL
    values = {"number": 7, "title": title, "text": notes.mirror(text), "is_open": bool(incidents)}
    return Mirror(**{"repository": "packit/packit", "pins": PINNED if incidents else ()} | values | said)


def kinds(plan):
    return [(type(action).__name__, action.number, getattr(action, "is_open", None)) for action in plan]


class TestTheStandingIssue:
    def test_it_is_opened_and_pinned(self):
        write, pin = planned(OUTAGE, mirror=Mirror(repository=""), site=STANDING)

        assert write == WriteMirror(
            repository="",
            title="Current status: partial outage – copr",
            text=boards.standing(judged(OUTAGE), STANDING, LINKS),
        )
        assert pin == PinMirror(repository="")
        assert (write.why, pin.why) == ("there is none open", "it is open")

    def test_what_it_tells_already_is_not_told_again(self):
        assert planned(OUTAGE, mirror=standing(OUTAGE), site=STANDING, pinned=PINNED) == []

    def test_it_is_written_anew_when_a_fact_changes(self):
        (write,) = planned(OUTAGE, mirror=standing(), site=STANDING, pinned=PINNED)

        assert (write.number, write.is_open, write.why) == (7, True, "what it tells has changed")

    def test_it_is_opened_again(self):
        plan = planned(mirror=standing(is_open=False), site=STANDING, pinned=PINNED)

        assert kinds(plan) == [("WriteMirror", 7, True)]

    @pytest.mark.parametrize(
        ("pinned", "count"),
        [
            (OTHERS, 0),
            (OTHERS[:2], 1),
            ((*OTHERS[:2], Pin(42, VIEWER)), 1),
            ((*OTHERS[:2], Pin(94, VIEWER)), 0),
            ((Pin(7, "jane"),), 0),
        ],
        ids=["all theirs", "two theirs", "an incident of ours moves", "ours but of nothing here", "pinned by jane"],
    )
    def test_it_is_pinned_where_there_is_a_place(self, pinned, count):
        plan = planned(OUTAGE, mirror=standing(OUTAGE), site=STANDING, pinned=pinned)

        assert plan == [PinMirror(repository="", number=7)] * count

    def test_it_stays_unpinned_when_somebody_unpinned_it(self):
        there = standing(events=(event("pinned", by=VIEWER), event("unpinned")))

        assert planned(mirror=there, site=STANDING) == []

    def test_it_is_closed_and_unpinned_once_nobody_wants_it(self):
        plan = planned(OUTAGE, mirror=standing(OUTAGE), site=ALSO, pinned=PINNED)

        assert kinds(plan) == [("WriteMirror", 7, False), ("UnpinMirror", 7, None)]
        assert plan[0].text == boards.retired()
        assert [action.why for action in plan] == ["`pins.status_issue` is off", "it is closed"]

    @pytest.mark.parametrize("mirror", [Mirror(repository=""), standing(is_open=False)])
    def test_where_nobody_wants_it_none_is_opened(self, mirror):
        assert planned(OUTAGE, mirror=mirror, site=ALSO) == []


class TestInAnotherRepository:
    def test_an_outage_opens_and_pins_an_issue(self):
        write, pin = planned(OUTAGE, mirror=NONE)

        assert write == WriteMirror(
            repository="packit/packit",
            title="Packit status: partial outage – copr",
            text=boards.outage(judged(OUTAGE), ALSO, LINKS),
        )
        assert pin == PinMirror(repository="packit/packit")
        assert write.why == "an outage goes on"

    def test_without_an_outage_none_is_opened(self):
        assert planned(mirror=NONE) == []
        assert planned(incident("42", kind="maintenance", scheduled_until="13:00"), mirror=NONE) == []

    def test_what_it_tells_already_is_not_told_again(self):
        assert planned(OUTAGE, mirror=elsewhere(OUTAGE)) == []
        assert planned(mirror=elsewhere()) == []

    def test_it_is_written_anew_when_a_fact_changes(self):
        (write,) = planned(OUTAGE, incident("43"), mirror=elsewhere(OUTAGE))

        assert (write.number, write.is_open, write.why) == (7, True, "what it tells has changed")

    def test_it_is_closed_and_unpinned_when_all_is_well(self):
        plan = planned(mirror=elsewhere(OUTAGE))

        assert kinds(plan) == [("WriteMirror", 7, False), ("UnpinMirror", 7, None)]
        assert (plan[0].title, plan[0].text) == (WELL, boards.all_well(ALSO, LINKS))
        assert plan[0].why == "no outage goes on"

    def test_it_is_opened_again_by_the_next_outage(self):
        closed = (event("closed", by=VIEWER),)

        assert kinds(planned(OUTAGE, mirror=elsewhere(events=closed))) == [
            ("WriteMirror", 7, True),
            ("PinMirror", 7, None),
        ]

    def test_it_stays_as_it_is_while_nobody_knows_whether_all_is_well(self):
        assert planned(mirror=elsewhere(OUTAGE), unobserved=frozenset(["copr"])) == []

    def test_what_somebody_else_pinned_stays_pinned(self):
        assert kinds(planned(mirror=elsewhere(OUTAGE, pins=(Pin(7, "jane"),)))) == [("WriteMirror", 7, False)]

    def test_where_people_pinned_three_it_is_opened_all_the_same(self):
        assert kinds(planned(OUTAGE, mirror=replace(NONE, pins=OTHERS))) == [("WriteMirror", None, True)]

    def test_it_stays_unpinned_for_this_outage_when_somebody_unpinned_it(self):
        there = elsewhere(OUTAGE, pins=(), events=(event("pinned", by=VIEWER), event("unpinned")))

        assert planned(OUTAGE, mirror=there) == []

    def test_the_next_outage_is_pinned_again(self):
        unpinned = (event("pinned", by=VIEWER), event("unpinned"), event("closed", by=VIEWER))

        assert ("PinMirror", 7, None) in kinds(planned(OUTAGE, mirror=elsewhere(events=unpinned)))
        assert kinds(
            planned(OUTAGE, mirror=elsewhere(OUTAGE, pins=(), events=(*unpinned, event("reopened", by=VIEWER))))
        ) == [("PinMirror", 7, None)]

    def test_the_next_outage_is_pinned_again_with_a_persons_token(self):
        tidied = (event("pinned"), event("closed"), event("unpinned"), event("reopened"))
        seen = replace(tracker(issue(number=42)), viewer="jane", mirrors=(elsewhere(OUTAGE, pins=(), events=tidied),))

        assert kinds(mirrors.decide(judged(OUTAGE), seen, ALSO)) == [("PinMirror", 7, None)]

    def test_what_somebody_closed_during_an_outage_stays_closed(self):
        there = elsewhere(OUTAGE, is_open=False, events=(event("closed"),))

        assert planned(OUTAGE, incident("43"), mirror=there) == [UnpinMirror(repository="packit/packit", number=7)]

    def test_what_somebody_closed_is_ready_for_the_next_outage(self):
        closed = (event("closed"),)
        plan = planned(mirror=elsewhere(OUTAGE, is_open=False, pins=(), events=closed))

        assert kinds(plan) == [("WriteMirror", 7, False)]
        assert ("WriteMirror", 7, True) in kinds(planned(OUTAGE, mirror=elsewhere(events=closed)))

    @pytest.mark.parametrize("events", [(), (event("closed"), event("closed", "10:00", by=VIEWER))])
    def test_what_nobody_else_closed_is_opened_again(self, events):
        there = elsewhere(OUTAGE, is_open=False, events=events)

        assert kinds(planned(OUTAGE, mirror=there)) == [("WriteMirror", 7, True)]

    def test_what_somebody_closed_and_opened_again_is_kept_up_to_date(self):
        there = elsewhere(OUTAGE, events=(event("closed"), event("reopened", "10:00")))

        assert kinds(planned(OUTAGE, incident("43"), mirror=there)) == [("WriteMirror", 7, True)]

    def test_its_name_is_found_in_any_case(self):
        assert planned(OUTAGE, mirror=Mirror(repository="Packit/Packit"))

    def test_what_nobody_asked_for_is_left_alone(self):
        assert planned(OUTAGE, mirror=Mirror(repository="packit/ogr")) == []
        assert planned(OUTAGE, mirror=NONE, repository="Packit/packit") == []

    def test_a_repository_that_could_not_be_observed_is_left_alone(self):
        assert list(mirrors.decide(judged(OUTAGE), tracker(issue()), ALSO)) == []
