"""Where somebody can report an outage that nobody has reported: the form for an incident, filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from ghstatus.grammar import moment
from ghstatus.grammar.quoting import clipped, line

if TYPE_CHECKING:
    from ghstatus.model import Report, Verdict
    from ghstatus.report.setting import Setting

LONGEST = 2000
_FORM = "incident.yml"
_WORDS = 120
_STAMPS = re.compile(r"^(?:\[[^\[\]]{0,200}\][ \t]*){1,9}")
"""What stands in front of a log's line, and is another each time: times, processes."""


def form(verdict: Verdict, report: Report, setting: Setting) -> str:
    """The form's address; empty where nobody knows the incidents' repository.

    The keys are the ids of the form's fields; what is too long for an address is left out, the quote first.
    """
    if not setting.tracker:
        return ""
    name = setting.name(verdict.component)
    ended = verdict.check.ended or verdict.check.started
    answers = {
        "template": _FORM,
        "title": clipped(f"{name}: {line(verdict.check.name)} fails", _WORDS),
        "components": f"{name} ({verdict.component})",
        "started": moment.write(ended.replace(second=0, microsecond=0)) if ended else "",
        "broken": f"Seen at {_place(verdict, report)}",
        "match": _STAMPS.sub("", line(verdict.quote)),
    }
    for left_out in ((), ("match",), ("match", "broken"), tuple(answers)[1:]):
        kept = {key: value for key, value in answers.items() if value and key not in left_out}
        address = f"{setting.tracker}/issues/new?{urlencode(kept, quote_via=quote, errors='replace')}"
        if len(address) <= LONGEST:
            return address
    return ""


def _place(verdict: Verdict, report: Report) -> str:
    """Where to look: the pull request, or else the check, or else the commit."""
    places = (*(pull.url for pull in report.head.pulls), verdict.check.url)
    return next(filter(None, places), f"{report.head.repository}@{report.head.sha}")
