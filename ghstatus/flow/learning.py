"""How post-mortems begin, in the words of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.flow import looks
from ghstatus.render.postmortem.draft import Draft, Drafts

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from ghstatus.errors import Problem
    from ghstatus.model import Site, Story


class Learning:
    """Drafts by the template that is shipped, or the one in a site folder."""

    def __init__(self, folder: Path, site: Site, now: datetime, tracker: str = "") -> None:
        looked = looks.read(folder)
        self._found = looked.problems
        self._drafts = Drafts(looked.look, site, tracker=tracker)
        self._now = now

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the site's own template."""
        return (*self._found, *self._drafts.problems)

    def draft(self, story: Story) -> Draft:
        """Begin the post-mortem of an incident."""
        return self._drafts.draft(story, self._now)


def drafted(folder: Path, site: Site, now: datetime, tracker: str, story: Story) -> Draft:
    """How the post-mortem of an incident begins."""
    return Learning(folder, site, now, tracker).draft(story)
