"""The keys of a configuration about checks: which to watch, and by which texts their failures are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Self, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from ghstatus import patterns
from ghstatus.grammar.catalogue import shipped
from ghstatus.grammar.checkvalues import DayCount, Expected, Manner, Repositories, Span, fitting, lasting, refuse
from ghstatus.grammar.configvalues import Id, Name, Switch, Text, accepting, either, show
from ghstatus.grammar.keys import Keys
from ghstatus.grammar.names import did_you_mean
from ghstatus.grammar.signature import RuleKeys, SignatureKeys
from ghstatus.model import Mode, Watch

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema


def rule_ids() -> tuple[str, ...]:
    """What `rule:` may be."""
    return tuple(rule.id for rule in shipped().rules)


def _rule(name: str) -> str:
    ids = rule_ids()
    if name not in ids:
        raise refuse(f"{show(name)} is no rule of the catalogue", accepting(either(ids), did_you_mean(name, ids)))
    return name


class _OneOfTheRules:
    """Lets an editor offer the catalogue's rules, which are only read when it asks."""

    def __get_pydantic_json_schema__(self, _: CoreSchema, __: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"enum": list(rule_ids())}


class _OrItsName(_OneOfTheRules):
    """Lets an editor know that the name of a rule may stand in place of its keys."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(rule_ids())}, handler(schema)]}


class _RuleName(Keys):
    rule: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_rule), _OneOfTheRules()] = Field(
        "",
        description="A rule of the catalogue, with values of its own that the other keys change. Alone it may stand "
        "without its key.",
    )


class CheckKeys(RuleKeys, _RuleName):
    """Checks that depend on a component."""

    service: Id = Field(
        "", description="By which id the catalogue's signatures mean the component, where that is not its own."
    )

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        return {"rule": _rule(value.strip())} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _not_everything(self) -> Self:
        if self.rule or self.app or (self.name and patterns.find(fitting(self.name), _UNHEARD_OF) is None):
            return self
        raise refuse("this fits every check", "keys of which one is rule, app or name")


_UNHEARD_OF = "\N{SNOWMAN}"
"""A name that no check has."""
Watched: TypeAlias = Annotated[CheckKeys, _OrItsName()]

_USUAL = Watch()


class WatchKeys(Keys):
    """How the checks of pull requests are watched."""

    mode: Manner = Field(
        Mode.ANNOTATE, description="Whether failed checks are explained (annotate), or replaced by a check to require."
    )
    repositories: tuple[Repositories, ...] = Field(
        (), description="Whose pull requests are watched. A workflow knows its own repository."
    )
    gates: tuple[Repositories, ...] = Field((), description="Repositories whose mode is gate, whatever mode says.")
    accept_suspected: Switch = Field(
        default=False, description="Whether a gate lets pass what is suspected, and not only what is explained."
    )
    comments: Switch = Field(default=False, description="Whether pull requests get a comment, too.")
    own_runs: Switch = Field(
        default=False, description="Whether explained failures among the App's own check runs are made neutral."
    )
    status_fallback: Switch = Field(
        default=False, description="Whether a pending status stands in where check runs can't be written."
    )
    expect: tuple[Expected, ...] = Field(
        (), description="Checks that a gate waits for: it doesn't pass before each name fits one that is there."
    )
    settle: Span = lasting(
        _USUAL.settle, "How old a commit is before a gate passes that expects no check: until then more may appear."
    )
    look_back: Span = lasting(_USUAL.look_back, "How long ago a failure may have ended to be looked at.")
    unhit_days: DayCount = Field(
        _USUAL.unhit_days, description="After how many days without a match a known failure is proposed for closing."
    )


class _Blamed(Keys):
    component: Name = Field(description="Whose failure it is: the id or a name of a component.")


class KnownFailureKeys(SignatureKeys, _Blamed):
    """A text by which a failure is known that isn't the author's, or is."""

    sample: Text = Field("", description="A text that it has to match.")

    @property
    def texts(self) -> tuple[str, ...]:
        """Those that it has to match."""
        return (self.sample,) if self.sample else ()
