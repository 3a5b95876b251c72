"""What feeds tell, under which names, and what feed readers make of them."""

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from itertools import pairwise

import atoma
import feedparser
import pytest

from ghstatus import board
from ghstatus.model import Link, Response
from ghstatus.render.feeds import entries, feeds
from ghstatus.render.feeds.identity import tag
from tests.builders import NOW, at, component, incident, site, snapshot, tracker, update
from tests.test_site_golden import SITE, golden_site

BASE = "https://status.example.org/packit/"
FEEDS = [
    path
    for path in golden_site()
    if path.endswith((".atom", ".rss")) or path.split("/")[-1] in {"feed.json", "updates.json"}
]
XML = [path for path in FEEDS if not path.endswith(".json")]


def judged(*incidents, **said):
    return board.judge(snapshot(*incidents, **said), at(said.get("taken", NOW)))


def made(*incidents, on=None, **said):
    """Path → page."""
    page = on or site(base_url=BASE)
    return {one.path: one for one in feeds.files(judged(*incidents, components=page.components, **said), (), page)}


def items(path="feed.json", *incidents, **said):
    return json.loads(made(*incidents, **said)[path].render())["items"]


def html(*updates, **said):
    """What the feed says about one incident."""
    (item,) = items("feed.json", incident("one", **{"updates": updates} | said))
    return item["content_html"]


def told(*updates, **said):
    """Times and words of one incident's updates, newest first, and what follows."""
    found = re.findall(
        r"<p>(?:<small>.*?'time'>(.*?)</var> UTC</small><br>)?<strong>([\w ]+)</strong> - (.*)", html(*updates, **said)
    )
    return [(time, word, re.sub("</?p>", "", text)) for time, word, text in found]


@pytest.mark.parametrize(
    "path", ["history.atom", "history.rss", "feed.json", "updates.atom", "components/copr/feed.atom"]
)
def test_a_feed_is_as_it_was_when_somebody_read_it(path, golden):
    golden(f"golden/{path.replace('/', '-')}", golden_site()[path].decode())


def test_there_are_feeds_of_the_site_and_of_each_component():
    one = {"history.atom", "history.rss", "feed.json", "updates.atom", "updates.rss", "updates.json"}

    assert made().keys() == one | {f"components/copr/feed.{kind}" for kind in ("atom", "rss", "json")}


@pytest.mark.parametrize("path", XML)
def test_feedparser_finds_nothing_wrong(path):
    found = feedparser.parse(io.BytesIO(golden_site()[path]))

    assert (found.bozo, found.feed.title.split(":")[0]) == (False, "Packit status")
    assert all(entry.id.startswith("tag:status.example.org,2026:packit/incidents/") for entry in found.entries)
    assert all(entry.link.startswith(BASE) for entry in found.entries)


@pytest.mark.parametrize("path", FEEDS)
def test_atoma_reads_every_feed(path):
    kind = path.rsplit(".", 1)[1]
    parse = {"atom": atoma.parse_atom_bytes, "rss": atoma.parse_rss_bytes, "json": atoma.parse_json_feed_bytes}[kind]
    found = parse(golden_site()[path])

    texts = json.loads(golden_site()[re.sub(r"history\.\w+$", "feed.json", path).rsplit(".", 1)[0] + ".json"])
    assert len(found.items if kind != "atom" else found.entries) == len(texts["items"])


@pytest.mark.parametrize("path", ["history.atom", "history.rss", "updates.atom", "components/copr/feed.rss"])
def test_a_reader_of_nodes_reads_the_same_as_feedparser(path, node_reads):
    theirs = node_reads("feed", golden_site()[path])["items"]
    ours = feedparser.parse(io.BytesIO(golden_site()[path])).entries

    assert [(one["title"], one["link"]) for one in theirs] == [(one.title, one.link) for one in ours]
    assert all("<strong>" in one["content"] for one in theirs)


def test_all_formats_tell_the_same():
    atom, rss = (feedparser.parse(io.BytesIO(golden_site()[f"history.{kind}"])).entries for kind in ("atom", "rss"))
    in_json = json.loads(golden_site()["feed.json"])["items"]

    def same(one):
        return one.id, one.title, one.link, [tag.term for tag in one.get("tags", [])]

    assert [same(one) for one in atom] == [same(one) for one in rss]
    assert [same(one) for one in rss] == [(one["id"], one["title"], one["url"], one.get("tags", [])) for one in in_json]
    assert [one.get("published_parsed") for one in atom] == [one.get("published_parsed") for one in rss]


