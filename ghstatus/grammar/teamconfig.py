"""What a configuration says about the team ↔ its rota, reminders, recurring maintenances and reviews."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ghstatus.grammar import duration, moment, naming
from ghstatus.grammar.teamkeys import MaintenanceKeys, PostmortemKeys, RotaKeys
from ghstatus.grammar.teamvalues import pause, turn
from ghstatus.model import Recurring, Reminders, Reviews, Rota, Severity, Swap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ghstatus.grammar.fields import Path, Value
    from ghstatus.grammar.names import Names
    from ghstatus.grammar.teamkeys import RemindersKeys


LEFT_OUT = "left out until it is mended; everything else counts"
_SPARED = frozenset({"rota", "reminders", "maintenance"})


def is_spared(path: Path) -> bool:
    """Whether what stands at `path` is for the team alone, so that no mistake in it may keep users from their page.

    Who approves post-mortems isn't: without that, what nobody approved would be published.
    """
    return path[:1] != () and path[0] in _SPARED


def without(value: Value, paths: Iterable[Path]) -> tuple[Value, frozenset[str]]:
    """A configuration without the parts that paths lead to, and the logins in them.

    Of maintenances only the one goes that is wrong: the others are announced already.
    """
    rest, unread = dict(value) if isinstance(value, dict) else {}, set[str]()
    planned = rest.get("maintenance")
    wrong = {path[1] for path in paths if path[0] == "maintenance" and len(path) > 1}
    for key in {path[0] for path in paths if isinstance(path[0], str)}:
        found = rest.pop(key, "")
        unread |= set(_logins(found)) if key == "rota" else set()
    if wrong and isinstance(planned, list):
        rest["maintenance"] = [one for number, one in enumerate(planned) if number not in wrong]
    return rest, frozenset(unread)


def _logins(value: Value, *, is_person: bool = False) -> Iterator[str]:
    """Whatever may be somebody: what stands in lists, or behind `person`."""
    if isinstance(value, str):
        name = value.strip().removeprefix("@")
        yield from [name] if is_person and re.fullmatch(naming.LOGIN, name) else []
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _logins(each, is_person=key == "person")
    else:
        for each in value:
            yield from _logins(each, is_person=True)


def rota(keys: RotaKeys | None, site_zone: str) -> Rota | None:
    """Who is on duty when."""
    if keys is None:
        return None
    name = keys.timezone or site_zone
    zone = ZoneInfo(name)
    return Rota(
        people=keys.people,
        start=moment.parse(keys.start, zone),
        days=keys.every,
        timezone=name,
        swaps=tuple(
            Swap(moment.parse(swap.start, zone), moment.parse(swap.until, zone), swap.person) for swap in keys.swaps
        ),
    )


def written_rota(rota: Rota | None, site_zone: str) -> dict[str, Any]:
    """A rota as `rota` reads it."""
    if rota is None:
        return {}
    zone = ZoneInfo(rota.timezone)
    swaps = [
        {"from": _wall(one.start, zone), "until": _wall(one.end, zone), "person": one.person} for one in rota.swaps
    ]
    return (
        {"people": rota.people, "start": _wall(rota.start, zone)}
        | ({"every": turn(rota.days)} if rota.days != RotaKeys.model_fields["every"].default else {})
        | ({"timezone": rota.timezone} if rota.timezone != site_zone else {})
        | ({"swaps": swaps} if swaps else {})
    )


def _wall(at: datetime, zone: ZoneInfo) -> str:
    """A time as the zone's clocks show it, or in UTC where they don't tell it from another."""
    shown = moment.write(at.astimezone(zone).replace(tzinfo=UTC)).removesuffix(" UTC")
    return shown if moment.parse(shown, zone) == at else moment.write(at)


def reminders(keys: RemindersKeys) -> Reminders:
    """When the team is reminded."""
    return Reminders(
        update_every={severity: getattr(keys.update, severity) for severity in Severity},
        lead_within=keys.lead,
        stale_after=keys.stale,
        major_after=keys.major,
    )


def written_reminders(reminders: Reminders) -> dict[str, Any]:
    """What of it is unusual, as `reminders` reads it."""
    usual, every = Reminders(), reminders.update_every
    update = {str(one): pause(every[one]) for one in every if every[one] != usual.update_every[one]}
    keys = {"lead": "lead_within", "stale": "stale_after", "major": "major_after"}
    others = {key: getattr(reminders, name) for key, name in keys.items()}
    said = {key: pause(span) for key, span in others.items() if span != getattr(usual, keys[key])}
    return ({"update": update} if update else {}) | said


def recurring(maintenance: Iterable[MaintenanceKeys], names: Names, site_zone: str) -> tuple[Recurring, ...]:
    """The maintenances that come again and again; what each hits has to be among `names`."""
    return tuple(_recurring(keys, names, keys.timezone or site_zone) for keys in maintenance)


def _recurring(keys: MaintenanceKeys, names: Names, zone: str) -> Recurring:
    found = (one for name in keys.components for one in names.resolve(name))
    return Recurring(
        id=keys.id,
        title=keys.title,
        rule=keys.repeat,
        start=moment.parse(keys.start, ZoneInfo(zone)),
        duration=keys.duration,
        timezone=zone,
        components=tuple(dict.fromkeys(found)),
        text=keys.text,
        announce=keys.announce,
    )


def written_recurring(recurring: Iterable[Recurring], site_zone: str) -> list[dict[str, Any]]:
    """Maintenances as `recurring` reads them."""
    return [dict(_written(one, site_zone)) for one in recurring]


def _written(one: Recurring, site_zone: str) -> Iterator[tuple[str, object]]:
    yield from (("id", one.id), ("title", one.title), ("repeat", one.rule))
    yield from (("start", _wall(one.start, ZoneInfo(one.timezone))), ("duration", duration.write(one.duration)))
    if one.timezone != site_zone:
        yield "timezone", one.timezone
    if one.components:
        yield "components", one.components
    if one.text:
        yield "text", one.text
    if one.announce != MaintenanceKeys.model_fields["announce"].default:
        yield "announce", duration.write(one.announce)


def reviews(keys: PostmortemKeys) -> Reviews:
    """What becomes of post-mortems."""
    return Reviews(**dict(keys))


def written_reviews(reviews: Reviews) -> dict[str, Any]:
    """What of it is unusual, as `reviews` reads it."""
    usual = PostmortemKeys()
    return {key: getattr(reviews, key) for key in dict(usual) if getattr(reviews, key) != getattr(usual, key)}
