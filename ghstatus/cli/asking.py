"""Questions to whoever sits at the terminal; they and their answers stand beside the command's own answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

import typer

from ghstatus.cli import terminal
from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")


def is_there_anybody() -> bool:
    """Whether somebody sits at a terminal and could answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirm(question: str) -> bool:
    """Ask for a yes."""
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        raise typer.Exit(130) from None


def asked(question: str, meant: Callable[[str], Answer], *, default: str | None = None) -> Answer:
    """Ask until an answer means something."""
    while True:
        try:
            return meant(typer.prompt(question, default=default, show_default=bool(default), err=True))
        except UsageError as error:
            terminal.remark(str(error))
        except typer.Abort:
            raise typer.Exit(130) from None
