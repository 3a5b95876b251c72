"""All that is known about one failure before it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.known import during, matching
from ghstatus.model import Near, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ghstatus.known.during import While
    from ghstatus.known.matching import Match
    from ghstatus.known.watching import Blame
    from ghstatus.model import Check, Outage, Phrase, Rule, Signature, Surface, Text

EARLIER = timedelta(hours=24)
"""How long before a known failure's issue was opened a failure may have ended that it explains."""


class Read(NamedTuple):
    """A text with the phrases that it holds."""

    text: Text
    found: frozenset[Phrase]
    late: frozenset[Phrase]
    """Those that it holds where it may excuse a failure."""


class Hit(NamedTuple):
    """A text that tells, by an incident's own words, that a failure is due to it."""

    outage: Outage
    phrase: Phrase
    text: Text


class Passed(NamedTuple):
    """An outage that isn't why a check failed, and what it lacks for that."""

    outage: Outage
    missing: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A failure with what was read of it, and what may be its reason."""

    check: Check
    rule: Rule
    ran: While
    now: datetime
    blame: Blame
    told: tuple[Text, ...] = ()
    """What was read beyond what the check says itself."""
    unread: tuple[str, ...] = ()
    is_complete: bool = False
    """Whether everything was read that tells why it failed, and nothing missed."""
    matches: tuple[Match, ...] = ()
    """Without those that a limited `never` denies."""
    hits: tuple[Hit, ...] = ()
    outages: tuple[Outage, ...] = ()
    """Those that it may be due to by time and name, whatever they hit; those that go on first, then the newest."""
    passed: tuple[Passed, ...] = ()
    """The others; in the same order."""
    nearly: tuple[Near, ...] = ()

    def of(self, tier: Tier) -> list[Match]:
        """The matches of one tier that say why it failed, but those of a known failure's issue."""
        mute = self.mute()
        return [
            match
            for match in self.matches
            if match.signature.tier is tier
            and not (match.signature.is_mute or is_issue(match.signature))
            and not (is_excuse(match.signature) and match.text in mute)
        ]

    def of_issues(self) -> list[Match]:
        """The matches of known failures' issues on texts that say more than that it failed."""
        mute = self.mute()
        return [match for match in self.matches if is_issue(match.signature) and match.text not in mute]

    def mute(self) -> tuple[Text, ...]:
        """The texts that only say that it failed."""
        return tuple(match.text for match in self.matches if match.signature.is_mute)

    def component(self, match: Match) -> str:
        """Whose failure a match tells of."""
        return self.blame.component(match.signature, self.rule)

    def outage_of(self, component: str) -> Outage | None:
        """The outage of a component that it may be due to."""
        return next((outage for outage in self.outages if component in outage.components), None)

    def passed_of(self, component: str) -> Passed | None:
        """The outage of a component that goes on, although it isn't why."""
        open_ones = (one for one in self.passed if during.is_open(one.outage, self.now))
        return next((one for one in open_ones if component in one.outage.components), None)

    def is_told(self) -> bool:
        """Whether anything was read that could say why it failed, and everything that does."""
        mute = self.mute()
        return self.is_complete and (not mute or any(text not in mute for text in self.told))


def is_issue(signature: Signature) -> bool:
    """Whether a signature is a known failure's issue, which explains by itself."""
    return signature.origin.isdecimal() and signature.since is not None and signature.tier is Tier.INFRA


def is_excuse(signature: Signature) -> bool:
    """Whether a page's own signature says that a failure isn't the author's; the catalogue knows which texts are mute."""
    return bool(signature.origin) and signature.tier is not Tier.NEVER


def is_in_time(signature: Signature, ran: While) -> bool:
    """Whether a failure is recent enough for a known failure's issue to explain it."""
    return signature.since is not None and ran.end >= signature.since - EARLIER


def undenied(matches: Iterable[Match]) -> tuple[Match, ...]:
    """The matches without those that stand where a limited `never` says otherwise."""
    matches = tuple(matches)
    denied = denials(matches)
    return tuple(match for match in matches if match.signature.tier is Tier.NEVER or match.text.surface not in denied)


def denials(matches: Iterable[Match]) -> frozenset[Surface]:
    """The surfaces on which a limited `never` overrules the others."""
    nevers = (match.signature for match in matches if match.signature.tier is Tier.NEVER)
    return frozenset(surface for signature in nevers for surface in signature.denies)


def hits(outages: Iterable[Outage], read: Iterable[Read], matches: Iterable[Match]) -> Iterator[Hit]:
    """What an incident's own words find, but in mute texts and where a limited `never` says otherwise.

    Of a plain log only the end counts.
    """
    matches = tuple(matches)
    denied = denials(matches)
    mute = {match.text for match in matches if match.signature.is_mute}
    telling = [one for one in read if one.text not in mute and one.text.surface not in denied]
    for outage in outages:
        for phrase in outage.scope.match:
            yield from (Hit(outage, phrase, one.text) for one in telling if phrase in one.late)


def far(outages: Iterable[Outage], read: Iterable[Read]) -> Iterator[Near]:
    """The outages whose own words stand far above a log's end."""
    early = frozenset(phrase for one in read for phrase in one.found - one.late)
    yield from (Near(one.ref, matching.FAR) for one in outages if not early.isdisjoint(one.scope.match))


def quote(hit: Hit) -> str:
    """The line that tells it."""
    return matching.quote(hit.phrase, hit.text)
