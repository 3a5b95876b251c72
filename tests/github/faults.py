"""What goes wrong on demand: rules that say which requests fail, how, and whether their change was made first."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

SERVER = {500, 502, 503, 504}
LINE = {"drop", "delay", "truncate", "half", "kill"}
LIMITS = {"secondary", 429, "rate_limited"}
RIGHTS = {"forbidden"}  # the token turns out to hold nothing
KNOWN = SERVER | LINE | LIMITS | RIGHTS


@dataclass
class Rule:
    """One fault; `left` is how often it still strikes, None for always."""

    match: object
    with_: object
    left: int | None
    skip: int
    when: str
    seconds: float
    retry_after: int | None

    def strikes(self, record):
        """Whether this request is hit, which uses the rule up."""
        if self.left == 0 or not self.fits(record):
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.left is not None:
            self.left -= 1
        return True

    def fits(self, record):
        if callable(self.match):
            return self.match(record)
        return any(fnmatchcase(name, self.match) for name in (record.kind, f"{record.verb} {record.path}"))


class Faults:
    """The rules in the order they were made; the first that fits strikes."""

    def __init__(self):
        self.rules = []

    def fail(self, match="*", *, times=1, with_=502, when="before", skip=0, seconds=1.0, retry_after=None):
        """Make requests fail.

        `match` is GitHub's own name of an operation (`issues/create-comment`), `graphql:` and the fields at the top
        of a query (`graphql:pinIssue`), a verb and a path (`POST /repos/*/issues`), each with `*` for anything, or a
        function of the logged request. With `when="after"` the change is made and only the answer is lost.
        """
        if with_ not in KNOWN:
            raise ValueError(f"no such fault: {with_!r}; there are {sorted(map(str, KNOWN))}")
        if when not in {"before", "after"} or (when == "after" and with_ in LIMITS | RIGHTS):
            raise ValueError("`when` is before or after, and whoever is over a limit or may not changes nothing")
        rule = Rule(match, with_, times, skip, when, seconds, retry_after)
        self.rules.append(rule)
        return rule

    def due(self, record):
        return next((rule for rule in self.rules if rule.strikes(record)), None)

    def unused(self):
        """Rules that never struck as often as they should: a test that waits for them tests nothing."""
        return [rule for rule in self.rules if rule.left]
