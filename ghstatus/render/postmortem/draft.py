"""The draft of a post-mortem, with all that is known already."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import quoting
from ghstatus.render.looks import overrides
from ghstatus.render.looks.overrides import Overrides
from ghstatus.render.postmortem.facts import facts
from ghstatus.saying import room

if TYPE_CHECKING:
    from datetime import datetime

    from ghstatus.errors import Problem
    from ghstatus.model import Site, Story
    from ghstatus.render.looks.overrides import Look

TEMPLATE = "postmortem.md.j2"


class Draft(NamedTuple):
    """What a post-mortem begins as."""

    title: str
    text: str
    """Markdown; what a person has to write stands as HTML comments in it."""


class Drafts:
    """The template of post-mortems, compiled; `problems` tells whether the site's own broke."""

    def __init__(self, look: Look, site: Site, *, tracker: str = "") -> None:
        self._site, self._tracker = site, tracker
        self._overrides = Overrides(
            look.shipped, look.own, lambda own: overrides.environment(look.shipped, own, is_html=False)
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with templates of the site's own."""
        return self._overrides.problems

    def draft(self, story: Story, now: datetime) -> Draft:
        """Begin the post-mortem of an incident."""
        values = facts(story, self._site, now, self._tracker)
        text = self._overrides.attempt(
            lambda environment: overrides.rendered(environment.get_template(TEMPLATE), values)
        )
        return Draft(f"Post-mortem: {quoting.line(story.record.title)}", room.fitted(text.strip()))
