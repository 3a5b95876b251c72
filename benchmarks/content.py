"""The site that is measured: made up, ordinary, and the same every time.

Twenty components in four groups, and as many incidents as are asked for: about 150 words of Markdown each, most of
them with four updates, spread over five years. The newest thirty are those that a home page shows.
"""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 3, 3, 8, tzinfo=UTC)
"""The moment for which the site is built."""

GROUPS = {
    "Builds": ("Build queue", "x86_64 builders", "aarch64 builders", "s390x builders", "Build logs"),
    "Tests": ("Test scheduler", "Test machines", "Image mirror", "Test results", "Artifacts"),
    "Source": ("Git hosting", "Webhooks", "Pull requests", "Source cache", "Code search"),
    "Delivery": ("Package repositories", "Container registry", "Signing", "Mirrors", "Release monitoring"),
}

_FIVE_YEARS = timedelta(days=5 * 365)
_RECENTLY = timedelta(days=14)
_CURRENT = ("open",) * 5 + ("running", "planned", "planned", "announcement") + ("recent",) * 21
"""What the newest incidents are."""

_TITLES = (
    "{component} does not answer",
    "{component} is slow",
    "Jobs of {component} stay pending",
    "{component} fails with timeouts",
    "Errors 502 and 504 from {component}",
    "{component} out of disk space",
)
_SENTENCES = (
    "Since this morning about {n} % of all requests fail, most of them after a timeout of a minute.",
    "Jobs that were started before {n} minutes past the hour are not affected and will finish as usual.",
    "We see the same on two other hosts, so a single broken disk is not the reason.",
    "Restarting the workers one by one helped for a while, but the queue fills up again.",
    "The load balancer sends everything to one of {n} nodes, and that one cannot keep up.",
    "Nobody has to do anything: whatever failed in the meantime is going to be started again.",
    "The database ran out of connections because a nightly job of ours did not give them back.",
    "Our provider confirms trouble with its network between two of its data centres.",
    "People who retry at once make it worse, so please wait for a quarter of an hour.",
    "All {n} workers are back, and the queue is getting shorter by the minute.",
)
_MARKDOWN = (
    "The log says `ConnectionResetError: [Errno {n}]` on every host.",
    "Our provider writes about it [on its own page](https://status.example.org/incidents/{n}).",
    "See https://tracker.example.org/tickets/{n} for all the details.",
    "**Builds of pull requests** wait the longest, *scheduled ones* hardly at all.",
    "This is tracked in <https://tracker.example.org/{n}>; votes there do not make it faster.",
    "It looks like [the change of last week](https://git.example.org/infra/commit/{n}) is to blame.",
)
_EXTRAS = (
    "- builds that need the network\n- tests on {n} or more machines\n- everything with a `timeout` below an hour",
    "1. wait until the queue is empty\n2. run `retry --all --since {n}h`\n3. tell us if it fails again",
    "```console\n$ retry --job {n}\nretrying: accepted\n```",
    "> {n} of our machines were moved to another rack, and one of the switches there is broken.",
)
_PHASES = {
    "incident": ("Identified", "Update", "Monitoring", "Resolved"),
    "maintenance": ("In progress", "Update", "Verifying", "Completed"),
}


class File(NamedTuple):
    """One incident's file."""

    name: str
    text: str


def write(folder: Path, count: int) -> None:
    """Write a site with `count` incidents, in files that are a day old."""
    (folder / "incidents").mkdir(parents=True)
    (folder / "ghstatus.yml").write_text(configuration(), encoding="utf-8")
    for file in incidents(count):
        path = folder / "incidents" / file.name
        path.write_text(file.text, encoding="utf-8")
        made = path.stat().st_mtime_ns - 24 * 3600 * 10**9
        os.utime(path, ns=(made, made))


def configuration() -> str:
    """Write the text of `ghstatus.yml`."""
    lines = ["title: Example status", "description: How the services of Example do.", "groups:"]
    for group in GROUPS:
        lines += [f"  - id: {_slug(group)}", f"    name: {group}"]
    lines.append("components:")
    for group, names in GROUPS.items():
        for name in names:
            lines += [f"  - id: {_slug(name)}", f"    name: {name}", f"    group: {_slug(group)}"]
    return "\n".join([*lines, ""])


