"""An issue about a known failure ↔ the signature by which that failure is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import Problem, few
from ghstatus.grammar import block, body, form, phrases, trust, words
from ghstatus.grammar.dialect import Dialect, Meaning
from ghstatus.grammar.front import Front
from ghstatus.grammar.names import Names, did_you_mean
from ghstatus.grammar.recovery import Matter
from ghstatus.model import Kind, Phrase, Signature, Surface, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.grammar.fields import Path, Place
    from ghstatus.grammar.trust import Context
    from ghstatus.model import Issue, Site

COMPONENT = "Component"
IS_PATTERN = "Is it a pattern?"
WHERE = "Where to look"
WORDS = "Text to match"
REMEDY = "What to do?"
LINK = "Where was it seen?"
SAMPLE = "Sample"

LABELS = {
    COMPONENT: "component",
    IS_PATTERN: "is_pattern",
    WHERE: "where",
    WORDS: "words",
    REMEDY: "remedy",
    LINK: "link",
    SAMPLE: "sample",
}
"""What each section of the form is called, with the key that it means."""
KEYS = ("component", "text", "pattern", "where", "requires", "unless", "remedy", "link", "sample")
"""What the hidden block may say."""
SURFACES = {one.value: one for one in (Surface.TITLE, Surface.SUMMARY, Surface.DESCRIPTION, Surface.LOG)}
"""Where one may be looked for, by the words for it; everywhere, unless somebody says."""
_UNUSED = "not used"
_KEYS = form.keys(LABELS)


class Reading(NamedTuple):
    """What an issue about a known failure says."""

    issue: Issue
    signature: Signature | None
    """None when it says too little, or may not be used."""
    problems: tuple[Problem, ...]
    is_sure: bool = True
    """Whether that isn't something else as soon as GitHub answers again."""


_PULL = re.compile(
    r"https?://[^/\s]+/(?P<repository>[\w.-]+/[\w.-]+)/pull/(?P<number>[1-9]\d{0,9})(?:[/?#]\S*)?", re.ASCII
)


def pull(link: str) -> tuple[str, int] | None:
    """The repository and the number of the pull request that a link leads to; None where it leads elsewhere."""
    found = _PULL.fullmatch(link.strip())
    return (found["repository"], int(found["number"])) if found else None


def ident(number: int) -> str:
    """What the signature of an issue is called."""
    return f"issue-{number}"


def dialect(site: Site) -> Dialect:
    """Read issues with the label for known failures; whoever may publish an incident may publish these."""
    names = Names(site.components, site.groups)
    gate = site.labels.known_failure
    return Dialect(
        name="known-failure",
        gates=(gate,),
        label=lambda label: Meaning(kind=Kind.INCIDENT if label.name.casefold() == gate.casefold() else None),
        kind=lambda _, meanings: next((meaning.kind for meaning in meanings if meaning.kind), None),
        text=lambda text: _text(text, names),
        comment=lambda *_: None,
    )


def _text(text: str, names: Names) -> Matter:
    """The fields of a text, those of the form under the hidden block's keys."""
    hidden = block.read(body.newlines(text), known=KEYS)
    typed = form.read(hidden.content, names, _KEYS)
    values = dict(typed.values)
    said = "pattern" if values.pop("is_pattern", "") == "true" else "text"
    if found := values.pop("words", ""):
        values[said] = found
    if "text" in hidden.values or "pattern" in hidden.values:
        values.pop(said, None)

    def place(path: Path) -> Place:
        if not path or path[0] in hidden.values or path[0] not in values:
            return hidden.place(path)
        return typed.place(("words",) if path[0] == said else path)

    return Matter({**values, **hidden.values}, place, typed.content, 1, hidden.faults)


