"""What to say on the issues of known failures: whether they are used, and how often they were met."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.actions import Topic, WriteNote
from ghstatus.grammar import hits, notes
from ghstatus.known import validation
from ghstatus.plan import counting
from ghstatus.plan.notes import is_unwanted
from ghstatus.saying import failures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from ghstatus.grammar.knownfailure import Reading
    from ghstatus.grammar.signature import Catalogue
    from ghstatus.known.validation import Validation
    from ghstatus.model import Comment, Report, Signature, Site

RECENT = timedelta(days=1)
"""How far an answer looks back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Issues:
    """The issues of known failures, as they were found."""

    readings: tuple[Reading, ...]
    viewer: str
    """Whom ghstatus acts as."""
    linked: Mapping[str, bool] = field(default_factory=dict)
    """By signature, whether the pull request or the check that its issue links shows the failure; of those only that
    somebody looked at."""
    private: frozenset[str] = frozenset()
    """Repositories that aren't to be named."""


def signatures(readings: Iterable[Reading], catalogue: Catalogue) -> tuple[Signature, ...]:
    """Those by which checks may be judged."""
    return validation.taken((one.signature for one in readings if one.signature), catalogue)


def unanswered(issues: Issues, catalogue: Catalogue) -> tuple[Signature, ...]:
    """Those that are used, and whose issues aren't told so yet."""
    found = []
    for reading in issues.readings:
        if reading.signature and (checked := validation.validate(reading.signature, catalogue)).is_taken:
            note = notes.find(reading.issue, issues.viewer).get(Topic.SIGNATURE)
            if note is None or _mark(reading, checked) not in note.text:
                found.append(reading.signature)
    return tuple(found)


def decide(
    issues: Issues, reports: Iterable[Report], site: Site, now: datetime, catalogue: Catalogue
) -> tuple[WriteNote, ...]:
    """Keep two comments on each issue: an answer to what it says, and a count."""
    seen = tuple(reports)
    sure = (reading for reading in issues.readings if reading.is_sure)
    cases = (_Case(reading, issues, seen, site, now, catalogue) for reading in sure)
    return tuple(note for case in cases for note in case.notes())


class _Case:
    """One issue."""

    def __init__(
        self,
        reading: Reading,
        issues: Issues,
        reports: Sequence[Report],
        site: Site,
        now: datetime,
        catalogue: Catalogue,
    ) -> None:
        self._issue = reading.issue
        self._reading = reading
        self._site = site
        self._now = now
        self._viewer = issues.viewer
        self._present = notes.find(reading.issue, issues.viewer)
        self._linked: bool | None = None
        self._validation = validation.Validation((), ())
        self._hits: tuple[hits.Hit, ...] = ()
        if signature := reading.signature:
            self._linked = issues.linked.get(signature.id)
            self._validation = validation.validate(signature, catalogue)
            self._hits = tuple(counting.find(reports, signature.id, issues.private))

    def notes(self) -> Iterator[WriteNote]:
        yield from self._answer()
        if self._reading.signature and self._validation.is_taken:
            yield from self._count(self._reading.signature.since or self._issue.created_at)

    def _answer(self) -> Iterator[WriteNote]:
        """Answered anew only when something else is said, because what was met lately changes all the time."""
        digest = _mark(self._reading, self._validation)
        note = self._present.get(Topic.SIGNATURE)
        if note and digest in note.text:
            return
        yield from self._written(Topic.SIGNATURE, f"{self._told()}\n\n{digest}", note, self._why())

    def _why(self) -> str:
        if self._reading.signature and self._validation.is_taken:
            return "it is used"
        first = next(iter((*self._reading.problems, *self._validation.problems)), None)
        return f"it can't be used: {first.seen}" if first else "it can't be used"

    def _told(self) -> str:
        signature, problems = self._reading.signature, (*self._reading.problems, *self._validation.problems)
        if signature is None or self._validation.problems:
            return failures.refused(problems)
        since = (self._now - RECENT).timestamp()
        recent = [hit for hit in self._hits if hit.at >= since]
        names = {component.id: component.name for component in self._site.components}
        answer = failures.Answer(
            component=names.get(signature.service, signature.service),
            fits=self._validation.fits,
            linked=self._linked,
            recent=tuple(recent),
            now=self._now,
            problems=problems,
        )
        return failures.taken(signature, answer)

    def _count(self, since: datetime) -> Iterator[WriteNote]:
        note = self._present.get(Topic.HITS)
        before = hits.read(note.text) if note else hits.Count()
        count = counting.counted(before, self._hits)
        latest = hits.time(count.last) if count.total else None
        days = self._site.watch.unhit_days
        is_stale = self._now - (latest or since) > timedelta(days=days)
        if note is None and not (count.total or is_stale):
            return
        told = failures.count(count, since=since, stale_days=days if is_stale else 0)
        often = "once" if count.total == 1 else f"{count.total:,} times"
        why = "nothing matched it for long" if is_stale else f"it was met {often}"
        yield from self._written(Topic.HITS, f"{told}\n\n{hits.write(count)}", note, why)

    def _written(self, topic: Topic, text: str, note: Comment | None, why: str) -> Iterator[WriteNote]:
        if note is None and is_unwanted(self._issue, self._viewer):
            return
        if note is None or not notes.is_same(note.text, notes.write(topic, text)):
            comment = note.id if note else None
            yield WriteNote(ref=str(self._issue.number), topic=topic, text=text, comment=comment, why=why)


def _mark(reading: Reading, checked: Validation) -> str:
    """What an answer to just this bears; neither what is linked nor what was met counts, for both change."""
    said = (reading.signature and _facts(reading.signature), reading.problems, checked)
    return failures.mark(hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest())


def _facts(signature: Signature) -> tuple[object, ...]:
    """What a signature says, in an order that is always the same."""
    surfaces = tuple(sorted(signature.surfaces))
    phrases = signature.phrase, signature.requires, signature.unless
    return signature.service, surfaces, phrases, signature.remedy, signature.evidence, signature.samples
