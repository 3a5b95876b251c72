"""Upptime: a bot opens an issue when a site is down, people open one for a maintenance."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import body, comment, moment
from ghstatus.grammar.dialect import Dialect, Meaning
from ghstatus.grammar.dialects import plain
from ghstatus.grammar.names import Names, fold
from ghstatus.model import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ghstatus.grammar.fields import Value
    from ghstatus.grammar.recovery import Matter
    from ghstatus.model import Component, Issue, Label, Site

_KINDS = {"status": Kind.INCIDENT, "maintenance": Kind.MAINTENANCE}


def dialect(site: Site) -> Dialect:
    """Read a repository of Upptime's."""
    named = _slugs(site.components)

    def label(one: Label) -> Meaning:
        kind = _KINDS.get(fold(one.name))
        return Meaning(kind=kind) if kind else Meaning(component=named(one.name))

    return Dialect(
        name="upptime",
        gates=tuple(_KINDS),
        label=label,
        kind=plain.kind,
        text=lambda source: _text(source, named),
        comment=comment.read,
        title=_title,
        severity=_severity,
    )


def _slugs(components: Iterable[Component]) -> Callable[[str], str]:
    """What finds a component by its name or by the slug that Upptime makes of it; empty when it is none's."""
    names = Names(components)
    ids: dict[str, set[str]] = {}
    for one in components:
        for word in (one.id, one.name, *one.aliases):
            ids.setdefault(_squeezed(word), set()).add(one.id)

    def named(slug: str) -> str:
        if names.resolve(slug):
            return slug
        found = ids.get(_squeezed(slug), set())
        return min(found) if len(found) == 1 else ""

    return named


def _squeezed(word: str) -> str:
    # A slug of "GitHub API" is `git-hub-api`: the words are parted at capital letters, too.
    return "".join(sign for sign in word.casefold() if sign.isalnum()) or word


_SIGNS = re.compile("(?:[\N{OCTAGONAL SIGN}\N{WARNING SIGN}]\N{VARIATION SELECTOR-16}?\\s*)+")
_IS_DOWN = re.compile("\N{OCTAGONAL SIGN}|\\bis down\\b", re.IGNORECASE)


def _title(title: str) -> str:
    sign = _SIGNS.match(title.lstrip())
    return title.lstrip()[sign.end() :] or title if sign else title


def _severity(issue: Issue) -> Severity | None:
    """How bad an outage is by its title, which people rename, or else by the text that the bot wrote."""
    if all(_KINDS.get(fold(label.name)) is not Kind.INCIDENT for label in issue.labels):
        return None
    if _IS_DOWN.search(issue.title):
        return Severity.CRITICAL
    is_degraded = "**degraded performance**" in issue.text and "**down**" not in issue.text
    return Severity.MINOR if is_degraded or "degraded" in issue.title.lower() else Severity.CRITICAL


_KEYS = {
    "start": "scheduled_for",
    "end": "scheduled_until",
    "expecteddown": "components",
    "expecteddegraded": "components",
}
_TIMES = ("scheduled_for", "scheduled_until")
_EMPTY_FENCE = re.compile(r"^(?P<fence>```|~~~)[^\n]*\n\s*^(?P=fence)[ \t]*$", re.MULTILINE)


class _Field(NamedTuple):
    key: str
    value: str
    line: int


def _text(source: str, named: Callable[[str], str]) -> Matter:
    lines = body.newlines(source)
    found: list[_Field] = []
    spans = []
    for hidden in plain.comments(lines):
        if told := list(_fields(hidden.text, hidden.line)):
            found += told
            spans.append((hidden.start, hidden.end))
    content = plain.blanked(lines, spans)
    if spans:  # the documentation shows them between fences, and so do people
        content = plain.blanked(content, [match.span() for match in _EMPTY_FENCE.finditer(content)])
    return _matter(content, found or _in_the_open(lines), named)


def _fields(source: str, first_line: int) -> Iterator[_Field]:
    for number, line in enumerate(source.split("\n"), first_line):
        name, _, value = line.partition(":")
        if key := _KEYS.get(fold(name[:_LONGEST])):
            yield _Field(key, value.strip(), number)


_LONGEST = 40  # characters of a key, with the space around it


def _in_the_open(source: str) -> list[_Field]:
    """The fields of somebody who forgot to make a comment of them; none unless they say when."""
    found = list(_fields(source, 1))
    times = {one.key for one in found if one.key in _TIMES and _is_time(one.value)}
    return found if times == set(_TIMES) else []


def _is_time(value: str) -> bool:
    with suppress(ValueError):
        return bool(moment.parse(value))
    return False


def _matter(content: str, found: list[_Field], named: Callable[[str], str]) -> Matter:
    told = {one.key: one for one in reversed(found) if one.value}
    values: dict[str, Value] = {key: told[key].value for key in _TIMES if key in told}
    slugs = [slug.strip() for one in found if one.key == "components" for slug in one.value.split(",")]
    if components := [named(slug) or slug for slug in dict.fromkeys(slugs) if slug]:
        values["components"] = list(components)
    return plain.matter(
        content,
        values,
        {one.key: one.line for one in reversed(found)} | {one.key: one.line for one in told.values()},
        [((key,), _EMPTY) for key in _TIMES if key not in told and any(one.key == key for one in found)],
    )


_EMPTY = ("nothing stands after the colon", moment.ACCEPTED, "ignored")
