"""A catalogue's text → rules for checks, signatures of failures, and texts that none of them may excuse."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from pydantic import Field, model_validator

from ghstatus import patterns
from ghstatus.grammar import phrases
from ghstatus.grammar.checkvalues import (
    Condition,
    Fit,
    OfKind,
    OfLogs,
    Pattern,
    Proof,
    Span,
    Where,
    Words,
    fitting,
    lasting,
    refuse,
)
from ghstatus.grammar.configvalues import Id, Name, Switch, Text, either, show
from ghstatus.grammar.fields import Fields, FieldsError
from ghstatus.grammar.fields import read as read_fields
from ghstatus.grammar.keys import Fault, Keys, problems, repetitions, take
from ghstatus.model import Logs, Phrase, Rule, Signature, Surface, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.errors import Problem
    from ghstatus.grammar.fields import Value


class Negative(NamedTuple):
    """A text that must not be taken for more than it is."""

    id: str
    surface: Surface
    text: str
    source: str
    """Where it was seen."""
    expected: Tier | None
    """The strongest that may match it beside a `never`; None for nothing."""


class Catalogue(NamedTuple):
    """What is known of services, in advance."""

    rules: tuple[Rule, ...]
    signatures: tuple[Signature, ...]
    negatives: tuple[Negative, ...]
    problems: tuple[Problem, ...]


_USUAL: dict[str, Any] = {field.name: field.default for field in fields(Rule)}


def matches(signature: Signature, text: str) -> bool:
    """Whether a text is what a signature tells of, wherever it stands."""
    return (
        patterns.find(signature.phrase, text) is not None
        and (signature.requires is None or patterns.find(signature.requires, text) is not None)
        and (signature.unless is None or patterns.find(signature.unless, text) is None)
    )


class RuleKeys(Keys):
    """How checks are recognised, and how late they may be."""

    kind: OfKind = Field(None, description="Which of GitHub's interfaces reports them; both, when it isn't said.")
    app: Name = Field("", description="The app whose check runs they are, by its slug, or who sets the statuses.")
    name: Fit = Field("", description="What they are called, with * for anything, or a pattern between slashes.")
    url: Fit = Field("", description="Where their details are, with * for anything, or a pattern between slashes.")
    logs: OfLogs = Field(Logs.NONE, description="Where the reason is read that they don't tell themselves.")
    hangs_after: Span = lasting(_USUAL["hangs_after"], "How long one may be pending until it hangs.")
    grace: Span = lasting(_USUAL["grace"], "How long after an incident a failure may be due to it.")
    margin: Span = lasting(_USUAL["margin"], "How long before an incident a failure may be due to it.")

    def said(self) -> dict[str, Any]:
        """The fields of a rule that were said."""
        said = {key: getattr(self, key) for key in self.model_fields_set & RuleKeys.model_fields.keys()}
        return said | {key: fitting(said[key]) for key in ("name", "url") if said.get(key)}


class SignatureKeys(Keys):
    """A text by which a failure is recognised."""

    id: Id = Field(description="How reports name it.")
    text: Words = Field("", description="What the failure says, in any case of letters. Either this or `pattern`.")
    pattern: Pattern = Field("", description="A regular expression in RE2's syntax, in place of `text`.")
    where: tuple[Where, ...] = Field(
        (Surface.TITLE, Surface.SUMMARY, Surface.DESCRIPTION, Surface.LOG),
        description="Where it stands: in a check's title or summary, a status's description, or a log.",
    )
    tier: Proof = Field(
        Tier.INFRA,
        description="What it proves: that the service failed (infra), maybe (incident), that it tries again (info), "
        "or that the failure is the author's own (never).",
    )
    unless: Condition = Field("", description="What must not stand there, too: words, or a pattern between slashes.")
    remedy: Text = Field("", description="What to do about it.")

    @property
    @abstractmethod
    def texts(self) -> tuple[str, ...]:
        """Those that it has to match."""

    @property
    def phrase(self) -> Phrase:
        """What is looked for."""
        return Phrase(self.pattern, is_pattern=True) if self.pattern else Phrase(self.text)

    def made(self, service: str) -> Signature:
        """The signature of a service."""
        return Signature(
            id=self.id,
            service=service,
            surfaces=frozenset(self.where),
            tier=self.tier,
            phrase=self.phrase,
            unless=phrases.read(self.unless) if self.unless else None,
            remedy=self.remedy,
            samples=self.texts,
        )

    @model_validator(mode="after")
    def _proven(self) -> Self:
        if bool(self.text) is bool(self.pattern):
            raise refuse(f"{self.id} has {'both' if self.text else 'neither'} of text and pattern", "one of them")
        signature = self.made("")
        for text in self.texts:
            if not matches(signature, text):
                raise refuse(f"{self.id} isn't found in its sample {show(text)}", "a sample that holds it")
        return self


class _ShippedRuleKeys(RuleKeys):
    id: Id
    service: Id
    renamable: Switch = False
    examples: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _recognised(self) -> Self:
        for example in self.examples:
            if patterns.find(fitting(self.name), example) is None:
                raise refuse(f"{self.id} doesn't fit its example {show(example)}", "an example that it fits")
        return self


class _ShippedKeys(SignatureKeys):
    service: Id
    requires: Condition = ""
    needs_incident: Switch = False
    mute: Switch = False
    denies: tuple[Where, ...] = ()
    evidence: Name
    samples: tuple[Text, ...] = Field(min_length=1)

    @property
    def texts(self) -> tuple[str, ...]:
        return self.samples

    def made(self, service: str) -> Signature:
        return replace(
            super().made(service),
            requires=phrases.read(self.requires) if self.requires else None,
            needs_incident=self.needs_incident,
            is_mute=self.mute,
            denies=frozenset(self.denies),
            evidence=self.evidence,
        )


class _NegativeKeys(Keys):
    id: Id
    where: Where
    text: Text
    source: Name
    expected: Proof | None = None


def read(text: str, *, where: str) -> Catalogue:
    """Read a catalogue; an entry that can't be taken is left out, and its problems name `where`, its line and its key."""
    try:
        document = read_fields(text)
    except FieldsError as error:
        fault = Fault((), f"not YAML: {error}", "", error.place)
        return Catalogue((), (), (), problems([fault], Fields({}, None), where))
    faults = list(repetitions(document))
    sections = _sections(document, faults)
    rules = [_rule(keys) for keys in _taken(_ShippedRuleKeys, sections, "rules", faults)]
    signatures = [keys.made(keys.service) for keys in _taken(_ShippedKeys, sections, "signatures", faults)]
    negatives = [
        Negative(keys.id, keys.where, keys.text, keys.source, keys.expected)
        for keys in _taken(_NegativeKeys, sections, "negatives", faults)
    ]
    return Catalogue(tuple(rules), tuple(signatures), tuple(negatives), problems(faults, document, where))


