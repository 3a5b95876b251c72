"""`ghstatus announce` prints what can be posted or sent as it stands; everything else goes beside it."""

import json

import pytest

from ghstatus import board
from ghstatus.errors import UsageError
from ghstatus.flow.announcing import Announcing, announced
from ghstatus.model import Assignment, Response, Role
from tests.builders import NOW, component, incident, snapshot
from tests.builders import site as a_site
from tests.examples import CONFIG

pytest_plugins = ["tests.commands", "tests.github.fixture"]

AT = ["--now", "2026-03-02T08:10Z"]
POST = "Builds pending. We are looking into it. Affected: Copr. Next update by 2 Mar 2026, 09:00 UTC. They wait.\n"
NO_ADDRESS = "ghstatus.yml says no base_url, so nothing here leads to the page\n"
DISKS = (
    "---\ntitle: New disks\nkind: maintenance\ncomponents: [copr]\n"
    "scheduled_for: {}\nscheduled_until: 2026-03-02 12:00\n---\n"
)


@pytest.fixture
def put(site):
    """`put("templates/messages/sms.j2", text)` writes a file beside the configuration."""

    def write(name, text):
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return write


def test_the_only_incident_that_goes_on_is_meant_without_a_word(run, site):
    assert run("announce", *AT) == (0, POST, NO_ADDRESS)
    assert run("announce", "pending", *AT) == (0, POST, NO_ADDRESS)


def test_what_is_printed_is_the_message_alone(run, put):
    put("ghstatus.yml", f"base_url: https://status.example.org/\n{CONFIG}")
    code, out, err = run("announce", "pending.md", "--channel", "mail", *AT)

    assert (code, err) == (0, "")
    assert out.splitlines()[:3] == ["Subject: [Example] Investigating: Builds pending", "", POST.partition(" Aff")[0]]
    assert "Follow it here: https://status.example.org/incidents/pending/\n" in out


def test_programs_get_the_subject_by_itself(run, site):
    code, out, _ = run("announce", "--channel", "Mail", "--json", *AT)
    told = json.loads(out)

    assert (code, told.pop("text").partition("\n")[0]) == (0, POST.partition(" Aff")[0])
    assert told == {"ref": "pending", "channel": "mail", "subject": "[Example] Investigating: Builds pending"}


def test_the_team_s_words_are_marked_as_such(run, site):
    code, out, err = run("announce", "--channel", "team", *AT)

    assert (code, err) == (0, "for the team only: it may name people and their call\n")
    assert out.endswith("Nobody leads yet.\n")


def test_a_maintenance_is_meant_where_no_incident_goes_on(run, site, put):
    (site / "incidents" / "pending.md").unlink()
    put("incidents/disks.md", DISKS.format("2026-03-02 08:00"))

    assert run("announce", *AT)[1].startswith("Maintenance: New disks. It has begun and is planned until 2 Mar 2026, ")


def test_which_one_is_meant_has_to_be_said_where_there_are_several_or_none(run, site, put):
    put("incidents/other.md", (site / "incidents" / "pending.md").read_text().replace("Builds pending", "It is slow"))
    code, _, err = run("announce", *AT)
    assert code == 2
    assert err.startswith("2 incidents go on, so say which one is meant; such as ")
    assert "other (It is slow)" in err

    for path in (site / "incidents").iterdir():
        path.unlink()
    assert run("announce", *AT)[::2] == (2, "nothing goes on, so say which one is meant\n")


def test_what_is_unknown_is_answered_with_what_is_known(run, put):
    put("templates/messages/sms.j2", "{{ title }}")
    code, _, err = run("announce", "--channel", "smss", *AT)

    assert code == 2
    assert err == (
        "there is no channel 'smss'; accepted: chat, mail, post, sms, team, team-engineering, team-marketing or "
        "team-relations (did you mean 'sms'?)\n"
    )
    assert run("announce", "41", *AT)[::2] == (
        2,
        "there is no incident '41'; accepted: such as pending (Builds pending)\n",
    )


def test_an_incident_that_is_far_ahead_has_no_words_yet(run, put):
    put(
        "incidents/later.md", "---\ntitle: Later\nseverity: minor\ncomponents: [copr]\nstarted: 2026-04-02 08:00\n---\n"
    )
    code, _, err = run("announce", "later", *AT)

    assert (code, err) == (2, "nothing can be said of 'later' yet: it begins in more than a day\n")


