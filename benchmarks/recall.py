"""How many real failures are told for what they are, with the shipped catalogue.

Prints, for each service and each surface, how many external failures are explained while an incident is open and how
many are at least suspected without one; and what becomes of the own ones, of which none may be excused.

    python benchmarks/recall.py
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from ghstatus.known import Known, shipped
from ghstatus.model import (
    Check,
    CheckKind,
    CheckState,
    Evidence,
    Outage,
    Phrase,
    Scope,
    Surface,
    Text,
    VerdictKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

CORPUS = Path(__file__).parent.parent / "tests" / "data" / "failures" / "corpus.yaml"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
_PACKIT = {"app": "packit-as-a-service", "kind": CheckKind.CHECK_RUN}
CHECKS: dict[str, dict[str, Any]] = {
    "copr": {"name": "rpm-build:fedora-41-x86_64", "url": "https://dashboard.packit.dev/jobs/copr/1"} | _PACKIT,
    "testing-farm": {
        "name": "testing-farm:fedora-41-x86_64",
        "url": "https://dashboard.packit.dev/jobs/testing-farm/1",
    }
    | _PACKIT,
    "testing-farm-status": {"name": "Testing Farm - Fedora", "kind": CheckKind.STATUS},
    "readthedocs": {"name": "docs/readthedocs.org:ogr", "kind": CheckKind.STATUS},
    "codecov": {"name": "codecov/patch", "kind": CheckKind.STATUS},
    "circleci": {"name": "ci/circleci: test", "kind": CheckKind.STATUS},
    "appveyor": {"name": "continuous-integration/appveyor/pr", "kind": CheckKind.STATUS},
    "travis": {"name": "continuous-integration/travis-ci/pr", "kind": CheckKind.STATUS},
    "netlify": {"name": "netlify/site/deploy-preview", "kind": CheckKind.STATUS},
}
"""What the checks are like on which each service's texts are read."""


class Sample(NamedTuple):
    """A text that was read, and what it is known to be."""

    label: str
    service: str
    surface: Surface
    text: str
    source: str
    has_proof: bool
    is_held_out: bool


def samples() -> tuple[Sample, ...]:
    """The texts of the corpus."""
    return tuple(
        Sample(
            label=one["label"],
            service=one["service"],
            surface=Surface(one["surface"]),
            text=one["text"],
            source=one["source"],
            has_proof=one.get("proof", False),
            is_held_out=one.get("held_out", False),
        )
        for one in yaml.safe_load(CORPUS.read_text(encoding="utf-8"))
    )


def known(*, is_open: bool = False, all_fail: bool = False, words: tuple[str, ...] = ()) -> Known:
    """What the shipped catalogue knows, perhaps while every component has an incident, with words of its own."""
    catalogue = shipped()
    components = frozenset(rule.component for rule in catalogue.rules)
    outage = Outage(
        ref="42",
        title="Everything is down",
        components=components,
        start=NOW - timedelta(hours=4),
        end=None,
        scope=Scope(all_fail=all_fail, match=tuple(map(Phrase, words))),
    )
    return Known(catalogue.rules, catalogue.signatures, [outage] if is_open else [], now=NOW)


def judge(sample: Sample, by: Known) -> VerdictKind:
    """What becomes of a text; a log is all that there was to read."""
    surface = sample.surface
    check = Check(
        **CHECKS[sample.service],
        state=CheckState.FAILED,
        title=sample.text if surface in {Surface.TITLE, Surface.DESCRIPTION} else "RPMs failed to be built.",
        summary=sample.text if surface is Surface.SUMMARY else "",
        started=NOW - timedelta(hours=1),
        ended=NOW - timedelta(minutes=30),
    )
    logs = (Text(surface, sample.text),) if surface.is_log else ()
    verdict = by.judge(check, Evidence(texts=logs, is_complete=bool(logs)))
    if verdict is None:
        raise LookupError(f"nobody watches {check.name}")
    return verdict.kind


def _tell(title: str, found: Iterable[tuple[str, tuple[VerdictKind, VerdictKind]]]) -> None:
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, (during, without) in found:
        rows[key]["all"] += 1
        rows[key]["during"] += during in {VerdictKind.EXPLAINED, VerdictKind.RETRYING}
        rows[key]["asked"] += during in {VerdictKind.EXPLAINED, VerdictKind.RETRYING, VerdictKind.SUSPECTED}
        rows[key]["without"] += without in {VerdictKind.SUSPECTED, VerdictKind.RETRYING}
    print(f"\n{title:<24} texts  explained  or suspected  suspected without incident")
    for key, row in sorted(rows.items()):
        print(f"{key:<24} {row['all']:5}  {row['during']:9}  {row['asked']:12}  {row['without']:26}")


def main() -> None:
    """Print the tables."""
    during, without, sweeping = known(is_open=True), known(), known(is_open=True, all_fail=True)
    everything = samples()
    external = [(one, (judge(one, during), judge(one, without))) for one in everything if one.label == "external"]
    _tell("External, by service", ((one.service, kinds) for one, kinds in external))
    _tell("External, by surface", ((one.surface.value, kinds) for one, kinds in external))
    _tell("External, by half", (("held out" if one.is_held_out else "seen", kinds) for one, kinds in external))
    for title, by in (("without incident", without), ("with an incident", during), ("where all fail", sweeping)):
        own = Counter(judge(one, by).value for one in everything if one.label == "own")
        print(f"\nOwn, {title}: {', '.join(f'{count} {kind}' for kind, count in sorted(own.items()))}")
    bare = [one for one in everything if one.label == "own" and judge(one, sweeping) is VerdictKind.EXPLAINED]
    print(
        f"\nOwn ones that an incident explains where all fail, {sum(one.has_proof for one in bare)} of them with proof:"
    )
    for one in bare:
        print(f"  {one.surface.value}: {one.text.splitlines()[0][:80]} ({one.source})")


if __name__ == "__main__":
    main()
