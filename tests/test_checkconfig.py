"""A configuration says which checks depend on a component, and by which texts failures are known."""

import json
import operator
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ghstatus.errors import ConfigError
from ghstatus.grammar import checkvalues, config, duration
from ghstatus.grammar.catalogue import shipped
from ghstatus.model import CheckKind, Logs, Mode, Phrase, Rule, Signature, Surface, Tier, Watch

SHIPPED = {rule.id: rule for rule in shipped().rules}
DOCS = Path(__file__).parent.parent / "docs"
HOUR = timedelta(hours=1)


def parse(text):
    return config.parse(f"title: x\n{text}", where="ghstatus.yml")


def component(*checks, ident="copr", **keys):
    """A configuration with a component on which these checks depend."""
    return f"components: [{json.dumps({'id': ident, 'name': 'Copr', 'checks': checks} | keys)}]"


def known(**keys):
    """A configuration with a known failure."""
    usual = {"id": "a", "component": "copr", "text": "some text"}
    return f"components: [{{id: copr, name: Copr}}]\nknown_failures: [{json.dumps(usual | keys)}]"


def said(text):
    """The messages, each without the file's name."""
    with pytest.raises(ConfigError) as caught:
        parse(text)
    return [str(problem).removeprefix("ghstatus.yml:") for problem in caught.value.problems]


def refusal(text):
    """The one message, without its place."""
    (message,) = said(text)
    return message.split(": ", 1)[1]


def rules(*checks, **keys):
    return parse(component(*checks, **keys)).rules


# Rules


@pytest.mark.parametrize("name", SHIPPED)
def test_a_rule_of_the_catalogue_is_named(name):
    service = SHIPPED[name].component

    assert rules(name, ident="mine") == (replace(SHIPPED[name], component="mine", service=service),)
    assert rules(f" {name} ", ident=service) == (SHIPPED[name],)


def test_a_rule_of_the_catalogue_is_changed_where_it_is_said():
    usual = SHIPPED["packit-testing-farm"]
    (found,) = rules({"rule": " packit-testing-farm ", "grace": "6h", "hangs_after": "2h"}, ident="testing-farm")

    assert found == replace(usual, grace=6 * HOUR, hangs_after=2 * HOUR)
    assert usual.grace == 4 * HOUR


def test_a_rule_with_another_name_is_not_for_renamed_checks():
    (found,) = rules({"rule": "packit-copr", "name": "rpm-build:*:el9"}, ident="copr")

    assert (found.name, found.is_renamable) == (Phrase(r"\Arpm\-build:.*:el9\z", is_pattern=True), False)
    assert SHIPPED["packit-copr"].is_renamable


def test_a_rule_of_one_s_own_says_all():
    keys = {
        "app": "bot",
        "kind": "check_run",
        "name": "/^build/",
        "url": "https://e.org/*",
        "logs": "testing-farm",
        "service": "testing-farm",
        "hangs_after": "90s",
        "grace": "0m",
        "margin": "30d",
    }

    assert rules("obs", keys, {"name": "x"}) == (
        replace(SHIPPED["obs"], component="copr", service="obs"),
        Rule(
            id="copr-2",
            component="copr",
            service="testing-farm",
            kind=CheckKind.CHECK_RUN,
            app="bot",
            name=Phrase("^build", is_pattern=True),
            url=Phrase(r"\Ahttps://e\.org/.*\z", is_pattern=True),
            logs=Logs.TESTING_FARM,
            hangs_after=timedelta(seconds=90),
            grace=timedelta(),
            margin=timedelta(days=30),
        ),
        Rule(id="copr-3", component="copr", name=Phrase(r"\Ax\z", is_pattern=True)),
    )


def test_one_s_own_id_is_no_other_service():
    assert rules({"name": "x", "service": "copr"})[0].service == ""
    assert rules({"rule": "obs", "service": "copr"})[0].service == ""


