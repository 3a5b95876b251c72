"""Which pages there are, where their links lead, and when one may be kept from the last build."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from ghstatus import board, timeline, uptime
from ghstatus.model import ComponentStatus, Link, Theme
from ghstatus.render.pages import pages
from ghstatus.render.text import clock
from tests.builders import NOW, at, component, group, incident, policy, site, snapshot, tracker, update
from tests.test_site_golden import html_pages, made, templates

OVER = {"ended": "10:00"}


def keys(*incidents, **said):
    """Path → key."""
    judged = board.judge(snapshot(*incidents, **said), NOW)
    measured = uptime.measure([component()], [], NOW, site().policy)
    return {page.path: page.key for page in pages.pages(judged, measured, site(), templates(site()))}


def text(path, *incidents, components=None, **said):
    configured = site(*(components or ()), **said)
    return made(configured, *incidents)[path].decode()


def key_of(ref, *incidents, **said):
    return keys(*incidents, **said)[f"incidents/{ref}/index.html"]


def test_an_incident_that_is_over_has_the_page_of_its_text():
    one, same, other = (key_of("a", incident("a", **OVER), digests={"a": text_}) for text_ in ("one", "one", "two"))

    assert one == same != other
    assert "" not in (one, other)


def test_an_incidents_page_leads_to_those_beside_it():
    days = {
        ref: incident(ref, started=f"2026-02-{day:02} 08:00", ended=f"2026-02-{day:02} 09:00")
        for day, ref in enumerate("abcd", start=1)
    }
    everybody = keys(*days.values())
    without = keys(*(day for ref, day in days.items() if ref != "d"))

    assert {
        ref for ref in "abc" if everybody[f"incidents/{ref}/index.html"] != without[f"incidents/{ref}/index.html"]
    } == {"c"}
    renamed = keys(*(replace(day, title="Other") for day in days.values()))
    assert renamed["incidents/b/index.html"] == everybody["incidents/b/index.html"]  # the digest would tell
    shown = text("incidents/b/index.html", *days.values())
    assert '<a href="../../incidents/a/" rel="prev">Older</a>' in shown
    assert '<a href="../../incidents/c/" rel="next">Newer</a>' in shown
    assert '<a href="../../history/2026/#month-2">February 2026</a>' in shown


def test_the_ends_of_history_lead_one_way():
    two = [incident("a", started="08:00", **OVER), incident("b", started="09:00", **OVER)]

    assert 'rel="prev"' not in text("incidents/a/index.html", *two)
    assert 'rel="next"' not in text("incidents/b/index.html", *two)


def test_what_is_still_to_come_stands_beside_nobody():
    plan = incident("plan", kind="maintenance", started="2026-03-07 06:00")
    shown = text("incidents/plan/index.html", incident("a", **OVER), plan)

    assert 'class="around"' not in shown
    assert "incidents/plan/" not in text("incidents/a/index.html", incident("a", **OVER), plan)


@pytest.mark.parametrize("said", [{}, OVER | {"updates": [update("13:00")]}], ids=["goes on", "speaks of the future"])
def test_a_page_that_time_may_change_is_never_kept(said):
    assert keys(incident("open", **said))["incidents/open/index.html"] == ""


@pytest.mark.parametrize(("dialect", "form"), [("ghstatus", "new?template=report.yml"), ("upptime", "new/choose")])
def test_whoever_sees_something_else_may_report_it(dialect, form):
    built = made(site(dialect=dialect), incident("7", number=7), tracker=tracker())
    link = f'<a href="https://github.com/packit/status/issues/{form}"'

    counts = {path: page.decode().count(link) for path, page in html_pages(built).items()}
    assert [path for path, count in counts.items() if count != 1] == ["embed/index.html"]  # which is one sentence


@pytest.mark.parametrize("url", ["", "javascript:alert(1)//"])
def test_a_page_of_files_leads_to_no_issue(url):
    built = made(site(), incident("7", number=7), tracker=tracker(url=url) if url else None)

    assert [path for path in built if path.endswith(".html") and b"/issues/" in built[path]] == []


def test_a_history_of_what_is_over_may_be_kept():
    before, after = (keys(incident("done", **OVER), digests={"done": text_}) for text_ in ("one", "two"))

    assert before["history/2026/index.html"] == before["history/index.html"] != ""
    assert before["history/2026/index.html"] != after["history/2026/index.html"]


@pytest.mark.parametrize(
    ("said", "digests"), [({}, {"one": "known"}), (OVER, {})], ids=["something goes on", "a text has no digest"]
)
def test_other_histories_are_made_anew(said, digests):
    assert keys(incident("one", **said), digests=digests)["history/2026/index.html"] == ""


def test_another_years_count_is_on_every_history():
    old = incident("old", started="2025-03-02 08:00", ended="2025-03-02 09:00")

    alone, together = keys(old), keys(old, incident("new", **OVER))

    assert alone["history/2025/index.html"] != together["history/2025/index.html"]


def test_a_site_without_incidents_has_a_history_of_this_year():
    assert {path for path in keys() if path.startswith("history/")} == {"history/index.html", "history/2026/index.html"}


def test_a_page_to_keep_that_is_not_there_stops_the_build():
    record = timeline.record(incident("gone", **OVER), NOW, site().policy)
    judged = board.judge(snapshot(settled=(record,), components=()), NOW)
    *_, kept = pages.pages(judged, (), site(), templates(site()))

    assert kept.path == "incidents/gone/index.html"
    with pytest.raises(LookupError, match="was to be kept from the last build"):
        kept.render()


@pytest.mark.parametrize(
    ("address", "start"), [("", "/"), ("https://example.org", "/"), ("https://example.org/status/", "/status/")]
)
def test_the_404_page_finds_the_site_from_anywhere(address, start):
    assert f'<a class="brand" href="{start}">' in text("404.html", base_url=address)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.html", "https://example.org/s/"),
        ("history/index.html", "https://example.org/s/history/2026/"),
        ("components/copr/index.html", "https://example.org/s/components/copr/"),
        ("incidents/ü%20 &/index.html", "https://example.org/s/incidents/%C3%BC%2520%20%26/"),
    ],
)
def test_a_page_tells_its_own_address_where_there_is_one(path, address):
    canonical = f'<link rel="canonical" href="{address}">'

    assert canonical in text(path, incident("ü%20 &"), base_url="https://example.org/s/")
    assert "canonical" not in text(path, incident("ü%20 &"))


def test_the_404_page_has_no_address_of_its_own():
    assert "canonical" not in text("404.html", base_url="https://example.org/")


QUIET = [component("a", hidden=True), component("b", only_if_degraded=True), component("c")]


@pytest.mark.parametrize(("hit", "shown"), [([], "c"), (["a"], "ac"), (["b"], "bc")])
def test_a_quiet_component_is_on_the_home_page_only_while_something_is_wrong(hit, shown):
    home = text("index.html", *([incident(components=hit)] if hit else []), components=QUIET)

    assert [ident for ident in "abc" if f'<p class="name"><a href="components/{ident}/">' in home] == list(shown)


def test_components_stand_in_their_groups_and_the_others_last():
    told = [component("x"), component("y", group="two"), component("z", group="one")]

    home = text("index.html", components=told, groups=(group("one"), group("two"), group("none")))

    places = [home.index(f">{name}<") for name in ("one", "z", "two", "y", "x")]
    assert places == sorted(places)
    assert ">none<" not in home


@pytest.mark.parametrize(("days", "is_listed"), [(2, True), (1, False)])
def test_the_home_page_lists_what_ended_lately(days, is_listed):
    past = incident("past", title="It rained", started="2026-02-20 08:00", ended="2026-03-01 01:00")
    configured = site()
    configured = replace(configured, policy=replace(configured.policy, recent_days=days))

    home = made(configured, past)["index.html"].decode()
    assert ("It rained" in home, "<p>None in the last " in home) == (is_listed, not is_listed)


def test_the_home_page_says_since_when_the_worst_lasts():
    slow = incident("slow", severity="minor", started="08:00", components=["koji"])

    home = text("index.html", incident(started="09:00"), slow, components=[component(), component("koji")])

    assert f"<p>Since {clock.moment(at('09:00'))}, for 3\N{NO-BREAK SPACE}h.</p>" in home


def test_an_outage_stands_above_maintenance_and_that_above_announcements():
    home = text(
        "index.html",
        incident("c", title="Third", kind="announcement"),
        incident("b", title="Second", kind="maintenance"),
        incident("a", title="First"),
    )

    places = [home.index(f'/">{title}</a></h2>') for title in ("First", "Second", "Third")]
    assert all(before < after for before, after in pairwise(places))


def test_a_component_that_nobody_knows_is_named_and_leads_nowhere():
    shown = text("incidents/one/index.html", incident("one", components=["copr", "gone"]))

    assert '<a href="../../components/copr/">copr</a>, gone</dd>' in shown


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"started": "13:00", "updates": [update("09:00", "cancelled")]}, "Was planned for"),
        ({"started": "13:00", "scheduled_until": "15:30"}, "(2\N{NO-BREAK SPACE}h 30\N{NO-BREAK SPACE}min)"),
        ({"started": "11:00", "scheduled_until": "15:30"}, ", planned until"),
        ({"started": "09:00", "scheduled_until": "11:00"}, "(2\N{NO-BREAK SPACE}h)"),
    ],
    ids=["cancelled", "to come", "goes on", "over"],
)
def test_a_maintenance_says_when_it_is_was_or_would_have_been(said, told):
    shown = text("incidents/one/index.html", incident("one", kind="maintenance", **said))

    assert told.replace(" ", "\N{NO-BREAK SPACE}") in shown.replace(" ", "\N{NO-BREAK SPACE}")


FACTS = {
    "affects": "everybody",
    "workaround": "wait",
    "eta": "soon",
    "links": [Link(text="more", url="https://e.org/")],
}


def test_the_facts_come_in_the_order_in_which_people_need_them():
    shown = text("incidents/one/index.html", incident("one", text="it broke", updates=[update()], **FACTS))

    places = [shown.index(words) for words in ("it broke", "everybody", "wait", "soon", ">more<", "Timeline")]
    assert places == sorted(places)


def test_nobody_expects_a_fix_of_what_is_over():
    over = incident("one", **FACTS | OVER)

    assert "When a fix is expected" not in text("incidents/one/index.html", over)


def test_an_update_to_come_is_not_shown():
    shown = text("incidents/one/index.html", incident("one", updates=[update("13:00", text="Back in the future")]))

    assert "Back in the future" not in shown
    assert "Timeline" not in shown


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"updates": [update("09:00", severity="minor")]}, "Degraded performance"),
        ({"updates": [update("09:00", severity="minor"), update("10:00", "resolved")]}, "Partial outage"),
    ],
    ids=["now", "at its worst"],
)
def test_an_incidents_page_says_how_bad_it_is_or_was(said, word):
    assert f"<strong>{word}</strong>" in text("incidents/one/index.html", incident("one", **said))


@pytest.mark.parametrize(("kind", "icon"), [("announcement", "page"), ("incident", "partial_outage")])
def test_an_announcement_has_no_status_to_show(kind, icon):
    assert f"static/{icon}.svg" in text("incidents/one/index.html", incident("one", kind=kind, severity="major"))


def test_a_component_lists_its_newest_incidents_and_says_how_many_there_are():
    several = [incident(f"i{number}", started=at("08:00"), **OVER) for number in range(51)]

    shown = text("components/copr/index.html", *several)

    assert shown.count('<li class="row ') == 50
    assert "The newest 50 of 51." in shown


def test_a_component_that_could_not_be_observed_is_not_green_today():
    shown = made(site(), unobserved=frozenset({"copr"}))["components/copr/index.html"].decode()

    assert '<path class="unknown" d="M356 14' in shown
    assert "The last 90 days: no incidents; today unknown" in shown


def test_only_colours_get_into_the_style():
    theme = Theme(accent="#aabbcc", major_outage="red;} body{background:url(//e.org)", operational="#AABBCC")

    assert "<style>:root{--accent:#aabbcc;}</style>" in text("index.html", theme=theme)


@pytest.mark.parametrize(
    ("address", "count"),
    [("https://e.org/", 3), ("MAILTO:a@e.org", 3), ("javascript:x()", 0), (" data:x", 0), ("/x", 0)],
)
def test_a_link_leads_to_the_web_or_to_a_mailbox(address, count):
    link = Link(text="There", url=address)
    built = made(site(component(upstream=address), links=(link,)), incident("one", links=[link]))

    shown = b"".join(built[path] for path in ("components/copr/index.html", "incidents/one/index.html"))
    assert shown.count(f'href="{address}"'.encode()) == count + bool(count)


@pytest.mark.parametrize("unfit", ["\0", "\x1b", "\x7f", "\x80", "\x9f", "\ufdd0", "\uffff"])
def test_what_is_no_character_in_html_is_left_out(unfit):
    assert "<h1><bdi>ab c</bdi></h1>" in text("incidents/one/index.html", incident("one", title=f"a{unfit}b c"))


def test_half_a_character_becomes_a_question_mark():
    assert "<h1><bdi>a?</bdi></h1>" in text("incidents/one/index.html", incident("one", title="a\ud800"))


def test_a_page_of_what_goes_on_says_when_it_was_built():
    built = "This page was built"

    assert built in text("incidents/one/index.html", incident("one"))
    assert built in text("incidents/one/index.html", incident("one", kind="maintenance", started="13:00"))
    assert built not in text("incidents/one/index.html", incident("one", ended="09:00"))


def test_a_maintenance_in_progress_shows_its_newest_update():
    shown = text(
        "index.html",
        incident("one", kind="maintenance", updates=[update("09:00", text="Half."), update("13:00", text="All.")]),
    )

    assert "<p>Half.</p>" in shown
    assert "<p>All.</p>" not in shown


@pytest.mark.parametrize("kind", ["incident", "maintenance"])
def test_a_card_shows_the_newest_update_that_has_words(kind):
    silent = update("11:00", severity="critical", text="") if kind == "incident" else update("11:00", text="")
    home = text(
        "index.html",
        incident("open", kind=kind, text="First words.", updates=(update("10:00", text="A disk failed."), silent)),
    )

    assert "A disk failed." in home


def test_a_card_shows_what_was_written_first_while_no_update_has_words():
    silent = update("11:00", "identified", text="", severity="critical")
    home = text("index.html", incident("open", text="Nothing builds.", updates=(silent,)))

    assert "Nothing builds." in home
    assert "The whole story" in home


def test_an_update_without_words_leaves_no_empty_paragraph():
    told = (update("10:00", text="A disk failed."), update("11:00", severity="critical", text=""))
    page = text("incidents/open/index.html", incident("open", updates=told))

    assert page.count('<div class="text" dir="auto">') == 1
    assert "copr: major outage</li>" in page


def test_an_update_of_something_without_components_says_how_bad_it_is():
    told = update("11:00", severity="critical", text="")

    assert " · now critical</p>" in text("incidents/a/index.html", incident("a", components=[], updates=[told]))


def test_an_update_has_an_address_of_its_own():
    page = text("incidents/a/index.html", incident("a", updates=[update("09:00"), update("10:00")]))

    for number in (1, 2):
        assert page.count(f'<li id="update-{number}">') == page.count(f'<a class="here" href="#update-{number}"') == 1
    assert page.index("update-2") < page.index("update-1")
    assert '<a href="#update-2"><time datetime="2026-03-02T10:00:00Z">' in page


def test_nobody_waits_for_an_update_of_what_is_over():
    assert "Last update" not in text("incidents/a/index.html", incident("a", updates=[update("09:00")], **OVER))


@pytest.mark.parametrize(
    ("said", "word"), [({}, "Resolved"), ({"false_alarm": "None."}, "False alarm"), ({"duplicate_of": ""}, "Duplicate")]
)
def test_an_end_without_a_word_is_told(said, word):
    page = text("incidents/a/index.html", incident("a", updates=[update("09:00")], **OVER | said))

    assert f"<h3>{word}</h3>" in page


@pytest.mark.parametrize(
    ("path", "root"), [("incidents/a/index.html", "../../"), ("history/index.html", "../"), ("index.html", "./")]
)
def test_a_duplicate_leads_to_the_other(path, root):
    page = text(path, incident("a", duplicate_of="41", **OVER), incident("41", **OVER))

    assert f'Duplicate of <a href="{root}incidents/41/">#41</a>' in page
    assert "False alarm" not in page


def test_an_update_that_tells_nothing_is_not_shown_and_moves_no_anchor():
    silent = [update("09:30", text=""), update("10:30", text="")]
    one = incident("a", updates=[update("09:00"), silent[0], update("10:00", "identified"), silent[1]])
    page = text("incidents/a/index.html", one)

    assert re.findall(r'<li id="(update-\d)"', page) == ["update-3", "update-1"]
    assert '<a href="#update-3"><time datetime="2026-03-02T10:00:00Z">' in page
    assert "The whole story, 3 updates" in text("index.html", one)


def test_a_page_whose_updates_tell_nothing_has_no_timeline():
    page = text("incidents/a/index.html", incident("a", updates=[update("09:00", text="")]))

    assert "Timeline" not in page
    assert "Last update" not in page


def test_a_duplicate_of_nothing_leads_nowhere():
    page = text("incidents/a/index.html", incident("a", duplicate_of="nope", **OVER))

    assert "<strong>Duplicate</strong>" in page
    assert "nope" not in page


def shares(path, **said):
    found = re.findall(r"<dt>(\d+ \w+)</dt><dd>([^<]+)</dd>", text(path, **said))
    return dict(found)


def test_a_component_says_how_it_was_over_four_spans():
    told = shares("components/copr/index.html")

    assert told == dict.fromkeys(["24 hours", "7 days", "30 days", "90 days"], "100 %")


def test_a_component_that_nobody_has_watched_has_no_number():
    new = component("new", start_date=date(2026, 3, 3))

    assert set(shares("components/new/index.html", components=[new]).values()) == {"not enough history"}
    assert '–</span><span class="unseen">not enough history</span></td>' in text("index.html", components=[new])


def test_no_more_days_are_told_than_are_known():
    configured = site(policy=policy(uptime_days=30))
    built = made(configured)

    assert b"<dt>30 days</dt>" in built["components/copr/index.html"]
    assert b"<dt>90 days</dt>" not in built["components/copr/index.html"]
    assert re.findall(r'<th scope="col">(\d+ \w+)</th>', built["index.html"].decode()) == [
        "24 hours",
        "7 days",
        "30 days",
    ]


def test_a_component_says_since_when_it_is_watched():
    page = text("components/copr/index.html", components=[component(start_date=date(2026, 1, 20))])

    assert "Watched since 20 Jan 2026." in page


def test_numbers_are_of_the_components_that_are_shown():
    home = text("index.html", components=[component("a"), component("b", hidden=True)])

    assert re.findall(r'<th scope="row">(\w+)</th>', home) == ["a"]


WINDOWS = (
    incident("run", kind="maintenance", title="Runs", scheduled_until="13:00", updates=[update("09:00", text="Half.")]),
    incident("plan", kind="maintenance", title="Planned", started="2026-03-07 06:00", text="*Much*."),
    incident("done", kind="maintenance", title="Done", started="2026-02-01 06:00", scheduled_until="2026-02-01 07:00"),
    incident("down", title="Down", **OVER),
)


def test_maintenance_has_a_page_of_its_own():
    page = text("maintenance/index.html", *WINDOWS)

    parts = ["<h2>Now</h2>", ">Runs</a></h3>", "Half.", "<h2>Planned</h2>", ">Planned</a></h3>", "<em>Much</em>"]
    places = [page.index(words) for words in [*parts, "<h2>Past</h2>", ">Done</a>"]]
    assert places == sorted(places)
    assert "Down" not in page


def test_where_nothing_is_planned_the_page_says_so():
    page = text("maintenance/index.html")

    assert "Nothing is planned." in page
    assert "None so far." in page
    assert "<h2>Now</h2>" not in page


def test_the_page_of_maintenance_says_how_many_it_leaves_out():
    many = [incident(f"m{number}", kind="maintenance", scheduled_until="10:00") for number in range(51)]
    page = text("maintenance/index.html", *many)

    assert page.count('<li class="row ') == 50
    assert "The newest 50 of 51." in page


def test_the_page_about_pages_tells_the_site_s_own_weights():
    weights = {ComponentStatus.MAJOR_OUTAGE: 0.75, ComponentStatus.PARTIAL_OUTAGE: 0.125}
    built = made(site(policy=policy(weights=weights), timezone="Europe/Prague"))["about/index.html"].decode()

    assert re.findall(r"<dd>([\d.]+ %) of its time", built) == ["75 %", "12.5 %"]
    assert "in the zone Europe/Prague" in built
    assert "in the zone" not in text("about/index.html")


def test_every_page_leads_to_how_it_is_read():
    built = html_pages(made(site(), incident("a")))

    assert [path for path, page in built.items() if b'about/">How to read this page</a>' not in page] == [
        "embed/index.html"
    ]


def test_the_home_page_says_what_is_hit_now_and_how():
    components = {"copr": "partial_outage", "koji": "under_maintenance", "old": "partial_outage"}
    better = update("10:00", components={"old": "operational"})
    said = [component("copr", name="Copr"), component("koji", name="Koji"), component("old", name="Old")]
    page = text("index.html", incident(components=components, updates=(better,)), components=said)

    told = re.sub(r"<[^>]*>", "", page.partition('class="meta"')[2].partition("</p>")[0])
    assert "Partial outage of Copr, Under maintenance of Koji · " in told
