"""What somebody typed into an issue form, as GitHub writes it into the issue."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping


# The parser in C where there is one: reading forms takes longer than all that is tried with them.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(text: str) -> Any:
    """What a form's YAML says."""
    return yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader


@lru_cache(maxsize=1)
def fields(text: str) -> dict[str, dict[str, Any]]:
    """The fields of a form that can be filled in, by their labels."""
    body = load(text)["body"]
    return {one["attributes"]["label"]: one for one in body if one["type"] != "markdown"}


def submit(text: str, answers: Mapping[str, Any], *, empty_choice: str = "_No response_") -> str:
    """The issue's text: a heading for each field and the answer below, in the web's line endings.

    `empty_choice` stands for a dropdown in which nothing was chosen: GitHub wrote `None` for it, too.
    """
    unknown = set(answers) - set(fields(text))
    assert not unknown, unknown
    parts = [
        f"### {label}\n\n{_answer(field, answers.get(label), empty_choice)}" for label, field in fields(text).items()
    ]
    return "\n\n".join(parts).replace("\r\n", "\n").replace("\n", "\r\n")


def _answer(field: dict[str, Any], answer: Any, empty_choice: str) -> str:
    kind, attributes = field["type"], field["attributes"]
    if kind == "checkboxes":
        ticked = answer or ()
        return "\n".join(
            f"- [{'x' if one['label'] in ticked else ' '}] {one['label']}" for one in attributes["options"]
        )
    if kind == "dropdown":
        chosen = [answer] if isinstance(answer, str) else list(answer or ())
        assert set(chosen) <= set(attributes["options"]), chosen
        assert len(chosen) <= 1 or attributes.get("multiple"), chosen
        return ", ".join(chosen) or empty_choice
    if kind == "textarea" and answer and "render" in attributes:
        return f"```{attributes['render']}\n{answer}\n```"
    return answer or "_No response_"
