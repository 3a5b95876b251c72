"""A newcomer's first day: an empty repository, a page, an outage by the form, and green again."""

import re
import time
from types import SimpleNamespace

import pytest

from ghstatus.cli import access, asking
from ghstatus.grammar import form
from tests import submissions

pytest_plugins = ["tests.commands", "tests.github.fixture"]
pytestmark = pytest.mark.loopback

INIT = (
    "--repo",
    "packit/status",
    "--title",
    "Packit Status",
    "-c",
    "Website",
    "-c",
    "api=The API",
    "--external",
    "copr",
)
ANSWERS = {
    form.COMPONENTS: ["Website (website)", "Copr (copr)"],
    form.SEVERITY: "major \N{EN DASH} it fails for some, or in part",
    form.STARTED: "2026-03-02 08:40",
    form.BROKEN: "Pages take **minutes** to load.",
    form.WORKAROUND: "Wait, then comment `/packit rebuild-failed`.",
}
BODY = """\
### Components

Website (website), Copr (copr)

### Severity

major \N{EN DASH} it fails for some, or in part

### Started

2026-03-02 08:40

### Does everything fail?

- [ ] Everything fails that depends on it

### What is broken?

Pages take **minutes** to load.

### Who is affected?

_No response_

### What to do meanwhile?

Wait, then comment `/packit rebuild-failed`.

### Error text

_No response_""".replace("\n", "\r\n")


@pytest.fixture
def here(tmp_path, monkeypatch, run):
    """The clone of an empty repository, made a status page's by one command."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(asking, "is_there_anybody", lambda: False)
    assert run("init", *INIT)[0] == 0
    return tmp_path


@pytest.fixture
def status(github, monkeypatch):
    """That repository on GitHub, where jane writes and the workflow's token is at hand."""
    monkeypatch.setattr(access, "time", SimpleNamespace(time=time.time, sleep=lambda _: None))
    monkeypatch.setenv("GITHUB_TOKEN", github.token("packit/status", issues="write"))
    monkeypatch.setenv("GITHUB_API_URL", github.url)
    repository = github.repository("packit/status")
    repository.grant("jane", "write")
    return repository


@pytest.fixture
def publish(run, here, status, github):
    """Does what the workflow does after an event; gives what it said, and the page."""

    def publish():
        now = f"{github.clock.advance(minutes=5):%Y-%m-%dT%H:%M:%SZ}"
        code, out, err = run("apply", "--out", "_site", "--now", now)
        last, built = out.splitlines()[-1], err.splitlines()
        assert (code, len(built), built[-1].startswith("_site: ")) == (0, 1, True), err
        return last, (here / "_site" / "index.html").read_text()

    return publish


@pytest.fixture
def outage(here, publish, status):
    """An outage that jane opened by the form, on a page that was green before."""
    assert publish()[1].count("Operational") == 3
    asked = (here / ".github" / "ISSUE_TEMPLATE" / "incident.yml").read_text()
    issue = status.issue("All is slow", submissions.submit(asked, ANSWERS), by="jane", labels=["incident"])
    issue.comment("/eta 2026-03-02 11:00 UTC", by="jane")
    return issue


def words(page):
    """What a reader sees of a page."""
    apart = re.sub(r"</(?:dt|p)>", " ", page)
    return " ".join(re.sub(r"<[^>]+>", "", apart).split())


def names(issue):
    return {label.name for label in issue.labels}


def test_a_form_is_submitted_as_github_renders_it(outage):
    assert outage.body == BODY


def test_the_page_answers_what_people_ask_in_an_outage(publish, outage):
    last, page = publish()

    answers = [
        "Partial outage of Website and Copr",
        "Since 2 Mar 2026, 08:40 UTC, for 30 min.",
        "All is slow",
        "Investigating",
        "Pages take minutes to load.",
        "What to do meanwhile Wait, then comment /packit rebuild-failed.",
        "When a fix is expected 2 Mar 2026, 11:00 UTC",
        "None in the last 14 days.",
    ]
    assert re.match(r"(\d+) of \1 changes made in packit/status; ", last)
    assert [answer for answer in answers if answer not in words(page)] == []
    assert "No response" not in page
    assert outage.pinned_by.login == "github-actions[bot]"
    assert names(outage) == {
        *("incident", "severity/major", "phase/investigating", "component/website", "component/copr")
    }


def test_a_comment_on_a_phone_is_progress_on_the_page(publish, outage):
    publish()
    outage.comment("IDENTIFIED: a disk is full.", by="jane")
    _, page = publish()

    assert "Identified" in page
    assert "a disk is full." in page
    assert "Investigating" not in page
    assert "phase/identified" in names(outage)
    assert "phase/investigating" not in names(outage)
    assert outage.pinned_by


def test_closing_makes_the_page_green_and_takes_the_pin_away(publish, outage, here):
    publish()
    outage.comment("Identified: a disk is full.", by="jane")
    publish()
    outage.close(by="jane")
    _, page = publish()

    assert "All systems operational" in page
    assert page.count("Operational") == 3
    assert "All is slow</a>" in page[page.index("Past incidents") :]
    assert outage.pinned_by is None
    assert names(outage) == {"incident", "severity/major", "component/website", "component/copr"}
    assert "Resolved" in (here / "_site" / "incidents" / "1" / "index.html").read_text()
    assert publish()[0] == "nothing to change in packit/status; 1 request to GitHub"


def test_two_severities_and_capitals_at_night_still_make_a_page(publish, status):
    labels = ["Incident", "SEVERITY/minor", "severity/Critical", "Component/API"]
    for name in labels:
        status.label(name, "d73a4a")
    night = status.issue("api ded!!", "plz fix", by="jane", labels=labels)
    _, page = publish()

    assert "Major outage of The API" in page
    assert "api ded!!</a>" in page
    assert night.pinned_by
    assert names(night) == {*labels, "phase/investigating"}


def test_a_typo_in_a_label_is_one_remark_that_goes_away(run, publish, status, github):
    publish()
    night = status.issue("api ded!!", "plz fix", by="jane", labels=["incident", "severity/minor"])
    night.label("component/teh-api", by="jane")
    now = f"{github.clock.advance(minutes=5):%Y-%m-%dT%H:%M:%SZ}"
    code, _, err = run("apply", "--now", now)

    assert code == 0
    assert "#1: a label: no component is called 'teh-api'" in err
    assert [one for one in night.comments if "(did you mean 'The API'?)" in one.body]

    night.unlabel("component/teh-api", by="jane")
    night.label("component/api", by="jane")
    _, page = publish()

    assert not [one for one in night.comments if "teh-api" in one.body]
    assert "Degraded performance: The API" in page
