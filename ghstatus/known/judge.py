"""What a failure is: one step after the other, until one of them can say it.

A `never` signature wins over everything, and on doubt the weaker verdict: a neutral check may merge broken code.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.known import case as cases
from ghstatus.known import during
from ghstatus.model import Near, Surface, Tier, Verdict, VerdictKind

if TYPE_CHECKING:
    from ghstatus.known.case import Case
    from ghstatus.known.matching import Match
    from ghstatus.model import Outage

_MOST_NEARLY = 8
_DOUBTFUL = {VerdictKind.SUSPECTED, VerdictKind.UNEXPLAINED}
WAIT = "Nothing: it goes on by itself once the outage is over."


def judge(case: Case) -> Verdict:
    """What a failed check's failure is."""
    for step in (_own, _retrying, _failed_in_outage, _known_issue, _told_by_incident, _suspected, _either, _silent):
        verdict = step(case)
        if verdict:
            return verdict
    return _verdict(case, VerdictKind.UNEXPLAINED, _unexplained(case), nearly=_nearly(case))


def hanging(case: Case) -> Verdict | None:
    """What a check that is pending for too long waits for; None when nobody knows."""
    hit = (one for one in case.outages if case.rule.component in one.components)
    going_on = (one for one in hit if during.is_open(one, case.now))
    outage = next((one for one in going_on if during.delays(one, case.rule, case.ran, case.now)), None)
    if not outage:
        return None
    reason = f"It is pending for longer than usual, and an outage of {case.rule.component} goes on."
    return replace(_verdict(case, VerdictKind.EXPLAINED, reason, outage), is_hanging=True, remedy=WAIT)


def _own(case: Case) -> Verdict | None:
    """A `never` one; where its word is limited, only if nothing else tells the reason.

    What the builder printed is told rather than the backend's word that it failed.
    """
    others = [*_signed(case), *case.hits]
    strong = [match for match in case.of(Tier.NEVER) if not match.signature.denies or not others]
    if not strong:
        return None
    match = min(strong, key=lambda one: (_is_verdict(one), _order(one)))
    reason = "The text tells that the pull request, or how it is set up, made it fail."
    if _is_verdict(match):
        reason = "The builder says that the build failed, and nothing tells of a service's failure."
    overruled = (Near(one.signature.id, f"{match.signature.id} overrules it") for one in _signed(case))
    return _matched(case, match, VerdictKind.OWN, reason, nearly=(*overruled, *case.nearly))


def _is_verdict(match: Match) -> bool:
    """Whether a match tells that it failed by itself, and leaves it to the builder's log to tell why."""
    return match.signature.denies == {Surface.COPR_BACKEND_LOG}


def _retrying(case: Case) -> Verdict | None:
    """Only where the service itself reports: a log tells of tries that are over."""
    told = [match for match in case.of(Tier.INFO) if not match.text.surface.is_log]
    if not told:
        return None
    return _matched(
        case, min(told, key=_order), VerdictKind.RETRYING, "The service says that it tries again by itself."
    )


def _failed_in_outage(case: Case) -> Verdict | None:
    for match in sorted(case.of(Tier.INFRA), key=_order):
        component = case.component(match)
        outage = case.outage_of(component)
        if outage:
            reason = f"The text tells of a failure of {component} itself, during an outage of it."
            return _matched(case, match, VerdictKind.EXPLAINED, reason, outage)
    return None


def _known_issue(case: Case) -> Verdict | None:
    found = case.of_issues()
    if not found:
        return None
    match = min(found, key=_order)
    reason = f"The text is that of a known failure of {case.component(match)}, issue {match.signature.origin}."
    return _matched(case, match, VerdictKind.EXPLAINED, reason)


def _told_by_incident(case: Case) -> Verdict | None:
    if not case.hits:
        return None
    hit = case.hits[0]
    reason = f"The text is one by which the outage of {case.rule.component} at that time is known."
    return replace(_verdict(case, VerdictKind.EXPLAINED, reason, hit.outage), quote=cases.quote(hit))


def _suspected(case: Case) -> Verdict | None:
    """An `infra` one without an outage, where its text is enough to ask."""
    found = [match for match in case.of(Tier.INFRA) if not match.signature.needs_incident]
    if not found:
        return None
    match = min(found, key=_order)
    component = case.component(match)
    reason = f"The text tells of a failure of {component} itself, but {_none(case, component)}."
    passed = case.passed_of(component)
    verdict = _matched(case, match, VerdictKind.SUSPECTED, reason, nearly=_nearly(case, but=match))
    return replace(verdict, passed=passed.outage) if passed else verdict


