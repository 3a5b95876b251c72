"""The configuration file's text ↔ a checked Site."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import yaml

from ghstatus.errors import ConfigError
from ghstatus.grammar import checkconfig, clashes, teamconfig
from ghstatus.grammar.configschema import ComponentKeys, HistoryKeys, SiteKeys, json_schema
from ghstatus.grammar.configvalues import show
from ghstatus.grammar.fields import Fields, FieldsError, Place, read
from ghstatus.grammar.keys import Fault, problem, problems, repetitions, take
from ghstatus.grammar.names import Names
from ghstatus.grammar.teamvalues import percentage
from ghstatus.model import Component, ComponentStatus, Group, Labels, Limits, Link, Pins, Policy, Severity, Site, Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import DataclassInstance

    from ghstatus.grammar.fields import Value


def parse(text: str, *, where: str) -> Site:
    """Read a configuration; `where` names the file in messages.

    Raises ConfigError with everything that is wrong with it.
    """
    document = _read(text, where)
    keys, faults = _taken(document, document.value)
    if keys is None or faults:
        raise ConfigError(problems(faults, document, where))
    return _site(keys)


def salvage(text: str, *, where: str) -> Site:
    """Read a configuration, without what is wrong with parts that only the team needs: users need the page.

    Raises ConfigError with everything that is wrong with it where something else is.
    """
    document = _read(text, where)
    keys, faults = _taken(document, document.value)
    spared = [fault for fault in faults if teamconfig.is_spared(fault.path)]
    rest, unread = teamconfig.without(document.value, [fault.path for fault in spared])
    if spared:
        keys, faults = _taken(document, rest)  # which finds more once that is out of the way
    others = [fault for fault in faults if fault not in spared]
    if keys is None or others:
        raise ConfigError(problems([*spared, *others], document, where))
    left_out = (replace(one, outcome=teamconfig.LEFT_OUT) for one in problems(spared, document, where))
    return replace(_site(keys), left_out=tuple(left_out), unread=unread)


def _taken(document: Fields, value: Value) -> tuple[SiteKeys | None, list[Fault]]:
    faults = [*repetitions(document), *clashes.find(document)]
    keys, refused = take(SiteKeys, value)
    if keys is not None:
        refused += checkconfig.idle((one.id, one.checks) for one in keys.components)
    return keys, [*faults, *refused]


def _read(text: str, where: str) -> Fields:
    try:
        document = read(text)
    except FieldsError as error:
        fault = _not_yaml(text, error)
        raise ConfigError((problem(fault, where, fault.place or error.place),)) from None
    if document.root is None or not isinstance(document.value, dict):
        seen = f"the file holds {show(document.value)}" if document.value else "the file is empty"
        fault = Fault((), seen, "keys with their values, at least `title: …`")
        raise ConfigError((problem(fault, where, document.place(())),))
    return document


def _not_yaml(text: str, error: FieldsError) -> Fault:
    line = "".join(text.split("\n")[error.place.line - 1 : error.place.line])  # none when it broke off at the end
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in indentation:
        place = Place(error.place.line, indentation.index("\t") + 1)
        return Fault((), "a tab stands in the indentation", "spaces only", place)
    return Fault((), f"not YAML: {error}", "")


def _site(keys: SiteKeys) -> Site:
    components = tuple(_component(component) for component in keys.components)
    groups = tuple(Group(**dict(group)) for group in keys.groups)
    return Site(
        title=keys.title,
        description=keys.description,
        base_url=keys.base_url,
        timezone=keys.timezone,
        language=keys.language,
        links=tuple(Link(**dict(link)) for link in keys.links),
        groups=groups,
        components=components,
        policy=_policy(keys),
        theme=Theme(**dict(keys.theme)),
        store=keys.store,
        repository=keys.repository,
        dialect=keys.dialect,
        labels=Labels(**dict(keys.labels)),
        bots=keys.bots,
        welcome=keys.welcome,
        pins=Pins(**dict(keys.pins)),
        limits=Limits(**dict(keys.limits)),
        watch=checkconfig.watch(keys.checks),
        rules=tuple(rule for one in keys.components for rule in checkconfig.rules(one.id, one.checks)),
        signatures=checkconfig.signatures(keys.known_failures, Names(components)),
        rota=teamconfig.rota(keys.rota, keys.timezone),
        reminders=teamconfig.reminders(keys.reminders),
        recurring=teamconfig.recurring(keys.maintenance, Names(components, groups), keys.timezone),
        reviews=teamconfig.reviews(keys.postmortem),
    )


def _component(keys: ComponentKeys) -> Component:
    return Component(**{key: value for key, value in keys if key != "checks"})


def _policy(keys: SiteKeys) -> Policy:
    return Policy(
        severities={Severity(name): status for name, status in keys.severities},
        weights={ComponentStatus(name): weight for name, weight in keys.uptime.weights},
        uptime_days=keys.uptime.days,
        announcement_days=keys.history.announcement_days,
        recent_days=keys.history.recent_days,
        stale_hours=keys.history.stale_hours,
    )


POLICY = _policy(SiteKeys.model_construct(title="-"))
"""What holds where a configuration says nothing else."""


_PLAIN = ("title", "description", "base_url", "timezone", "language", "store", "repository", "dialect", "welcome")


def write(site: Site, *, schema: str = "") -> str:
    """Write a configuration so that `parse` gives it back, without what need not be said.

    `schema` is the address of the JSON Schema, for editors that complete.
    """
    said, days = _changed(site), _changed(site.policy)
    tree = {key: said.get(key) for key in _PLAIN} | {
        "links": [_changed(link) for link in site.links],
        "groups": [_changed(group) for group in site.groups],
        "components": [_changed(one) | _objective(one) | _checks(one, site) for one in site.components],
        "severities": _unlike(POLICY.severities, site.policy.severities),
        "uptime": _filled(
            {"days": days.get("uptime_days"), "weights": _unlike(POLICY.weights, site.policy.weights)},
        ),
        "history": {key: days[key] for key in HistoryKeys.model_fields if key in days},
        "theme": _changed(site.theme),
        "labels": _changed(site.labels),
        "bots": site.bots,
        "pins": _changed(site.pins),
        "limits": _changed(site.limits),
        "checks": checkconfig.written_watch(site.watch),
        "known_failures": checkconfig.written_signatures(site.signatures),
        "rota": teamconfig.written_rota(site.rota, site.timezone),
        "reminders": teamconfig.written_reminders(site.reminders),
        "maintenance": teamconfig.written_recurring(site.recurring, site.timezone),
        "postmortem": teamconfig.written_reviews(site.reviews),
    }
    header = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    return header + "".join(_section(key, value) for key, value in _filled(tree).items())


def _objective(component: Component) -> dict[str, Any]:
    return {} if component.objective is None else {"objective": percentage(component.objective)}


def _checks(component: Component, site: Site) -> dict[str, Any]:
    return _filled({"checks": checkconfig.written_rules(component.id, site.rules)})


def _changed(thing: DataclassInstance) -> dict[str, Any]:
    values = ((field, getattr(thing, field.name)) for field in fields(thing))
    return {field.name: value for field, value in values if value != field.default}


def _unlike(usual: Mapping[Any, Any], values: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in values.items() if value != usual[key]}


def _filled(tree: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in tree.items() if value or value is False}


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as such, and lists of names in one line."""

    def ignore_aliases(self, _: object) -> bool:
        """Write a value again where it stands twice; `&id001` is for nobody who reads a configuration."""
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|" if "\n" in text else None)


def _write_tuple(dumper: yaml.SafeDumper, names: tuple[str, ...]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", names, flow_style=True)


_Dumper.add_representer(str, _write_text)
_Dumper.add_multi_representer(str, _write_text)
_Dumper.add_representer(tuple, _write_tuple)


def _section(key: str, value: object) -> str:
    gap = "\n" if isinstance(value, (dict, list)) else ""
    return gap + str(yaml.dump({key: value}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110))


def schema() -> dict[str, Any]:
    """Describe the file as a JSON Schema (draft 2020-12), for editors."""
    return json_schema()
