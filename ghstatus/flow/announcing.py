"""What is said about incidents elsewhere, in the words of the site."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ghstatus import blameless
from ghstatus.errors import UsageError
from ghstatus.flow import looks
from ghstatus.grammar import words
from ghstatus.render.messages import channels
from ghstatus.render.messages.facts import Place
from ghstatus.render.messages.messages import Messages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from ghstatus.errors import Problem
    from ghstatus.model import Site, Story
    from ghstatus.render.messages.messages import Message


class Announcing:
    """Messages by the templates that are shipped, and those in a site folder."""

    def __init__(self, folder: Path, site: Site, now: datetime, tracker: str = "") -> None:
        looked = looks.read(folder)
        self._found = looked.problems
        self._messages = Messages(looked.look, Place(site, now, tracker))
        self._public = partial(blameless.story, site=site, tracker=tracker)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the site's own templates, as far as they were asked for."""
        return (*self._found, *self._messages.problems)

    @property
    def channels(self) -> Mapping[str, bool]:
        """Every channel, and whether the site's own templates have a part in it."""
        return self._messages.channels

    def rehearsed(self) -> tuple[Problem, ...]:
        """What is wrong with the site's own templates, whichever of them would be asked for."""
        self._messages.rehearse()
        return self.problems

    def message(self, story: Story, channel: str) -> Message:
        """What to say of a story in a channel: to the team as it is, to everybody else without people's names.

        Raises UsageError where there is no such channel.
        """
        name = self.named(channel)
        is_team = channels.kind(name) == channels.TEAM
        return self._messages.message(story if is_team else self._public(story), name)

    def text(self, story: Story, channel: str) -> str:
        """The same as one text, with the subject above it."""
        return self.message(story, channel).whole

    def named(self, channel: str) -> str:
        """The channel that is meant.

        Raises UsageError where there is none.
        """
        there = self.channels
        name = channel.strip().lower()
        if name not in there:
            raise UsageError(f"there is no channel {words.shown(channel)}; accepted: {words.choice(name, there)}")
        return name


def announced(folder: Path, site: Site, now: datetime, tracker: str, story: Story, channel: str) -> str:
    """What to post of a story in a channel.

    Raises UsageError where there is no such channel.
    """
    return Announcing(folder, site, now, tracker).text(story, channel)
