"""Which checks depend on which component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus import patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from ghstatus.model import Check, Outage, Phrase, Rule, Signature, Site


def first(rules: Iterable[Rule], check: Check) -> Rule | None:
    """The first rule that fits a check; None when nothing says that it depends on a component."""
    return next((rule for rule in rules if not lacks(rule, check)), None)


def lacks(rule: Rule, check: Check) -> str:
    """What keeps a rule from fitting a check; empty where it fits."""
    if rule.kind is not None and rule.kind is not check.kind:
        return f"it is for a {rule.kind.value}, and this is a {check.kind.value}"
    if rule.app and rule.app.casefold() != check.app.casefold():
        return f"it is for checks of {rule.app}"
    return _lacks_place(rule, check)


def _lacks_place(rule: Rule, check: Check) -> str:
    if not (rule.app or rule.name or rule.url):
        return "it says too little to know a check by"
    has_both = bool(rule.url and check.url)
    if has_both and not _holds(rule.url, check.url):
        return "the check's address is another"
    if has_both and rule.is_renamable:
        return ""
    if rule.name is None and rule.url and not check.url:
        return "the check has no address"
    return "" if _holds(rule.name, check.name) else "the check's name is another"


def relevant(
    outages: Iterable[Outage], rules: Iterable[Rule], now: datetime, services: Iterable[str] = ()
) -> tuple[Outage, ...]:
    """The outages for which pull requests are worth a look: of what checks depend on, and not over for long.

    What began in time may take as long to fail as a check may take at all.
    """
    rules = tuple(rules)
    meant = {rule.component for rule in rules} | set(services)
    latest = max((rule.grace + rule.hangs_after for rule in rules), default=None)
    return tuple(
        outage
        for outage in outages
        if latest is not None
        and not meant.isdisjoint(outage.components)
        and (outage.end is None or outage.end + latest >= now)
    )


def services(site: Site) -> Mapping[str, str]:
    """By which words signatures mean the components of a site: their ids, names and aliases."""
    words: dict[str, str] = {}
    for component in site.components:
        words[component.id.casefold()] = component.id
    for component in site.components:
        for word in (component.name, *component.aliases):
            words.setdefault(word.casefold(), component.id)
    return words


class Blame:
    """Whose failure a signature tells of."""

    def __init__(self, rules: Iterable[Rule], outages: Iterable[Outage], words: Mapping[str, str]) -> None:
        self._words = dict(words)
        for rule in rules:
            self._words.setdefault(rule.component.casefold(), rule.component)
        for component in sorted({component for outage in outages for component in outage.components}):
            self._words.setdefault(component.casefold(), component)
        for rule in rules:
            self._words.setdefault((rule.service or rule.component).casefold(), rule.component)

    def component(self, signature: Signature, rule: Rule) -> str:
        """The component that a signature means; the rule's own where the page doesn't know what it means."""
        return rule.component if self.concerns(signature, rule) else self._meant(signature) or rule.component

    def concerns(self, signature: Signature, rule: Rule) -> bool:
        """Whether a signature is about the very component that a rule's checks depend on."""
        is_named = signature.service.casefold() == (rule.service or rule.component).casefold()
        return is_named or self._meant(signature) == rule.component

    def _meant(self, signature: Signature) -> str:
        return self._words.get(signature.service.casefold(), "")


def _holds(phrase: Phrase | None, text: str) -> bool:
    """Whether a name or an address is what a rule asks for; in one line, so that none can hide another."""
    return phrase is None or patterns.find(phrase, text.replace("\n", " ")) is not None
