"""What the failure of a command is: it is judged as a check of each component on which the command depends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.model import CheckState, Rule, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.known.knowledge import Known
    from ghstatus.model import Check, Evidence, Verdict

_ORDER = (VerdictKind.OWN, VerdictKind.EXPLAINED, VerdictKind.SUSPECTED, VerdictKind.RETRYING, VerdictKind.UNEXPLAINED)
"""Which verdict counts where a command depends on several components."""
_SETTLED = {VerdictKind.OWN, VerdictKind.EXPLAINED}


def judge(
    known: Known,
    components: Iterable[str],
    check: Check,
    evidence: Evidence,
    *,
    closes: frozenset[str] = frozenset(),
    is_late: bool = False,
) -> Verdict:
    """What is known about a failed command that depends on these components, of which there is one at least.

    `is_late` where it was ended because it took too long; an outage that goes on explains that, too.
    """
    rules = [_rule(component, known) for component in components]
    verdicts = (known.by_rule(rule, check, evidence, closes=closes) for rule in rules)
    found = min(filter(None, verdicts), key=lambda verdict: _ORDER.index(verdict.kind))
    if not is_late or found.kind in _SETTLED:
        return found
    waiting = replace(check, state=CheckState.PENDING, ended=None)
    impatient = (replace(rule, hangs_after=timedelta()) for rule in rules)
    hanging = next(filter(None, (known.by_rule(rule, waiting, closes=closes) for rule in impatient)), None)
    if hanging is None:
        return found
    reason = f"It took longer than it may, and an outage of {hanging.component} goes on."
    remedy = "Run it again once the outage is over."
    return replace(hanging, check=check, is_hanging=False, reason=reason, remedy=remedy)


def _rule(component: str, known: Known) -> Rule:
    """How failures of the component are judged, be they a check's or a command's."""
    rules = (rule for rule in known.rules if component in {rule.component, rule.service})
    usual = next(rules, Rule(id="", component=component))
    return replace(usual, id="guard", component=component, service=usual.service or usual.component)