def incidents(count: int) -> Iterator[File]:
    """Make the files of `count` incidents, oldest first."""
    current = _CURRENT[:count]
    old = count - len(current)
    for number in range(old):
        lot = random.Random(f"{number} of {count}")
        start = NOW - _FIVE_YEARS + (_FIVE_YEARS - _RECENTLY - timedelta(days=1)) * ((number + lot.random()) / old)
        yield _incident(number, lot, start, "old")
    for number, state in enumerate(current, start=old):
        lot = random.Random(f"{number} of {count}")
        yield _incident(number, lot, _current_start(lot, state), state)


def changed(text: str, word: str) -> str:
    """Change an incident's text as an edit would: a new word in its first sentence."""
    head, _, rest = text.partition("\n---\n\n")
    return f"{head}\n---\n\n{word.capitalize()}: {rest}"


def _current_start(lot: random.Random, state: str) -> datetime:
    if state == "recent":
        return NOW - timedelta(days=2) - (_RECENTLY - timedelta(days=3)) * lot.random()
    if state == "planned":
        return NOW + timedelta(days=lot.randint(1, 6), minutes=lot.randint(0, 600))
    return NOW - timedelta(minutes=lot.randint(90, 1200))


def _incident(number: int, lot: random.Random, start: datetime, state: str) -> File:
    names = lot.sample([name for names in GROUPS.values() for name in names], lot.choice((1, 1, 1, 2, 3)))
    title = lot.choice(_TITLES).format(component=names[0])
    kind = _kind(lot, state)
    lasted = timedelta(minutes=min(lot.lognormvariate(5, 1), 2000) + 20)
    lines = ["---", f"title: {title}", f"components: [{', '.join(map(_slug, names))}]"]
    lines += _front(lot, kind, start, lasted)
    first = [_text(lot, 2), _text(lot, 2), lot.choice(_EXTRAS).format(n=lot.randint(2, 59))]
    updates = _updates(lot, kind, state, start, lasted)
    return File(
        f"{start:%Y-%m-%d}-{_slug(names[0])}-{number:05d}.md",
        "\n".join([*lines, "---", "", "\n\n".join([*first, *updates]), ""]),
    )


def _kind(lot: random.Random, state: str) -> str:
    if state in {"running", "planned"}:
        return "maintenance"
    if state in {"open", "announcement"}:
        return {"open": "incident"}.get(state, state)
    return "maintenance" if lot.random() < 0.08 else "incident"


def _front(lot: random.Random, kind: str, start: datetime, lasted: timedelta) -> Iterator[str]:
    if kind == "incident":
        yield f"severity: {lot.choices(('minor', 'major', 'critical'), (3, 5, 2))[0]}"
        yield f"started: {_time(start)}"
        if lot.random() < 0.3:
            yield "affects: Everybody whose jobs run on these machines."
        if lot.random() < 0.3:
            yield "workaround: Use `--retry` and wait."
        if lot.random() < 0.2:
            yield f"links: ['https://status.example.org/incidents/{lot.randint(1, 9999)}']"
    elif kind == "maintenance":
        yield from ("kind: maintenance", f"scheduled_for: {_time(start)}", f"scheduled_until: {_time(start + lasted)}")
    else:
        yield from ("kind: announcement", f"started: {_time(start)}")


def _updates(lot: random.Random, kind: str, state: str, start: datetime, lasted: timedelta) -> Iterator[str]:
    """Write as many of the usual updates as there have been."""
    phases = _PHASES.get(kind, ())
    for position, phase in enumerate(phases):
        at = start + lasted * (position + 1) / len(phases)
        is_last = position + 1 == len(phases)
        if at <= NOW and not (is_last and state in {"open", "running"}):
            yield f"## {phase} \N{EN DASH} {_time(at)}\n\n{_text(lot, 1)}"


def _text(lot: random.Random, sentences: int) -> str:
    """Write a paragraph; every other one ends in something that is more than plain words."""
    chosen = lot.sample(_SENTENCES, sentences)
    if lot.random() < 0.5:
        chosen[-1] = lot.choice(_MARKDOWN)
    told = "\n".join(sentence.format(n=lot.randint(2, 59)) for sentence in chosen)
    return f"{told} (#{lot.randint(10**6, 10**7)})"  # no two texts are the same, as nowhere else


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-").replace("_", "-")
