"""A site's own templates and static files: what they may do, and what happens to the page when they break."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ghstatus import assets
from ghstatus.cli import app, preview
from ghstatus.flow import looks
from ghstatus.render.embed import badges
from tests.test_flow import World

INCIDENT = """\
---
title: It is slow
started: 2026-03-02T08:10:00Z
severity: major
components: [copr]
---

We look into it.
"""
OVER = INCIDENT.replace("severity", "ended: 2026-03-02T09:10:00Z\nseverity").replace("slow", "over")
ROOT = Path(__file__).parent.parent
TEXTS = {name: text.decode() for name, text in assets.files(assets.templates())}


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    world.write("a.md", INCIDENT)
    world.write("b.md", OVER)
    return world


@pytest.fixture
def put(world):
    """`put("templates/home.html.j2", text)` writes a file beside the configuration."""

    def write(name, text):
        path = world.root / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    return write


def page(world, name="index.html"):
    return (world.root / "_site" / name).read_text(encoding="utf-8")


def said(built):
    return [str(problem) for problem in built.problems]


def test_a_template_of_the_site_stands_in_for_the_shipped_one(world, put):
    put("templates/latest.html.j2", "not this")
    put("templates/404.html.j2", '{% extends "base.html.j2" %}{% block main %}<h1>Lost</h1>{% endblock %}')

    assert said(world.build()) == []
    assert "<h1>Lost</h1>" in page(world, "404.html")
    assert "Skip to the content" in page(world, "404.html")


def test_a_template_may_include_others_of_the_site(world, put):
    put("templates/ours/note.html", "<p>Ours: {{ site.title }}</p>")
    put("templates/header.html.j2", '{% include "ours/note.html" %}')

    assert said(world.build()) == []
    assert "<p>Ours: Status</p>" in page(world, "incidents/a/index.html")


def test_other_files_in_the_folder_are_left_alone(world, put):
    put("templates/of/another/program.html", "{% load static %}")

    assert said(world.build()) == []


def test_a_page_is_made_anew_when_a_template_changes(world, put):
    world.build()
    before = page(world, "incidents/b/index.html")
    put("templates/header.html.j2", "<p>Ours</p>")
    world.wait(1)
    world.build()

    assert "<p>Ours</p>" not in before
    assert "<p>Ours</p>" in page(world, "incidents/b/index.html")


def test_static_files_of_the_site_replace_shipped_ones_and_join_them(world, put):
    put("static/operational.svg", "<svg/>")
    put("static/fonts/a.woff2", b"\0")
    put("static/.DS_Store", b"\0")
    put("static/.git/config", b"\0")
    world.build()
    folder = world.root / "_site" / "static"

    assert (folder / "operational.svg").read_text() == "<svg/>"
    assert (folder / "fonts" / "a.woff2").read_bytes() == b"\0"
    assert (folder / "style.css").read_bytes() == (ROOT / "site" / "static" / "style.css").read_bytes()
    assert not list(folder.rglob(".*"))


def test_a_theme_comes_after_the_style_sheet_and_only_where_there_is_one(world, put):
    world.build()
    plain = page(world)
    put("static/theme.css", ":root { --accent: #555 }")
    world.build()
    found = re.findall(r'<link rel="stylesheet" href="./static/(\w+).css\?(\w+)">', page(world))

    assert "theme.css" not in plain
    assert [name for name, _ in found] == ["style", "theme"]


def test_the_address_of_the_style_sheet_changes_with_any_static_file(world, put):
    before = looks.read(world.root / "site").look.style
    put("static/theme.css", "a {}")

    assert looks.read(world.root / "site").look.style != before


BROKEN = {
    "a tag without an end": (
        "{% if %}",
        "templates/home.html.j2:1: Expected an expression, got 'end of statement block'",
    ),
    "something nobody said": ("\n\n{{ nothing }}", "templates/home.html.j2:3: 'nothing' is undefined"),
    "a wrong calculation": ("\n{{ 1 / 0 }}", "templates/home.html.j2:2: division by zero"),
    "a wrong filter": ("{{ now | nice }}", "templates/home.html.j2:1: No filter named 'nice'."),
    "what isn't there": ('\n{% include "gone" %}', "templates/home.html.j2:2: there is no template 'gone'"),
    "what nobody may": (
        "{{ now.__class__ }}",
        "templates/home.html.j2:1: access to attribute '__class__' of 'datetime'",
    ),
    "no text": (b"a\n\xff", "templates/home.html.j2:2: isn't UTF-8 → left out"),
    "itself": ('{% include "home.html.j2" %}', "templates/home.html.j2:1: maximum recursion depth exceeded"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_template_that_breaks_gives_way_and_is_told_of(world, put, kind):
    world.build()
    before = page(world)
    text, words = BROKEN[kind]
    put("templates/home.html.j2", text)

    told = said(world.build())

    assert (len(told), told[0].startswith(words)) == (1, True), told
    assert kind == "no text" or told[0].endswith(" → the shipped one is used")
    assert re.sub(r"\?\w+", "", page(world)) == re.sub(r"\?\w+", "", before)


def test_the_others_stay_when_one_breaks(world, put):
    put("templates/header.html.j2", "<p>Ours</p>")
    put("templates/home.html.j2", "{{ nothing }}")

    assert len(said(world.build())) == 1
    assert "<p>Ours</p>" in page(world)


def test_one_that_only_ours_include_is_left_out_and_then_whatever_needs_it(world, put):
    put("templates/ours.html", "{{ nothing }}")
    put("templates/home.html.j2", '{% include "ours.html" %}')

    first, second = said(world.build())

    assert first == "templates/ours.html:1: 'nothing' is undefined → left out"
    assert second.startswith("templates/home.html.j2:1: there is no template 'ours.html'")
    assert "It is slow" in page(world)


def test_templates_that_shipped_ones_cannot_use_are_all_left_out(world, put):
    put("templates/macros.html.j2", "{% macro other() %}{% endmacro %}")
    put("templates/header.html.j2", "<p>Ours</p>")

    (told,) = said(world.build())

    assert told.startswith("templates: they don't fit the shipped ones: the template 'macros.html.j2' ")
    assert told.endswith(" → none is used")
    assert "It is slow" in page(world)


def test_a_broken_template_is_told_of_by_every_build(world, put):
    world.delete("a.md")  # what is over isn't rendered again
    put("templates/incident.html.j2", "{{ nothing }}")
    first = said(world.build())
    world.wait(1)

    assert first == said(world.build()) != []


def test_what_can_be_used_again_is_used_again(world, put):
    put("templates/incident.html.j2", "{{ nothing }}")
    world.build()
    put("templates/incident.html.j2", "<p>Ours</p>")
    world.wait(1)

    assert said(world.build()) == []
    assert page(world, "incidents/b/index.html") == "<p>Ours</p>"
    world.wait(1)
    again = world.build()
    assert again.written < again.pages


def test_a_broken_shipped_template_is_a_bug(world, monkeypatch):
    monkeypatch.setitem(TEXTS, "404.html.j2", "{{ nothing }}")
    monkeypatch.setattr(assets, "files", lambda _: [(name, text.encode()) for name, text in TEXTS.items()])
    with pytest.raises(Exception, match="'nothing' is undefined"):
        world.build()

    monkeypatch.setitem(TEXTS, "icon.html.j2", "{% if %}")
    with pytest.raises(Exception, match="Expected an expression"):
        world.build()


def test_what_cannot_be_read_is_left_out(world, put):
    put("static/a.css", "a {}")
    (world.root / "site" / "static" / "b.css").symlink_to("nowhere")

    assert said(world.build()) == ["static/b.css: can't be read: No such file or directory → left out"]
    assert (world.root / "_site" / "static" / "a.css").is_file()


def test_a_digest_tells_own_files_from_none_and_from_each_other(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "static").mkdir()
    (tmp_path / "templates" / "a").write_text("a")
    one = assets.digest(assets.own(tmp_path))
    (tmp_path / "templates" / "a").rename(tmp_path / "static" / "a")

    assert len({assets.digest(), one, assets.digest(assets.own(tmp_path))}) == 3
    assert assets.digest(assets.own(tmp_path / "nothing")) == assets.digest()


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "templates").mkdir(parents=True)
    (folder / "ghstatus.yml").write_text("title: Status\ncomponents:\n  - id: copr\n    name: Copr\n")
    (folder / "templates" / "404.html.j2").write_text("\n{{ nothing }}")
    return folder


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--strict"], 1)])
def test_a_build_goes_on_and_says_which_line_is_wrong(site, tmp_path, monkeypatch, options, code):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["build", "site", "--now", "2026-03-02T12:00:00Z", *options])

    assert result.exit_code == code
    assert "templates/404.html.j2:2: 'nothing' is undefined → the shipped one is used" in result.stderr
    assert "Traceback" not in result.output
    assert "There is no such page" in (tmp_path / "_site" / "404.html").read_text()


def test_nobody_waits_for_a_day_with_an_outage_to_learn_of_a_mistake(world, put):
    world.delete("a.md")
    world.delete("b.md")
    put("templates/incident.html.j2", "{% endfor %}")

    assert said(world.build())[0].startswith("templates/incident.html.j2:1: ")


def test_an_error_without_words_is_told_by_its_name(world, put, monkeypatch):
    def stop(*_):
        raise RuntimeError

    monkeypatch.setattr(badges, "markdown", stop)
    put("templates/404.html.j2", "{{ now | badge_markdown(site) }}")

    assert said(world.build()) == ["templates/404.html.j2:1: RuntimeError → the shipped one is used"]


@pytest.mark.parametrize("name", ["templates/home.html.j2", "static/theme.css"])
def test_the_preview_notices_a_change(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir()
    found = preview.changes(tmp_path)
    path.write_text("new")

    assert {Path(changed).name for _, changed in next(found)} == {path.name}


def test_templates_of_messages_are_no_business_of_pages(world, put):
    put("templates/messages/post.j2", "{{ nothing | nowhere }}")
    put("templates/postmortem.md.j2", "{% if %}")

    assert said(world.build()) == []