def test_rules_stand_in_the_order_of_the_components():
    text = "components:\n- {id: a, name: A, checks: [codecov, obs]}\n- {id: b, name: B, checks: [netlify]}"

    assert [(rule.component, rule.id) for rule in parse(text).rules] == [
        ("a", "codecov"),
        ("a", "obs"),
        ("b", "netlify"),
    ]


def test_a_rule_may_stand_for_two_components_where_it_is_changed():
    text = "components:\n- {id: a, name: A, checks: [{rule: obs, name: 'OBS: a*'}]}\n- {id: b, name: B, checks: [obs]}"

    assert [rule.id for rule in parse(text).rules] == ["obs", "obs"]


@pytest.mark.parametrize(
    ("check", "message"),
    [
        ("packit-cpr", "components[0].checks[0]: 'packit-cpr' is no rule of the catalogue; accepted: packit-copr, "),
        ({"rule": "qqq"}, "components[0].checks[0].rule: 'qqq' is no rule of the catalogue; accepted: packit-copr, "),
        ({}, "components[0].checks[0]: this fits every check; accepted: keys of which one is rule, app or name"),
        ({"url": "https://e.org/*"}, "components[0].checks[0]: this fits every check; "),
        ({"name": "/.+/", "url": "https://e.org/*"}, "components[0].checks[0]: this fits every check; "),
        ({"name": "*"}, "components[0].checks[0].name: '*' fits every check; accepted: the whole of it with * for "),
        ({"app": "x", "url": "/a*/"}, "components[0].checks[0].url: '/a*/' fits every check; accepted: the whole "),
        (
            {"app": "x", "url": "/(/"},
            "components[0].checks[0].url: '/(/' can't be looked for: a ( is opened and never ",
        ),
        ({"app": "a\nb"}, "components[0].checks[0].app: 'a\\nb' is no name; accepted: one line of text "),
        (
            {"app": "x", "kind": "run"},
            "components[0].checks[0].kind: 'run' is no kind of check; accepted: check_run or ",
        ),
        ({"app": "x", "logs": "copr"}, "components[0].checks[0].logs: 'copr' are no logs; accepted: packit-copr, "),
        ({"app": "x", "grace": "4"}, "components[0].checks[0].grace: '4' has no unit: 4m, 4h or 4d?; accepted: days, "),
        ({"app": "x", "margin": "31d"}, "components[0].checks[0].margin: '31d' is too long; accepted: days, hours, "),
        (
            {"app": "x", "hangs_after": ["1"]},
            "components[0].checks[0].hangs_after: a list is no span of time; accepted",
        ),
        ({"app": "x", "service": "A B"}, "components[0].checks[0].service: 'A B' is no id; accepted: lower-case "),
        (
            {"app": "x", "renamable": "true"},
            "components[0].checks[0].renamable: 'renamable' is no key here; accepted: ",
        ),
        (
            [],
            "components[0].checks[0]: a list stands where a mapping belongs; accepted: a mapping with the keys rule, ",
        ),
    ],
)
def test_a_rule_that_cannot_be_taken_is_a_message(check, message):
    assert refusal(component(check)).startswith(message)


def test_a_slip_of_the_finger_is_met_with_the_right_rule():
    assert refusal(component("packit-cpr")).endswith(" (did you mean 'packit-copr'?)")
    assert refusal(component({"rule": "sclorg_testing_farm"})).endswith(" (did you mean 'sclorg-testing-farm'?)")


@pytest.mark.parametrize("again", ["obs", "{rule: obs, grace: 4h}"])
def test_a_rule_to_which_no_check_would_come_is_refused(again):
    text = f"components:\n- {{id: a, name: A, checks: [obs]}}\n- {{id: b, name: B, checks: [netlify, {again}]}}"

    (message,) = said(text)
    assert message.startswith(
        "4:38: components[1].checks[1]: components[0].checks[0] already fits the same checks; acc"
    )


def test_rules_of_one_s_own_that_fit_the_same_checks_are_refused_too():
    twice = {"name": "x", "app": "bot"}

    assert refusal(component(twice, twice | {"service": "a"})).startswith("components[0].checks[1]: components[0].ch")
    assert len(rules(twice, twice | {"url": "https://a.org/*"}, twice | {"kind": "status"})) == 3


