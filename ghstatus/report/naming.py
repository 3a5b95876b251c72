"""How services and incidents are called in sentences; as plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.grammar.quoting import line
from ghstatus.grammar.sentences import several
from ghstatus.model import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.model import Outage, Verdict
    from ghstatus.report.setting import Setting

_ISSUE = re.compile(r"issue-([1-9][0-9]{0,9})")
"""What the signature of a known failure's issue is called."""


def ref(outage: Outage) -> str:
    """An incident in short: `#42`, or the name of its file."""
    return f"#{outage.ref}" if outage.ref.isdecimal() else line(outage.ref)


def blamed(verdicts: Iterable[Verdict], setting: Setting) -> list[str]:
    """The names of the services whose failures they are."""
    return list(dict.fromkeys(setting.name(verdict.component) for verdict in verdicts))


def whose(name: str) -> str:
    """`Copr's`, `GitHub Actions'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def owners(verdicts: Iterable[Verdict], setting: Setting) -> str:
    """`Copr's and Testing Farm's`."""
    return several([whose(name) for name in blamed(verdicts, setting)])


def outages(verdicts: Iterable[Verdict]) -> list[Outage]:
    """The incidents that they name, each once."""
    return list(dict.fromkeys(verdict.outage for verdict in verdicts if verdict.outage))


def passed_over(verdicts: Iterable[Verdict]) -> list[Outage]:
    """The incidents that go on and aren't why, each once."""
    return list(dict.fromkeys(verdict.passed for verdict in verdicts if verdict.passed))


def refs(verdicts: Iterable[Verdict]) -> str:
    """`#42`, `#42 and #43`; empty when none is named."""
    told = (
        ref(verdict.outage) if verdict.outage else f"#{issue(verdict)}" * bool(issue(verdict)) for verdict in verdicts
    )
    return several(list(dict.fromkeys(filter(None, told))))


def reason(verdict: Verdict, setting: Setting) -> str:
    """Why, with the component's name in place of its id, and what could not be read."""
    unread = f"{verdict.unread[0]}." if verdict.unread else ""
    return " ".join(filter(None, (_reason(verdict, setting), unread)))


def _reason(verdict: Verdict, setting: Setting) -> str:
    if not verdict.component:
        return verdict.reason
    ident = rf"(?<![\w-]){re.escape(verdict.component)}(?![\w-])"
    return re.sub(ident, lambda _: setting.name(verdict.component), verdict.reason)


def issue(verdict: Verdict) -> str:
    """The number of the known failure's issue that explains it by itself; empty for any other verdict."""
    found = _ISSUE.fullmatch(verdict.signature)
    return found[1] if found and verdict.outage is None and verdict.kind is VerdictKind.EXPLAINED else ""
