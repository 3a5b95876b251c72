"""Pages that read alike on GitHub and on the site: an extension of Python-Markdown.

On GitHub a fence may name its file, and CONTRIBUTING.md stands outside of docs/. Here the name becomes the block's
title, and what stands outside is put in where a page asks for it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

if TYPE_CHECKING:
    from markdown import Markdown

ROOT = Path(__file__).parent.parent
_FENCE = re.compile(r"^```(\w+) ([\w./-]+)$")
_WHOLE = re.compile(r"^<!-- all of (\S+) -->$")
_LINK = re.compile(r"\[([^\]]+)\]\((?!\w+:)([^)]+)\)")
_PAGES = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}


class _Lines(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        found: list[str] = []
        for line in lines:
            whole = _WHOLE.match(line)
            found += _outside(whole[1]) if whole else [_FENCE.sub(r'``` {.\1 title="\2"}', line)]
        return found


def _outside(name: str) -> list[str]:
    """The lines of a file at the top of the repository, whose links lead where they lead there."""
    return _LINK.sub(_link, (ROOT / name).read_text(encoding="utf-8")).splitlines()


def _link(found: re.Match[str]) -> str:
    """What isn't on the site keeps only its words."""
    words, target = found.groups()
    page = _PAGES.get(target) or (target.removeprefix("docs/") if target.startswith("docs/") else "")
    return f"[{words}]({page})" if page else words


class AsGitHub(Extension):
    """The extension."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Run before anything looks at fences."""
        md.preprocessors.register(_Lines(md), "asgithub", 100)


def makeExtension(**_: object) -> AsGitHub:  # noqa: N802 - same
    """How Python-Markdown finds it."""
    return AsGitHub()