_SECTIONS = ("rules", "signatures", "negatives")


def _sections(document: Fields, faults: list[Fault]) -> dict[str, Value]:
    found = document.value
    if not isinstance(found, dict):
        faults.append(Fault((), f"{show(found)} stands where a mapping belongs", either(_SECTIONS)))
        return {}
    faults += [Fault((key,), f"{show(key)} is no key here", either(_SECTIONS)) for key in found if key not in _SECTIONS]
    return found


_Entry = TypeVar("_Entry", _ShippedRuleKeys, _ShippedKeys, _NegativeKeys)


def _taken(kind: type[_Entry], sections: dict[str, Value], name: str, faults: list[Fault]) -> Iterator[_Entry]:
    entries = sections.get(name) or []
    if not isinstance(entries, list):
        faults.append(Fault((name,), f"{show(entries)} stands where a list belongs", "a list"))
        return
    seen: set[str] = set()
    for place, entry in enumerate(entries):
        keys, refused = take(kind, entry, (name, place))
        faults += refused
        if keys and keys.id in seen:
            faults.append(Fault((name, place, "id"), f"{show(keys.id)} is another's id, too", "an id of its own"))
        elif keys:
            seen.add(keys.id)
            yield keys


def _rule(keys: _ShippedRuleKeys) -> Rule:
    return Rule(id=keys.id, component=keys.service, is_renamable=keys.renamable, **keys.said())
