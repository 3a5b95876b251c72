"""How things are called in sentences: services, incidents, commands; as plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.grammar.quoting import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ghstatus.model import Outage, Verdict
    from ghstatus.report.setting import Setting

COMMAND = re.compile(r"/packit [a-z]{2,20}(?:-[a-z]{2,20}){0,2}")
"""What people say to Packit in a comment on a pull request."""
_PACKIT = "packit-as-a-service"


def ref(outage: Outage) -> str:
    """An incident in short: `#42`, or the name of its file."""
    return f"#{outage.ref}" if outage.ref.isdecimal() else line(outage.ref)


def several(names: Sequence[str], most: int = 3) -> str:
    """`Copr`, `Copr and Koji`, `Copr, Koji and 3 more`."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def blamed(verdicts: Iterable[Verdict], setting: Setting) -> list[str]:
    """The names of the services whose failures they are."""
    return list(dict.fromkeys(line(setting.name(verdict.component)) for verdict in verdicts))


def whose(name: str) -> str:
    """`Copr's`, `GitHub Actions'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def owners(verdicts: Iterable[Verdict], setting: Setting) -> str:
    """`Copr's and Testing Farm's`."""
    return several([whose(name) for name in blamed(verdicts, setting)])


def outages(verdicts: Iterable[Verdict]) -> list[Outage]:
    """The incidents that they name, each once."""
    return list(dict.fromkeys(verdict.outage for verdict in verdicts if verdict.outage))


def refs(verdicts: Iterable[Verdict]) -> str:
    """`#42`, `#42 and #43`; empty when none is named."""
    return several(list(dict.fromkeys(ref(outage) for outage in outages(verdicts))))


def command(verdict: Verdict) -> str:
    """What to say to run a check again; empty where nobody knows."""
    told = COMMAND.search(verdict.remedy)
    if told:
        return told[0]
    check = verdict.check
    if not check.app.startswith(_PACKIT):
        return ""
    is_test = "/jobs/testing-farm/" in check.url or check.name.startswith("testing-farm")
    return "/packit retest-failed" if is_test else "/packit rebuild-failed"


def commands(verdicts: Iterable[Verdict]) -> list[str]:
    """What to say to run all of them again."""
    return list(dict.fromkeys(filter(None, map(command, verdicts))))


def counted(number: int, noun: str) -> str:
    """`1 failure`, `3 failures`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
