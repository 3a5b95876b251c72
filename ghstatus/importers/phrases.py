"""What words say about a post: its phase, and whether it was planned."""

from __future__ import annotations

import re
from typing import NamedTuple

from ghstatus.model import Kind, Phase


class _Meaning(NamedTuple):
    incident: Phase | None
    maintenance: Phase | None


_MEANINGS = {
    _Meaning(Phase.INVESTIGATING, Phase.IN_PROGRESS): (
        "investigating|investigation|troubleshooting|notified|調查中|调查中|排查中|"
        "investigando|untersuchung|in untersuchung|enquête en cours|onderzoeken"
    ),
    _Meaning(Phase.IDENTIFIED, Phase.IN_PROGRESS): (
        "identified|cause identified|已确认|已定位|identificado|identifiziert|identifié"
    ),
    _Meaning(Phase.MONITORING, Phase.VERIFYING): (
        "monitoring|recovering|恢复中|监控中|观察中|monitoreando|monitorando|überwachung|beobachtung|surveillance"
    ),
    _Meaning(Phase.MONITORING, None): "fix|fixing|mitigated|workaround",
    _Meaning(None, Phase.SCHEDULED): "scheduled|planned|announced|计划中",
    _Meaning(None, Phase.IN_PROGRESS): "in progress|started|ongoing|进行中",
    _Meaning(None, Phase.VERIFYING): "verifying",
    _Meaning(None, Phase.CANCELLED): "cancelled|canceled|postponed",
    _Meaning(Phase.RESOLVED, Phase.COMPLETED): (
        "resolved|fixed|solved|restored|complete|completed|done|finished|已解决|已恢复|已完成|已修复|"
        "resuelto|solucionado|resolvido|risolto|behoben|gelöst|résolu|opgelost|megoldva"
    ),
}
_PHASES = {word: meaning for meaning, words in _MEANINGS.items() for word in words.split("|")}
WORD = "|".join(
    [
        r"(?:final\ )?(?:update|edit|message)(?:\ ?\#\d+|\ \d{1,2}(?![\d:-]))?",
        *sorted(map(re.escape, _PHASES), key=len, reverse=True),
    ]
)
"""A pattern for the words that updates begin with, for a verbose expression that ignores case."""
_PREFIX = re.compile(
    rf"""\s*(?P<mark>[*_]{{0,3}})(?P<word>{WORD})(?:\s*(?P<inside>:))?(?P=mark)
         (?(inside)\s*[:\u2013\u2014-]?|(?(mark)\s*[:\u2013\u2014-]|\s*(?::|\s[\u2013\u2014-]\s)))\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:planned|scheduled|maintenance|upgrad\w+|re-?boots?|rebooting|clean-?up|wartung|mantenimiento|manutenção)\b",
    re.IGNORECASE,
)
_LIKELY_PLANNED = re.compile(
    r"\b(?:updat(?:e|es|ing)|migrat\w+|(?:re)?deployments?|mov(?:e|ing)|switch-?over)\b", re.IGNORECASE
)
_SURELY_PLANNED = re.compile(
    r"""\b(?:planned|scheduled)\ (?:\w+\ )?(?:outage|downtime|work)|\bmaintenance\b|\bis\ scheduled\ to\b|\boutage\ window\b
        |\bthere\ will\ be\ an?\ (?:[\w.-]+\ ){0,3}outage\b|\bwould\ like\ to\ (?:update|upgrade|reboot)\b
        |\bwill\ be\ (?:updating|upgrading|rebooting|migrating|moving|patching)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_BROKEN = re.compile(
    r"\b(?:outages?|down|fail(?:s|ed|ing|ures?)|broken|slow|delay(?:s|ed)|degraded|stuck|unavailable|disruptions?|not|can't)\b",
    re.IGNORECASE,
)


def phase(word: str, kind: Kind) -> Phase | None:
    """The phase that a word or short title means for this kind; None when it means none."""
    meaning = _PHASES.get(word.strip().strip(".!").lower())
    if meaning is None or kind is Kind.ANNOUNCEMENT:
        return None
    return meaning.maintenance if kind is Kind.MAINTENANCE else meaning.incident


def opening(text: str, kind: Kind) -> tuple[Phase | None, str]:
    """The phase that a text begins with, such as `*Resolved* - …`, with the text after it.

    A word that is neither a phase of this kind nor a mere "Update:" stays.
    """
    match = _PREFIX.match(text)
    if match is None:
        return None, text.strip()
    found = phase(match["word"], kind)
    is_bare = found is not None or match["word"].lower() == "update"
    return found, (text[match.end() :] if is_bare else text).strip()


def has_opening(text: str) -> bool:
    """Whether a text begins as an update does."""
    return _PREFIX.match(text) is not None


def is_planned(title: str, body: str) -> bool:
    """Whether a post is about work that was planned: by a word of its title, or a clear phrase of its text."""
    likely = _LIKELY_PLANNED.search(title) and not is_broken(title)
    return bool(likely or _PLANNED.search(title) or _SURELY_PLANNED.search(body))


def is_broken(title: str) -> bool:
    """Whether a title says that something does not work."""
    return _BROKEN.search(title) is not None