# What a name or an address is to be


@given(st.text(max_size=15) | st.text(r"*.\/^$ab", max_size=8))
def test_what_a_name_is_to_be_is_written_so_that_it_means_the_same(text):
    phrase = checkvalues.fitting(text)

    assert checkvalues.fitting(checkvalues.typed(phrase)) == phrase


@pytest.mark.parametrize("text", ["rpm-build:*", "a.c", "/^a/", "Testing Farm - *", "*", "a/b"])
def test_what_a_name_is_to_be_is_written_as_it_was_typed(text):
    assert checkvalues.typed(checkvalues.fitting(text)) == text


# How checks are watched


def test_how_checks_are_watched_is_read():
    text = """\
checks:
  mode: gate
  repositories: [a/b, packit/*]
  gates: [a/*]
  accept_suspected: true
  comments: true
  own_runs: true
  status_fallback: true
  expect: ["rpm-build:*", Testing Farm]
  settle: 0m
  look_back: 2d
  unhit_days: 7
"""

    assert parse(text).watch == Watch(
        mode=Mode.GATE,
        repositories=("a/b", "packit/*"),
        gates=("a/*",),
        accepts_suspected=True,
        comments=True,
        own_runs=True,
        status_fallback=True,
        expects=("rpm-build:*", "Testing Farm"),
        settle=timedelta(),
        look_back=timedelta(days=2),
        unhit_days=7,
    )


def test_checks_are_watched_as_usual_where_nothing_is_said():
    assert parse("").watch == Watch()
    assert (parse("").rules, parse("").signatures) == ((), ())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("mode: gat", "checks.mode: 'gat' is no mode; accepted: annotate or gate (did you mean 'gate'?)"),
        ("repositories: ['*/a']", "checks.repositories[0]: '*/a' is no repository; accepted: a repository as owner/na"),
        ("repositories: ['*']", "checks.repositories[0]: '*' is no repository; accepted: "),
        ("gates: [a/b*]", "checks.gates[0]: 'a/b*' is no repository; accepted: "),
        ("gates: [a/b/*]", "checks.gates[0]: 'a/b/*' is no repository; accepted: "),
        ("gates: ['-/*']", "checks.gates[0]: '-/*' is no repository; accepted: "),
        (
            "settle: soon",
            "checks.settle: 'soon' is no span of time; accepted: days, hours, minutes and seconds such as",
        ),
        ("expect: ['*']", "checks.expect[0]: '*' fits every check; accepted: a check's name with * for anything"),
        ("expect: ['']", "checks.expect[0]: '' can't be looked for: "),
        ("expect: [a, 1, [b]]", "checks.expect[2]: "),
        ("unhit_days: 0", "checks.unhit_days: '0' is no number of days; accepted: a whole number from 1 to 365"),
        ("comments: maybe", "checks.comments: 'maybe' is neither true nor false; accepted: true or false"),
    ],
)
def test_what_cannot_be_taken_of_it_is_a_message(line, message):
    assert refusal(f"checks: {{{line}}}").startswith(message)


# Known failures


def test_a_known_failure_is_a_signature():
    text = known(
        component="COPR",
        pattern="some t.xt$",
        text="",
        where=["log", "copr_backend_log"],
        tier="never",
        unless="/other|more/",
        remedy="wait",
        sample="SOME TEXT\n",
    )

    assert parse(text).signatures == (
        Signature(
            id="a",
            service="copr",
            surfaces=frozenset({Surface.LOG, Surface.COPR_BACKEND_LOG}),
            tier=Tier.NEVER,
            phrase=Phrase("some t.xt$", is_pattern=True),
            unless=Phrase("other|more", is_pattern=True),
            remedy="wait",
            samples=("SOME TEXT",),
            origin="ghstatus.yml",
        ),
    )


