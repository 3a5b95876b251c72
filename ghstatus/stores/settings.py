"""The configuration file of a site folder."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from ghstatus import config
from ghstatus.errors import UsageError

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


def read(folder: Path) -> Settings:
    """Read a site folder's configuration.

    Raises UsageError when there is none, ConfigError when it can't be used.
    """
    path = folder / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{folder} is no site folder: it holds no {NAME}") from None
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from None
    text = data.decode("utf-8", errors="replace")
    return Settings(folder, config.parse(text, where=str(path)), hashlib.blake2b(data, digest_size=16).hexdigest())


def write(folder: Path, site: Site) -> None:
    """Write a configuration where there is none yet.

    Raises FileExistsError when there is one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NAME).open("x", encoding="utf-8", newline="\n") as file:
        file.write(config.write(site))
