"""A post-mortem from its draft to the page, be it an issue or a file."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from ghstatus.cli import options
from tests.examples import CONFIG

pytest_plugins = ["tests.commands", "tests.github.fixture"]

AT = datetime(2026, 3, 2, 12, 0, 30, tzinfo=UTC)
CONFIG_REVIEWED = f"{CONFIG}store: github\nrepository: packit/status\npostmortem:\n  reviewers: [rita]\n"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock that goes on by a minute with each command."""
    times = iter(AT + timedelta(minutes=minutes) for minutes in range(100))
    moment = options.moment
    monkeypatch.setattr(options, "moment", lambda now: moment(now) if now else next(times))


@pytest.fixture(params=["files", pytest.param("issues", marks=pytest.mark.loopback)])
def where(request, site):
    """Both kinds of store, each with what its command line says of it."""
    (site / "incidents" / "pending.md").unlink()
    if request.param == "issues":
        status = request.getfixturevalue("status")
        status.label("postmortem")
        (site / "ghstatus.yml").write_text(CONFIG)
        return ["--repo", status.full_name]
    return ["--site", str(site)]


def opened(run, where, *, is_over=True):
    said = ["-c", "copr", "-s", "major", "--started", "40m", "--text", "Nothing is built."]
    ref = (
        run("incident", "open", "Builds stay pending", *said, *where)[1].strip().rpartition("/")[2].removesuffix(".md")
    )
    if is_over:
        run("incident", "resolve", ref, "A new disk.", *where)
    return ref


def test_it_is_begun_once_and_then_found(run, where):
    ref = opened(run, where)
    code, out, err = run("postmortem", ref, *where)
    again = run("postmortem", ref, *where)

    assert (code, err) == (0, "")
    assert re.search(r"/issues/\d+$|/postmortems/.*\.md$", out.strip())
    assert again[:2] == (0, out)
    assert again[2].startswith(f"the post-mortem of {ref} has been begun already; to be published it waits for ")


def test_a_draft_can_be_looked_at_first(run, where):
    ref = opened(run, where)
    code, out, err = run("postmortem", ref, "--print", *where)

    assert (code, err) == (0, "")
    assert "## Root cause" in out
    assert "A new disk." in out
    assert run("postmortem", "--follow-ups", *where)[1] == "Nothing is left to do.\n"


def test_of_one_that_goes_on_it_says_so(run, where):
    ref = opened(run, where, is_over=False)

    assert run("postmortem", ref, *where)[2] == f"{ref} isn't over yet, so what follows will be missing\n"


def test_it_has_to_be_said_which(run, where):
    code, _, err = run("postmortem", *where)

    assert code == 2
    assert "say which incident it is about, or --follow-ups" in err
    assert run("postmortem", "nothing-such", *where)[0] == 2


def test_one_that_can_t_be_found_again_yet_is_told(run, site, monkeypatch):
    monkeypatch.setattr("ghstatus.stores.postmortems.create", lambda *_: None)
    code, _, err = run("postmortem", "pending", "--site", str(site))

    assert code == 2
    assert "was begun, but can't be read yet; look again in a minute" in err


def test_what_has_not_begun_teaches_nothing_yet(run, site):
    text = "---\ntitle: Later\nstarted: 2026-03-09 08:00\nseverity: minor\n---\n"
    (site / "incidents" / "later.md").write_text(text)
    code, _, err = run("postmortem", "later", "--site", str(site))

    assert code == 2
    assert "nothing can be learnt from 'later' yet: it begins in more than a day" in err


def test_what_is_left_to_do_is_listed(run, site):
    (site / "postmortems").mkdir()
    (site / "postmortems" / "pending.md").write_text(
        "---\nstatus: published\nwritten: 2026-02-20\n---\n- [ ] Later\n- [x] Done\n- [ ] Watch (@jane, until 2026-03-01)\n"
        "- [ ] Test it (@joe, until 2026-04-01, https://example.org/7)\n"
    )

    assert run("postmortem", "--follow-ups", "--site", str(site))[1].splitlines() == [
        "overdue: Watch (@jane, until 2026-03-01); pending",
        "open: Test it (@joe, until 2026-04-01, https://example.org/7); pending",
        "open: Later (nobody); pending",
    ]
    assert json.loads(run("postmortem", "--follow-ups", "--json", "--site", str(site))[1])[0] == {
        "incident": "pending",
        "postmortem": "pending",
        "text": "Watch",
        "owner": "jane",
        "due": "2026-03-01",
        "issue": None,
        "state": "overdue",
    }
    assert run("postmortem", "pending", "--site", str(site))[2] == (
        "the post-mortem of pending has been begun already; everybody may read it\n"
    )


def test_a_template_of_the_site_s_own_that_breaks_is_told(run, site):
    (site / "templates").mkdir(exist_ok=True)
    (site / "templates" / "postmortem.md.j2").write_text("{{ nothing_such }}")
    code, out, err = run("postmortem", "pending", "--print", "--site", str(site))

    assert code == 0
    assert "## Root cause" in out
    assert "postmortem.md.j2:1: 'nothing_such' is undefined" in err


@pytest.mark.loopback
def test_an_issue_is_begun_by_a_command_and_published_once_reviewed(run, site, status, github):
    (site / "ghstatus.yml").write_text(CONFIG_REVIEWED)
    status.grant("rita", "write")
    one = status.issues[1]
    one.comment("/postmortem", by="jane")
    one.comment("Resolved: It was a disk.", by="jane")
    now = github.clock.now().isoformat()

    out = run("apply", "site", "--now", now)[1]
    assert "open the post-mortem of #1: Post-mortem: Copr is down" in out
    made = next(issue for issue in status.issues.values() if issue.title.startswith("Post-mortem"))
    assert made.body.startswith("<!-- ghstatus:postmortem 1 -->\nIncident: #1\n")
    github.clock.advance(minutes=5)
    assert "post-mortem" not in run("apply", "site", "--now", github.clock.now().isoformat())[1]

    def page():
        github.clock.advance(minutes=5)
        code, _, err = run("build", "site", "--out", "out", "--now", github.clock.now().isoformat())
        assert (code, "Traceback" in err) == (0, False)
        return (site.parent / "out" / "incidents" / "1" / "index.html").read_text()

    made.close(by="jane")
    assert "What fixed it" not in page()
    made.comment("/approve", by="jane")
    assert "What fixed it" not in page()
    made.comment("/approve", by="rita")
    assert "What fixed it" in page()
    made.reopen(by="jane")
    assert "What fixed it" not in page()
