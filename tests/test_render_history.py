"""The history: a page for each year, with months to jump to and filters that are links."""

import re
from itertools import pairwise

import pytest

from ghstatus import assets, board
from ghstatus.render.pages import history
from tests.builders import NOW, component, incident, site, snapshot
from tests.test_site_golden import made

STYLE = dict(assets.files(assets.static()))["style.css"].decode()


def over(ref, day, **said):
    return incident(ref, started=f"{day} 08:00", ended=f"{day} 09:00", **said)


BAD = over("bad", "2026-02-20", severity="critical")
SLOW = over("slow", "2026-01-09", severity="minor")
WORK = over("work", "2026-01-08", kind="maintenance")
FALSE = over("false", "2026-01-07", severity="critical", false_alarm="It was not.")
NEWS = incident("news", kind="announcement", components=[], started="2025-12-19 12:00")


def shown(*incidents, year=2026, **said):
    return made(site(**said), *incidents)[f"history/{year}/index.html"].decode()


def filters(page):
    return re.findall(r'<a href="#(\w+)">[\w ]+ <span>(\d+)</span></a>', page)


def test_a_year_offers_what_there_is_of_it():
    assert filters(shown(BAD, SLOW, WORK, FALSE)) == [("outages", "1"), ("degraded", "1"), ("maintenance", "1")]


def test_nothing_is_offered_where_it_would_hide_nothing():
    assert filters(shown(BAD)) == []
    assert 'class="only"' not in shown(BAD)


def test_an_announcement_can_be_seen_alone():
    assert filters(shown(NEWS, over("x", "2025-12-01"), year=2025)) == [("outages", "1"), ("announcements", "1")]


def test_each_filter_says_what_is_shown_and_how_to_leave():
    page = shown(BAD, SLOW)

    for name, _ in filters(page):
        assert re.search(rf'<p class="only" id="{name}">Only: [^<]+\. <a href="#main">', page)


@pytest.mark.parametrize("name", history.FILTERS)
def test_the_style_sheet_hides_what_a_filter_leaves_out(name):
    looks = ", ".join(f".{look}" for look in sorted(history.FILTERS[name]))
    told = re.findall(rf"#{name}:target ~ \.month \.row:not\(([^)]+)\)", STYLE)

    assert [", ".join(sorted(one.split(", "))) for one in told] == [looks]
    assert len(re.findall(rf"#{name}:target ~ \.month:not\(:has\(([^)]+)\)\)", STYLE)) == 1


def test_each_month_has_an_address():
    page = shown(BAD, SLOW, WORK)

    assert re.findall(
        r'<section class="month" id="([\w-]+)">\n<h2>([\w ]+) <a class="here" href="#([\w-]+)"', page
    ) == [
        ("month-2", "February 2026", "month-2"),
        ("month-1", "January 2026", "month-1"),
    ]


def test_three_months_can_be_jumped_to():
    third = over("third", "2026-03-01")

    assert 'aria-label="Months"' not in shown(BAD, SLOW)
    assert '<a href="#month-3">March <span>1</span></a>' in shown(BAD, SLOW, third)


def test_components_are_listed_but_those_that_are_hidden():
    built = made(site(component("a", name="Ah"), component("b", hidden=True)), BAD)
    page = built["history/index.html"].decode()

    assert re.findall(r'<li><a href="(\S+)">(\w+)</a></li>', page) == [("../components/a/#incidents", "Ah")]
    assert b'<h2 id="incidents">' in built["components/a/index.html"]


def test_where_there_is_nothing_to_choose_nothing_is_offered():
    assert 'class="filters"' not in made(site(components=()))["history/index.html"].decode()


def test_everybody_but_what_is_to_come_has_a_place():
    plan = incident("plan", kind="maintenance", started="2026-03-07 06:00")
    on, run = incident("on"), incident("run", kind="maintenance", started="09:00", scheduled_until="13:00")
    news = incident("fresh", kind="announcement", started="10:00")
    found = history.beside(history.records(board.judge(snapshot(BAD, SLOW, on, run, news, plan), NOW)))

    order = ["slow", "bad", "on", "run", "fresh"]
    assert set(found) == set(order)
    assert all(found[one].newer == other and found[other].older == one for one, other in pairwise(order))
    assert found["slow"].older == found["fresh"].newer == ""
