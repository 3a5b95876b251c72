"""What is said about an incident elsewhere: in posts, mails, chats, and to the team."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ghstatus.grammar import sentences
from ghstatus.render.looks import overrides
from ghstatus.render.looks.overrides import Overrides
from ghstatus.render.messages import channels, facts, rehearsal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2

    from ghstatus.errors import Problem
    from ghstatus.model import Story
    from ghstatus.render.looks.overrides import Look
    from ghstatus.render.messages.facts import Place

_SUBJECT = "Subject:"
_GAPS = re.compile(r"\n{3,}")


class Message(NamedTuple):
    """What to send."""

    subject: str
    """On one line; empty where the channel has none."""
    text: str

    @property
    def whole(self) -> str:
        """As programs that send mail take it: the subject above the text."""
        return f"{_SUBJECT} {self.subject}\n\n{self.text}" if self.subject else self.text


class Messages:
    """The templates of messages, compiled; `problems` tells which of the site's own broke."""

    def __init__(self, look: Look, place: Place) -> None:
        self._place = place
        self._shipped, self._own = look.shipped, look.own
        self._overrides = Overrides(look.shipped, look.own, lambda own: _environment(look.shipped, own))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with templates of the site's own."""
        return self._overrides.problems

    @property
    def channels(self) -> Mapping[str, bool]:
        """Every channel, in the order of their names, and whether the site's own templates have a part in it."""
        shipped, own = (
            {found[0] for name in texts if (found := channels.named(name))} for texts in (self._shipped, self._own)
        )
        return {name: name in own for name in sorted(shipped | own)}

    def message(self, story: Story, channel: str) -> Message:
        """What to say of a story in one of the channels."""
        harmless = channels.harmless(channel)
        known = facts.public(story, self._place, harmless)
        if channels.kind(channel) == channels.TEAM:
            known |= facts.team(story, self._place, harmless)
        text = self._overrides.attempt(lambda environment: _render(environment, channel, known))
        subject, text = _parts(text)
        if channels.kind(channel) == channels.POST:
            text = channels.fitted(text, known["link"])
        return Message(subject, text)

    def rehearse(self) -> None:
        """Try the site's own templates on everything that may happen, so that `problems` tells whatever breaks."""
        own = [name for name, is_own in self.channels.items() if is_own]
        for story in rehearsal.stories(self._place.site, self._place.now):
            for name in own:
                self.message(story, name)


def _environment(shipped: Mapping[str, str], own: Mapping[str, str]) -> jinja2.Environment:
    environment = overrides.environment(shipped, own, is_html=False)
    environment.filters.update(
        cut=channels.cut,
        sentence=channels.sentence,
        several=lambda names: sentences.several(names, most=len(names)),
    )
    for name in own:
        if channels.named(name):
            environment.get_template(name)  # so that a mistake is told before the day on which it matters
    return environment


def _render(environment: jinja2.Environment, channel: str, known: Mapping[str, Any]) -> str:
    """By the template that is most about this channel and state; one that only the site has may have broken."""
    kind, state = channels.kind(channel), known["state"]
    names = (f"{channel}.{state}", channel, f"{kind}.{state}", kind)
    return overrides.rendered(environment.select_template([f"messages/{name}.j2" for name in names]), known)


def _parts(text: str) -> tuple[str, str]:
    """A template says the subject on a first line of its own."""
    text = _GAPS.sub("\n\n", "\n".join(line.rstrip() for line in text.strip().splitlines()))
    if not text.startswith(_SUBJECT):
        return "", text
    subject, _, rest = text.partition("\n")
    return subject.removeprefix(_SUBJECT).strip(), rest.strip()
