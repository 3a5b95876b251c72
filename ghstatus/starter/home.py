"""Where ghstatus itself lives, which an adopting repository refers to; and where its own page will."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ghstatus.model import Site

HOME = "ghstatus/ghstatus"
"""On GitHub, as `owner/name`; its tags are `vX.Y.Z`."""
REUSABLE = f"{HOME}/.github/workflows/status.yml"
"""The workflow that adopting repositories call."""
REUSABLE_CHECKS = f"{HOME}/.github/workflows/checks.yml"
"""The one that they call about the checks of pull requests."""
PINNED = rf"{re.escape(HOME)}/\.github/workflows/\w+\.yml"
"""As a pattern: any of these, before the `@` of a pin."""
CONFIGURATION = f"https://github.com/{HOME}/blob/main/docs/configuration.md"
"""Where every key of `ghstatus.yml` is explained."""
CHECKS_ELSEWHERE = f"https://github.com/{HOME}/blob/main/docs/workflows.md#checks-of-pull-requests"
"""How the checks of other repositories are looked at."""


def address(site: Site) -> str:
    """Where the page is: what the configuration says, or where Pages puts it, which leads on to a domain of its own.

    Empty when neither is known.
    """
    if site.base_url or not site.repository:
        return site.base_url
    owner, name = site.repository.split("/")
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
