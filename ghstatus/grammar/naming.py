"""What a command names: components, people, tasks, other incidents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.grammar import quoting, words
from ghstatus.grammar.asking import LINE, LONGEST, NONE, MisfitError, Value, bounded
from ghstatus.model import Affected, ComponentStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ghstatus.grammar.asking import Asking, Fault
    from ghstatus.grammar.names import Names

_SIGN = "[+\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}-]"
_BETWEEN = re.compile(rf"(?:^|[\s,])\s*(?={_SIGN}[^\s,])")
_MOST = 100


def components(text: str, asking: Asking) -> Value:
    """`+copr=major_outage -website`; a name without a sign is hit."""
    faults: list[Fault] = []
    parts = [part for part in _BETWEEN.split(bounded(text, LONGEST)) if part.strip(" ,")]
    suggest = asking.names.sparing()
    found = [one for part in parts[:_MOST] for one in _part(part.strip(" ,"), asking.names, suggest, faults)]
    if not found:
        raise MisfitError(*(faults[0] if faults else (f"{words.shown(text)} names nothing", "`+copr` or `-copr`")))
    return Value(components=words.merged(found), faults=tuple(faults))


def _part(text: str, names: Names, suggest: Callable[[str], str], faults: list[Fault]) -> Iterator[Affected]:
    """One or several names with the same sign."""
    is_fine = bool(re.match(_SIGN, text)) and not text.startswith("+")
    for name, status in words.named(re.sub(rf"^{_SIGN}\s*", "", text), names):
        if is_fine and status:
            faults.append(
                (f"{words.shown(text)} has a status and isn't hit", f"`+{name}={status}`, or `-{name}` alone")
            )
            continue
        for one in words.affected(name, status, names, lambda seen, taken, _: faults.append((seen, taken)), suggest):
            yield Affected(component=one.component, status=ComponentStatus.OPERATIONAL) if is_fine else one


LOGIN = r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}(?:_[A-Za-z0-9]{1,20})?"
"""An account's name, by GitHub's own rule; where a company manages accounts, with its short name behind."""
_PERSON = re.compile(rf"@?(?P<login>{LOGIN})[.,:;!]?")
_OWNER = re.compile(rf"(?:^@(?P<first>{LOGIN})[,:]?\s+)|(?:\s@(?P<last>{LOGIN})[.!]?$)")
_A_PERSON = "`@login`, `me`, or `-` for nobody"


def person(text: str, asking: Asking) -> Value:
    """`@login`, `me`, `-` for nobody; nothing means whoever says it."""
    typed = text.strip().removesuffix(".")
    if typed in NONE:
        return Value()
    if typed.lower().removeprefix("@") in {"", "me", "myself"}:
        if not asking.by:
            raise MisfitError("nobody knows who says this", "`@login`, or `-` for nobody")
        return Value(person=asking.by)
    found = _PERSON.fullmatch(typed)
    if found is None:
        raise MisfitError(f"{words.shown(text)} is no account", _A_PERSON)
    return Value(person=found["login"])


def task(text: str, asking: Asking) -> Value:
    """Words, with `@login` at the start or the end for whom it is."""
    line = quoting.line(text)
    found = _OWNER.search(line)
    owner = (found["first"] or found["last"]) if found else ""
    rest = f"{line[: found.start()]}{line[found.end() :]}".strip() if found else line
    if not rest or (line.startswith("@") and not found):
        raise MisfitError(f"{words.shown(text)} says nobody what to do", "`TEXT [@LOGIN]`")
    return Value(bounded(rest, LINE), person=asking.by if owner.lower() == "me" and asking.by else owner)


_AN_INCIDENT = "its number, such as `#41`, or its name"
_ISSUES = r"(?:https://[^\s/]{1,100}/[^\s/]{1,100}/[^\s/]{1,100}/issues/|#)"
_ANOTHER = re.compile(rf"{_ISSUES}?(?P<ref>[A-Za-z0-9][A-Za-z0-9._-]{{0,99}})")


def ref(text: str) -> str:
    """What `#41`, `41`, an address of an issue or a name means; behind `#` stands a name as it is."""
    found = None if text.startswith("#") else _ANOTHER.fullmatch(text)
    return found["ref"] if found else text.removeprefix("#")


_ORIGINAL = re.compile(rf"^[ ]{{0,3}}duplicate of (?P<what>{_ISSUES}[0-9]{{1,18}})\b", re.IGNORECASE | re.MULTILINE)


def original(texts: Iterable[str]) -> str:
    """What the last text says of which issue another is a duplicate, as GitHub takes it; empty where none does."""
    said = [found["what"] for text in texts for found in _ORIGINAL.finditer(text)]
    return ref(said[-1]) if said else ""


def incident(text: str, asking: Asking) -> Value:
    """`#41`, `41`, its name or its address; a slip of the finger must not call off what goes on."""
    found = _ANOTHER.fullmatch(text.removeprefix("of ").strip(" ."))
    if found is None:
        raise MisfitError(f"{words.shown(text)} is no incident", _AN_INCIDENT)
    if not asking.names.has_incident(found["ref"]):
        raise MisfitError(f"there is no incident {words.shown(text)}", _AN_INCIDENT)
    return Value(found["ref"])
