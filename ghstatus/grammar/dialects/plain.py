"""What most dialects have in common: text that is only text, labels that name components."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import body, comment, words
from ghstatus.grammar.dialect import Meaning
from ghstatus.grammar.fields import Place
from ghstatus.grammar.names import Names
from ghstatus.grammar.recovery import Matter
from ghstatus.model import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ghstatus.grammar.dialect import Remark
    from ghstatus.grammar.fields import Path, Value
    from ghstatus.model import Issue, Label, Site

Fault = tuple["Path", tuple[str, str, str]]
"""What is wrong with a text: the key; what was seen, what is accepted, what happens now."""


def text(source: str) -> Matter:
    """A text without fields."""
    return matter(body.newlines(source))


def matter(
    content: str,
    values: Mapping[str, Value] | None = None,
    lines: Mapping[str, int] | None = None,
    faults: Sequence[Fault] = (),
) -> Matter:
    """A text apart from the fields that were found in it, each on the line where it stands."""
    found = lines or {}

    def place(path: Path) -> Place:
        return Place(found.get(str(path[0]), 1) if path else 1, 1)

    return Matter(values or {}, place, content, 1, faults)


def kind(_: Issue, meanings: tuple[Meaning, ...]) -> Kind | None:
    """What its labels make of an issue: an outage, rather than something planned, rather than news."""
    said = {meaning.kind for meaning in meanings}
    return next((one for one in Kind if one in said), None)


def component(site: Site) -> Callable[[str], str]:
    """What finds the component that a label names, where other labels are mere tags; groups aren't meant."""
    names = Names(site.components)

    def named(label: str) -> str:
        return label if names.resolve(label) else ""

    return named


def unknown(label: Label, word: str, known: Iterable[str]) -> Meaning:
    """What a label says whose prefix promises one of the `known` words: an incident, and not a small one."""
    accepted = words.choice(word, [one.replace("_", "-") for one in known])
    fault = (f"the label {words.shown(label.name)} means nothing", accepted, "counted as major")
    return Meaning(kind=Kind.INCIDENT, severity=Severity.MAJOR, fault=fault)


def own(source: str, names: Names, report: words.Report) -> Remark | None:
    """What ghstatus itself wrote as an update, where people's comments are read in another way."""
    return comment.read(source, names, report) if "<!-- ghstatus update" in source else None


class Hidden(NamedTuple):
    """An HTML comment."""

    start: int
    end: int
    text: str
    line: int
    """Of its first character, counted from 1."""
    is_apart: bool
    """Whether it begins a line, and doesn't stand inside of words."""


def comments(source: str) -> Iterator[Hidden]:
    """Each HTML comment; one that isn't closed is none."""
    end, line = 0, 1
    while (start := source.find("<!--", end)) >= 0:
        closing = source.find("-->", start + 4)
        if closing < 0:
            return
        line += source.count("\n", end, start)
        before = source[max(0, start - 4) : start].rstrip(" ")
        is_apart = before.endswith("\n") or (not before and start < 4)
        yield Hidden(start, closing + 3, source[start + 4 : closing], line, is_apart)
        line += source.count("\n", start, closing)
        end = closing + 3


def blanked(source: str, spans: Sequence[tuple[int, int]]) -> str:
    """`source` without these parts, whose line breaks stay, so that every line keeps its number."""
    kept = 0
    parts = []
    for start, end in spans:
        parts += [source[kept:start], "\n" * source.count("\n", start, end)]
        kept = end
    return "".join((*parts, source[kept:]))
