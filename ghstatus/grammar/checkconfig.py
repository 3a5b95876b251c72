"""What a configuration says about checks ↔ the rules, signatures and ways by which they are judged."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ghstatus.grammar import duration, phrases
from ghstatus.grammar.catalogue import shipped
from ghstatus.grammar.checkkeys import CheckKeys, KnownFailureKeys, WatchKeys
from ghstatus.grammar.checkvalues import typed
from ghstatus.grammar.keys import Fault, named
from ghstatus.grammar.signature import RuleKeys
from ghstatus.model import Phrase, Rule, Signature, Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghstatus.grammar.fields import Path
    from ghstatus.grammar.names import Names

ORIGIN = "ghstatus.yml"
"""Whose a configuration's signatures are."""
_OTHERWISE = {"accept_suspected": "accepts_suspected", "expect": "expects"}
"""Keys that the model knows by another name."""
_USUAL = Rule(id="", component="")


def rules(component: str, checks: Iterable[CheckKeys]) -> Iterator[Rule]:
    """The rules of a component, in their order."""
    for place, keys in enumerate(checks, 1):
        base = _shipped(keys.rule, component) if keys.rule else Rule(id=f"{component}-{place}", component=component)
        said = keys.said()
        if "name" in said:
            said["is_renamable"] = False
        if keys.service:
            said["service"] = _service(keys.service, component)
        yield replace(base, **said)


def idle(components: Iterable[tuple[str, Iterable[CheckKeys]]]) -> Iterator[Fault]:
    """Find rules to which no check comes, because an earlier one fits the same checks."""
    first: dict[tuple[object, ...], Path] = {}
    for place, (component, checks) in enumerate(components):
        for number, rule in enumerate(rules(component, checks)):
            path = ("components", place, "checks", number)
            other = first.setdefault((rule.kind, rule.app, rule.name, rule.url), path)
            if other != path:
                yield Fault(path, f"{named(other)} already fits the same checks", "a rule that fits others")


def _shipped(name: str, component: str) -> Rule:
    (rule,) = (rule for rule in shipped().rules if rule.id == name)
    return replace(rule, component=component, service=_service(rule.component, component))


def _service(service: str, component: str) -> str:
    return "" if service == component else service


def written_rules(component: str, rules: Iterable[Rule]) -> list[str | dict[str, Any]]:
    """The rules of a component as `rules` reads them."""
    return [_written(rule) for rule in rules if rule.component == component]


def _written(rule: Rule) -> str | dict[str, Any]:
    is_shipped = any(rule.id == one.id for one in shipped().rules)
    base = _shipped(rule.id, rule.component) if is_shipped else replace(_USUAL, component=rule.component)
    keys = [key for key in ("service", *RuleKeys.model_fields) if getattr(rule, key) != getattr(base, key)]
    said = {key: _plain(getattr(rule, key)) for key in keys}
    if said.get("service") == "":
        said["service"] = rule.component
    if not is_shipped:
        return said
    return {"rule": rule.id} | said if said else rule.id


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return duration.write(value)
    return typed(value) if isinstance(value, Phrase) else value


def watch(keys: WatchKeys) -> Watch:
    """How checks are watched."""
    return Watch(**{_OTHERWISE.get(key, key): value for key, value in dict(keys).items()})


def written_watch(watch: Watch) -> dict[str, Any]:
    """What of it is unusual, as `watch` reads it."""
    usual = Watch()
    spelled = {theirs: ours for ours, theirs in _OTHERWISE.items()}
    names = [field.name for field in fields(watch) if getattr(watch, field.name) != getattr(usual, field.name)]
    return {spelled.get(name, name): _plain(getattr(watch, name)) for name in names}


def signatures(known: Iterable[KnownFailureKeys], names: Names) -> tuple[Signature, ...]:
    """A site's own signatures; the component of each has to be one of `names`."""
    return tuple(replace(keys.made(*names.resolve(keys.component)), origin=ORIGIN) for keys in known)


def written_signatures(signatures: Iterable[Signature]) -> list[dict[str, Any]]:
    """Signatures as `signatures` reads them."""
    return [dict(_signature(one)) for one in signatures]


def _signature(one: Signature) -> Iterator[tuple[str, object]]:
    yield from (("id", one.id), ("component", one.service))
    yield ("pattern" if one.phrase.is_pattern else "text"), one.phrase.text
    where = KnownFailureKeys.model_fields["where"]
    if one.surfaces != frozenset(where.default):
        yield "where", tuple(sorted(one.surfaces))
    if one.tier != KnownFailureKeys.model_fields["tier"].default:
        yield "tier", one.tier
    if one.unless:
        yield "unless", phrases.write(one.unless)
    if one.remedy:
        yield "remedy", one.remedy
    if one.samples:
        yield "sample", one.samples[0]
