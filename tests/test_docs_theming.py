"""docs/theming.md and docs/embed.md hold: their examples are built, and name what there is."""

import json
import re
from pathlib import Path

import pytest

from ghstatus import assets
from tests.test_flow import World
from tests.test_site_embed import DOWN, built

DOCS = Path(__file__).parent.parent / "docs"
THEMING = (DOCS / "theming.md").read_text(encoding="utf-8")
EMBED = (DOCS / "embed.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```\w+ (\S+/\S+)\n(.*?)^```$", THEMING, re.MULTILINE | re.DOTALL))
SHIPPED = {name for name, _ in assets.files(assets.templates()) if name.endswith(".html.j2")}
STATIC = dict(assets.files(assets.static()))


@pytest.fixture
def themed(tmp_path):
    """A site with every example of docs/theming.md."""
    world = World(tmp_path)
    for name, text in FILES.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return world


def test_the_examples_work_together(themed):
    assert len(FILES) == 4
    assert themed.build().problems == ()

    lost = (themed.root / "_site" / "404.html").read_text()
    assert "<h1>Nothing here</h1>" in lost
    assert "Our project</a>" in lost
    assert "Find us in " in lost
    assert "static/theme.css?" in lost


def test_the_message_that_is_shown_is_what_is_said(themed):
    name = "templates/404.html.j2"
    (themed.root / "site" / name).write_text(FILES[name].replace("{{ headline }}", "{{ headlin }}"))
    (told,) = themed.build().problems

    (shown,) = re.findall(r"^ {4}(templates/.*)$", THEMING, re.MULTILINE)
    assert str(told) == shown


def test_every_template_and_variable_is_named():
    style = STATIC["style.css"].decode()

    assert set(re.findall(r"`(\w+\.html\.j2)`", THEMING)) == SHIPPED
    assert set(re.findall(r"`(--\w+)`", THEMING)) == set(
        re.findall(r"^  (--\w+): #", style.partition("@media")[0], re.MULTILINE)
    )
    named = set(re.findall(r"`([\w-]+\.(?:svg|png|css|js))`", THEMING)) - {"theme.css"}
    assert named <= STATIC.keys()


def test_the_banner_s_attributes_are_those_that_the_script_reads():
    script = STATIC["banner.js"].decode()
    read = set(re.findall(r"\bset\.(\w+)|\"(\w+)\" in set", script))

    assert set(re.findall(r"^\| `data-(\w+)", EMBED, re.MULTILINE)) == {one or other for one, other in read}


def test_what_programs_read_is_as_shown():
    (shown,) = re.findall(r"^```json\n(.*?)^```$", EMBED, re.MULTILINE | re.DOTALL)

    assert json.loads(shown) == json.loads(built(DOWN, base_url="https://status.example.org/")["embed/status.json"])
