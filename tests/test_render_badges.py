"""What badges say, in which colour, and that their words fit."""

import json
import re
from dataclasses import replace

import pytest
from defusedxml import ElementTree

from ghstatus import assets, board, uptime
from ghstatus.model import ComponentStatus, Theme
from ghstatus.render.embed import badges
from tests.builders import NOW, component, incident, site, snapshot
from tests.test_site_golden import golden_site, put

WORDS = ["Copr", "status", "Testing Farm uptime", "degraded performance", "WWW & <iiii>", "99.95%", "Příliš žluťoučký"]


def made(*incidents, on=None, ratio=None, **said):
    """Path → bytes."""
    page = on or site()
    judged = board.judge(snapshot(*incidents, components=page.components, **said), NOW)
    measured = uptime.measure(page.components, [], NOW, page.policy)
    if ratio is not None:
        measured = [replace(one, ratio=ratio) for one in measured]
    return {one.path: one.render() for one in badges.files(judged, measured, page)}


def endpoint(path, *incidents, **said):
    return json.loads(made(*incidents, **said)[f"badges/{path}.json"])


def texts(picture):
    root = ElementTree.fromstring(picture)
    return root, [one for one in root.iter() if one.tag.endswith("text")]


@pytest.mark.parametrize(
    "name", ["status.svg", "status.json", "copr.svg", "copr/uptime.svg", "copr/uptime.json", "koji.json"]
)
def test_a_badge_is_as_it_was_when_somebody_looked_at_it(name, golden):
    golden(f"golden/badges-{name.replace('/', '-')}", golden_site()[f"badges/{name}"].decode())


def test_there_are_badges_of_the_page_and_of_each_component():
    names = {"status", "copr", "copr/uptime"}

    assert made().keys() == {f"badges/{name}.{kind}" for name in names for kind in ("svg", "json")}


def test_a_component_may_be_called_status():
    page = site(component("status", name="The status"))

    assert endpoint("status", on=page)["label"] == "status"
    assert endpoint("status/status", on=page)["label"] == "The status"
    assert badges.markdown(page.components[0], page).count("badges/status/status.svg") == 1


@pytest.mark.parametrize(
    ("said", "message", "like"),
    [
        ([], "operational", "operational"),
        ([incident(severity="minor")], "degraded performance", "degraded_performance"),
        ([incident(severity="major")], "partial outage", "partial_outage"),
        ([incident(severity="critical")], "major outage", "major_outage"),
        ([incident(kind="maintenance")], "under maintenance", "under_maintenance"),
    ],
)
def test_a_badge_says_how_things_are(said, message, like):
    for path, label in (("status", "status"), ("copr", "copr")):
        assert endpoint(path, *said) == {
            "schemaVersion": 1,
            "label": label,
            "message": message,
            "color": badges.COLOURS[like],
            "cacheSeconds": 300,
        }


def test_what_cant_be_observed_is_grey_and_never_green():
    for path in ("status", "copr"):
        found = endpoint(path, unobserved=frozenset({"copr"}))
        assert (found["message"], found["color"]) == ("unknown", badges.COLOURS[ComponentStatus.UNKNOWN])


@pytest.mark.parametrize(
    ("ratio", "message", "like"),
    [
        (1.0, "100%", "operational"),
        (0.99999, "99.99%", "operational"),
        (0.99, "99.00%", "operational"),
        (0.9899, "98.99%", "degraded_performance"),
        (0.95, "95.00%", "degraded_performance"),
        (0.9499, "94.99%", "partial_outage"),
        (0.90, "90.00%", "partial_outage"),
        (0.8999, "89.99%", "major_outage"),
    ],
)
def test_uptime_has_the_colour_of_how_bad_it_is(ratio, message, like):
    found = endpoint("copr/uptime", ratio=ratio)

    assert (found["label"], found["message"], found["color"]) == ("copr uptime", message, badges.COLOURS[like])


def test_uptime_that_nobody_measured_is_unknown():
    tomorrow = site(component(start_date=NOW.date().replace(day=3)))
    found = endpoint("copr/uptime", on=tomorrow)

    assert (found["message"], found["color"]) == ("unknown", badges.COLOURS[ComponentStatus.UNKNOWN])


def test_colours_are_the_pages():
    style = dict(assets.files(assets.static()))["style.css"].decode().split("@media")[0]
    theirs = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", style))

    assert {
        status: theirs[status.split("_")[-1 if status == "under_maintenance" else 0]] for status in badges.COLOURS
    } == badges.COLOURS


def test_a_site_has_its_own_colours():
    theme = Theme(operational="#00ff00", major_outage='red"/><script>')
    down = [incident(severity="critical")]

    assert endpoint("status", on=site(theme=theme))["color"] == "#00ff00"
    assert endpoint("status", *down, on=site(theme=theme))["color"] == badges.COLOURS[ComponentStatus.MAJOR_OUTAGE]


