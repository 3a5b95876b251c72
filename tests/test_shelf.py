"""Templates that were compiled once: kept where Python keeps what it compiles, used only while nothing has changed."""

import sys
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest

from ghstatus import assets
from ghstatus.flow import looks
from ghstatus.flow.shelf import Shelf
from ghstatus.render.looks import compiled
from ghstatus.render.looks.overrides import Look
from ghstatus.render.looks.templates import Templates
from ghstatus.render.text import language
from tests.builders import component, site

SITE = site(component("copr"), language="en")
TEXTS = {name: data.decode() for name, data in assets.files(assets.templates())}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Where Python is told to keep what it compiles."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def made(monkeypatch):
    """The names of the templates that are compiled."""
    compile_, names = jinja2.Environment.compile, []

    def listed(environment, source, name, filename):
        names.append(name)
        return compile_(environment, source, name, filename)

    monkeypatch.setattr(jinja2.Environment, "compile", listed)
    return names


def about(texts=TEXTS, known=SITE, own=None, shelf=None):
    look = Look(texts, own or {}, shelf=shelf or Shelf())
    return Templates(look, known).page("about.html.j2", root="../", path="about/").decode()


def kept(home):
    return sorted(path for path in home.rglob("*") if path.is_file())


def test_what_is_compiled_once_is_not_compiled_again(home, made):
    first = about()
    compiled_once = list(made)

    assert "about.html.j2" in compiled_once
    assert len(kept(home)) == len(compiled_once)
    assert about() == first
    assert made == compiled_once


def test_it_stands_where_python_keeps_what_it_compiles(home):
    about()

    [folder] = {path.parent for path in kept(home)}
    assert folder == home / Path(compiled.__file__).parent.relative_to("/")
    assert all(path.name.endswith(f"{sys.implementation.cache_tag}.pyc") for path in kept(home))


@pytest.mark.parametrize(
    "change",
    [
        {"texts": {**TEXTS, "about.html.j2": TEXTS["about.html.j2"].replace("<h1>", "<h1>More ")}},
        {"known": replace(SITE, language="de")},
    ],
    ids=["text", "language"],
)
def test_what_would_be_compiled_to_something_else_is_compiled_again(made, change):
    about()
    made.clear()

    changed = about(**change)

    assert "about.html.j2" in made
    assert changed != about()


def test_another_edition_of_what_compiles_is_another_template(made):
    about()
    made.clear()
    shelf = Shelf()
    shelf.edition = "another"

    about(shelf=shelf)

    assert "about.html.j2" in made


@pytest.mark.parametrize("change", ["jinja", "catalogue"])
def test_another_jinja_or_another_word_is_another_template(made, monkeypatch, change):
    about()
    made.clear()
    if change == "jinja":
        monkeypatch.setattr(jinja2, "__version__", "3.1.5.post1")
    else:
        monkeypatch.setattr(language, "edition", lambda tag: f"new words of {tag}")

    about()

    assert "about.html.j2" in made


def test_two_languages_keep_their_templates_beside_each_other(made):
    german = replace(SITE, language="de")
    about(), about(known=german)
    made.clear()

    assert about() != about(known=german)
    assert made == []


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[:-1], lambda _: b"", lambda data: data[:-9] + b"x" + data[-8:]],
    ids=["cut", "empty", "changed"],
)
def test_a_damaged_one_is_compiled_again(home, made, damage):
    first = about()
    for path in kept(home):
        path.write_bytes(damage(path.read_bytes()))
    made.clear()

    assert about() == first
    assert "about.html.j2" in made


def test_templates_of_a_site_are_never_kept(home):
    about(own={"header.html.j2": "Ours"})

    assert kept(home) == []


def test_nothing_is_kept_where_python_is_told_to_keep_nothing(home, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    about()

    assert kept(home) == []


def test_a_place_where_nobody_may_write_is_no_trouble(home):
    home.write_bytes(b"a file, as a zip archive is one")

    assert "<h1>" in about()
    assert home.is_file()


def test_what_passes_a_filter_is_left_to_each_page(made, monkeypatch):
    """`1|percent` is constant, and yet another text by another Babel."""
    about()
    made.clear()
    monkeypatch.setattr(language.Language, "percent", lambda *_: "all of it")

    assert "all of it" in about()
    assert made == []


def test_a_build_keeps_its_templates(tmp_path):
    assert isinstance(looks.read(tmp_path).look.shelf, Shelf)
