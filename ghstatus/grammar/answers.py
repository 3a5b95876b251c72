"""What an answer below a form's label means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.grammar import body, phrases, words
from ghstatus.model import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ghstatus.grammar.fields import Value
    from ghstatus.grammar.names import Names

NO_RESPONSE = frozenset({"", "_no response_", "none", "n/a", "-"})
"""What stands below the label of a field that was left empty."""
_LONGEST = 100


def is_nothing(answer: str) -> bool:
    """Whether a field was left empty."""
    return answer.strip().lower() in NO_RESPONSE


def read(key: str, answer: str, names: Names) -> Value:
    """What an answer says of `key`."""
    meaning = _MEANINGS.get(key)
    return meaning(answer, names) if meaning else answer.strip().strip("`").strip()


def _markdown(answer: str, names: Names) -> Value:
    return body.parse(answer, where="", first_line=1, names=names).text


_ITEM = re.compile(r"[ \t]{0,9}(?:[-*+][ \t]{1,9})?(?:\[(?P<tick>[ xX]?)\][ \t]{0,9})?(?P<rest>[^\n]*)")
_PARTS = re.compile(r"[ \t][\u2013\u2014|-][ \t]|[()]")


def _components(answer: str, names: Names) -> Iterator[Value]:
    """Each name that was chosen or typed: `A, B`, lines of a list, boxes that are ticked."""
    for line in answer.split("\n"):
        item = _ITEM.match(line)
        if item and item["rest"].strip() and (item["tick"] is None or item["tick"] in {"x", "X"}):
            yield from _chosen(item["rest"].split(","), names)


_FENCE = re.compile(r"[ \t]{0,3}(?:`{3,}|~{3,})[^`\n]{0,30}")


def _literals(answer: str, _: Names) -> Iterator[Value]:
    """Each line as it stands, be it one between slashes; GitHub puts a fence around them."""
    for line in answer.split("\n"):
        if not (is_nothing(line) or _FENCE.fullmatch(line)):
            yield phrases.write(Phrase(line.strip()))


def _verbatim(answer: str, _: Names) -> Value:
    """The text as it stands, without the fence that GitHub puts around it."""
    lines = answer.strip().split("\n")
    inner = lines[1:] if _FENCE.fullmatch(lines[0]) else lines
    if inner and inner is not lines and _FENCE.fullmatch(inner[-1]):
        inner = inner[:-1]
    text = "\n".join(inner).strip()
    return "" if is_nothing(text) else text


def _choices(answer: str, _: Names) -> Iterator[Value]:
    """The first words of each box that is ticked, or of what was typed instead."""
    for item in filter(None, map(_ITEM.match, answer.split("\n"))):
        if item["tick"] is None or item["tick"] in {"x", "X"}:
            chosen = item["rest"].split(",") if item["tick"] is None else [item["rest"]]
            yield from filter(None, (_PARTS.split(one)[0].strip() for one in chosen))


def _ticked(answer: str, _: Names) -> Value:
    """Whether a box is ticked; what was typed instead of boxes stays."""
    boxes = [box for box in map(_ITEM.match, answer.split("\n")) if box and box["tick"] is not None]
    if not boxes:
        return answer.strip()
    return "true" if any(box["tick"] in {"x", "X"} for box in boxes) else "false"


_MOST = 4  # parts of a name that holds commas


def _chosen(parts: list[str], names: Names) -> Iterator[Value]:
    position = 0
    while position < len(parts):
        for length in range(_MOST, 0, -1):
            name = ",".join(parts[position : position + length]).strip()
            if known := _whole(name, names) or (_known(name, names) if length == 1 else ""):
                yield known
                position += length
                break
        else:
            if parts[position].strip():
                yield parts[position].strip()
            position += 1


def _whole(name: str, names: Names) -> str:
    """A name that may hold commas and parentheses, be it followed by an explanation in parentheses."""
    candidates = (name, name.rpartition("(")[0] if name.endswith(")") else "")
    return next((one.strip() for one in candidates if names.resolve(one.strip())), "")


def _known(name: str, names: Names) -> str:
    """`Copr` of `Copr (copr)` or `Copr – the builder`; empty when no part of it is known."""
    if len(name) > 3 * _LONGEST:
        return ""
    return next((one.strip() for one in (name, *_PARTS.split(name)) if names.resolve(one.strip())), "")


_SEVERITY = re.compile(r"\W{0,5}(?P<word>[A-Za-z]{1,20})\b")


def _severity(answer: str, _: Names) -> Value:
    """`critical` of `critical – nobody can build`; the whole answer when no such word leads it."""
    first = answer.strip()
    found = _SEVERITY.match(first)
    candidates = [found["word"] if found else "", *(_PARTS.split(first) if len(first) <= 3 * _LONGEST else [])]
    if words.folded(first[:_LONGEST]) in words.SEVERITIES:
        return first
    return next((one.strip() for one in candidates if words.folded(one) in words.SEVERITIES), first)


_LINK = re.compile(
    r"\[(?P<text>[^\[\]\n]{0,200})\]\((?P<url>[^\s()]{1,2000})\)|(?P<bare>(?:https?://|mailto:)[^\s<>\"]{1,2000})",
    re.IGNORECASE,
)


def _links(answer: str, _: Names) -> Iterator[Value]:
    for line in filter(None, map(str.strip, answer.split("\n"))):
        found = False
        for link in _LINK.finditer(line):
            found = True
            bare = (link["bare"] or "").rstrip(",.;")
            yield bare or {"text": link["text"], "url": link["url"]}
        if not found:
            yield line


def _listed(each: Callable[[str, Names], Iterator[Value]]) -> Callable[[str, Names], Value]:
    return lambda answer, names: list(each(answer, names))


_MEANINGS: dict[str, Callable[[str, Names], Value]] = {
    "component": _listed(_components),
    "components": _listed(_components),
    "links": _listed(_links),
    "match": _listed(_literals),
    "all_fail": _ticked,
    "is_pattern": _ticked,
    "words": _verbatim,
    "sample": _verbatim,
    "where": _listed(_choices),
    "remedy": _markdown,
    "severity": _severity,
    "affects": _markdown,
    "workaround": _markdown,
    "eta": _markdown,
}
"""Of every key that isn't a word or a time."""
