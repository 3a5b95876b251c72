"""What the voice knows beside a report: names, addresses, and the time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar.quoting import clipped, line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ghstatus.model import Site

_LONGEST = 60
DOCS = "https://ghstatus.github.io/ghstatus/neutral-checks/"
"""Why there is such a check, for authors of pull requests."""


class Setting(NamedTuple):
    """Where and when a report is told; whatever isn't known isn't told."""

    names: Mapping[str, str] = {}
    """The components' names by their ids."""
    page: str = ""
    """The address of the status page."""
    tracker: str = ""
    """The address of the repository in which incidents are issues."""
    now: datetime | None = None
    docs: str = DOCS

    @classmethod
    def of(
        cls, site: Site, *, now: datetime | None = None, repository: str = "", server: str = "https://github.com"
    ) -> Setting:
        """What a site's configuration tells; `repository` is where the incidents are, if it doesn't say."""
        place = site.repository or repository
        return cls(
            names={component.id: component.name for component in site.components},
            page=site.base_url,
            tracker=f"{server}/{place}" if place else "",
            now=now,
        )

    def name(self, component: str) -> str:
        """What a component is called, on one line and not too long."""
        return clipped(line(self.names.get(component, component)), _LONGEST)

    def issue(self, number: str) -> str:
        """Where an issue is among the incidents'; empty where nobody knows."""
        return f"{self.tracker}/issues/{number}" if self.tracker else ""


PLAIN = Setting()
"""Nothing is known."""
