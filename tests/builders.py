"""Short ways to say what a test is about; everything else gets a default that doesn't matter to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from ghstatus.grammar import dialects, moment
from ghstatus.grammar.issue import Context
from ghstatus.grammar.names import Names
from ghstatus.model import (
    Affected,
    Check,
    CheckKind,
    CheckState,
    Comment,
    Component,
    ComponentStatus,
    Event,
    EventKind,
    Group,
    Head,
    Incident,
    Issue,
    Kind,
    Label,
    Outage,
    Phase,
    Phrase,
    Policy,
    Pull,
    Rule,
    Scope,
    Severity,
    Signature,
    Site,
    Snapshot,
    Surface,
    Tier,
    Tracker,
    Update,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SEVERITIES = {
    Severity.MINOR: ComponentStatus.DEGRADED_PERFORMANCE,
    Severity.MAJOR: ComponentStatus.PARTIAL_OUTAGE,
    Severity.CRITICAL: ComponentStatus.MAJOR_OUTAGE,
}
WEIGHTS = {
    ComponentStatus.DEGRADED_PERFORMANCE: 0.1,
    ComponentStatus.PARTIAL_OUTAGE: 0.3,
    ComponentStatus.MAJOR_OUTAGE: 1.0,
}


def at(text: str | datetime) -> datetime:
    """A time: `2026-03-02 20:10`, or only `20:10` on the day of `START`."""
    if isinstance(text, datetime):
        return text
    return moment.parse(text if "-" in text else f"{START:%Y-%m-%d} {text}")


def affected(components: Iterable[str | Affected] | Mapping[str, str | None]) -> tuple[Affected, ...]:
    """`["copr"]`, or `{"copr": "major_outage"}`."""
    if hasattr(components, "items"):
        return tuple(
            Affected(component=name, status=None if status is None else ComponentStatus(status))
            for name, status in components.items()
        )
    return tuple(one if isinstance(one, Affected) else Affected(component=one) for one in components)


def incident(ref: str = "builds-pending", **said: Any) -> Incident:
    """A major incident on copr since `START`; times, words and components as short as `at` and `affected` take them."""
    values = {"title": "Builds stay pending", "started": START, "severity": "major", "components": ["copr"]} | said
    if values.get("kind", "incident") != "incident":
        values = {"title": "Copr gets new disks", "started": START, "components": ["copr"]} | said
    return Incident(ref=ref, **_meant(values))


def update(when: str | datetime = "09:00", phase: str | None = None, **said: Any) -> Update:
    """An update at `when`."""
    return Update(at=at(when), **_meant({"text": "We look into it.", "phase": phase} | said))


def component(ident: str = "copr", **said: Any) -> Component:
    """A component whose name is its id."""
    return Component(id=ident, **{"name": ident} | said)


def group(ident: str = "services", **said: Any) -> Group:
    """A group whose name is its id."""
    return Group(id=ident, **{"name": ident} | said)


def policy(**said: Any) -> Policy:
    """The default measure."""
    return Policy(**{"severities": SEVERITIES, "weights": WEIGHTS} | said)


def site(*components: Component, **said: Any) -> Site:
    """A site with one component, copr, unless others are given."""
    return Site(**{"title": "Status", "components": components or (component(),), "policy": policy()} | said)


def snapshot(*incidents: Incident, **said: Any) -> Snapshot:
    """These incidents, observed at `NOW`, on a page with one component: copr."""
    values = {
        "taken": NOW,
        "components": (component(),),
        "policy": policy(),
        "incidents": incidents,
        "digests": {one.ref: f"digest of {one.ref}" for one in incidents},
    } | said
    return Snapshot(**values | {"taken": at(values["taken"])})


VIEWER = "github-actions[bot]"
"""Whom ghstatus acts as."""
_IDS = count(1001)


def label(name: str = "incident", color: str = "", description: str = "") -> Label:
    """A label without a colour."""
    return Label(name, color, description)


def event(kind: str, when: str | datetime = "09:00", by: str = "jane", detail: str = "") -> Event:
    """Something that jane did at `when`: `event("labeled", "09:00", detail="severity/major")`."""
    return Event(EventKind(kind), at(when), by, detail)


def comment(text: str = "We look into it.", when: str | datetime = "09:00", by: str = "jane", **said: Any) -> Comment:
    """A comment that jane made at `when`; each has an id of its own."""
    times = {key: value and at(value) for key, value in said.items() if key == "edited_at"}
    return Comment(**{"id": next(_IDS), "at": at(when), "author": by, "text": text} | said | times)


def issue(*done: Event | Comment, labels: Iterable[str | Label] = ("incident", "severity/major"), **said: Any) -> Issue:
    """Issue 42, that jane opened at `START` with these labels, after all that was `done` to it since.

    What was done tells the labels, whether it is closed, and its times. `unseen` are labels that no event tells of.
    """
    values = {"number": 42, "title": "Builds stay pending", "text": "", "author": "jane", "created_at": START} | said
    values |= {key: at(values[key]) for key in ("created_at", "edited_at") if values.get(key)}
    opened = [Event(EventKind.LABELED, values["created_at"], values["author"], _label(one).name) for one in labels]
    events = sorted([*opened, *(one for one in done if isinstance(one, Event))], key=lambda one: one.at)
    comments = sorted((one for one in done if isinstance(one, Comment)), key=lambda one: one.at)
    present = {one.name: one for one in map(_label, (*labels, *values.pop("unseen", ())))}
    closed: Event | None = None
    for one in events:
        if one.kind is EventKind.LABELED:
            present.setdefault(one.detail, Label(one.detail))
        elif one.kind is EventKind.UNLABELED:
            present.pop(one.detail, None)
        elif one.kind in {EventKind.CLOSED, EventKind.REOPENED}:
            closed = one if one.kind is EventKind.CLOSED else None
    times = [values["created_at"], *(one.at for one in (*events, *comments))]
    found = {
        "node_id": f"I_{values['number']}",
        "updated_at": max(times),
        "closed_at": closed and closed.at,
        "reason": (closed.detail or "completed") if closed else "",
        "labels": tuple(present.values()),
        "comments": tuple(comments),
        "events": tuple(events),
    }
    return Issue(**found | values)


def _label(one: str | Label) -> Label:
    return one if isinstance(one, Label) else Label(one)


def context(*trusted: str, on: Site | None = None, **said: Any) -> Context:
    """Jane and joe may triage, unless others are named, on a page with Copr and Testing Farm, at `NOW`."""
    page = on or site(
        component("copr", name="Copr", group="services"),
        component("testing-farm", name="Testing Farm", group="services"),
        groups=(group("services", name="Services"),),
    )
    values = {
        "names": Names(page.components, page.groups),
        "dialect": dialects.find(page.dialect, page),
        "viewer": VIEWER,
        "trusted": frozenset(trusted or ("jane", "joe")),
        "recurring": page.recurring,
        "now": NOW,
    }
    return Context(**values | said)


def tracker(*issues: Issue, **said: Any) -> Tracker:
    """The tracker packit/status with these issues, as `VIEWER` sees it."""
    values = {"repository": "packit/status", "url": "https://github.com/packit/status", "viewer": VIEWER}
    return Tracker(**values | {"issues": {str(one.number): one for one in issues}} | said)


PACKIT = "packit-as-a-service"


def check(name: str = "rpm-build:fedora-41-x86_64", **said: Any) -> Check:
    """A check run of Packit's that failed from 10:00 to 11:00, with the title that says nothing."""
    values = {
        "app": PACKIT,
        "state": "failed",
        "title": "RPMs failed to be built.",
        "url": "https://dashboard.packit.dev/jobs/copr/1",
        "started": "10:00",
        "ended": None if said.get("state") == "pending" else "11:00",
    } | said
    times = {key: values[key] and at(values[key]) for key in ("started", "ended")}
    kind = CheckKind(values.pop("kind", "check_run"))
    return Check(**values | times | {"name": name, "kind": kind, "state": CheckState(values["state"])})


