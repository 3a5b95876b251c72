"""Tokens and what they may do: GITHUB_TOKEN, installation tokens of apps, personal tokens, an app's own JWT."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.github.people import App, Refused, User
from tests.github.state import ACTIONS

LEVELS = ["none", "read", "write", "admin"]
LIMITS = {"anonymous": 60, "actions": 1000}
INTEGRATION = "Resource not accessible by integration"
ARCHIVED = "Repository was archived so is read-only."
PERSONAL = "Resource not accessible by personal access token"


@dataclass(eq=False, kw_only=True, repr=False)
class Token:
    """Somebody's right to act. `repositories` is None where it reaches whatever its user reaches."""

    kind: str
    value: str = ""
    user: User | None = None
    app: App | None = None
    installation: int | None = None
    permissions: dict = field(default_factory=dict)
    repositories: list | None = None
    scopes: tuple = ("repo",)

    @property
    def is_app(self):
        return self.kind in {"actions", "installation"}

    @property
    def actor(self):
        """Whoever a change is written down to."""
        return self.app if self.is_app else self.user

    @property
    def person(self):
        """The account that stands beside what it writes: a user, or an app's bot."""
        return self.app.bot if self.is_app else self.user

    @property
    def hourly(self):
        return LIMITS.get(self.kind, 5000)

    @property
    def told(self):
        """The header by which GitHub tells a classic token's scopes."""
        return {"X-OAuth-Scopes": ", ".join(self.scopes)} if self.kind == "classic" else {}

    def holds(self, permission, level):
        return LEVELS.index(self.permissions.get(permission, "none")) >= LEVELS.index(level)

    def reaches(self, repository):
        return self.repositories is None or repository in self.repositories

    def sees(self, repository):
        if not repository.private:
            return True
        if self.is_app:
            return self.reaches(repository)
        return self.user is not None and self.reaches(repository) and repository.allows(self.user, "read")

    def role(self, repository):
        """The role it acts with: an app's is bounded by its permissions alone."""
        if self.is_app:
            return "write"
        return "none" if self.user is None else repository.role(self.user)

    def check(self, repository, permission, level="write"):
        """Refuse what the token wasn't given. Whatever is public may be read with any."""
        if self.kind == "anonymous" and level != "read":
            raise Refused(401, "Requires authentication")
        if level == "read" and not repository.private:
            return
        if not self.reaches(repository) or (self.kind != "classic" and not self.holds(permission, level)):
            raise Refused(403, INTEGRATION if self.is_app else PERSONAL, kind="FORBIDDEN")
        if repository.archived and level != "read":
            raise Refused(403, ARCHIVED, kind="FORBIDDEN")


ANONYMOUS = Token(kind="anonymous")


@cache
def key_pair():
    """One key for every app of the process, because making one takes a while."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    public = key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


class Tokens:
    """Makes tokens, and tells whose a request's is."""

    def __init__(self, world):
        self.world = world
        self.issued = {}

    def issue(self, prefix, **about):
        made = len(self.issued) + 1
        value = prefix + hashlib.sha256(f"{prefix}{made}".encode()).hexdigest()[:36]
        self.issued[value] = Token(value=value, **about)
        return self.issued[value]

    def actions(self, full_name, **permissions):
        """A GITHUB_TOKEN: one repository, the permissions that its workflow declares."""
        repository = self.world.repository(full_name)
        app = self.world.app(ACTIONS)
        held = {"metadata": "read", **permissions}
        return self.issue("ghs_", kind="actions", app=app, permissions=held, repositories=[repository]).value

    def classic(self, login, *scopes):
        """A classic personal token: everything its user may, whatever its scopes, which are only told."""
        told = scopes or ("repo",)
        return self.issue("ghp_", kind="classic", user=self.world.user(login), scopes=told).value

    def fine_grained(self, login, *names, **permissions):
        """A fine-grained personal token: some repositories, some permissions, and never more than its user may."""
        held = {"metadata": "read", **permissions}
        repositories = [self.world.repository(name) for name in names]
        user = self.world.user(login)
        return self.issue(
            "github_pat_", kind="fine-grained", user=user, permissions=held, repositories=repositories
        ).value

    def installation(self, installation, repositories, permissions):
        """An installation token, which may be narrower than the installation and never wider."""
        for name, level in permissions.items():
            if LEVELS.index(installation.permissions.get(name, "none")) < LEVELS.index(level):
                raise Refused(422, "The permissions requested are not granted to this installation.")
        return self.issue(
            "ghs_", kind="installation", app=installation.app, installation=installation.id,
            permissions={"metadata": "read", **(permissions or installation.permissions)}, repositories=repositories,
        )  # fmt: skip

    def app(self, slug, **permissions):
        """A GitHub App with a private key, ready to be installed."""
        app = self.world.app(slug, **permissions)
        app.private_key, app.public_key = key_pair()
        return app

    def whose(self, header):
        """The token of an Authorization header; 401 where GitHub doesn't know it."""
        if not header:
            return ANONYMOUS
        value = header.partition(" ")[2].strip()
        if value in self.issued:
            return self.issued[value]
        if value.count(".") == 2:
            return self.of_app(value)
        raise Refused(401, "Bad credentials")

    def of_app(self, value):
        """The app that signed a JWT. Its times are real ones: whoever signs looks at the real clock."""
        try:
            issuer = jwt.decode(value, options={"verify_signature": False})["iss"]
            (app,) = [app for app in self.world.apps.values() if str(issuer) in {str(app.id), app.client_id}]
            jwt.decode(value, app.public_key, algorithms=["RS256"], options={"verify_iat": False})
        except (jwt.InvalidTokenError, ValueError, KeyError) as error:
            raise Refused(401, "A JSON web token could not be decoded") from error
        return Token(kind="jwt", value=value, app=app)


def expiry():
    """When an installation token ends: in a real hour, because clients compare it with the real clock."""
    return datetime.now(UTC) + timedelta(hours=1)
