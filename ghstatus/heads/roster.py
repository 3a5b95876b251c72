"""Which repositories are meant: by name, or all of an owner's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.errors import Problem, StoreError, UsageError
from ghstatus.github.access import named
from ghstatus.heads import queries
from ghstatus.stores.github.reading import as_text, page, tried

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghstatus.github.client import Client
    from ghstatus.heads.line import Line
    from ghstatus.heads.reading import Json

_ALL = "/*"


class Roster:
    """Looks up what an owner has: of an App the repositories on which it is installed, else whatever can be seen."""

    def __init__(self, client: Client, line: Line) -> None:
        self._client = client
        self._line = line

    def named(self, repositories: Iterable[str]) -> tuple[list[str], list[Problem]]:
        """Their names, and what is wrong with some.

        Raises Unavailable.
        """
        names: list[str] = []
        trouble = []
        for name in repositories:
            try:
                names += self._owned(name.removesuffix(_ALL)) if name.endswith(_ALL) else [named(name)]
            except (StoreError, UsageError) as error:
                trouble.append(Problem(where=name[:100], seen=str(error), outcome="it is left out"))
        return names, trouble

    def _owned(self, owner: str) -> list[str]:
        named(f"{owner}/_")  # refuses what is no owner's name
        read = self._installed(owner) if self._client.access.is_app else self._seen(owner)
        return sorted(read, key=str.casefold)

    def _installed(self, owner: str) -> list[str]:
        found = self._client.installed(owner)
        return tried(lambda all_: [as_text(one["full_name"]) for one in all_ if not one["archived"]], found, owner)

    def _seen(self, owner: str) -> list[str]:
        return [name for found in self._pages(owner) for name in tried(_names, found, f"the repositories of {owner}")]

    def _pages(self, owner: str) -> Iterator[Json]:
        after: str | None = None
        while True:
            answer = self._line.ask(f"{owner}/_", queries.owned(owner, after), is_small=True)
            if answer.data.get("repositoryOwner") is None:
                raise StoreError(f"there is no account {owner}, or the token may not see it", status=404)
            found = answer.data["repositoryOwner"]["repositories"]
            yield found
            cursor = tried(page, found, f"the repositories of {owner}").cursor
            if not cursor or cursor == after:
                return
            after = cursor


def _names(connection: Json) -> list[str]:
    return [as_text(node["nameWithOwner"]) for node in page(connection).nodes if not node["isArchived"]]