def test_an_entry_says_in_json_what_it_is():
    (item,) = items("feed.json", incident("one", severity="critical", updates=[update(phase="identified")]))

    assert item["_ghstatus"] == {
        "ref": "one",
        "kind": "incident",
        "impact": "critical",
        "status": "major_outage",
        "phase": "identified",
        "components": ["copr"],
    }
    assert (item["date_published"], item["date_modified"]) == ("2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z")
    assert item["tags"] == ["copr"]


def test_what_was_said_stands_as_in_statuspages_feeds():
    assert html(update("09:05", "identified", text="Found *it*."), text="It broke.") == (
        "<p><small>Mar <var data-var='date'> 2</var>, <var data-var='time'>09:05</var> UTC</small><br>"
        "<strong>Identified</strong> - Found <em>it</em>.</p>\n\n"
        "<p><small>Mar <var data-var='date'> 2</var>, <var data-var='time'>08:00</var> UTC</small><br>"
        "<strong>Investigating</strong> - It broke.</p>\n"
    )


def test_a_text_that_begins_with_a_list_follows_its_word():
    assert "<strong>Investigating</strong> - </p><ul>" in html(text="- one\n- two")


def test_the_newest_update_comes_first():
    assert [time for time, _, _ in told(update("09:00"), update("10:00"), update("08:30"))] == [
        "10:00",
        "09:00",
        "08:30",
        "08:00",
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, ["Investigating"]),
        ({"updates": [update("09:00"), update("10:00", "resolved")]}, ["Resolved", "Update", "Investigating"]),
        ({"updates": [update("09:00", "monitoring")], "ended": "10:00"}, ["Resolved", "Monitoring", "Investigating"]),
        ({"false_alarm": "A typo."}, ["False alarm", "Investigating"]),
        ({"false_alarm": "A typo.", "updates": [update(phase="resolved")]}, ["False alarm", "Resolved", "Investigating"]),
        ({"duplicate_of": ""}, ["Duplicate", "Investigating"]),
        ({"kind": "announcement"}, ["Announced"]),
        ({"kind": "maintenance", "started": "13:00"}, ["Scheduled"]),
        ({"kind": "maintenance"}, ["In progress", "Scheduled"]),
        ({"kind": "maintenance", "scheduled_until": "11:00"}, ["Completed", "In progress", "Scheduled"]),
        ({"kind": "maintenance", "updates": [update("08:00", "in_progress")]}, ["In progress", "Scheduled"]),
        ({"kind": "maintenance", "updates": [update("11:00", "verifying")]}, ["Verifying", "In progress", "Scheduled"]),
        ({"kind": "maintenance", "started": "13:00", "updates": [update("09:00", "cancelled")]}, ["Cancelled", "Scheduled"]),
        ({"updates": [update("13:00", "resolved")]}, ["Investigating"]),
    ],
)  # fmt: skip
def test_each_step_has_its_word_also_where_only_the_clock_moved_on(said, words):
    assert [word for _, word, _ in told(**said)] == words


def test_why_it_was_none_stands_with_a_false_alarm():
    assert told(false_alarm="The *viewer*.", ended="09:30")[0] == ("09:30", "False alarm", "The <em>viewer</em>.")


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("41", f'Duplicate of <a href="{BASE}incidents/41/" rel="nofollow noopener noreferrer ugc">#41</a>.</p>'),
        ("nope", "</p>"),
    ],
)
def test_a_duplicate_leads_to_the_other(other, words):
    newest, _ = items("feed.json", incident("a", duplicate_of=other), incident("41", started="2026-02-01"))

    assert f"<strong>Duplicate</strong> - {words}" in newest["content_html"]


def test_an_update_that_tells_nothing_is_no_entry_and_leaves_the_others_their_names():
    several = [update("09:00", text=""), update("09:00", text="One."), update("09:30", text="Two.")]
    full = [update("09:00", text="Zero."), *several[1:]]
    shown, before = (items("updates.json", incident("a", updates=found)) for found in (several, full))

    assert [item["url"].rpartition("#")[2] for item in shown][:2] == ["update-3", "update-2"]
    assert [item["id"] for item in shown[:2]] == [item["id"] for item in before[:2]]
    assert len(shown) == len(before) - 1


def test_a_duplicate_is_named_where_no_address_is_known():
    newest, _ = items("feed.json", incident("a", duplicate_of="41"), incident("41", started="2026-02-01"), on=site())

    assert "<strong>Duplicate</strong> - Duplicate of #41.</p>" in newest["content_html"]


def test_facts_stand_with_what_was_said_first():
    facts = {"affects": "everybody", "workaround": "- wait\n- pray", "eta": "soon"}

    shown = html(text="It broke.", **facts)
    assert "<strong>Who is affected:</strong> everybody" in shown
    assert "<strong>What to do meanwhile:</strong></p>\n<ul>\n<li>wait" in shown
    assert "<strong>When a fix is expected:</strong> soon" in shown
    assert "expected" not in html(ended="09:00", **facts)


