"""A catalogue's text is read entry by entry, and what is wrong with one is said with its line and key."""

from datetime import timedelta

import pytest

from ghstatus.grammar import signature
from ghstatus.grammar.signature import Negative, matches
from ghstatus.model import CheckKind, Logs, Phrase, Rule, Signature, Surface, Tier

WHOLE = r"""
rules:
- id: mine
  service: copr
  kind: status
  app: me
  name: "my * build"
  url: /^https:..(?P<id>\d+)$/
  renamable: true
  logs: packit-copr
  hangs_after: 1h30m
  grace: 4h
  margin: 0m
  examples: [my own build]
- {id: other, service: copr, name: x}
signatures:
- id: broken
  service: copr
  tier: infra
  where: [title, log]
  pattern: 'broken \d+$'
  requires: after
  unless: /x+y/
  needs_incident: true
  mute: true
  denies: [summary]
  remedy: wait
  evidence: seen
  samples: ["After all,\nbroken 12\n"]
- {id: literal, service: copr, tier: never, where: [title], text: "broken (d", evidence: seen, samples: [BROKEN (D]}
negatives:
- {id: n1, where: log, text: all is well, source: here}
- {id: n2, where: title, text: maybe, source: here, expected: incident}
"""


KEYS = "kind, app, name, url, logs, hangs_after, grace, margin, id, service, renamable, examples"


def read(text):
    return signature.read(text, where="c.yml")


def said(text):
    return [str(problem) for problem in read(text).problems]


def entry(**keys):
    """A signature with these keys, and whatever else it needs."""
    usual = {"id": "a", "service": "copr", "tier": "infra", "where": ["log"], "evidence": "e", "samples": ["some text"]}
    text = {} if "pattern" in keys else {"text": "some text"}
    return f"signatures: [{usual | text | keys}]".replace("''", '""')


def refusal(**keys):
    (message,) = said(entry(**keys))
    return message.split(": ", 1)[1]


def test_everything_is_read():
    found = read(WHOLE)

    assert found.problems == ()
    assert found.rules == (
        Rule(
            id="mine",
            component="copr",
            kind=CheckKind.STATUS,
            app="me",
            name=Phrase(r"\Amy\ .*\ build\z", is_pattern=True),
            url=Phrase(r"^https:..(?P<id>\d+)$", is_pattern=True),
            is_renamable=True,
            logs=Logs.PACKIT_COPR,
            hangs_after=timedelta(minutes=90),
            grace=timedelta(hours=4),
            margin=timedelta(),
        ),
        Rule(id="other", component="copr", name=Phrase(r"\Ax\z", is_pattern=True)),
    )
    assert found.signatures == (
        Signature(
            id="broken",
            service="copr",
            surfaces=frozenset({Surface.TITLE, Surface.LOG}),
            tier=Tier.INFRA,
            phrase=Phrase(r"broken \d+$", is_pattern=True),
            requires=Phrase("after"),
            unless=Phrase("x+y", is_pattern=True),
            needs_incident=True,
            is_mute=True,
            denies=frozenset({Surface.SUMMARY}),
            remedy="wait",
            evidence="seen",
            samples=("After all,\nbroken 12",),
        ),
        Signature(
            id="literal",
            service="copr",
            surfaces=frozenset({Surface.TITLE}),
            tier=Tier.NEVER,
            phrase=Phrase("broken (d"),
            evidence="seen",
            samples=("BROKEN (D",),
        ),
    )
    assert found.negatives == (
        Negative("n1", Surface.LOG, "all is well", "here", None),
        Negative("n2", Surface.TITLE, "maybe", "here", Tier.INCIDENT),
    )