def test_channels_are_listed_without_a_look_at_incidents(run, site, put):
    put("templates/messages/sms.j2", "{{ title }}")
    put("templates/messages/post.resolved.j2", "{{ title }}")
    put("ghstatus.yml", f"{CONFIG}store: github\nrepository: packit/status\n")
    code, out, err = run("announce", "--list")

    assert (code, err) == (0, "")
    assert out.splitlines()[:5] == [
        "chat",
        "mail",
        "post (with templates of your own)",
        "sms (with templates of your own)",
        "team",
    ]
    assert {"channel": "sms", "own": True} in json.loads(run("announce", "--list", "--json")[1])


def test_a_template_that_breaks_is_told_beside_the_message(run, put):
    put("templates/messages/post.j2", "\n{{ nothing }}")
    put("templates/messages/mail.j2", "{% if %}")
    code, out, err = run("announce", *AT)

    assert (code, out) == (0, POST)
    assert "templates/messages/post.j2:2: 'nothing' is undefined → the shipped one is used" in err


def test_the_list_says_what_would_break_one_day(run, put):
    put("templates/messages/mail.j2", "{% if %}")
    put("templates/messages/post.resolved.j2", "\n{{ ende }}")
    put("templates/messages/team.scheduled.j2", "{% if not link %}{{ 1 / 0 }}{% endif %}")
    put("templates/messages/sms.j2", "{{ lead }}")
    code, _, err = run("announce", "--list")

    assert code == 0
    assert sorted(line.partition(": ")[0] for line in err.splitlines()) == [
        "templates/messages/mail.j2:1",
        "templates/messages/post.resolved.j2:2",
        "templates/messages/sms.j2:1",
        "templates/messages/team.scheduled.j2:1",
    ]


@pytest.mark.loopback
def test_an_issue_is_told_of_by_its_own_address_where_there_is_no_page(run, site, status, put):
    put("ghstatus.yml", CONFIG)
    number = run("incident", "open", "Copr is down", "-c", "copr", "-s", "minor", "--repo", status.full_name)[1]
    number = number.strip().rpartition("/")[2]

    code, out, err = run("announce", number, "--channel", "team", "--repo", status.full_name)
    assert (code, err) == (0, "for the team only: it may name people and their call\n")
    assert out.endswith(f"Document: https://github.com/packit/status/issues/{number}\n")


def test_plans_get_it_as_one_text(tmp_path, site):
    story = board.judge(snapshot(incident()), NOW).incidents["builds-pending"]
    announcing = Announcing(tmp_path, a_site(component("copr")), NOW)

    text = announcing.text(story, "mail")
    assert text.startswith("Subject: [Status] Investigating: Builds stay pending\n\nBuilds")
    assert announced(tmp_path, a_site(component("copr")), NOW, "", story, "mail") == text
    with pytest.raises(UsageError, match="there is no channel 'mial'; accepted: "):
        announced(tmp_path, a_site(component("copr")), NOW, "", story, "mial")


def test_only_the_team_is_told_names(tmp_path, site):
    roles = (Assignment(NOW, Role.LEAD, "jane", "jane"),)
    told = incident(affects="Everybody: ask @joe or jane", response=Response(roles=roles))
    story = board.judge(snapshot(told), NOW).incidents["builds-pending"]
    announcing = Announcing(tmp_path, a_site(component("copr")), NOW)

    for channel in ("post", "chat", "mail"):
        text = announcing.text(story, channel)
        assert "ask a team member or a team member" in text
        assert "jane" not in text
    assert "jane" in announcing.text(story, "team")


def test_a_check_of_the_site_says_it_too(run, put):
    assert run("validate", *AT)[0] == 0

    put("templates/messages/post.resolved.j2", "{{ ende }}")
    code, _, err = run("validate", *AT)
    assert (code, err) == (1, "templates/messages/post.resolved.j2:1: 'ende' is undefined → left out\n")


@pytest.mark.loopback
def test_a_comment_asks_for_the_same_once(run, status, github, put):
    put("templates/messages/sms.j2", "{{ title }} ({{ state_words }})")
    issue = status.issue("Builds hang", "They do.", by="jane", labels=["incident", "severity/minor", "component/copr"])
    issue.comment("/announce sms\n/announce smss", by="jane")
    now = f"{github.clock.now():%Y-%m-%dT%H:%M}Z"

    assert run("apply", "site", "--now", now)[0] == 0
    replies = [comment.body for comment in issue.comments if "ghstatus:announcement" in comment.body]
    assert len(replies) == 2
    assert "```text\nBuilds hang (Investigating)\n```" in replies[0]
    assert "There is no channel 'smss'; accepted: chat, mail, post, sms, team, " in replies[1]

    run("apply", "site", "--now", now)
    assert replies == [comment.body for comment in issue.comments if "ghstatus:announcement" in comment.body]