@pytest.mark.parametrize(
    ("until", "window"),
    [(None, "2026-03-02 13:00 UTC<"), ("15:30", "2026-03-02 13:00 UTC until 2026-03-02 15:30 UTC<")],
)
def test_a_maintenance_says_what_it_was_planned_for(until, window):
    assert f"<strong>Planned for:</strong> {window}" in html(kind="maintenance", started="13:00", scheduled_until=until)


def test_a_maintenance_that_began_early_says_for_when_it_was_planned():
    shown = html(kind="maintenance", started="08:00", scheduled_for="08:30")

    assert "<strong>Planned for:</strong> 2026-03-02 08:30 UTC<" in shown


def test_a_title_that_stands_for_a_text_stays_words():
    assert told(title="<b>*x*</b>")[0][2] == "&lt;b&gt;*x*&lt;/b&gt;"


def test_an_update_tells_what_it_changed():
    change = update("09:00", severity="critical", components={"copr": "operational", "gone": None}, text="Worse.")
    silent = update("09:30", severity="minor", text="")

    page = html(change, silent)
    assert "Worse.</p>\n<p>(now critical; copr: operational; gone)</p>" in page
    assert "<strong>Update</strong> - (now minor)</p>" in page


def test_texts_are_sanitized():
    assert "<script" not in html(update(text="<script>alert(1)</script>x"), title="<script>alert(2)</script>")


@pytest.mark.parametrize("path", ["history.atom", "history.rss"])
def test_xml_holds_whatever_was_written(path):
    wild = incident("one", title="a\0b\x1b & <c> ]]> \ud800\uffff", text="x\x07\ufffe")
    found = feedparser.parse(io.BytesIO(made(wild, on=site(title="<&>", base_url=BASE))[path].render()))

    assert not found.bozo
    assert unescape(found.entries[0].title) == "ab & <c> ]]>"


def test_a_plan_without_updates_was_published_nobody_knows_when():
    (item,) = items("feed.json", incident("plan", kind="maintenance", started="2026-03-09 13:00"))

    assert "date_published" not in item
    assert item["date_modified"] == "2026-03-09T13:00:00Z"
    assert html(kind="maintenance", started="13:00").startswith("<p><strong>Scheduled</strong> - ")


def test_a_plan_was_published_when_somebody_wrote_it_down():
    declared = at("2026-03-01 10:00")
    planned = incident(kind="maintenance", started="2026-03-05 10:00", response=Response(declared=declared))

    for now in (NOW, at("2026-03-05 10:30")):
        found = entries.entry(board.judge(snapshot(planned), now).incidents[planned.ref], {})
        assert found.published == declared
    assert found.updated == at("2026-03-05 10:00")


def test_a_plan_says_nothing_else_while_time_passes():
    plan = incident("plan", kind="maintenance", started="2026-03-09 13:00")
    pages = [made(plan, taken=taken)["updates.atom"] for taken in ("09:00", "11:00")]

    assert len({(page.key, page.render()) for page in pages}) == 1


@pytest.mark.parametrize(
    ("several", "newest"),
    [
        ([], "1970-01-01T00:00:00Z"),
        ([incident(updates=[update("10:15")])], "2026-03-02T10:15:00Z"),
        ([incident(), incident("plan", kind="maintenance", started="13:00")], "2026-03-02T08:00:00Z"),
    ],
    ids=["no entry", "an update", "a plan"],
)
def test_a_feed_was_updated_when_its_newest_entry_was(several, newest):
    assert f"<updated>{newest}</updated>" in made(*several)["history.atom"].render().decode().split("<entry>")[0]


def test_a_feed_is_rendered_again_only_when_it_says_something_else():
    quiet, later, more = (
        made(incident(updates=updates), taken=taken)["history.rss"]
        for taken, updates in (("11:00", [update()]), ("12:00", [update()]), ("12:00", [update(), update("11:30")]))
    )

    assert quiet.key == later.key != more.key
    assert quiet.render() == later.render() != more.render()


def test_a_title_that_changes_changes_the_key():
    before, after = (made(incident(title=title))["components/copr/feed.atom"].key for title in ("a", "b"))

    assert before != after != ""


def test_feeds_hold_the_newest_fifty():
    several = [
        incident(f"i{number:02}", started=f"2026-02-01 08:{number:02}", ended="2026-02-02") for number in range(55)
    ]
    held = made(*several, incident("plan", kind="maintenance", started="13:00"))

    for path in ("feed.json", "updates.json", "components/copr/feed.json"):
        assert len(json.loads(held[path].render())["items"]) == 50
    refs = [item["_ghstatus"]["ref"] for item in json.loads(held["feed.json"].render())["items"]]
    assert refs == ["plan", *(f"i{number:02}" for number in range(54, 5, -1))]


