"""Editors complete and check a configuration by its JSON Schema."""

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import yaml

from ghstatus.grammar import config

COMMITTED = Path(config.__file__).with_name("config.schema.json")
EXAMPLE = yaml.safe_load("""
title: 404
base_url: https://status.example.org/packit
timezone: Europe/Prague
links: [{text: Docs, url: "mailto:hello@example.org"}]
groups: [{id: core, name: Core, description: Ours, aliases: [all]}]
components: [{id: copr, name: Copr, group: core, external: true, aliases: [1], start_date: "2026-01-31", objective: 99.9,
  checks: [obs, {rule: netlify, grace: 4h}, {app: bot, name: "a*", kind: status}]}]
severities: {minor: partial_outage}
uptime: {days: 30, weights: {partial_outage: 0.5, major_outage: 1}}
history: {recent_days: 0, announcement_days: 7, stale_hours: 0}
theme: {accent: "#0AF"}
store: github
repository: packit/status
dialect: kener
labels: {incident: outage, severity: "severity: "}
bots: [packit, "renovate[bot]"]
welcome: false
pins: {max: 0, status_issue: true, also: [packit/packit]}
limits: {actions: 5, wait: 0}
checks: {mode: gate, repositories: [packit/*, a/b], settle: 1h30m, unhit_days: 7}
known_failures: [{id: disk, component: copr, pattern: "no sp.ce", where: [log], tier: never}]
language: pt-BR
rota: {people: [alice, "@bob"], start: 2026-03-02 9:00, every: 2 weeks, swaps: [{from: 2026-3-3, until: 2026-3-4 9:00, person: c}]}
reminders: {update: {major: 2h, minor: off}, lead: never}
maintenance: [{id: db, title: Database, repeat: FREQ=DAILY, start: 2026-03-10 6:00, duration: 1h30m, components: [copr]}]
postmortem: {reviewers: [alice], due_days: 14}
""")


def test_the_committed_schema_is_the_one_that_the_code_means():
    assert COMMITTED.read_text(encoding="utf-8") == json.dumps(config.schema(), indent=2, ensure_ascii=False) + "\n"


@cache
def allowed():
    return jsonschema.Draft202012Validator(config.schema())


def test_the_schema_is_one_and_takes_the_example():
    jsonschema.Draft202012Validator.check_schema(config.schema())
    allowed().validate(EXAMPLE)


@pytest.mark.parametrize(
    "line",
    [
        *("componets: []", "uptime: {days: 0}", "theme: {accent: red}", "base_url: a.org"),
        *("store: issues", "repository: status", "dialect: packit", "pins: {max: 4}", "bots: [a b]"),
        *("checks: {mode: gat}", "checks: {settle: 30}", "checks: {gates: [a]}", "known_failures: [{id: a}]"),
        *("known_failures: [{id: a, component: b, where: [logs]}]", "checks: {look_back: soon}"),
        *("language: tlh", "rota: {people: [a]}", "rota: {people: [], start: today}", "reminders: {lead: soon}"),
        *(
            "maintenance: [{id: a}]",
            "postmortem: {due_days: 0}",
            "reminders: on",
            "components: [{id: a, name: A, objective: 0}]",
        ),
        *(
            f"components: [{{id: a, name: A, checks: [{check}]}}]"
            for check in ("packit-cpr", "{rule: x}", "{grace: 4}", "{logs: copr}", "{renamable: true}")
        ),
    ],
)
def test_the_schema_refuses_what_the_program_refuses(line):
    with pytest.raises(jsonschema.ValidationError):
        allowed().validate(yaml.safe_load(f"title: x\n{line}"))


def test_every_key_of_the_schema_has_a_title_and_says_what_it_means():
    schema = config.schema()
    shapes = [schema, *schema["$defs"].values()]
    keys = [(name, key) for shape in shapes for name, key in shape["properties"].items() if "$ref" not in key]

    assert [name for name, key in keys if not (key.get("title") and key.get("description", "").endswith("."))] == []
    assert [shape for shape in shapes if not shape["description"] or shape["additionalProperties"]] == []
