"""Upptime's issues: the bot's, people's, and those of a maintenance."""

import pytest

from ghstatus.grammar import dialects
from ghstatus.grammar.dialect import Meaning
from ghstatus.model import Kind, Severity
from tests.builders import component, group, issue, label, site
from tests.hanging import LONG, no_hanging

SITE = site(
    component("google", name="Google"),
    component("api", name="GitHub API", aliases=("POST to /search",)),
    component("mix", name="In The MiX", group="radio"),
    groups=(group("radio", name="Radio"),),
)
UPPTIME = dialects.find("upptime", SITE)
BOT = "In [`2c98781`](https://github.com/o/r/commit/2c98781\n), Google (https://google.com) was **down**:\n- HTTP code: 0\n"
SLOW = "In [`2c98781`](https://github.com/o/r/commit/2c98781\n), Google (https://google.com) experienced **degraded performance**:"


def test_the_labels_by_which_an_issue_is_found():
    assert UPPTIME.gates == ("status", "maintenance")


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("status", Meaning(kind=Kind.INCIDENT)),
        ("Status", Meaning(kind=Kind.INCIDENT)),
        ("maintenance", Meaning(kind=Kind.MAINTENANCE)),
        ("google", Meaning(component="google")),
        ("git-hub-api", Meaning(component="api")),
        ("in-the-mi-x", Meaning(component="mix")),
        ("bug", Meaning()),
        ("Radio", Meaning()),
        ("🛑", Meaning()),
    ],
)
def test_what_a_label_means(name, meaning):
    assert UPPTIME.label(label(name)) == meaning


def test_a_slug_that_may_be_two_components_is_none():
    twins = dialects.find("upptime", site(component("a", name="API 1"), component("b", name="api-1-")))

    assert twins.label(label("api-1")) == Meaning()
    assert twins.label(label("API 1")) == Meaning(component="API 1")


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["status", "google"], Kind.INCIDENT),
        (["maintenance"], Kind.MAINTENANCE),
        (["maintenance", "status"], Kind.INCIDENT),
        (["google"], None),
        ([], None),
    ],
)
def test_what_sort_of_thing_it_is(names, kind):
    one = issue(labels=names)

    assert UPPTIME.kind(one, tuple(map(UPPTIME.label, one.labels))) is kind


@pytest.mark.parametrize(
    ("title", "text", "severity"),
    [
        ("🛑 Google is down", BOT, Severity.CRITICAL),
        ("⚠️ Google has degraded performance", SLOW, Severity.MINOR),
        ("⚠️ Down Detector has degraded performance", SLOW, Severity.MINOR),
        ("Checkout is slow because of the database", SLOW, Severity.MINOR),
        ("Degraded: the checkout is slow", BOT, Severity.MINOR),
        ("Degraded for an hour, and now Google is down", SLOW, Severity.CRITICAL),
        ("🛑 Degraded", "", Severity.CRITICAL),
        ("DEGRADED, then Google IS DOWN", "", Severity.CRITICAL),
        ("DEGRADED", BOT, Severity.MINOR),
        ("Manual incident test", "This is a manual incident", Severity.CRITICAL),
        ("Manual incident test", SLOW + BOT, Severity.CRITICAL),
        ("", "", Severity.CRITICAL),
    ],
)
def test_how_bad_it_is_stands_in_the_title_or_the_text(title, text, severity):
    assert UPPTIME.severity(issue(title=title, text=text, labels=["Status", "google"])) is severity
    assert UPPTIME.severity(issue(title=title, text=text, labels=["maintenance"])) is None


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("🛑 Google is down", "Google is down"),
        ("⚠️ Google has degraded performance", "Google has degraded performance"),
        ("⚠ Google has degraded performance", "Google has degraded performance"),
        (" 🛑⚠️  Both", "Both"),
        ("Google 🛑", "Google 🛑"),
        ("🛑", "🛑"),
        ("", ""),
    ],
)
def test_the_title_is_shown_without_its_sign(title, shown):
    assert UPPTIME.title(title) == shown


def fields(text):
    found = UPPTIME.text(text)
    return dict(found.values), found.content, [(found.place(path).line, *fault) for path, fault in found.faults]


