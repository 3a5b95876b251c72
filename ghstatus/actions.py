"""The changes that ghstatus can make to a store, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ghstatus.model import Incident, Label, Report, Update, Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenIncident:
    """Write down an incident that the store doesn't have."""

    incident: Incident


@dataclass(frozen=True, kw_only=True, slots=True)
class EditIncident:
    """Replace what is written about an incident."""

    incident: Incident


@dataclass(frozen=True, kw_only=True, slots=True)
class PostUpdate:
    """Add an update to an incident."""

    ref: str
    update: Update


@dataclass(frozen=True, kw_only=True, slots=True)
class _Decided:
    """A change that somebody may ask the reason of."""

    why: str = field(default="", compare=False)
    """Why it is made, in words for whoever reads the plan."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateLabel(_Decided):
    """Create a label that the repository doesn't have."""

    label: Label


@dataclass(frozen=True, kw_only=True, slots=True)
class Relabel(_Decided):
    """Make an incident's labels say what is so."""

    ref: str
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseIncident(_Decided):
    """Close the issue of something that is over."""

    ref: str
    reason: str = "completed"
    """Or `not_planned`, for what was cancelled or a false alarm; or `duplicate`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReopenIncident(_Decided):
    """Open the issue of something again that goes on."""

    ref: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Assign(_Decided):
    """Assign an incident's issue to people, by their logins."""

    ref: str
    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPostmortem(_Decided):
    """Open the issue in which a post-mortem is written, unless there is one."""

    incident: str
    """The ref of the incident that it is about."""
    title: str
    text: str
    """Markdown, without the marker by which a store finds it again."""


class Topic(StrEnum):
    """What a comment by ghstatus is about; of most there is one on an issue at most."""

    WELCOME = "welcome"
    """Where users see an incident, and how the team does."""
    PROBLEMS = "problems"
    SIGNATURE = "signature"
    """What became of a known failure's signature: taken or refused, with the reason."""
    HITS = "hits"
    """How often a known failure was met."""
    HELP = "help"
    """What may be said; one for each comment that asks."""
    ANNOUNCEMENT = "announcement"
    """A text to post somewhere; one for each comment that asks, and each channel."""
    REMINDER = "reminder"
    """What the team may have forgotten; one for each reason, and each moment from which it counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteNote(_Decided):
    """Write a comment of ghstatus's own, or write it anew."""

    ref: str
    topic: Topic
    text: str
    """Markdown, without the marker by which a store finds it again."""
    comment: int | None = None
    """The id of the comment to write anew; None for a new one."""
    key: str = ""
    """Which of several, where an issue may have several of its topic: letters, digits, - and _."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveNote(_Decided):
    """Remove a comment of ghstatus's own."""

    ref: str
    topic: Topic
    comment: int
    key: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class React(_Decided):
    """React to somebody's comment, or take that back."""

    ref: str
    comment: int
    """The comment's id."""
    content: str
    """As GitHub's REST interface calls it: `+1`, `confused`."""
    is_on: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class PostComment(_Decided):
    """Comment on an incident's issue in a person's name, as if they had typed it there."""

    ref: str
    text: str
    """Markdown, or commands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PinIncident(_Decided):
    """Pin an incident's issue."""

    ref: str


@dataclass(frozen=True, kw_only=True, slots=True)
class UnpinIncident(_Decided):
    """Unpin an issue that ghstatus pinned."""

    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteMirror(_Decided):
    """Open the issue that shows the board in a repository, or write it anew."""

    repository: str
    """`owner/name`; empty for the incidents' own."""
    title: str
    text: str
    """Markdown, without the marker by which a store finds it again."""
    is_open: bool = True
    number: int | None = None
    """The issue to write anew; None for a new one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PinMirror(_Decided):
    """Pin the issue that shows the board in a repository, be it opened just before."""

    repository: str
    number: int | None = None
    """None for the one that was opened just before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UnpinMirror(_Decided):
    """Unpin the issue that shows the board in a repository."""

    repository: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PostReport(_Decided):
    """Say on a commit what is known about its failed checks, as a check run of ghstatus's own."""

    report: Report
    name: str
    """Of the check run."""
    conclusion: str
    """`neutral`, `success` or `failure`; empty while a gate waits."""
    external_id: str
    """A digest of all that the text tells but the time, by which a later run sees that nothing changed."""
    run: int | None = None
    """The check run to write anew, where GitHub allows that; None for a new one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteComment(_Decided):
    """Say the same in a comment on a pull request, or write that comment anew."""

    report: Report
    number: int
    digest: str
    comment: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NeutraliseRun(_Decided):
    """Make a failed check run of the App's own neutral, because its failure is explained."""

    repository: str
    run: int
    verdict: Verdict


CheckAction: TypeAlias = PostReport | WriteComment | NeutraliseRun
"""What is done about the checks of pull requests."""
IncidentAction: TypeAlias = OpenIncident | EditIncident | PostUpdate
"""What every store can do."""
FolderAction: TypeAlias = IncidentAction | OpenPostmortem
TrackerAction: TypeAlias = (
    CreateLabel
    | Relabel
    | CloseIncident
    | ReopenIncident
    | Assign
    | OpenPostmortem
    | React
    | WriteNote
    | RemoveNote
    | PostComment
    | PinIncident
    | UnpinIncident
    | WriteMirror
    | PinMirror
    | UnpinMirror
)
"""What only an issue tracker can do."""
Action: TypeAlias = IncidentAction | TrackerAction
Plan: TypeAlias = tuple[Action, ...]
