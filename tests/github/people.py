"""Who acts: users, organizations and the bots of GitHub Apps, and what a role lets them do."""

import base64
from dataclasses import dataclass, field

ROLES = ["none", "read", "triage", "write", "maintain", "admin"]
LEGACY = {"maintain": "write", "triage": "read"}  # what the older key `permission` calls them


class Refused(Exception):  # noqa: N818  # GitHub's answer, not a mistake of this program
    """GitHub says no: an HTTP status, its message, and the `type` that GraphQL gives it."""

    def __init__(self, status, message, *, errors=None, kind="UNPROCESSABLE", headers=None):
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors
        self.kind = kind
        self.headers = headers or {}


def node_id(prefix, *numbers):
    """A global id as GitHub forms them: a prefix and a msgpack array of numbers, which never changes."""
    packed = bytes([0x91 + len(numbers), 0]) + b"".join(b"\xce" + number.to_bytes(4, "big") for number in numbers)
    return f"{prefix}_{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def at_least(role, wanted):
    return ROLES.index(role) >= ROLES.index(wanted)


@dataclass(eq=False, kw_only=True, repr=False)
class User:
    """Somebody with a login; `kind` is User, Bot or Organization."""

    id: int
    login: str
    kind: str = "User"
    name: str | None = None

    @property
    def node_id(self):
        return node_id({"User": "U", "Bot": "BOT", "Organization": "O"}[self.kind], self.id)

    @property
    def graphql_login(self):
        """GraphQL knows `github-actions[bot]` of REST as `github-actions`."""
        return self.login.removesuffix("[bot]")


@dataclass(eq=False, kw_only=True, repr=False)
class App:
    """A GitHub App: its bot acts for it, and what it may do is declared once."""

    id: int
    slug: str
    owner: User
    bot: User
    created_at: object
    permissions: dict
    private_key: str = ""
    public_key: str = ""
    installations: dict = field(default_factory=dict)
    world: object = None

    @property
    def node_id(self):
        return node_id("A", self.id)

    @property
    def client_id(self):
        return f"Iv23li{self.id:014d}"

    def install(self, *repositories, **permissions):
        """Install it on repositories of one owner, all its permissions granted unless they are named."""
        return self.world.install(self, repositories, permissions or self.permissions)


@dataclass(eq=False, kw_only=True, repr=False)
class Installation:
    id: int
    app: App
    account: User
    repositories: list
    permissions: dict
    created_at: object