WINDOW = {"scheduled_for": "2021-08-24T13:00:00.220Z", "scheduled_until": "2021-08-24T14:00:00.220Z"}
TEMPLATE = (
    "<!--\nstart: 2021-08-24T13:00:00.220Z\nend: 2021-08-24T14:00:00.220Z\nexpectedDown: google, hacker-news\n-->\n"
)


def test_a_maintenance_has_its_window_in_a_comment():
    values, content, faults = fields(TEMPLATE + "\nWe move.")

    assert values == WINDOW | {"components": ["google", "hacker-news"]}
    assert content.strip() == "We move."
    assert faults == []


@pytest.mark.parametrize(
    "text",
    [
        TEMPLATE.replace("\n", "\r\n"),
        TEMPLATE.replace("start", "Start ").replace("end:", " END :").replace("expectedDown", "expecteddown"),
        "<!-- Please fill this in -->\n" + TEMPLATE,
        f"Like this:\n```html\n{TEMPLATE}```\n",
        f"Like this:\n~~~\n{TEMPLATE}~~~\n",
        TEMPLATE + "<!--\nstart: 1999-01-01\nexpectedDown:\n-->",
        "<!--\nstart:\nend:\n-->" + TEMPLATE,
    ],
)
def test_it_may_be_written_in_other_ways(text):
    values, content, faults = fields(text)

    assert values == WINDOW | {"components": ["google", "hacker-news"]}
    assert "2021" not in content
    assert "```" not in content
    assert faults == []


def test_every_line_keeps_its_number():
    assert fields(f"One\n{TEMPLATE}Seven")[1].split("\n").index("Seven") == 6


def test_fences_around_other_things_stay():
    assert fields(f"{TEMPLATE}```\nls\n```")[1].strip() == "```\nls\n```"


def test_components_are_named_by_slug_and_name_whatever_is_expected_of_them():
    text = "<!--\nexpectedDown: git-hub-api, , google\nexpectedDegraded: in-the-mi-x, google\nstart: 2022-01-01\n-->"

    assert fields(text)[0] == {"scheduled_for": "2022-01-01", "components": ["api", "google", "mix"]}


@pytest.mark.parametrize(("line", "key"), [("start:", "scheduled_for"), ("end:  ", "scheduled_until")])
def test_a_time_that_is_missing_is_reported_where_it_should_stand(line, key):
    found = UPPTIME.text(f"<!--\nexpectedDown:\n{line}\n{line}\n-->")

    assert found.values == {}
    assert [path for path, _ in found.faults] == [(key,)]
    assert [found.place(path).line for path, _ in found.faults] == [3]


def test_a_bad_time_stays_to_be_reported_with_its_line():
    found = UPPTIME.text("\n<!--\nstart: tomorrow\nend: 2021-08-24\n-->")

    assert found.values["scheduled_for"] == "tomorrow"
    assert (found.place(("scheduled_for",)).line, found.place(("scheduled_until",)).line) == (3, 4)
    assert (found.place(("title",)).line, found.place(()).line) == (1, 1)


def test_a_window_without_a_comment_counts_where_it_is_plain():
    text = "All will be down.\n\nstart: 2022-01-07T13:03:10Z\nend: 2022-01-07T14:03:10Z\nexpectedDown: POST to /search"
    values, content, _ = fields(text)

    assert values == {
        "scheduled_for": "2022-01-07T13:03:10Z",
        "scheduled_until": "2022-01-07T14:03:10Z",
        "components": ["POST to /search"],
    }
    assert content == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        BOT,
        "start: soon\nend: 2022-01-07",
        "start: 2022-01-07",
        "<!--\nstart: 2022-01-07\nend: 2022-01-08".replace("end", "until"),
        "<!-- a hint: none -->",
    ],
)
def test_other_text_has_no_fields(text):
    assert fields(text) == ({}, text, [])


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<!---->", "<!--start:\n-->", "start:\n", "```\n", "a:" * 50 + "\n", "\n", "<!--\nstart: x\n-->\n```\n"],
)
def test_long_texts_take_no_time(piece):
    text = piece * (LONG // len(piece))

    with no_hanging():
        UPPTIME.text(text)
