"""The index that a search reads: every incident in a few words, and no more than that."""

import gzip
import json

from ghstatus import board, timeline
from ghstatus.model import Kind, Postmortem
from ghstatus.render.programs import search
from tests.builders import NOW, at, component, incident, policy, site, snapshot, update
from tests.test_site_golden import made


def index(*incidents, components=(), **said):
    return json.loads(made(site(*components, **said), *incidents)["search.json"])


def test_an_incident_is_found_by_its_title_and_by_what_it_hit():
    down = incident("42", title="It rains", ended="10:00")

    assert index(down, components=[component("copr", name="Fedora Copr")]) == {
        "$schema": "schemas/search.json",
        "components": {"copr": "Fedora Copr"},
        "incidents": [
            {
                "ref": "42",
                "title": "It rains",
                "status": "partial_outage",
                "outcome": "Partial outage",
                "started": "2026-03-02",
                "components": ["copr"],
            }
        ],
    }


def test_everything_is_in_it_once():
    told = [
        incident("over", ended="10:00"),
        incident("on"),
        incident("work", kind="maintenance"),
        incident("plan", kind="maintenance", started="2026-03-07 06:00"),
        incident("news", kind="announcement"),
    ]

    assert [one["ref"] for one in index(*told)["incidents"]] == ["on", "work", "plan", "news", "over"]


def test_what_goes_on_is_as_bad_as_it_is_now():
    (one,) = index(incident("on", updates=[update("09:00", severity="minor")]))["incidents"]

    assert (one["status"], one["outcome"]) == ("degraded_performance", "Degraded performance")


def test_an_announcement_has_a_look_of_its_own():
    (one,) = index(incident("news", kind="announcement"))["incidents"]

    assert (one["status"], one["outcome"]) == ("announcement", "Announcement")


def lesson(ref, published):
    when = published and at(published)
    return Postmortem(incident=ref, ref="43", text="## Impact", written=at("10:00"), published=when)


def test_an_incident_with_a_post_mortem_says_so_in_the_page_s_language():
    told = [incident("learnt", ended="10:00"), incident("drafted", ended="10:00")]
    lessons = (lesson("learnt", "11:00"), lesson("drafted", None))
    built = made(site(language="de"), *told, postmortems=lessons)
    found = {one["ref"]: one.get("postmortem") for one in json.loads(built["search.json"])["incidents"]}

    assert found == {"learnt": "Nachbetrachtung", "drafted": None}


def key(*incidents, **said):
    (page,) = search.files(board.judge(snapshot(*incidents, **said), NOW), (), site())
    return page.key


def test_the_index_is_kept_until_something_changes():
    done, on = incident("done", ended="10:00"), incident("on")

    assert key(done, on) == key(done, on) != ""
    assert key(done) != key(done, on)
    assert key(done, digests={"done": "one"}) != key(done, digests={"done": "two"})
    assert key(on) != key(incident("on", title="Other"))
    assert key(on) == key(incident("on", text="Other."))
    assert key(done, postmortems=(lesson("done", "11:00"),)) != key(done)
    assert key(done, postmortems=(lesson("done", None),)) == key(done)


def test_half_a_character_breaks_nothing():
    assert key(incident("a", title="\ud800"))


def test_ten_thousand_incidents_stay_small():
    one = timeline.record(incident("x", ended="10:00"), NOW, policy())
    words = ["builds", "stay", "pending", "timeouts", "errors", "from", "disk", "full", "queue", "slow", "502"]
    told = tuple(
        one._replace(
            ref=f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}-{number * 7919 % 99991}",
            title=" ".join(words[number * step * 31 % 11] for step in range(2, 9)) + f" {number * 7919 % 99991}",
            kind=Kind.INCIDENT,
        )
        for number in range(10_000)
    )
    (page,) = search.files(board.judge(snapshot(settled=told), NOW), (), site())

    assert len(gzip.compress(page.render())) <= 400 * 1024
