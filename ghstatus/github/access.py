"""By which right GitHub is asked: a token, a GitHub App, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from urllib.parse import SplitResult

API_URL = "https://api.github.com"

_PORTS = {"http": 80, "https": 443}
_REPOSITORY = re.compile(r"[A-Za-z0-9_-]{1,100}/(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Access:
    """Where GitHub is, and by which right it is asked; a token wins over an App."""

    api_url: str = API_URL
    """As GitHub Actions has it in `GITHUB_API_URL`; of an Enterprise Server, `https://HOST/api/v3`."""
    token: str = field(default="", repr=False)
    app_id: str = ""
    """The number or the client id of a GitHub App."""
    app_private_key: str = field(default="", repr=False)
    """In PEM form; its line breaks may be written as `\\n`."""
    wait: float = 60
    """The seconds for which a run may wait on GitHub's limits and failures, all in all."""

    @property
    def is_app(self) -> bool:
        """Whether it acts as a GitHub App."""
        return not self.token and bool(self.app_id and self.app_private_key)

    @property
    def is_anonymous(self) -> bool:
        """Whether it may only read what is public."""
        return not self.token and not self.is_app


def checked(access: Access) -> Access:
    """`access`, without blanks around its secrets, if it can be used.

    Raises UsageError that never shows a secret.
    """
    if not _is_address(access.api_url):
        raise UsageError(
            f"{access.api_url.rpartition('@')[2]!r} is no address of GitHub's API; accepted: {API_URL}, "
            "or https://HOST/api/v3 of an Enterprise Server"
        )
    if not access.token and bool(access.app_id) != bool(access.app_private_key):
        raise UsageError("a GitHub App needs both its id and its private key")
    token = access.token.strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("the token holds characters that no token has; was it pasted with quotes or line ends?")
    return replace(access, token=token, app_id=access.app_id.strip(), app_private_key=access.app_private_key.strip())


def _is_address(url: str) -> bool:
    try:
        address = urlsplit(url)
        return address.scheme in _PORTS and bool(address.hostname and port(address)) and "@" not in address.netloc
    except ValueError:  # a port that is no number, a bracket without its other half
        return False


def port(address: SplitResult) -> int:
    """The port of an address.

    Raises ValueError when it is none.
    """
    return address.port or _PORTS[address.scheme]


def named(repository: str) -> str:
    """`repository`, if it is a name.

    Raises UsageError.
    """
    if not _REPOSITORY.fullmatch(repository):
        raise UsageError(f"{repository[:100]!r} is no repository; accepted: owner/name")
    return repository
