"""What docs/postmortems.md shows comes about as it says."""

import re
from datetime import date
from pathlib import Path

import pytest

from ghstatus import assets
from ghstatus.grammar import followups, postmortemfile
from ghstatus.model import FollowUp
from ghstatus.render.postmortem import facts as postmortem_facts
from tests.test_docs import a_page, a_site
from tests.test_postmortem_draft import draft

pytest_plugins = ["tests.commands"]

PAGE = (Path(__file__).parent.parent / "docs" / "postmortems.md").read_text(encoding="utf-8")
SHOWN = {name: text for name, text in a_page("postmortems.md") if name}
INCIDENT = "incidents/builders-stuck.md"
LEARNT = "postmortems/builders-stuck.md"
TEMPLATE = "templates/postmortem.md.j2"


@pytest.fixture
def folder(site):
    """A site with the page's incident, and its reviewers."""
    (site / "incidents" / "pending.md").unlink()
    (site / "ghstatus.yml").write_text(f"{a_site()}\n{SHOWN['ghstatus.yml']}")
    put(site, INCIDENT)
    return site


def put(folder, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(SHOWN[name], encoding="utf-8")


def test_the_timeline_is_the_incident_s(folder, run):
    code, out, err = run("postmortem", "builders-stuck", "--print")

    assert (code, err) == (0, "")
    assert SHOWN["timeline"] in out


def test_the_follow_ups_are_read():
    tracker = "https://github.com/packit/status"

    assert [followups.read(line, tracker) for line in SHOWN["follow-ups"].splitlines()] == [
        FollowUp(text="Watch the disks", owner="jane", due=date(2026, 4, 1)),
        FollowUp(text="Try how a new hypervisor is set up", owner="joe", url=f"{tracker}/issues/57"),
        FollowUp(text="Buy some spare disks", is_done=True),
    ]


def test_the_file_is_published_without_names(folder, run):
    put(folder, LEARNT)
    (folder / INCIDENT).parent.joinpath("other.md").write_text(SHOWN[INCIDENT])
    code, _, err = run("build", "site", "--out", "out", "--now", "2026-03-10T12:00Z")
    page = (folder.parent / "out" / "incidents" / "builders-stuck" / "index.html").read_text(encoding="utf-8")

    assert (code, err) == (0, "")
    assert "Nobody, not even a team member, knew how old the disks were." in page
    assert "jane" not in page
    assert "Post-mortem" not in (folder.parent / "out" / "incidents" / "other" / "index.html").read_text(
        encoding="utf-8"
    )
    assert "jane" in run("postmortem", "--follow-ups", "--now", "2026-03-10T12:00Z")[1]


def test_every_key_is_explained():
    assert tuple(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == postmortemfile.KEYS


def test_every_fact_that_a_template_may_ask_for_is_named(monkeypatch):
    seen = {}
    monkeypatch.setattr("ghstatus.render.postmortem.draft.facts", lambda *said: seen.update(facts(*said)) or seen)
    facts = postmortem_facts.facts
    draft()
    named = PAGE.partition("It may ask for ")[2].partition("It runs in a sandbox")[0]
    within = {*postmortem_facts.Hit._fields, *postmortem_facts.Step._fields, *postmortem_facts.Moment._fields}

    assert set(re.findall(r"`(\w+)`", named)) == seen.keys() | within


def test_the_template_works(folder, run):
    put(folder, TEMPLATE)
    code, out, err = run("postmortem", "builders-stuck", "--print")

    assert (code, err) == (0, "")
    assert "Copr builders are stuck took 2 h, a downtime of 2 h." in out
    assert "postmortem.md.j2" in dict(assets.files(assets.templates()))
