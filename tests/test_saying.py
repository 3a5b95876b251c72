"""What ghstatus writes into issues."""

from datetime import timedelta

import pytest

from ghstatus import board
from ghstatus.errors import Problem
from ghstatus.model import Kind
from ghstatus.saying import boards, incidents
from ghstatus.saying.boards import Links
from tests.builders import NOW, component, incident, site, snapshot, tracker, update

COMPONENTS = (
    component("copr", name="Copr"),
    component("testing-farm", name="Testing Farm"),
    component("old", name="Old", hidden=True),
    component("quiet", name="Quiet", only_if_degraded=True),
)
PAGE = "https://status.packit.dev/"
SITE = site(*COMPONENTS, title="Packit status", base_url=PAGE)
LINKS = boards.links(SITE, tracker())
OUTAGE = incident(
    "42",
    severity="critical",
    components={"copr": None, "testing-farm": "partial_outage"},
    updates=(update("09:00", "identified"),),
)
NAMELESS = incident("43", title="Slow: ask @jane <b> in #12", severity="minor", components=[])
WORK = {"kind": "maintenance", "scheduled_for": "11:00", "scheduled_until": "13:00"}
COMING = {"kind": "maintenance", "title": "Move", "started": "2026-03-05 11:00", "components": []}
EVERYTHING = (
    OUTAGE,
    NAMELESS,
    incident("44", **WORK),
    incident("45", **COMING),
    incident("46", kind="announcement", title="We move", components=[]),
    incident("47", updates=(update("09:00", "resolved"),)),
)


def judged(*incidents, now=NOW, **said):
    return board.judge(snapshot(*incidents, components=COMPONENTS, **said), now)


def problem(**said):
    return Problem(**{"where": "#42", "seen": "'hihg' is unknown"} | said)


@pytest.mark.parametrize(
    ("incidents", "unobserved", "words"),
    [
        ((), (), "all systems operational"),
        ((), ("copr",), "unknown"),
        ((OUTAGE,), (), "major outage – Copr"),
        ((OUTAGE,), ("copr",), "major outage – Copr"),
        ((NAMELESS,), (), "degraded performance"),
        ((incident("1", components=["copr", "testing-farm"]),), (), "partial outage – Copr and Testing Farm"),
        (
            (incident("1", components=[one.id for one in COMPONENTS]),),
            (),
            "partial outage – Copr, Testing Farm and 2 more",
        ),
        ((incident("44", **WORK),), (), "under maintenance – Copr"),
        ((incident("1", components={"copr": "operational"}),), (), "an incident is open"),
    ],
)
def test_a_board_in_a_few_words(incidents, unobserved, words):
    assert boards.headline(judged(*incidents, unobserved=frozenset(unobserved))) == words


def test_a_title_fits_where_titles_stand():
    title = boards.title("x" * 300, judged())

    assert len(title) == 256
    assert boards.title("Status", judged()) == "Status: all systems operational"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("everything", boards.standing(judged(*EVERYTHING), SITE, LINKS)),
        ("quiet", boards.standing(judged(), SITE, LINKS)),
        ("unread", boards.standing(judged(unobserved=frozenset(["copr"])), site(), Links("", "https://x.org/a/b"))),
        ("outage", boards.outage(judged(OUTAGE, NAMELESS), SITE, LINKS)),
        ("outage-without-a-page", boards.outage(judged(OUTAGE), SITE, Links("", "https://github.com/packit/status"))),
        ("all-well", boards.all_well(SITE, LINKS)),
        ("retired", boards.retired()),
        ("problems", incidents.problems([problem(key="severity", accepted="major", outcome="so"), problem(line=3)])),
    ],
)
def test_texts_are_what_was_read_over(golden, name, text):
    golden(f"plans/{name}.md", f"{text}\n")


def test_a_welcome_says_where_and_how_an_announcement_ends(golden):
    golden("plans/welcome-announcement.md", f"{incidents.welcome(Kind.ANNOUNCEMENT, LINKS.to('46'), is_kept=True)}\n")


def test_a_welcome_says_no_more_than_where_to_those_who_write_otherwise():
    for kind in Kind:
        told = incidents.welcome(kind, "https://x.org/", is_kept=False)
        assert told == f"This {kind} is on the status page: https://x.org/"


def test_nothing_moves_with_time_alone():
    ahead = incident("48", started="12:30")
    soon = NOW + timedelta(minutes=20)

    assert boards.standing(judged(*EVERYTHING, ahead), SITE, LINKS) == boards.standing(
        judged(*EVERYTHING, ahead, now=soon), SITE, LINKS
    )


def test_a_component_that_is_degraded_only_shows_then():
    assert "Quiet | Partial outage" in boards.standing(judged(incident(components=["quiet"])), SITE, LINKS)
    assert "Quiet" not in boards.standing(judged(), SITE, LINKS)


def test_a_component_that_nobody_knows_is_called_by_its_id():
    assert "of gone," in boards.outage(judged(incident("1", components=["gone"])), SITE, LINKS)


def test_a_part_of_an_incident_that_is_over_is_not_told():
    mended = incident("1", components=["copr", "quiet"], updates=(update("09:00", components={"copr": "operational"}),))

    assert "partial outage of Quiet, investigating" in boards.outage(judged(mended), SITE, LINKS)


def test_what_has_no_components_any_more_is_told_by_its_severity():
    nothing = incident("1", components={"copr": "operational"})

    assert "operational, investigating" in boards.outage(judged(nothing), SITE, LINKS)


def test_a_title_of_nothing_but_blanks_is_a_link_all_the_same():
    assert "[1](" in boards.outage(judged(incident("1", title=" ")), SITE, LINKS)


def test_long_lists_are_cut():
    many = [incident(str(number)) for number in range(1, 24)]
    several = [component(f"c{number}") for number in range(203)]
    text = boards.standing(board.judge(snapshot(*many, components=several), NOW), SITE, LINKS)

    assert "- and 3 more" in text
    assert "| and 3 more | |" in text
    assert (text.count("](https"), text.count("| C")) == (21, 1)
    assert "and" not in incidents.problems([problem(line=number) for number in range(20)]).split("\n\n")[1]


def test_a_problem_that_was_met_twice_is_told_once():
    assert incidents.problems([problem(), problem()]).count("hihg") == 1


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([problem(key="severity")], "severity: 'hihg' is unknown"),
        ([problem(seen="a\nb")], "a b"),
        ([problem(), problem(), problem()], "'hihg' is unknown and 2 more"),
    ],
)
def test_problems_in_a_few_words(found, words):
    assert incidents.first(found) == words


def test_a_table_without_components_is_none():
    assert "|" not in boards.standing(board.judge(snapshot(components=()), NOW), SITE, LINKS)


def test_whatever_people_write_fits_an_issue():
    loud = [incident(str(number), title="@" * 70_000, severity="critical") for number in range(30)]
    for write in (boards.standing, boards.outage):
        text = write(judged(*loud), SITE, LINKS)
        (items,) = [part for part in text.split("\n\n") if part.startswith("- ")]

        assert 40_000 < len(text) < 65_000
        assert all(item.endswith("since 2026-03-02 08:00 UTC") for item in items.split("\n")[:-1])
    told = incidents.problems(problem(key=str(number), seen="@" * 1000) for number in range(20))
    assert 50_000 < len(told) < 65_000
    assert "more than fits" in told


def test_one_long_title_leaves_room_for_the_others():
    text = boards.standing(judged(incident("42", title="@" * 70_000), incident("43", title="Slow")), SITE, LINKS)

    assert len(text) < 5_000
    assert "[Slow]" in text