@pytest.mark.parametrize(("colour", "ink"), [("#ffdd00", "#1b2129"), ("#000000", "#fff"), ("#1a7f45", "#fff")])
def test_words_can_be_read_on_any_colour(colour, ink):
    _, (label, message) = texts(made(on=site(theme=Theme(operational=colour)))["badges/status.svg"])

    assert (label.get("fill"), message.get("fill")) == ("#fff", ink)


def test_a_picture_says_in_words_what_it_shows():
    root, (label, message) = texts(made()["badges/copr.svg"])

    assert (root.get("role"), root.get("aria-label"), root[0].text) == ("img", "copr: operational", "copr: operational")
    assert (label.text, message.text) == ("copr", "operational")


@pytest.mark.parametrize(
    ("name", "length"), [("e", 7), ("e\u0301", 7), ("\u00e9", 7), ("\u72b6\u614b", 22), ("\u05d0", 7)]
)
def test_room_is_made_for_every_script(name, length):
    _, (label, _) = texts(made(on=site(component(name=name)))["badges/copr.svg"])

    assert int(label.get("textLength")) == length


@pytest.mark.parametrize("name", ["<&\"'>", "a\0b\ud800", "two\n lines", "x" * 500, "\u0301"])
def test_any_name_makes_a_picture(name):
    built = made(on=site(component(name=name)))
    root, (label, _) = texts(built["badges/copr.svg"])

    assert int(root.get("width")) < 2000
    assert (label.text or "").startswith(
        json.loads(built["badges/copr.json"])["label"][:2].replace("\0", "").replace("?", "")
    )


def test_a_picture_asks_nobody_for_anything():
    picture = made()["badges/status.svg"].decode()

    assert re.findall(r"https?://[^\"]+", picture) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"url\(|href|<style|<script| id=", picture)


def test_halves_meet_and_words_lie_in_the_middle_of_them():
    root, (label, message) = texts(made()["badges/copr.svg"])
    width, left = int(root.get("width")), 2 * float(label.get("x"))

    assert float(message.get("x")) == (left + width) / 2
    assert int(label.get("textLength")) + 10 == left
    assert int(message.get("textLength")) + 10 == width - left


@pytest.mark.browser
def test_measured_widths_are_those_of_a_browser(page):
    page.set_content('<canvas></canvas><p style="font:11px DejaVu Sans">x</p>')
    measure = """texts => {
        const pen = document.querySelector("canvas").getContext("2d");
        pen.font = '11px "DejaVu Sans"';
        return [document.fonts.check(pen.font), texts.map(text => pen.measureText(text).width)];
    }"""
    _, widths = page.evaluate(measure, WORDS)
    labels = [texts(made(on=site(component(name=text)))["badges/copr.svg"])[1][0] for text in WORDS]
    ours = [int(label.get("textLength")) for label in labels]

    assert all(abs(width - mine) <= 0.03 * width + 1 for width, mine in zip(widths, ours, strict=True))


@pytest.mark.browser
def test_a_picture_shows_in_a_page(page, serve, tmp_path):
    built = golden_site()
    (tmp_path / "x.html").write_text('<!doctype html><img src="badges/copr.svg">', encoding="utf-8")
    put({path: data for path, data in built.items() if path.startswith("badges/")}, tmp_path)
    page.goto(f"{serve(tmp_path)}x.html")

    size = page.evaluate("[document.images[0].naturalWidth, document.images[0].naturalHeight]")
    assert size == [int(re.search(rb'width="(\d+)"', built["badges/copr.svg"])[1]), 20]


@pytest.mark.parametrize(
    "path", [path for path in golden_site() if path.startswith("badges/") and path.endswith("s.json")]
)
def test_shields_own_renderer_takes_it(path, node_reads):
    read = node_reads("badge", golden_site()[path])
    told = json.loads(golden_site()[path])

    assert read["schemaVersion"] == 1
    assert f"<title>{told['label']}: {told['message']}</title>" in read["picture"]
    assert told["color"] in read["picture"]


@pytest.mark.parametrize(
    ("name", "base_url", "shown"),
    [
        ("Copr", "https://e.org/", "[![Copr](https://e.org/badges/copr.svg)](https://e.org/components/copr/)"),
        ("a]b", "https://e.org/s(1)/", r"[![a\]b](https://e.org/s%281%29/badges/copr.svg)](https://e.org/s%281%29/components/copr/)"),
    ],
)  # fmt: skip
def test_markdown_shows_the_badge_and_leads_to_the_page(name, base_url, shown):
    assert badges.markdown(component(name=name), site(base_url=base_url)) == shown