def rule(component: str = "copr", **said: Any) -> Rule:
    """Packit's builds, which may be renamed, depend on copr; hours may be said as numbers."""
    values = {
        "id": f"packit-{component}",
        "app": PACKIT,
        "name": phrase("^(rpm-build|testing-farm):"),
        "url": phrase(rf"^https://dashboard\.packit\.dev/jobs/{component}/"),
        "is_renamable": True,
    } | said
    hours = {key: timedelta(hours=values[key]) for key in ("grace", "margin", "hangs_after") if key in values}
    return Rule(component=component, **values | hours)


def phrase(text: str) -> Phrase:
    """A pattern where it begins with `^`, else words."""
    return Phrase(text, text.startswith("^"))


def signature(text: str = "Copr broke", tier: str = "infra", **said: Any) -> Signature:
    """A text in a title or a log by which a failure of Copr is recognised; its id is its text."""
    surfaces = frozenset(map(Surface, said.pop("surfaces", ("title", "log"))))
    words = {key: phrase(said.pop(key)) for key in ("requires", "unless") if key in said}
    denies = frozenset(map(Surface, said.pop("denies", ())))
    values = {"id": text, "service": "copr", "surfaces": surfaces, "denies": denies} | words | said
    return Signature(tier=Tier(tier), phrase=phrase(text), **values)


def outage(ref: str = "42", *components: str, **said: Any) -> Outage:
    """An outage of copr, unless others are named, since 09:00; `match`, `checks` … tell its scope."""
    match = tuple(map(phrase, said.pop("match", ())))
    scope = {key: said.pop(key) for key in ("checks", "targets", "all_fail") if key in said}
    values = {"title": "Builds fail", "start": "09:00", "end": None, "issue": f"packit/status#{ref}"} | said
    times = {key: values[key] and at(values[key]) for key in ("start", "end")}
    return Outage(
        **values | times | {"ref": ref, "components": frozenset(components or ("copr",))},
        scope=Scope(match=match, **scope),
    )


def pull(number: int = 7, *closes: str, **said: Any) -> Pull:
    """A pull request that is to close these issues."""
    return Pull(number=number, closes=frozenset(closes), **said)


def head(*checks: Check, **said: Any) -> Head:
    """A commit of packit/ogr with these checks, pushed at 09:55."""
    values = {"repository": "packit/ogr", "sha": "5f2b9c0", "since": at("09:55")} | said
    return Head(**values | {"checks": checks})


_TIMES = {"started", "ended", "scheduled_for", "scheduled_until"}
_WORDS = {"kind": Kind, "severity": Severity, "phase": Phase}


def _meant(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value if value is None else _one(key, value) for key, value in said.items()}


def _one(key: str, value: Any) -> Any:
    if key in _TIMES:
        return at(value)
    if key in _WORDS:
        return _WORDS[key](value)
    return affected(value) if key == "components" else value
