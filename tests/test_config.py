"""A configuration is read into a Site, or everything that is wrong with it is said at once."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from ghstatus import patterns
from ghstatus.errors import ConfigError
from ghstatus.grammar import config
from ghstatus.grammar.catalogue import shipped
from ghstatus.model import (
    Component,
    ComponentStatus,
    Group,
    Labels,
    Limits,
    Link,
    Mode,
    Phrase,
    Pins,
    Policy,
    Recurring,
    Reminders,
    Reviews,
    Rota,
    Rule,
    Severity,
    Signature,
    Site,
    StoreKind,
    Surface,
    Swap,
    Theme,
    Tier,
    Watch,
)

EXAMPLE = """\
# yaml-language-server: $schema=https://example.org/config.schema.json
title: Packit Service Status
description: |
  What works.
  What does not.
base_url: https://status.example.org/packit
timezone: Europe/Prague
language: PT_br
links: [{text: Docs, url: "https://packit.dev/docs?a[]=1#top"}, {text: Mail, url: "mailto:hello@packit.dev"}]
groups:
  - {id: core, name: Core, description: Ours, aliases: [all]}
components:
  - id: copr
    name: Copr
    description: Staví balíčky
    group: core
    external: true
    upstream: https://status.fedoraproject.org
    aliases: [Copr builds]
    start_date: 2026-01-31
    objective: 99.9 %
    checks: [packit-copr, {app: bot, name: "build: *", margin: 90s}]
  - {id: old, name: "404", hidden: true, only_if_degraded: true, aliases: }
