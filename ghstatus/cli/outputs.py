"""What a step of a workflow tells the next ones."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


def write(environment: Mapping[str, str], values: Mapping[str, str]) -> None:
    """Add to the outputs of this step, if there is one.

    Each value stands between lines that nobody can guess, so none can end early and set another output. Raises
    UsageError when they can't be written.
    """
    path = environment.get("GITHUB_OUTPUT")
    if not path:
        return
    fence = f"ghstatus-{secrets.token_hex(16)}"
    text = "".join(f"{name}<<{fence}\n{value}\n{fence}\n" for name, value in values.items())
    try:
        with Path(path).open("a", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"GITHUB_OUTPUT: {path} can't be written: {error.strerror}") from None
