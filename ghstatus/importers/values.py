"""YAML, TOML or JSON as text: whatever the format, a value is text, a list or a mapping with lower-case keys."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

from ghstatus.grammar import fields

if TYPE_CHECKING:
    from ghstatus.grammar.fields import Value


def read(text: str, kind: str) -> Value:
    """Read `yaml`, `toml` or `json`.

    Raises ValueError with a reason to show.
    """
    try:
        if kind == "toml":
            return _plain(tomllib.loads(text))
        return _plain(json.loads(text) if kind == "json" else fields.read(text).value)
    except RecursionError:
        reason = "nested too deep"
        raise ValueError(reason) from None


def mapping(value: Value | None) -> dict[str, Value]:
    """The value itself if it is a mapping, otherwise an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: Value | None) -> tuple[dict[str, Value], ...]:
    """The mappings of a list."""
    return tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def text(value: Value | None) -> str:
    """The value itself if it is text, otherwise nothing."""
    return value.strip() if isinstance(value, str) else ""


def line(value: Value | None) -> str:
    """A text as one line that can be seen: for titles, names and descriptions."""
    return " ".join("".join(char if char.isprintable() else " " for char in text(value)).split())


def texts(value: Value | None) -> tuple[str, ...]:
    """The texts of a list, or the one text that stands in its place; empty ones left out."""
    items = value if isinstance(value, list) else [value]
    return tuple(found for item in items if (found := text(item)))


def truth(value: Value | None) -> bool | None:
    """Yes or no as any of the formats spell it; None when it is neither."""
    said = text(value).lower()
    if said in {"true", "yes", "on", "1"}:
        return True
    return False if said in {"false", "no", "off", "0"} else None


def _plain(value: object) -> Value:
    if isinstance(value, dict):
        return {str(key).lower(): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
