"""In which order and under which headings `--help` lists the commands, whoever registers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import typer
    from typer.models import CommandInfo, TyperInfo

TOP: Mapping[str, Sequence[str]] = {
    "Look": ("status", "oncall", "metrics", "validate", "schema"),
    "During an incident": ("set", "announce", "postmortem", "incident"),
    "The page and the repository": ("build", "serve", "plan", "apply", "export", "import"),
    "Checks of pull requests": ("guard", "checks"),
    "Installation": ("init", "upgrade", "doctor"),
}
"""The commands of `ghstatus` under each heading. What is a group of commands stands last there."""


def arrange(app: typer.Typer, panels: Mapping[str, Sequence[str]]) -> None:
    """Put each command under its heading, in the order of `panels`; others come last."""
    headings = {name: heading for heading, names in panels.items() for name in names}
    places = {name: place for place, name in enumerate(headings)}
    found: list[CommandInfo | TyperInfo] = [*app.registered_commands, *app.registered_groups]
    for info in found:
        info.rich_help_panel = headings.get(_name(info), info.rich_help_panel)
    app.registered_commands.sort(key=lambda info: places.get(_name(info), len(places)))
    app.registered_groups.sort(key=lambda info: places.get(_name(info), len(places)))


def _name(info: CommandInfo | TyperInfo) -> str:
    return str(info.name or getattr(info.callback, "__name__", ""))
