"""How a team answers an incident: who does what, and what is still to do. It is the team's own: no page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


class Role(StrEnum):
    """What somebody takes upon them; who leads does the others' work until it is given to somebody."""

    LEAD = "lead"
    """Manages the incident: declares it, hands out the work, calls its end."""
    COMMS = "comms"
    """Keeps users informed."""
    OPS = "ops"
    """Restores the service."""


class Assignment(NamedTuple):
    """Somebody takes a role, or gives it up."""

    at: datetime
    role: Role
    person: str
    """A login; empty where the role was given up."""
    by: str
    """Who said so; empty where nobody knows."""


class Task(NamedTuple):
    """Something to do during an incident."""

    number: int
    """From 1, in the order in which they were written down."""
    text: str
    """One line, without whom it is for."""
    at: datetime
    by: str
    owner: str = ""
    """A login; empty for nobody yet."""
    done_at: datetime | None = None


class Detector(StrEnum):
    """Who noticed an incident first."""

    MONITORING = "monitoring"
    TEAM = "team"
    USERS = "users"


class Order(NamedTuple):
    """A command that was understood, of those that ask for an answer, or that somebody has to be told was taken."""

    at: datetime
    by: str
    comment: int
    """The id of the comment in which it stands."""
    verb: str
    text: str
    """What stood behind it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """How a team answers one incident."""

    declared: datetime | None = None
    """When somebody wrote it down; None where nothing tells."""
    detected: datetime | None = None
    """When somebody or something noticed; None where nobody said."""
    detector: Detector | None = None
    roles: tuple[Assignment, ...] = ()
    """In the order of their times; of each role the last one counts."""
    call: str = ""
    """The address of the call in which the team meets."""
    called: datetime | None = None
    """When somebody first said where; None where nobody knows."""
    tasks: tuple[Task, ...] = ()
    snoozed_until: datetime | None = None
    """Until when nobody wants to be reminded."""
    orders: tuple[Order, ...] = ()
    """In the order of their times."""
    mistaken: tuple[int, ...] = ()
    """The ids of the comments with a command that could not be carried out as it stands, in the order of their times."""

    def holder(self, role: Role) -> str:
        """Who has a role by now; empty for nobody."""
        return next((one.person for one in reversed(self.roles) if one.role is role), "")
