"""A file ↔ its front matter, as text that knows its places, and the content below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from ghstatus.grammar import fields, recovery

if TYPE_CHECKING:
    from collections.abc import Collection

_OPENING = re.compile(r"(?:[ \t]*\n)*-{3,}[ \t]*\n")
_CLOSING = re.compile(r"\n-{3,}[ \t]*(?=\n|\Z)")


def read(text: str, *, known: Collection[str]) -> recovery.Matter:
    """Take a file apart, whatever is wrong with it; the `known` keys count in any case of letters."""
    text, line = recovery.unmarked(text)
    try:
        front, content = _HANDLER.split(text)
    except ValueError:
        found = recovery.unfenced(text, known=known)
    else:
        offset = text[: text.index("-")].count("\n") + 1
        try:
            found = _matter(fields.read(front), content, offset + front.count("\n") + 1, offset, known)
        except fields.FieldsError as error:
            found = recovery.broken(front, content, offset=offset, error=error, known=known)
    return recovery.conflicting(found, line) if line else found


def write(metadata: dict[str, object], content: str) -> str:
    """Put a file together that `read` takes apart again."""
    post = frontmatter.Post(content, _HANDLER)
    post.metadata = metadata
    return f"{frontmatter.dumps(post)}\n"


def _matter(
    found: fields.Fields, content: str, first_line: int, offset: int, known: Collection[str]
) -> recovery.Matter:
    if not isinstance(found.value, dict):
        reason = "it has no keys"
        raise fields.FieldsError(reason, fields.Place(1, 1))
    # A phone begins every line with a capital letter.
    typed = {recovery.known_as(key, known): key for key in found.value}

    def place(path: fields.Path) -> fields.Place:
        first = [typed.get(str(step), step) for step in path[:1]]
        line, column = found.place((*first, *path[1:]))
        return fields.Place(line + offset, column)

    values = {key: found.value[name] for key, name in typed.items()}
    repeated = [path for path, _ in found.repeated()]
    repeated += [(key,) for key in found.value if typed[recovery.known_as(key, known)] != key]
    return recovery.Matter(values, place, content, first_line, [(path, _REPEATED) for path in repeated])


_REPEATED = ("it stands twice", "each key once", "its last value counts")


class _Handler(YAMLHandler):
    """Front matter between lines of dashes, whose values stay text."""

    def split(self, text: str) -> tuple[str, str]:
        opening = _OPENING.match(text)
        closing = opening and _CLOSING.search(text, opening.end() - 1)
        if not opening or not closing:
            reason = "no front matter"
            raise ValueError(reason)
        return text[opening.end() : closing.start() + 1], text[closing.end() :]

    def export(self, metadata: dict[str, object], **_: object) -> str:
        text: str = yaml.dump(metadata, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
        return text.removesuffix("\n")


_HANDLER = _Handler()


class _Dumper(yaml.SafeDumper):
    """Text as people type it: quoted only where it would be read as something else."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


# Everything is read back as text, except for what means nothing at all.
_Dumper.yaml_implicit_resolvers = {
    start: [(tag, pattern) for tag, pattern in resolvers if tag.endswith(":null")]
    for start, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_LINE_BREAKS = re.compile("[\r\x85\u2028\u2029\ufeff]")


def _represent_text(dumper: _Dumper, text: str) -> yaml.Node:
    style = '"' if _LINE_BREAKS.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_nothing(dumper: _Dumper, _: None) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(type(None), _represent_nothing)
