"""Which repository a folder is a clone of, as far as Git's own notes tell; and what an address of one means."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

_ADDRESS = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^@/\s]+@)?(?P<host>[\w.-]+)(?::\d+)?/|(?:[^@/\s]+@)?(?P<short>[\w.-]+\.[\w-]+)[:/])"
    r"(?P<owner>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?(?:[/?#]\S*)?",
    re.ASCII,
)
_ORIGIN = re.compile(r'^[ \t]*\[remote "origin"\](?P<keys>.*?)(?=^[ \t]*\[|\Z)', re.MULTILINE | re.DOTALL)
_URL = re.compile(r"^[ \t]*url[ \t]*=[ \t]*(?P<url>\S+)", re.MULTILINE | re.IGNORECASE)
_HOSTS = frozenset({"github.com", "www.github.com", "ssh.github.com"})


def named(address: str) -> str:
    """The repository as `owner/name` that an address of GitHub leads to; empty when it leads to none."""
    found = _ADDRESS.fullmatch(address.strip())
    if found is None or (found["host"] or found["short"]).lower() not in _HOSTS | {_own_server()}:
        return ""
    return f"{found['owner']}/{found['name']}"


def of(folder: Path) -> str:
    """The repository whose clone a folder is, as `owner/name`; empty when nothing says so."""
    try:
        origin = _ORIGIN.search(_notes(folder / ".git").read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""
    url = _URL.search(origin["keys"]) if origin else None
    return named(url["url"]) if url else ""


def _notes(git: Path) -> Path:
    """Git's configuration of a clone, or of the clone that a worktree belongs to.

    Raises OSError where there is none.
    """
    if git.is_file():
        git = git.parent / git.read_text(encoding="utf-8", errors="replace").partition("gitdir:")[2].strip()
        common = git / "commondir"
        git = git / common.read_text(encoding="utf-8", errors="replace").strip() if common.exists() else git
    return git / "config"


def _own_server() -> str:
    """The host of an Enterprise Server, where the environment names one."""
    host = urlsplit(os.environ.get("GITHUB_SERVER_URL", "")).hostname
    return host or "github.com"
