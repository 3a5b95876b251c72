"""The configuration file's text ↔ a checked Site."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import yaml

from ghstatus.errors import ConfigError
from ghstatus.grammar import checkconfig
from ghstatus.grammar.configschema import ComponentKeys, HistoryKeys, SiteKeys, json_schema
from ghstatus.grammar.configvalues import accepting, either, show
from ghstatus.grammar.fields import Fields, FieldsError, Path, Place, Value, read
from ghstatus.grammar.keys import Fault, named, problem, problems, repetitions, take
from ghstatus.grammar.names import Names, did_you_mean, fold
from ghstatus.model import Component, ComponentStatus, Group, Labels, Limits, Link, Pins, Policy, Severity, Site, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from _typeshed import DataclassInstance


def parse(text: str, *, where: str) -> Site:
    """Read a configuration; `where` names the file in messages.

    Raises ConfigError with everything that is wrong with it.
    """
    document = _read(text, where)
    found = (_ambiguities, _homeless, _strangers, _doubles)
    faults = [*repetitions(document), *(fault for find in found for fault in find(document))]
    keys, refused = take(SiteKeys, document.value)
    if keys is not None:
        refused += checkconfig.idle((one.id, one.checks) for one in keys.components)
    if keys is None or faults or refused:
        raise ConfigError(problems([*faults, *refused], document, where))
    return _site(keys)


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


def _leaves(value: Value, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    else:
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(item, (*path, step))


def _ambiguities(document: Fields) -> Iterator[Fault]:
    """Find ids, names and aliases that mean more than one thing, even where other values are wrong."""
    bearers: dict[str, Path] = {}
    for path, text in _leaves(document.value):
        match path:
            case ("components" | "groups", int(), "id" | "name" | "aliases", *_) if fold(text):
                other = bearers.setdefault(fold(text), path)
                if other[:2] != path[:2]:
                    line = document.place(other).line
                    seen = f"{show(text)} already means {named(other[:2])}, by {named(other)} in line {line}"
                    yield Fault(path, seen, "a name that nothing else bears")


def _homeless(document: Fields) -> Iterator[Fault]:
    """Find components in groups that don't exist, even where other values are wrong."""
    leaves = list(_leaves(document.value))
    ids = [text for path, text in leaves if path[:1] == ("groups",) and path[2:] == ("id",)]
    for path, text in leaves:
        group = text.strip()
        if path[:1] == ("components",) and path[2:] == ("group",) and group and group not in ids:
            accepted = accepting(either(ids), did_you_mean(group, ids)) if ids else "none, for there are no `groups`"
            yield Fault(path, f"{show(group)} is no group", accepted)


def _strangers(document: Fields) -> Iterator[Fault]:
    """Find known failures of components that don't exist, even where other values are wrong."""
    leaves = list(_leaves(document.value))
    words = [text for path, text in leaves if path[:1] == ("components",) and path[2:3] in _NAMES]
    folded = {fold(word) for word in words}
    for path, text in leaves:
        if path[:1] == ("known_failures",) and path[2:] == ("component",) and fold(text) not in {"", *folded}:
            ids = [one for at, one in leaves if at[:1] == ("components",) and at[2:] == ("id",)]
            accepted = (
                accepting(either(ids), did_you_mean(text, words)) if ids else "none, for there are no `components`"
            )
            yield Fault(path, f"{show(text)} is no component", accepted)


_NAMES = (("id",), ("name",), ("aliases",))


def _doubles(document: Fields) -> Iterator[Fault]:
    """Find known failures of one id, even where other values are wrong."""
    first: dict[str, Path] = {}
    for path, text in _leaves(document.value):
        if path[:1] == ("known_failures",) and path[2:] == ("id",) and text.strip():
            other = first.setdefault(text.strip(), path)
            if other != path:
                yield Fault(path, f"{show(text)} already stands in line {document.place(other).line}", "each once")


def _site(keys: SiteKeys) -> Site:
    components = tuple(_component(component) for component in keys.components)
    return Site(
        title=keys.title,
        description=keys.description,
        base_url=keys.base_url,
        timezone=keys.timezone,
        links=tuple(Link(**dict(link)) for link in keys.links),
        groups=tuple(Group(**dict(group)) for group in keys.groups),
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


POLICY = _policy(SiteKeys(title="-"))
"""What holds where a configuration says nothing else."""


_PLAIN = ("title", "description", "base_url", "timezone", "store", "repository", "dialect", "welcome")


def write(site: Site, *, schema: str = "") -> str:
    """Write a configuration so that `parse` gives it back, without what need not be said.

    `schema` is the address of the JSON Schema, for editors that complete.
    """
    said, days = _changed(site), _changed(site.policy)
    tree = {key: said.get(key) for key in _PLAIN} | {
        "links": [_changed(link) for link in site.links],
        "groups": [_changed(group) for group in site.groups],
        "components": [_changed(one) | _checks(one, site) for one in site.components],
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
    }
    header = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    return header + "".join(_section(key, value) for key, value in _filled(tree).items())


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