severities: {minor: partial_outage}
uptime: {days: 30, weights: {partial_outage: 0.5}}
history: {recent_days: 0, announcement_days: 7, stale_hours: 0}
theme: {accent: "#0AF", major_outage: "#c00000"}
store: github
repository: packit/.github
dialect: upptime
labels: {incident: outage, severity: "severity: ", phase: "phase: "}
bots: [packit, "renovate[bot]"]
welcome: false
pins: {max: 0, status_issue: true, also: [packit/packit]}
limits: {actions: 5, wait: 0}
checks: {mode: gate, repositories: [packit/*], look_back: 2d}
known_failures: [{id: disk, component: Copr, text: No space left, tier: incident, unless: /bui.d/}]
rota: {people: [alice, "@bob"], start: 2026-03-02 09:00, every: 2 weeks, timezone: America/New_York,
  swaps: [{from: 2026-03-03, until: 2026-03-04T12:00Z, person: carol}]}
reminders: {update: {major: 2h, minor: "off"}, stale: never}
maintenance: [{id: db, title: Database, repeat: "rrule:freq=weekly; byday=tu", start: 2026-03-10 06:00, duration: 90m,
  components: [all, copr, Copr builds, "404"], text: Pages *load*., announce: 2d}]
postmortem: {reviewers: [alice], due_days: 14}
"""
READ = Site(
    title="Packit Service Status",
    description="What works.\nWhat does not.",
    base_url="https://status.example.org/packit/",
    timezone="Europe/Prague",
    language="pt-BR",
    links=(
        Link(text="Docs", url="https://packit.dev/docs?a[]=1#top"),
        Link(text="Mail", url="mailto:hello@packit.dev"),
    ),
    groups=(Group(id="core", name="Core", description="Ours", aliases=("all",)),),
    components=(
        Component(
            id="copr",
            name="Copr",
            description="Staví balíčky",
            group="core",
            external=True,
            upstream="https://status.fedoraproject.org",
            aliases=("Copr builds",),
            start_date=date(2026, 1, 31),
            objective=0.999,
        ),
        Component(id="old", name="404", hidden=True, only_if_degraded=True),
    ),
    policy=Policy(
        severities={**config.POLICY.severities, Severity.MINOR: ComponentStatus.PARTIAL_OUTAGE},
        weights={**config.POLICY.weights, ComponentStatus.PARTIAL_OUTAGE: 0.5},
        uptime_days=30,
        announcement_days=7,
        recent_days=0,
        stale_hours=0,
    ),
    theme=Theme(accent="#00aaff", major_outage="#c00000"),
    store=StoreKind.GITHUB,
    repository="packit/.github",
    dialect="upptime",
    labels=Labels(incident="outage", severity="severity: ", phase="phase: "),
    bots=("packit[bot]", "renovate[bot]"),
    welcome=False,
    pins=Pins(max=0, status_issue=True, also=("packit/packit",)),
    limits=Limits(actions=5, wait=0),
    watch=Watch(mode=Mode.GATE, repositories=("packit/*",), look_back=timedelta(days=2)),
    rules=(
        next(rule for rule in shipped().rules if rule.id == "packit-copr"),
        Rule(id="copr-2", component="copr", app="bot", name=patterns.glob("build: *"), margin=timedelta(seconds=90)),
    ),
    signatures=(
        Signature(
            id="disk",
            service="copr",
            surfaces=frozenset({Surface.TITLE, Surface.SUMMARY, Surface.DESCRIPTION, Surface.LOG}),
            tier=Tier.INCIDENT,
            phrase=Phrase("No space left"),
            unless=Phrase("bui.d", is_pattern=True),
            origin="ghstatus.yml",
        ),
    ),
    rota=Rota(
        people=("alice", "bob"),
        start=datetime(2026, 3, 2, 14, tzinfo=UTC),
        days=14,
        timezone="America/New_York",
        swaps=(Swap(datetime(2026, 3, 3, 5, tzinfo=UTC), datetime(2026, 3, 4, 12, tzinfo=UTC), "carol"),),
    ),
    reminders=Reminders(
        update_every={
            Severity.CRITICAL: timedelta(minutes=30),
            Severity.MAJOR: timedelta(hours=2),
            Severity.MINOR: timedelta(),
        },
        stale_after=timedelta(),
    ),
    recurring=(
        Recurring(
            id="db",
            title="Database",
            rule="FREQ=WEEKLY;BYDAY=TU",
            start=datetime(2026, 3, 10, 5, tzinfo=UTC),
            duration=timedelta(minutes=90),
            timezone="Europe/Prague",
            components=("copr", "old"),
            text="Pages *load*.",
            announce=timedelta(days=2),
        ),
    ),
    reviews=Reviews(reviewers=("alice",), due_days=14),
)


def parse(text):
    return config.parse(text, where="ghstatus.yml")


def said(text):
    """The messages, each without the file's name."""
    with pytest.raises(ConfigError) as caught:
        parse(text)
    return [str(problem).removeprefix("ghstatus.yml:") for problem in caught.value.problems]


def titled(line):
    """What a configuration with this line and a title is refused for, without the place."""
    (message,) = said(f"title: x\n{line}")
    return message.split(": ", 1)[1]


def component(**keys):
    return f"components: [{json.dumps({'id': 'copr', 'name': 'Copr'} | keys)}]"


def test_every_key_is_read():
    assert parse(EXAMPLE) == READ


def test_a_title_is_enough():
    severities = dict(zip(Severity, list(ComponentStatus)[3:], strict=True))
    weights = dict(zip(list(ComponentStatus)[3:], (0.1, 0.3, 1), strict=True))

    assert parse("title: no") == Site(title="no", policy=Policy(severities=severities, weights=weights))


def test_a_key_without_a_value_counts_as_left_out():
    keys = [key for key in config.schema()["properties"] if key != "title"]

    assert parse("title: x\n" + "".join(f"{key}:\n" for key in keys)) == parse("title: x")


def test_everything_that_is_wrong_is_said_at_once_in_the_order_of_the_file():
    text = """\
tilte: x
components:
  - {id: copr, name: Copr, group: cor}
  - {id: COPR, hidden: maybe}
groups: [{id: core, name: Core}, {id: external, name: External}]
uptime: {days: 0}
"""
    keys = (
        "title, description, base_url, timezone, language, links, groups, components, severities, uptime, history, theme, store, "
        "repository, dialect, labels, bots, welcome, pins, limits, checks, known_failures, rota, reminders, maintenance or postmortem"
    )

    assert said(text) == [
        "1:1: title: it is required, but missing or empty",
        "1:1: tilte: 'tilte' is no key here; accepted: " + keys + " (did you mean 'title'?)",
        "3:28: components[0].group: 'cor' is no group; accepted: core or external (did you mean 'core'?)",
        "4:5: components[1].name: it is required, but missing or empty",
        "4:6: components[1].id: 'COPR' already means components[0], by components[0].id in line 3; accepted: a name that nothing else bears",
        "4:6: components[1].id: 'COPR' is no id; accepted: lower-case letters, digits and single hyphens, such as copr-builds",
        "4:16: components[1].hidden: 'maybe' is neither true nor false; accepted: true or false",
        "6:10: uptime.days: '0' is no number of days; accepted: a whole number from 1 to 365",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: the file is empty; accepted: keys with their values, at least `title: …`"),
        ("# nothing", "1:1: the file is empty; accepted: keys with their values, at least `title: …`"),
        ("~", "1:1: the file is empty; accepted: keys with their values, at least `title: …`"),
        ("- a", "1:1: the file holds a list; accepted: keys with their values, at least `title: …`"),
        ("words", "1:1: the file holds 'words'; accepted: keys with their values, at least `title: …`"),
        ("a:\n \tb: c", "2:2: a tab stands in the indentation; accepted: spaces only"),
        (
            "a: b: c",
            "1:5: not YAML: a `: ` stands inside a value; the value needs quotes, or the line less space before it",
        ),
        ("a: [", "2:1: not YAML: while parsing a flow node, did not find expected node content"),
        ("{}", "1:1: title: it is required, but missing or empty"),
        ("title: x\ntitle: y", "2:1: title: the key stands here again; accepted: each key once"),
    ],
)
def test_a_file_that_is_no_configuration_is_one_message(text, message):
    assert said(text) == [message]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("links: {a: b}", "a mapping stands where a list belongs; accepted: a list"),
        ("groups: core", "'core' stands where a list belongs; accepted: a list"),
        ("links: [docs]", "'docs' stands where a mapping belongs; accepted: a mapping with the keys text, url"),
        ("uptime: [90]", "a list stands where a mapping belongs; accepted: a mapping with the keys days, weights"),
        ("description: [a]", "a list is no plain text; accepted: text without control characters"),
        ('"a\\nb": c', "'a\\nb' is no key here; accepted: title, "),
        ('"": c', "'' is no key here; accepted: title, "),
        ("kez:", "'kez' is no key here; accepted: title, "),
        (f"{'k' * 80}: c", f"'{'k' * 59}…' is no key here; accepted: title, "),
        ("uptime: {weights: {partial: 1}}", "'partial' is no key here; accepted: degraded_performance, "),
        ("timezone: europe/pragu", "'europe/pragu' is no time zone; accepted: an IANA name such as "),
        (
            "severities: {major: major}",
            "'major' is no status that an incident may mean; accepted: degraded_performance, ",
        ),
        (component(group="core"), "'core' is no group; accepted: none, for there are no `groups`"),
        ("store: issues", "'issues' is no store; accepted: folder or github"),
        ("dialect: packit", "'packit' is no dialect; accepted: ghstatus, upptime, "),
        ("pins: {max: 4}", "'4' is no number of pins; accepted: a whole number from 0 to 3"),
        ("pins: {max: -1}", "'-1' is no number of pins; "),
        ("limits: {actions: 0}", "'0' is no number of changes; accepted: a whole number from 1 to 1000"),
        ("limits: {wait: 3601}", "'3601' is no number of seconds; accepted: a whole number from 0 to 3600"),
        (f"labels: {{incident: {'i' * 51}}}", f"'{'i' * 51}' is no label; accepted: one line of up to 50 characters"),
        ("labels: {phase: ' a'}", "' a' can't begin a label; accepted: up to 50 characters in one line, such as seve"),
        ("labels: {incident: Maintenance}", "'maintenance' means `incident`, and 'maintenance' would mean both that a"),
        ("labels: {phase: se}", "'se' means `phase`, and 'severity/' would mean both that and `severity`; accepted: "),
        ("labels: {reported: component/x}", "'component/' means `component`, and 'component/x' would mean both that a"),
    ],
)
def test_a_message_says_what_stands_there_and_what_is_accepted(line, message):
    assert titled(line).split(": ", 1)[1].startswith(message)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("componets: []", "components"),
        ("history: {recent: 3}", "recent_days"),
        ("dialect: uptime", "upptime"),
        ("labels: {known-failure: x}", "known_failure"),
        ("timezone: europe/pragu", "Europe/Prague"),
        ("severities: {major: major-outage}", "major_outage"),
        (component(external_url="x"), "external"),
    ],
)
def test_a_slip_of_the_finger_is_met_with_the_right_word(line, hint):
    assert titled(line).endswith(f" (did you mean {hint!r}?)")


@pytest.mark.parametrize(
    "text", ["status", "packit/", "/status", "packit/a/b", "packit/..", "packit/a b", "https://github.com/packit/a"]
)
def test_a_repository_is_an_owner_and_a_name(text):
    refused = f"{text!r} is no repository; accepted: a repository as owner/name, such as packit/status"

    assert said(f"title: x\nrepository: {text}\npins: {{also: [{text!r}]}}") == [
        f"2:1: repository: {refused}",
        f"3:15: pins.also[0]: {refused}",
    ]


@pytest.mark.parametrize("text", ["a/b", "my-org/.github", "corp_org/a.b_c-d", "a/-", "9/9"])
def test_repositories_have_odd_names(text):
    assert parse(f"title: x\nrepository: {text}").repository == text


def test_a_label_may_begin_as_another():
    assert parse("title: x\nlabels: {reported: incident-reported}").labels.reported == "incident-reported"


@pytest.mark.parametrize("text", ["a b", "[bot]", "bot[]", "a[bot][bot]"])
def test_a_bot_is_named_by_its_login(text):
    assert titled(f"bots: [{json.dumps(text)}]").startswith(f"bots[0]: {text!r} is no bot's login; accepted: a login ")


@pytest.mark.parametrize("text", ["copr", "COPR", "Copr  Builds", "copr builds", "rpms"])
@pytest.mark.parametrize("kind", ["components", "groups"])
def test_a_name_that_means_two_things_is_refused_with_both_places(text, kind):
    first = component(name="Copr Builds", aliases=["RPMs"]).removesuffix("]")
    second = f'{{"id": "b", "name": "B", "aliases": ["a", {json.dumps(text)}]}}]'
    joint, where = (", ", "components[1]") if kind == "components" else (f"]\n{kind}: [", "groups[0]")

    assert titled(first + joint + second).startswith(f"{where}.aliases[1]: {text!r} already means components[0], by c")


def test_one_thing_may_bear_its_name_twice():
    assert parse(f"title: x\n{component(aliases=['COPR', 'copr'])}").components[0].aliases == ("COPR", "copr")


def test_what_is_written_is_fit_for_editing(golden):
    golden("config/written.yml", config.write(READ))
