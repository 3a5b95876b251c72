"""The configuration file of a site folder."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import ConfigError, Problem, UsageError
from ghstatus.grammar import config

if TYPE_CHECKING:
    from pathlib import Path

    from ghstatus.model import Site

NAME = "ghstatus.yml"
LIKELY = (".", "site")
"""Where a site folder is looked for when nobody names one."""


class Settings(NamedTuple):
    """A site folder with its configuration."""

    folder: Path
    site: Site
    digest: str
    """Of the file's bytes."""


def find(here: Path) -> Path:
    """The site folder at or below `here`.

    Raises UsageError when there is none.
    """
    for name in LIKELY:
        if (here / name / NAME).is_file():
            return here / name
    looked = " and ".join(str(here / name / NAME) for name in LIKELY)
    raise UsageError(f"no site here: looked for {looked}; name the folder that holds {NAME}")


def read(folder: Path, *, is_strict: bool = True) -> Settings:
    """Read a site folder's configuration; unless `is_strict`, without what only the team needs and nobody can read.

    Raises UsageError when there is none, ConfigError when it can't be used.
    """
    path = folder / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{folder} is no site folder: it holds no {NAME}") from None
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from None
    taken = config.parse if is_strict else config.salvage
    site = taken(_decoded(data, str(path)), where=str(path))
    return Settings(folder, site, hashlib.blake2b(data, digest_size=16).hexdigest())


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        seen = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise ConfigError((Problem(where=where, line=line, seen=seen, accepted="text in UTF-8"),)) from None


def write(folder: Path, site: Site) -> None:
    """Write a configuration where there is none yet.

    Raises FileExistsError when there is one.
    """
    text = config.write(site)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NAME).open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
