"""Problems as annotations: the lines by which GitHub Actions puts a message on a run's page, and beside the file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghstatus.errors import Problem

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
"""What the runner turns back; anything else in a message stands for itself."""


def notice(level: str, text: str, **where: str) -> str:
    """One line that annotates the run: `::warning file=a.yml,line=3::text`."""
    said = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in where.items() if value)
    return f"::{level} {said}::{text.translate(_DATA)}" if said else f"::{level}::{text.translate(_DATA)}"


def place(problem: Problem, home: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Where a problem belongs: a line of a file in the checkout, or an issue in the title."""
    file = home / problem.where
    if problem.where.startswith("#") or not file.is_file():
        return {"title": problem.where}
    root = environment.get("GITHUB_WORKSPACE") or Path.cwd()
    found = {"file": Path(os.path.relpath(file.resolve(), Path(root).resolve())).as_posix()}
    if problem.line is not None:
        found["line"] = str(problem.line)
    if problem.column is not None:
        found["col"] = str(problem.column)
    return found
