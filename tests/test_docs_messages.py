"""docs/messages.md holds: its examples print what it shows, and it names all that there is."""

import re
from pathlib import Path

import pytest

from ghstatus.flow.announcing import Announcing
from ghstatus.grammar import config
from ghstatus.render.messages import facts as message_facts
from ghstatus.render.messages.facts import Place
from tests.builders import NOW, at
from tests.test_docs import a_page, a_site
from tests.test_render_messages import CHANNELS, SITE, STORIES, story

pytest_plugins = ["tests.commands"]

PAGE = (Path(__file__).parent.parent / "docs" / "messages.md").read_text(encoding="utf-8")
FILES = {name: text for name, text in a_page("messages.md") if name}
SHOWN = [
    text.removeprefix("$ ").partition("\n")
    for text in re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
]


@pytest.fixture
def folder(site):
    """A site with the page's incident."""
    (site / "incidents" / "pending.md").unlink()
    (site / "ghstatus.yml").write_text(f"base_url: https://status.example.org/\n{a_site()}")
    (site / "incidents" / "builders.md").write_text(FILES["incidents/builders.md"])
    return site


def put(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(("command", "_", "output"), SHOWN)
def test_a_command_prints_what_is_shown(command, _, output, folder, run):
    now = [] if "--list" in command else ["--now", "2026-03-02T19:30Z"]

    assert run(*command.split()[1:], *now) == (0, output, "")


def test_the_templates_work(folder, run):
    for name, text in FILES.items():
        if name.startswith("templates/"):
            put(folder, name, text)
    now = ["--now", "2026-03-02T19:30Z"]

    assert len(FILES) == 4
    assert run("validate", *now)[0] == 0
    assert run("announce", "--channel", "post-de", *now)[1].startswith("Copr builders are down. The cause is known. ")
    assert run("announce", "--channel", "post-de", "--now", "2026-03-02T19:10Z")[1] == (
        "Copr builders are down: Wir suchen die Ursache. Comment /packit rebuild-failed when it is over.\n"
        "https://status.example.org/incidents/builders/\n"
    )
    assert run("announce", "--channel", "mail-short", *now)[1] == (
        "Subject: Copr builders are down (Identified)\n\n"
        "A hypervisor lost its disks.\nFix expected: by 2 Mar 2026, 22:00 UTC\n\n"
        "https://status.example.org/incidents/builders/\n"
    )


def test_the_message_that_is_shown_is_what_is_said(folder, run):
    name = "templates/messages/post.resolved.j2"
    put(folder, name, FILES[name].replace("{{ link }}", "{{ lnik }}"))
    (shown,) = re.findall(r"^ {4}(templates/.*)$", PAGE, re.MULTILINE)

    assert run("validate", "--now", "2026-03-02T19:30Z")[::2] == (1, f"{shown}\n")


def test_every_channel_state_and_fact_is_named():
    what, now = STORIES["identified"]
    facts = [tell(story(what, now), Place(SITE, at(now)), str) for tell in (message_facts.public, message_facts.team)]
    rows = [row.split(" | ")[0] for row in PAGE.splitlines() if row.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`([\w-]+)`", row)]
    (states,) = re.findall(r"^The states are (.*)$", PAGE, re.MULTILINE)

    assert sorted(named) == sorted([*CHANNELS, *facts[0], *facts[1]])
    assert sorted(re.findall(r"`([\w-]+)`", states)) == sorted(message_facts.STATES)


def test_the_site_of_the_examples_is_the_readme_s(tmp_path):
    assert dict(Announcing(tmp_path, config.parse(a_site(), where=""), NOW).channels) == dict.fromkeys(CHANNELS, False)