def test_a_text_is_enough():
    (found,) = parse(known(text="a [b] c(d")).signatures

    assert (found.phrase, found.tier, found.samples) == (Phrase("a [b] c(d"), Tier.INFRA, ())
    assert found.surfaces == {Surface.TITLE, Surface.SUMMARY, Surface.DESCRIPTION, Surface.LOG}


def test_a_pattern_keeps_its_spaces_and_loses_the_block_s_last_line_end():
    (found,) = parse(known(text="", pattern=" needed by \n")).signatures

    assert found.phrase == Phrase(" needed by ", is_pattern=True)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            {"text": "timeout"},
            "known_failures[0].text: 'timeout' is too short to tell one failure from others; accepted: ",
        ),
        ({"text": "x" * 1001}, f"known_failures[0].text: '{'x' * 59}…' can't be looked for: it has 1,001 characters, "),
        ({"text": ""}, "known_failures[0]: a has neither of text and pattern; accepted: one of them"),
        ({"pattern": "some text"}, "known_failures[0]: a has both of text and pattern; accepted: one of them"),
        ({"text": "", "pattern": r"(a)\1"}, r"known_failures[0].pattern: '(a)\\1' can't be looked for: RE2 doesn't kn"),
        ({"text": "", "pattern": "e?"}, "known_failures[0].pattern: 'e?' can't be looked for: it is found in every "),
        ({"text": "", "pattern": "a\x1b"}, "known_failures[0].pattern: 'a\\x1b' holds control characters; accepted: a"),
        ({"text": "", "pattern": ["a"]}, "known_failures[0].pattern: a list is no text; accepted: text"),
        ({"sample": "another"}, "known_failures[0]: a isn't found in its sample 'another'; accepted: a sample that h"),
        ({"unless": "text", "sample": "some text"}, "known_failures[0]: a isn't found in its sample 'some text'; acc"),
        ({"component": "kopr"}, "known_failures[0].component: 'kopr' is no component; accepted: copr (did you mean 'c"),
        ({"component": ""}, "known_failures[0].component: it is required, but missing or empty"),
        ({"tier": "inf"}, "known_failures[0].tier: 'inf' is no tier; accepted: never, info, infra or incident (did "),
        ({"where": ["logs"]}, "known_failures[0].where[0]: 'logs' is no place to look; accepted: title, summary, "),
        ({"mute": "true"}, "known_failures[0].mute: 'mute' is no key here; accepted: component, id, text, pattern, "),
    ],
)
def test_a_known_failure_that_cannot_be_taken_is_a_message(keys, message):
    assert refusal(known(**keys)).startswith(message)


def test_a_known_failure_needs_a_component_that_there_is():
    text = "known_failures: [{id: a, component: copr, text: some text}]"

    assert refusal(text) == (
        "known_failures[0].component: 'copr' is no component; accepted: none, for there are no `components`"
    )


def test_a_group_is_no_component():
    groups = "groups: [{id: core, name: Core}]\n"

    assert "'core' is no component; accepted: copr" in refusal(groups + known(component="core"))


def test_a_component_is_meant_by_any_of_its_names():
    text = (
        component(aliases=["Copr builds"])
        + "\nknown_failures:\n"
        + "".join(
            f"- {{id: a-{n}, component: {name}, text: some text}}\n" for n, name in enumerate(("copr", "copr  BUILDS"))
        )
    )

    assert [one.service for one in parse(text).signatures] == ["copr", "copr"]


def test_two_known_failures_of_one_id_are_refused():
    text = f"{known()[:-1]}, {{id: a, component: copr, text: other text}}]"

    assert refusal(text) == "known_failures[1].id: 'a' already stands in line 3; accepted: each once"


# Writing


