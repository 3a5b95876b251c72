"""Issues as they stand in other projects' repositories, read whole."""

from pathlib import Path

import pytest
import yaml

from ghstatus.grammar import dialects
from ghstatus.grammar.dialect import NAMES
from ghstatus.grammar.issue import Context, Reading, parse
from ghstatus.grammar.names import Names
from ghstatus.model import Label
from tests.builders import VIEWER, at, comment, component, event, issue, site

FOLDER = Path(__file__).parent / "data" / "dialects"
TIMES = ("started", "ended", "scheduled_for", "scheduled_until")
WORDS = ("title", "kind", "severity", "text", "affects", "workaround")


def load(name):
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def found():
    return [
        pytest.param(name, load(name)["components"], given, id=f"{name}-{number}")
        for name in NAMES
        if name != "ghstatus"
        for number, given in enumerate(load(name)["issues"])
    ]


def read(name, components, given, *since, **opened):
    page = site(*(component(key, name=title) for key, title in components.items()))
    context = Context(
        names=Names(page.components),
        dialect=dialects.find(name, page),
        viewer=VIEWER,
        trusted=frozenset({"jane"}),
        now=at("2026-09-01 12:00"),
    )
    return parse(as_issue(given, *since, **opened), context)


def as_issue(given, *since, **opened):
    labels = [Label(*one) if isinstance(one, list) else Label(one) for one in given["labels"]]
    done = [comment(text, when) for when, text in given.get("comments", ())]
    for when, old, new in given.get("relabelled", ()):
        done += [event("unlabeled", when, detail=old)] if old else []
        done += [event("labeled", when, detail=new)]
    done += [event("closed", given["closed"], detail="completed")] if "closed" in given else []
    values = {key: given[key] for key in ("title", "text")} | {"created_at": given["created"]}
    return issue(*done, *since, labels=labels, **values | opened)


def said(incident):
    """What of an incident `expect` may tell."""
    told = {key: str(value) if (value := getattr(incident, key)) else None for key in WORDS}
    told |= {key: getattr(incident, key) for key in TIMES}
    told["components"] = [one.component for one in incident.components]
    told["statuses"] = [one.status and one.status.value for one in incident.components]
    told["updates"] = [
        [one.at, *(word and word.value for word in (one.phase, one.severity))] for one in incident.updates
    ]
    return told


def expected(expect):
    told = {key: at(value) if key in TIMES and value else value for key, value in expect.items() if key != "problems"}
    if "updates" in told:
        told["updates"] = [[at(when), phase, *(rest or [None])] for when, phase, *rest in told["updates"]]
    return told


@pytest.mark.parametrize(("name", "components", "given"), found())
def test_an_issue_of_another_project_is_read_as_it_is_meant(name, components, given):
    reading = read(name, components, given)

    if given["expect"] is None:
        assert reading == Reading(None, (), ())
        return
    told = said(reading.incident)
    assert {key: told[key] for key in expected(given["expect"])} == expected(given["expect"])
    assert len(reading.problems) == given["expect"].get("problems", 0), reading.problems
    assert told["started"] == at(
        given["expect"].get("started") or given["expect"].get("scheduled_for") or given["created"]
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name != "ghstatus"])
def test_every_dialect_has_real_issues(name):
    assert len(load(name)["issues"]) >= 2
    assert dialects.find(name, site()).name == name
    assert not dialects.find(name, site()).is_kept


@pytest.mark.parametrize("name", [name for name in NAMES if name != "ghstatus"])
@pytest.mark.parametrize(
    "piece", ["<!--\n", "---\n", "### Incident Type\n", "**", "[start_datetime:", "\r", "# ", "start:\r\n"]
)
def test_a_hostile_text_is_only_a_text(name, piece):
    text = piece * (65536 // len(piece))
    (first, *_) = load(name)["issues"]
    given = first | {"text": text, "comments": [["2026-08-31", text]], "closed": "2026-08-31 13:00"}

    reading = read(name, load(name)["components"], given)

    assert reading.incident.title
    assert len(reading.problems) < 20


@pytest.mark.parametrize("name", [name for name in NAMES if name != "ghstatus"])
def test_a_strangers_issue_is_shown_when_somebody_who_may_puts_the_label_that_counts(name):
    components = load(name)["components"]
    given = load(name)["issues"][1 if name == "issue-status" else 0]
    dialect = dialects.find(name, site(*(component(key, name=title) for key, title in components.items())))
    (gate, *_) = [one.name for one in as_issue(given).labels if dialect.label(one).kind]

    assert read(name, components, given, author="stranger").incident is None
    assert read(name, components, given, event("labeled", given["created"], detail=gate), author="stranger").incident