def parse(issue: Issue, context: Context) -> Reading:
    """Read an issue in the dialect of this module; what can't be read is a problem."""
    where = f"#{issue.number}"
    why = trust.standing(issue, context)
    if why is None:
        seen = f"opened by {trust.who(issue.author)}, who may not publish"
        accepted = "its label, put on it by somebody who may triage"
        return Reading(issue, None, (Problem(where=where, seen=seen, accepted=accepted, outcome=_UNUSED),))
    if not trust.is_text_vouched(issue, why, context):
        seen = f"the text was edited by {trust.who(issue.editor)} after somebody vouched for it"
        accepted = "an edit by somebody who may triage, or the label put on it anew"
        return Reading(issue, None, (Problem(where=where, seen=seen, accepted=accepted, outcome=_UNUSED),))
    found = context.dialect.text(issue.text)
    front = Front(found.values, found.place, where=where, names=context.names)
    for path, fault in found.faults:
        front.reporter(*path)(*fault)
    signature = _signature(front, issue)
    _report_unknown(front)
    return Reading(issue, signature, few(front.problems))


def _signature(front: Front, issue: Issue) -> Signature | None:
    component, phrase = _component(front), _phrase(front)
    sample = front.text("sample")
    surfaces = frozenset(_surfaces(front)) or frozenset(SURFACES.values())
    signature = Signature(
        id=ident(issue.number),
        service=component,
        surfaces=surfaces,
        tier=Tier.INFRA,
        phrase=phrase,
        requires=_optional(front, "requires"),
        unless=_optional(front, "unless"),
        remedy=front.text("remedy"),
        evidence=front.line("link"),
        samples=(sample,) if sample else (),
        origin=str(issue.number),
        since=issue.created_at,
    )
    return signature if component and phrase.text else None


def _component(front: Front) -> str:
    """The one component that is named; empty when none is, or several are."""
    value = front.values.get("component", "")
    said = [value] if isinstance(value, str) else list(value)
    ids = {one for name in said if isinstance(name, str) for one in front.names.resolve(name)}
    if len(ids) == 1:
        return ids.pop()
    shown = ", ".join(words.shown(name) for name in said if isinstance(name, str) and name)
    hint = front.names.suggest(str(said[0])) if len(said) == 1 else ""
    seen = f"{shown} {'means several' if ids else 'is no component'}" if shown else "no component is given"
    front.reporter("component")(words.clipped(seen), words.hinted("the name of one component", hint), _UNUSED)
    return ""


def _phrase(front: Front) -> Phrase:
    if pattern := front.text("pattern"):
        found = phrases.read(pattern)
        return found if found.is_pattern else Phrase(pattern, is_pattern=True)
    text = front.text("text")
    if not text:
        front.reporter("text")("no text to match is given", "a line that every such failure shows", _UNUSED)
    return phrases.read(text)


def _optional(front: Front, key: str) -> Phrase | None:
    text = front.text(key)
    return phrases.read(text) if text else None


def _surfaces(front: Front) -> Iterator[Surface]:
    value = front.values.get("where", "")
    said = value.split(",") if isinstance(value, str) else list(value)
    for position, one in enumerate(said):
        text = one.strip() if isinstance(one, str) else str(one)
        found = words.one_of(text, SURFACES, front.reporter("where", position), "ignored") if text else None
        if found:
            yield found


def _report_unknown(front: Front) -> None:
    for key in front.values:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS)
            front.reporter(key)(f"unknown key {words.shown(key)}", words.hinted(", ".join(KEYS), hint), "ignored")


def write(signature: Signature) -> str:
    """Write the text of an issue that is read as the same signature."""
    said = phrases.write(Phrase(signature.phrase.text)) if not signature.phrase.is_pattern else ""
    is_anywhere = signature.surfaces == frozenset(SURFACES.values())
    values: dict[str, object] = {
        "component": signature.service,
        "text": said,
        "pattern": "" if said else phrases.write(signature.phrase),
        "where": [] if is_anywhere else [word for word, one in SURFACES.items() if one in signature.surfaces],
        "requires": phrases.write(signature.requires) if signature.requires else "",
        "unless": phrases.write(signature.unless) if signature.unless else "",
        "remedy": signature.remedy,
        "link": signature.evidence,
        "sample": next(iter(signature.samples), ""),
    }
    return block.write({key: value for key, value in values.items() if value}, "")