def test_a_components_feed_tells_of_nothing_else():
    page = site(component("copr"), component("koji"), base_url=BASE)
    held = made(incident("one"), incident("two", components=["koji"]), on=page)

    for name, ref in (("copr", "one"), ("koji", "two")):
        assert [
            item["_ghstatus"]["ref"] for item in json.loads(held[f"components/{name}/feed.json"].render())["items"]
        ] == [ref]


def test_the_other_feed_has_an_entry_for_each_update():
    found = items(
        "updates.json",
        incident("one", updates=[update("09:00", "identified"), update("10:00")]),
        incident("two", started="09:30"),
    )

    assert [item["title"] for item in found] == [
        "Update: Builds stay pending",
        "Investigating: Builds stay pending",
        "Identified: Builds stay pending",
        "Investigating: Builds stay pending",
    ]
    times = [item["date_modified"] for item in found]
    assert all(newer > older for newer, older in pairwise(times))
    assert [item["date_published"] for item in found] == times
    assert "<strong>Update</strong>" in found[0]["content_html"]
    assert "<strong>Identified</strong>" not in found[0]["content_html"]
    assert not any("_ghstatus" in item for item in found)  # which is about an incident, not about what was said of it


def test_an_update_keeps_its_name_when_others_come_and_go():
    def names(*updates):
        return {item["title"]: item["id"] for item in items("updates.json", incident("one", updates=updates))}

    alone, among = names(update("10:00", "monitoring")), names(update("09:00"), update("10:00", "monitoring"))
    assert alone["Monitoring: Builds stay pending"] == among["Monitoring: Builds stay pending"]
    assert alone.items() <= among.items()


def test_two_updates_of_one_moment_have_two_names():
    found = items("updates.json", incident("one", updates=[update(text="a"), update(text="b"), update(text="c")]))

    assert [item["id"].split("incidents/")[1] for item in found] == [
        "one/20260302T090000Z.3",
        "one/20260302T090000Z.2",
        "one/20260302T090000Z",
        "one/first",
    ]


@pytest.mark.parametrize(
    ("said", "url", "name"),
    [
        ({"base_url": "https://status.example.org/packit/"}, "", "tag:status.example.org,2026:packit/incidents/7"),
        ({"base_url": "https://Status.example.org/"}, "", "tag:status.example.org,2026:incidents/7"),
        ({"base_url": "https://example.org/"}, "https://github.com/packit/status", "tag:github.com,2026:packit/status/incidents/7"),
        ({"title": "Is it up? ü/"}, "", "tag:ghstatus,2026:Is%20it%20up%3F%20%C3%BC%2F/incidents/7"),
        ({"title": "\ud800"}, "", "tag:ghstatus,2026:%3F/incidents/7"),
    ],
    ids=["address", "root", "repository", "title", "half a character"],
)  # fmt: skip
def test_names_come_from_what_moves_least(said, url, name):
    assert tag(judged(tracker=tracker(url=url) if url else None), site(**said), "incidents/7") == name


@pytest.mark.parametrize(("path", "root"), [("history.atom", ""), ("components/copr/feed.atom", "../../")])
def test_links_are_relative_where_the_address_is_not_known(path, root):
    found = feedparser.parse(io.BytesIO(made(incident("ü"), on=site())[path].render()), resolve_relative_uris=False)

    assert not found.bozo
    assert found.entries[0].link == f"{root}incidents/%C3%BC/"
    assert {link.rel: link.href for link in found.feed.links}["self"] == f"{root}{path}"


def test_a_description_is_left_out_where_there_is_none():
    with_one, without = (made(on=site(base_url=BASE, description=text)) for text in ("All of it", ""))

    assert b"<subtitle>All of it</subtitle>" in with_one["history.atom"].render()
    assert b"subtitle" not in without["history.atom"].render()
    assert "description" not in json.loads(without["feed.json"].render())
    assert b"<description>Status: incidents</description>" in without["history.rss"].render()


def test_no_feed_names_a_person():
    page = replace(SITE, links=(Link(text="Jane", url="mailto:jane@example.org"),))

    assert all(b"jane" not in one.render() for one in made(on=page).values())


def test_an_entry_of_a_plan_was_last_heard_of_when_it_begins():
    (story,) = judged(incident("plan", kind="maintenance", started="13:00")).upcoming
    entry = entries.entry(story, {})

    assert (entry.published, entry.updated) == (None, datetime(2026, 3, 2, 13, tzinfo=UTC))
