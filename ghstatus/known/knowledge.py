"""All that is known in one run, and what it says about each failure."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from ghstatus.known import case as cases
from ghstatus.known import cleaning, during, judge, matching, watching
from ghstatus.known.case import Case, Passed, Read
from ghstatus.model import CheckState, Evidence, Logs, Mode, Near, Report, Tier, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from ghstatus.known.during import While
    from ghstatus.known.matching import Match
    from ghstatus.model import Check, Head, Outage, Pull, Rule, Said, Signature, Text, Verdict

_FAILED = {CheckState.FAILED, CheckState.STOPPED}


class Known:
    """Rules, signatures and outages, prepared for as many failures as there are.

    `services` says by which other words signatures mean a component (`watching.services`), and `tracker` whose issues
    the known failures are, as `owner/name`.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        signatures: Iterable[Signature],
        outages: Iterable[Outage] = (),
        *,
        now: datetime,
        services: Mapping[str, str] | None = None,
        tracker: str = "",
    ) -> None:
        self.rules = tuple(rules)
        self.signatures = tuple(signatures)
        self.outages = during.newest(outages, now)
        self.now = now
        self._tracker = tracker
        self._blame = watching.Blame(self.rules, self.outages, services or {})

    @cached_property
    def relevant(self) -> tuple[Outage, ...]:
        """The outages for which pull requests are worth a look."""
        meant = (self._blame.component(signature, rule) for signature in self.signatures for rule in self.rules[:1])
        return watching.relevant(self.outages, self.rules, self.now, meant)

    def rule(self, check: Check) -> Rule | None:
        """By which rule a check is watched; None when it isn't."""
        return watching.first(self.rules, check)

    def wants(self, check: Check, *, pull: Pull | None = None, since: datetime | None = None) -> Rule | None:
        """The rule of a failed check whose logs would matter; None when there are none, or its own words settle it."""
        rule = self.rule(check)
        is_wanted = rule and self._is_wanted(rule, check, closes=_closes(pull), since=since)
        return rule if is_wanted else None

    def wanted(self, head: Head) -> dict[Check, Rule]:
        """The checks of a commit whose logs `report` would look at, with their rules."""
        closes = _closes(*head.pulls)
        return {
            check: rule
            for check, rule in self._watched(head)
            if self._is_wanted(rule, check, closes=closes, since=head.since)
        }

    def judge(
        self, check: Check, evidence: Evidence | None = None, *, pull: Pull | None = None, since: datetime | None = None
    ) -> Verdict | None:
        """What a check's failure is; None when it isn't watched, didn't fail and doesn't hang.

        `since` is when the commit was pushed, `pull` the pull request that mustn't be excused by what it mends.
        """
        rule = self.rule(check)
        if rule is None:
            return None
        return self.by_rule(rule, check, evidence, closes=_closes(pull), since=since)

    def by_rule(
        self,
        rule: Rule,
        check: Check,
        evidence: Evidence | None = None,
        *,
        closes: frozenset[str] = frozenset(),
        since: datetime | None = None,
    ) -> Verdict | None:
        """The same for a check of which it is known on what it depends."""
        if check.state not in _FAILED and not during.hangs(check, rule, self.now, since):
            return None
        case = self._case(check, rule, evidence or Evidence(), closes=closes, since=since)
        return judge.judge(case) if check.state in _FAILED else judge.hanging(case)

    def report(self, head: Head, evidence: Mapping[Check, Evidence], mode: Mode) -> Report:
        """Every verdict on a commit: of the newest run of each name, app and workflow."""
        closes = _closes(*head.pulls)
        watched = self._watched(head)
        judged = [
            (check, self.by_rule(rule, check, evidence.get(check), closes=closes, since=head.since))
            for check, rule in watched
        ]
        verdicts = tuple(verdict for _, verdict in judged if verdict)
        outages = dict.fromkeys(verdict.outage for verdict in verdicts if verdict.outage)
        said = [pull.ignored for pull in head.pulls if pull.ignored and _counts(pull.ignored, head, mode)]
        return Report(
            head=head,
            mode=mode,
            verdicts=verdicts,
            watched=len(watched),
            pending=sum(check.state is CheckState.PENDING and verdict is None for check, verdict in judged),
            over=tuple(outage for outage in outages if not during.is_open(outage, self.now)),
            ignored=max(said, key=lambda one: one.at, default=None),
        )

    def _watched(self, head: Head) -> list[tuple[Check, Rule]]:
        return [(check, rule) for check in during.newest_runs(head.checks) if (rule := self.rule(check))]

    def _is_wanted(self, rule: Rule, check: Check, *, closes: frozenset[str], since: datetime | None) -> bool:
        if check.state not in _FAILED or rule.logs is Logs.NONE:
            return False
        case = self._case(check, rule, Evidence(), closes=closes, since=since)
        # What a page's own signature finds in a title says less than a log in which the author's failure stands.
        is_sure = any(not match.signature.origin for match in case.of(Tier.INFRA))
        return not is_sure and judge.judge(case).kind not in {VerdictKind.OWN, VerdictKind.RETRYING}

    @cached_property
    def _finder(self) -> matching.Finder:
        own = (phrase for outage in self.outages for phrase in outage.scope.match)
        return matching.Finder(chain(own, *(matching.phrases(signature) for signature in self.signatures)))

    def _case(
        self, check: Check, rule: Rule, evidence: Evidence, *, closes: frozenset[str], since: datetime | None
    ) -> Case:
        closes = frozenset(one.casefold() for one in closes)  # GitHub doesn't mind how people write names
        ran = during.run(check, self.now, since)
        outages, passed = self._overlapping(check, rule, ran, closes)
        told = cleaning.told(evidence)
        read = [self._read(text) for text in (*cleaning.own(check), *told)]
        matches, nearly = self._fitting(read, rule, ran, closes)
        hit = [outage for outage in outages if rule.component in outage.components]
        return Case(
            check=check,
            rule=rule,
            ran=ran,
            now=self.now,
            blame=self._blame,
            told=told,
            unread=evidence.unread,
            is_complete=evidence.is_complete and not evidence.unread,
            matches=cases.undenied(matches),
            hits=tuple(cases.hits(hit, read, matches)),
            outages=tuple(outages),
            passed=tuple(passed),
            nearly=(
                *nearly,
                *cases.far(hit, read),
                *(Near(one.ref, lack) for one, lack in passed if rule.component in one.components),
            ),
        )

    def _read(self, text: Text) -> Read:
        return Read(text, self._finder.found(text.text), self._finder.found(cleaning.ending(text)))

    def _overlapping(
        self, check: Check, rule: Rule, ran: While, closes: frozenset[str]
    ) -> tuple[list[Outage], list[Passed]]:
        fitting: list[Outage] = []
        passed: list[Passed] = []
        for outage in self.outages:
            missing = during.lacks(outage, check, rule, ran, self.now)
            if outage.issue.casefold() in closes:
                missing = "the pull request is to close it"
            if missing:
                passed.append(Passed(outage, missing))
            else:
                fitting.append(outage)
        return fitting, passed

    def _fitting(
        self, read: Iterable[Read], rule: Rule, ran: While, closes: frozenset[str]
    ) -> tuple[list[Match], list[Near]]:
        fitting: list[Match] = []
        nearly: list[Near] = []
        for one in read:
            matches, near = matching.compare(self.signatures, *one)
            nearly += near
            for match in matches:
                missing = self._misses(match.signature, rule, ran, closes)
                if missing:
                    nearly.append(Near(match.signature.id, missing))
                else:
                    fitting.append(match)
        fit = {match.signature.id for match in fitting}
        return fitting, [near for near in nearly if near.id not in fit]

    def _misses(self, signature: Signature, rule: Rule, ran: While, closes: frozenset[str]) -> str:
        """What keeps a signature of the page's own from counting for a check; a `never` one counts for all."""
        if not signature.origin or signature.tier is Tier.NEVER:
            return ""
        if not self._blame.concerns(signature, rule):
            return f"it is about checks of {signature.service}"
        if not signature.origin.isdecimal():
            return ""
        if self._is_closed(signature, closes):
            return "the pull request is to close its issue"
        in_time = not cases.is_issue(signature) or cases.is_in_time(signature, ran)
        return "" if in_time else "the failure ended more than a day before its issue was opened"

    def _is_closed(self, signature: Signature, closes: frozenset[str]) -> bool:
        """Whether a known failure's issue is among these; any of its number, where nobody says whose issues they are."""
        if self._tracker:
            return f"{self._tracker}#{signature.origin}".casefold() in closes
        return any(one.endswith(f"#{signature.origin}") for one in closes)


def _closes(*pulls: Pull | None) -> frozenset[str]:
    return frozenset(chain.from_iterable(pull.closes for pull in pulls if pull))


def _counts(said: Said, head: Head, mode: Mode) -> bool:
    """Whether somebody's word is about a commit: it opens no gate for what is pushed after it."""
    return mode is not Mode.GATE or not said.may_write or said.at >= head.since