@pytest.mark.parametrize("text", ["", "rules:", "signatures: []\nnegatives: ~"])
def test_nothing_is_a_catalogue_too(text):
    assert read(text) == ((), (), (), ())


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("rules: [", ["c.yml:2:1: not YAML: while parsing a flow node, did not find expected node content"]),
        ("[]", ["c.yml:1:1: a list stands where a mapping belongs; accepted: rules, signatures or negatives"]),
        ("words", ["c.yml:1:1: 'words' stands where a mapping belongs; accepted: rules, signatures or negatives"]),
        ("rulez: []", ["c.yml:1:1: rulez: 'rulez' is no key here; accepted: rules, signatures or negatives"]),
        ("rules: {a: b}", ["c.yml:1:1: rules: a mapping stands where a list belongs; accepted: a list"]),
        ("rules: []\nrules: []", ["c.yml:2:1: rules: the key stands here again; accepted: each key once"]),
        (
            "rules: [x]",
            [f"c.yml:1:9: rules[0]: 'x' stands where a mapping belongs; accepted: a mapping with the keys {KEYS}"],
        ),
        (
            "negatives:\n- {id: a, where: title, text: a, source: b}\n- {id: a, where: title, text: a, source: b}",
            ["c.yml:3:4: negatives[1].id: 'a' is another's id, too; accepted: an id of its own"],
        ),
        (
            "rules:\n- {id: a, service: b, name: c*, examples: [cd, dc]}",
            ["c.yml:2:3: rules[0]: a doesn't fit its example 'dc'; accepted: an example that it fits"],
        ),
    ],
)
def test_what_is_wrong_with_the_file_is_said_with_its_place(text, messages):
    assert said(text) == messages


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            {"pattern": "(a"},
            "signatures[0].pattern: '(a' can't be looked for: a ( is opened and never closed; accepted: ",
        ),
        (
            {"pattern": "a*"},
            "signatures[0].pattern: 'a*' can't be looked for: it is found in every text, for it takes ",
        ),
        ({"pattern": "."}, "signatures[0].pattern: '.' can't be looked for: it is found in "),
        ({"text": "short"}, "signatures[0].text: 'short' is too short to tell one failure from others; accepted: at "),
        (
            {"text": "some text", "pattern": "some t.*t"},
            "signatures[0]: a has both of text and pattern; accepted: one ",
        ),
        ({"text": ""}, "signatures[0]: a has neither of text and pattern; accepted: one of them"),
        (
            {"samples": ["other"]},
            "signatures[0]: a isn't found in its sample 'other'; accepted: a sample that holds it",
        ),
        ({"unless": "some"}, "signatures[0]: a isn't found in its sample 'some text'; "),
        ({"requires": "more"}, "signatures[0]: a isn't found in its sample 'some text'; "),
        ({"requires": "/(/"}, "signatures[0].requires: '/(/' can't be looked for: a ( is opened and never closed; "),
        ({"where": ["logs"]}, "signatures[0].where[0]: 'logs' is no place to look; accepted: title, summary, "),
        ({"tier": "infre"}, "signatures[0].tier: 'infre' is no tier; accepted: never, info, infra or incident (did "),
        ({"denies": "log"}, "signatures[0].denies: 'log' stands where a list belongs; accepted: a list"),
        ({"mute": "maybe"}, "signatures[0].mute: 'maybe' is neither true nor false; accepted: true or false"),
        ({"regex": "x"}, "signatures[0].regex: 'regex' is no key here; accepted: id, text, pattern, where, "),
        ({"evidence": ""}, "signatures[0].evidence: it is required, but missing or empty"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_with_its_key(keys, message):
    assert refusal(**keys).startswith(message)


def test_one_bad_entry_leaves_the_others():
    bad = WHOLE.replace(r"pattern: 'broken \d+$'", "pattern: 'broken ('")
    found = read(bad)

    assert [one.id for one in found.signatures] == ["literal"]
    assert (len(found.rules), len(found.negatives), len(found.problems)) == (2, 2, 1)
    assert str(found.problems[0]).startswith("c.yml:21:3: signatures[0].pattern: 'broken (' can't be looked for: ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("after\nbroken 1", True),
        ("BROKEN 1\nAFTER", True),
        ("broken 1", False),
        ("after broken 1 or not", False),
        ("after broken 1\nxxy", False),
    ],
)
def test_a_text_has_to_hold_all_that_is_required_and_nothing_that_speaks_against_it(text, expected):
    assert matches(read(WHOLE).signatures[0], text) is expected
