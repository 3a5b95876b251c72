"""The hidden block of an issue or a comment: YAML in an HTML comment ↔ fields that know their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from ghstatus.grammar import matter
from ghstatus.grammar.fields import Place
from ghstatus.grammar.recovery import Matter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ghstatus.grammar.fields import Path

UPDATE = " update"
"""What marks the block of a comment that is an update."""

_OPENING = re.compile(
    r"^(?P<indent>[ ]{0,3})(?P<escape>\\*)<!--[ \t]{0,9}ghstatus(?P<mark>[ \t]{1,9}update)?:?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSING = re.compile(r"--!?>")
_RULE = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)
_TWICE = ("a second hidden block", "one block", "ignored")
_UNCLOSED = (
    "no `-->` closes the hidden block",
    "`-->` in a line of its own below the keys",
    "read up to an empty line",
)


def read(text: str, *, known: Collection[str], mark: str = "") -> Matter:
    """Take a text with LF line endings apart; what isn't the block keeps its lines' numbers.

    A text without a block has no values.
    """
    found = [one for one in _OPENING.finditer(text) if not one["escape"] and bool(one["mark"]) == bool(mark)]
    spans = list(_spans(text, found))
    content = _unescaped(_blanked(text, spans))
    if not spans:
        return Matter({}, lambda _: Place(1, 1), content, 1, ())
    first = spans[0]
    front = _RULE.sub("", text[first.front : first.end])
    # Between fences, each line has the number that it has in the block: the opening stands for the first fence.
    fields = matter.read(f"---\n{front}\n---\n", known=known)
    above = text.count("\n", 0, first.start)

    def place(path: Path) -> Place:
        at = fields.place(path)
        return Place(at.line + above, at.column)

    faults = [
        (path, (seen.replace("front matter", "hidden block"), accepted, outcome))
        for path, (seen, accepted, outcome) in fields.faults
    ]
    faults += [((), _UNCLOSED)] if not first.is_closed else []
    faults += [((), _TWICE)] if spans[1:] else []
    return Matter(fields.values, place, content, 1, faults)


class _Span(NamedTuple):
    start: int
    front: int
    end: int
    """Of the YAML."""
    below: int
    """Where the text goes on."""
    is_closed: bool


def _spans(text: str, found: list[re.Match[str]]) -> Iterator[_Span]:
    below = 0
    for opening in found:
        if opening.start() < below:
            continue
        front = min(opening.end() + 1, len(text))
        closing = _CLOSING.search(text, opening.end())
        blank = text.find("\n\n", opening.end())
        end = closing.start() if closing else blank if blank >= 0 else len(text)
        below = closing.end() if closing else end
        yield _Span(opening.start(), front, max(front, end), below, closing is not None)


def _blanked(text: str, spans: list[_Span]) -> str:
    parts, kept = [], 0
    for span in spans:
        parts += [text[kept : span.start], "\n" * text.count("\n", span.start, span.below)]
        kept = span.below
    return "".join([*parts, text[kept:]])


def _unescaped(text: str) -> str:
    if "\\<!--" not in text:
        return text
    return _OPENING.sub(lambda one: one[0].replace("\\", "", 1), text)


def write(metadata: dict[str, object], content: str, mark: str = "") -> str:
    """Write a text with the block at its end, so that `read` takes it apart again."""
    escaped = _OPENING.sub(_escaped, content) if "<!--" in content else content
    if not metadata:
        return escaped
    handler = _Handler(mark)
    post = frontmatter.Post(escaped, handler)
    post.metadata = metadata
    return str(frontmatter.dumps(post))


def _escaped(opening: re.Match[str]) -> str:
    indent = opening["indent"]
    return f"{indent}\\{opening[0][len(indent) :]}"


class _Handler(YAMLHandler):
    """Front matter that stands in an HTML comment below the content."""

    def __init__(self, mark: str) -> None:
        super().__init__(start_delimiter=f"<!-- ghstatus{mark}", end_delimiter="-->")

    def export(self, metadata: dict[str, object], **_: object) -> str:
        text: str = yaml.dump(metadata, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
        # Such signs stand in double quotes only, where YAML knows them by their number, too.
        return _CLOSING.sub(lambda end: end[0].replace(">", "\\x3E"), text.removesuffix("\n"))

    def format(self, post: frontmatter.Post, **_: object) -> str:
        block = f"{self.START_DELIMITER}\n{self.export(post.metadata)}\n{self.END_DELIMITER}"
        return f"{post.content}\n\n{block}" if post.content else block


class _Dumper(yaml.SafeDumper):
    """Text that can't end the comment: where it might, it stands in double quotes."""


_DELICATE = re.compile("--!?>|[\r\x85\u2028\u2029\ufeff]")


def _represent_text(dumper: _Dumper, text: str) -> yaml.Node:
    style = '"' if _DELICATE.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_nothing(dumper: _Dumper, _: None) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(type(None), _represent_nothing)
