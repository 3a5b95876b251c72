"""A Site is written as a configuration that people and editors like to read."""

import json
import re
from datetime import UTC, datetime, timedelta

import jsonschema
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ghstatus.grammar import config, dialect
from ghstatus.languages import LANGUAGES
from ghstatus.model import (
    Component,
    ComponentStatus,
    Group,
    Labels,
    Limits,
    Link,
    Pins,
    Policy,
    Recurring,
    Reminders,
    Reviews,
    Rota,
    Severity,
    Site,
    StoreKind,
    Swap,
    Theme,
)

SCHEMA = jsonschema.Draft202012Validator(config.schema())


def parse(text):
    return config.parse(text, where="ghstatus.yml")


ALPHABET = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
LINES = st.text(ALPHABET, max_size=20).filter(lambda text: not re.search(r"[\u202a-\u202e\u2066-\u2069]", text))
TEXTS = st.text(ALPHABET | st.sampled_from("\n\t #:"), max_size=30).map(str.strip)
ADDRESSES = st.sampled_from(["", "https://example.org/a%20b/", "http://[::1]:80/"])
HITS = st.sampled_from(list(ComponentStatus)[3:])
COLOURS = st.just("") | st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


REPOSITORIES = st.sampled_from(["packit/status", "a-b/.github", "404/404"])
LABELS = {
    "incident": st.sampled_from(["incident", "Type: outage", "404"]),
    "severity": st.sampled_from(["severity/", "S: ", "sev-"]),
    "phase": st.sampled_from(["phase/", "~"]),
}
TRACKED = {
    "store": st.sampled_from(list(StoreKind)),
    "repository": st.just("") | REPOSITORIES,
    "dialect": st.sampled_from(dialect.NAMES),
    "labels": st.builds(Labels, **LABELS),
    "bots": st.lists(st.sampled_from(["a[bot]", "1[bot]"])).map(tuple),
    "welcome": st.booleans(),
    "pins": st.builds(Pins, max=st.integers(0, 3), status_issue=st.booleans(), also=st.lists(REPOSITORIES).map(tuple)),
    "limits": st.builds(Limits, actions=st.integers(1, 1000), wait=st.integers(0, 3600)),
}


MOMENTS = st.integers(0, 10**9).map(lambda seconds: datetime(2000, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds))
ZONES = st.sampled_from(["UTC", "Europe/Prague", "America/Argentina/Ushuaia", "Australia/Lord_Howe"])
PEOPLE = st.lists(st.sampled_from(["alice", "Bob-2", "404"]), min_size=1).map(tuple)
SPANS = st.timedeltas(timedelta(0), timedelta(days=366)).map(lambda span: span - timedelta(0, 0, span.microseconds))
SWAPS = st.builds(
    lambda start, length, person: Swap(start, start + length, person), MOMENTS, SPANS.filter(bool), st.just("carol")
)
TEAM = {
    "language": st.sampled_from(list(LANGUAGES)),
    "rota": st.none()
    | st.builds(
        Rota,
        people=PEOPLE,
        start=MOMENTS,
        days=st.integers(1, 366),
        timezone=ZONES,
        swaps=st.lists(SWAPS, max_size=2).map(tuple),
    ),
    "reminders": st.builds(
        Reminders,
        update_every=st.fixed_dictionaries(dict.fromkeys(Severity, SPANS)),
        lead_within=SPANS,
        stale_after=SPANS,
        major_after=SPANS,
    ),
    "reviews": st.builds(Reviews, reviewers=PEOPLE | st.just(()), due_days=st.integers(1, 365)),
}
OBJECTIVES = st.none() | st.decimals("1.000001", 100, places=6).map(lambda percent: float(percent / 100))
RULES = st.sampled_from(["FREQ=DAILY", "FREQ=MONTHLY;BYDAY=2TU,-1SU;COUNT=3", "FREQ=YEARLY;UNTIL=20300101T000000Z"])


def recurring(number, components):
    return st.builds(
        Recurring,
        id=st.just(f"m-{number}"),
        title=LINES.map(lambda text: f".{text}."),
        rule=RULES,
        start=MOMENTS,
        duration=SPANS.filter(bool),
        timezone=ZONES,
        components=st.lists(st.sampled_from(components), unique=True).map(tuple) if components else st.just(()),
        text=TEXTS,
        announce=SPANS,
    )


@st.composite
def things(draw, kind, **keys):
    """A few components or groups whose names differ; the names' ends are as odd as the title's."""
    count = draw(st.integers(0, 3))
    bare = [{"id": f"{kind[0]}-{n}", "name": f"{draw(LINES).lstrip()}{kind} {n}"} for n in range(count)]
    others = {"description": TEXTS, "aliases": st.just(()) | LINES.map(lambda text: (text + "~",)), **keys}
    made = [one | {key: draw(values) for key, values in others.items()} for one in bare]
    return [one | {"aliases": tuple(f"{one['id']}. {alias}" for alias in one["aliases"])} for one in made]


@st.composite
def sites(draw):
    groups = draw(things("group"))
    homes = st.sampled_from(["", *(group["id"] for group in groups)])
    flags = dict.fromkeys(("external", "hidden", "only_if_degraded"), st.booleans())
    days = st.none() | st.dates()
    components = draw(
        things("component", group=homes, upstream=ADDRESSES, start_date=days, objective=OBJECTIVES, **flags)
    )
    links = draw(st.lists(st.builds(Link, text=LINES.map(lambda text: f".{text}."), url=st.just("mailto:a@b.c"))))
    return Site(
        title=draw(LINES.map(str.strip).filter(bool)),
        description=draw(TEXTS),
        base_url=draw(ADDRESSES),
        timezone=draw(st.sampled_from(["UTC", "Europe/Prague", "America/Argentina/Ushuaia"])),
        links=tuple(links),
        groups=tuple(Group(**group) for group in groups),
        components=tuple(Component(**one) for one in components),
        policy=draw(policies()),
        theme=draw(st.builds(Theme, **dict.fromkeys(Theme.__slots__, COLOURS))),
        recurring=draw(
            st.tuples(*(recurring(n, [one["id"] for one in components]) for n in range(draw(st.integers(0, 2)))))
        ),
        **draw(st.fixed_dictionaries(TRACKED | TEAM)),
    )


def policies():
    return st.builds(
        Policy,
        severities=st.fixed_dictionaries(dict.fromkeys(Severity, HITS)),
        weights=st.fixed_dictionaries(dict.fromkeys(list(ComponentStatus)[3:], st.floats(0, 1))),
        uptime_days=st.integers(1, 365),
        announcement_days=st.integers(1, 365),
        recent_days=st.integers(0, 90),
        stale_hours=st.integers(0, 720),
    )


@given(sites())
def test_what_is_written_is_read_back(site):
    assert parse(config.write(site)) == site


@settings(max_examples=25)
@given(sites())
def test_an_editor_finds_no_fault_with_what_is_written(site):
    written = yaml.safe_load(config.write(site))
    as_editors_see_it = json.loads(json.dumps(written, default=str))

    assert list(SCHEMA.iter_errors(as_editors_see_it)) == []


def test_only_what_differs_from_the_defaults_is_written():
    assert config.write(parse("title: x\nuptime: {days: 90}\ntimezone: UTC")) == "title: x\n"


def test_an_editor_is_told_the_schema_when_it_is_known():
    written = config.write(parse("title: x"), schema="https://example.org/s.json")

    assert written == "# yaml-language-server: $schema=https://example.org/s.json\ntitle: x\n"