def _either(case: Case) -> Verdict | None:
    """A text that may mean either, during an outage; beside a limited `never` it is no more than suspected."""
    for match in sorted(case.of(Tier.INCIDENT), key=_order):
        component = case.component(match)
        is_excusable = case.is_told() and not case.of(Tier.NEVER)
        sweeping = _sweeping(case, component) if is_excusable else None
        if sweeping:
            reason = f"The text may be due to {component}, and an outage of it let everything fail at that time."
            return _matched(case, match, VerdictKind.EXPLAINED, reason, sweeping)
        outage = case.outage_of(component)
        if outage:
            reason = f"The text may be due to the outage of {component} at that time, or to the pull request."
            return _matched(case, match, VerdictKind.SUSPECTED, reason, outage)
    return None


def _silent(case: Case) -> Verdict | None:
    """Nothing tells why, during an outage."""
    component = case.rule.component
    if not case.is_told():
        outage = case.outage_of(component)
        reason = f"At that time {component} had an outage, but what would tell why it failed was not read."
        return _verdict(case, VerdictKind.SUSPECTED, reason, outage) if outage else None
    sweeping = _sweeping(case, component)
    reason = f"Nothing points to the pull request, and an outage of {component} let everything fail at that time."
    return _verdict(case, VerdictKind.EXPLAINED, reason, sweeping) if sweeping else None


def _unexplained(case: Case) -> str:
    component = case.rule.component
    if case.outage_of(component):
        return f"At that time {component} had an outage, but nothing that was read tells that it is the reason."
    if not component:
        return "Nothing that was read tells of any service's failure."
    return f"Nothing that was read tells enough of a failure of {component}, and {_none(case, component)}."


def _none(case: Case, component: str) -> str:
    """That no outage is why it failed, also where one goes on."""
    passed = case.passed_of(component)
    if passed:
        return f"incident {passed.outage.ref} isn't why: {passed.missing}"
    return "no outage of it is known at that time"


def _sweeping(case: Case, component: str) -> Outage | None:
    """An outage that lets everything fail; one with words of its own is about what holds them."""
    hit = (one for one in case.outages if component in one.components)
    return next((one for one in hit if one.scope.all_fail and not one.scope.match), None)


def _signed(case: Case) -> list[Match]:
    return sorted([*case.of(Tier.INFRA), *case.of(Tier.INCIDENT), *case.of_issues()], key=_order)


def _nearly(case: Case, but: Match | None = None) -> tuple[Near, ...]:
    """What matched without an outage, before all that didn't."""
    alone = [match for match in _signed(case) if match is not but]
    told = (Near(one.signature.id, f"no outage of {case.component(one)} is known at that time") for one in alone)
    return (*told, *case.nearly)


def _order(match: Match) -> tuple[bool, str, str, str, str, str]:
    """The one to tell comes first; whatever the order in which they were given."""
    one = match.signature
    return one.needs_incident, one.id, one.origin, one.service, one.phrase.text, match.text.surface.value


def _matched(
    case: Case,
    match: Match,
    kind: VerdictKind,
    reason: str,
    outage: Outage | None = None,
    nearly: tuple[Near, ...] = (),
) -> Verdict:
    signature = match.signature
    return replace(
        _verdict(case, kind, reason, outage, nearly),
        component=case.rule.component if kind is VerdictKind.OWN else case.component(match),
        signature=signature.id,
        quote=match.quote,
        remedy=signature.remedy or (outage.remedy if outage else ""),
    )


def _verdict(
    case: Case, kind: VerdictKind, reason: str, outage: Outage | None = None, nearly: tuple[Near, ...] = ()
) -> Verdict:
    mute = sorted({match.signature.remedy for match in case.matches if match.signature.is_mute})
    return Verdict(
        check=case.check,
        kind=kind,
        component=case.rule.component,
        rule=case.rule.id,
        outage=outage,
        reason=reason,
        remedy=(outage.remedy or "".join(mute[:1])) if outage else "",
        unread=case.unread if kind in _DOUBTFUL else (),
        nearly=tuple(dict.fromkeys(nearly))[:_MOST_NEARLY],
    )