def test_what_is_written_is_what_people_would_type():
    site = parse(
        """\
components:
- id: builds
  name: Builds
  checks: [packit-copr, {rule: packit-copr-status, grace: 6h}, {app: bot, name: "build: *", hangs_after: 90m}]
checks: {mode: gate, accept_suspected: true, look_back: 2d}
known_failures:
- {id: a, component: builds, text: some text, where: [log], unless: /b.d/, remedy: wait, sample: some text}
- {id: b, component: builds, pattern: some p.ttern, tier: never}
"""
    )

    assert (
        config.write(site)
        == """\
title: x

components:
- id: builds
  name: Builds
  checks:
  - packit-copr
  - rule: packit-copr-status
    grace: 6h
  - app: bot
    name: 'build: *'
    hangs_after: 1h30m

checks:
  mode: gate
  accept_suspected: true
  look_back: 2d

known_failures:
- id: a
  component: builds
  text: some text
  where: [log]
  unless: /b.d/
  remedy: wait
  sample: some text
- id: b
  component: builds
  pattern: some p.ttern
  tier: never
"""
    )


SPANS = st.integers(0, 30 * 24 * 3600).map(lambda seconds: duration.write(timedelta(seconds=seconds)))
FITS = st.sampled_from(["rpm-build:*", "/^a(?P<id>x)/", r"\/x/", "Ünïcode [*]"])
SAID = {
    "kind": st.sampled_from(CheckKind),
    "app": st.sampled_from(["bot", "404"]),
    "name": FITS,
    "url": FITS,
    "logs": st.sampled_from([logs for logs in Logs if logs]),
    "hangs_after": SPANS,
    "grace": SPANS,
    "margin": SPANS,
    "service": st.sampled_from(["copr", "obs"]),
}
OF_ITS_OWN = st.fixed_dictionaries({"app": SAID.pop("app")}, optional=SAID)
CHANGED = st.fixed_dictionaries({"rule": st.sampled_from([*SHIPPED])}, optional=SAID)
CHECKS = st.lists(OF_ITS_OWN | CHANGED | st.sampled_from([*SHIPPED]), max_size=4)
SWITCHES = dict.fromkeys(("accept_suspected", "comments", "own_runs", "status_fallback"), st.booleans())
LISTS = dict.fromkeys(("repositories", "gates"), st.lists(st.sampled_from(["a/b", "packit/*", "a/.github"])))
LISTS["expect"] = st.lists(st.sampled_from(["rpm-build:*", "*x", "7", "/x/"]), max_size=2)
WATCH = st.fixed_dictionaries(
    {},
    optional={
        "mode": st.sampled_from(Mode),
        "settle": SPANS,
        "look_back": SPANS,
        "unhit_days": st.integers(1, 365),
        **SWITCHES,
        **LISTS,
    },
)
WORDS = [{"text": "some / text"}, {"text": "/some text/"}, {"pattern": "some /t.xt "}, {"pattern": "x: [y]\nz"}]
KNOWN = st.builds(
    operator.or_,
    st.sampled_from(WORDS),
    st.fixed_dictionaries(
        {"component": st.sampled_from(["copr", "OBS"])},
        optional={
            "where": st.lists(st.sampled_from(Surface), min_size=1),
            "tier": st.sampled_from(Tier),
            "unless": st.sampled_from(["un: less", r"\/un/", r"/^un\d/"]),
            "remedy": st.sampled_from(["wait", "two\nlines"]),
        },
    ),
)


@given(CHECKS, WATCH, st.lists(KNOWN, max_size=3))
def test_what_is_written_is_read_back(checks, watch, known):
    numbered = [one | {"id": f"a-{place}"} for place, one in enumerate(known)]
    components = [
        {"id": "copr", "name": "Copr", "checks": checks},
        {"id": "obs", "name": "O", "checks": [{"app": "x"}]},
    ]
    keys = {"title": "x", "components": components, "checks": watch, "known_failures": numbered}
    try:
        site = config.parse(json.dumps(keys), where="")
    except ConfigError as error:
        assume("already fits" not in str(error))
        raise

    assert config.parse(config.write(site), where="") == site


# What people are told


def test_the_examples_of_the_documentation_are_configurations():
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    found = re.findall(r"^```yaml ghstatus\.yml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    sites = [config.parse(text, where="ghstatus.yml") for text in found]

    assert any(site.rules and site.signatures for site in sites)
