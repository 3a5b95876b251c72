"""The piece of a README that leads to the page; everything around it is left as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.model import StoreKind
from ghstatus.starter.home import address
from ghstatus.starter.stamp import digest

if TYPE_CHECKING:
    from ghstatus.model import Site

_BLOCK = re.compile(
    r"<!-- ghstatus init: (?P<digest>[0-9a-f]{16}) [^\n]*-->\n(?P<text>.*?)\n<!-- /ghstatus init -->", re.DOTALL
)


def block(site: Site) -> str:
    """What stands in a README, between its marks; empty where nobody said where the page is.

    Addresses within the repository are relative, so that they hold on any GitHub, and in a fork.
    """
    page = address(site)
    if not page:
        return ""
    text = (
        f"## Status\n\n[![Status](<{page}badges/status.svg>)](<{page}>)\n\n"
        f"**[Is it down?](<{page}>)** The status page says what works, what doesn't, and since when."
    )
    if site.store is StoreKind.GITHUB and site.dialect == "ghstatus":
        text += (
            " It doesn't say what you see? [Report it](../../issues/new?template=report.yml).\n\n"
            "Maintainers: [open an incident](../../issues/new?template=incident.yml), comment on it, close it."
        )
    return (
        f"<!-- ghstatus init: {digest(text)} Move it where you like; `ghstatus upgrade` finds it again. -->\n"
        f"{text}\n<!-- /ghstatus init -->"
    )


def find(readme: str) -> tuple[str, str]:
    """The block that a README has, with its digest; both empty when there is none."""
    found = _BLOCK.search(readme)
    return (found[0], found["digest"]) if found else ("", "")


def is_edited(readme: str) -> bool:
    """Whether somebody edited the block."""
    found = _BLOCK.search(readme)
    return found is not None and digest(found["text"]) != found["digest"]


def put(readme: str, wanted: str) -> str:
    """`readme` with the block in place of the one it has, or at its end."""
    present, _ = find(readme)
    if present:
        return readme.replace(present, wanted)
    return f"{readme.rstrip()}\n\n{wanted}\n".lstrip()
