"""Who is asking: apps and their installations, users and their roles, rate limits, the repository itself."""

from tests.github.auth import expiry
from tests.github.clock import stamp
from tests.github.people import LEGACY, Refused, at_least
from tests.github.rest import Answer, found, route

UNREACHED = "There is at least one repository that does not exist or is not accessible to the parent installation."
INSTALLATION_NEEDED = (
    "You must authenticate with an installation access token in order to list repositories for an installation."
)
JWT_NEEDED = "A JSON web token could not be decoded"


def app_of(call):
    """The app whose JWT this is."""
    if call.token.kind != "jwt":
        raise Refused(401, JWT_NEEDED)
    return call.token.app


@route("apps/get-authenticated")
def get_app(call):
    return Answer(200, call.views.app(app_of(call)))


@route("apps/list-installations")
def list_installations(call):
    return call.page(list(app_of(call).installations.values()), call.views.installation)


@route("apps/get-installation")
def get_installation(call):
    return Answer(200, call.views.installation(installation_of(call)))


@route("apps/get-repo-installation")
def repository_installation(call):
    """Looked up without the repository's own permissions: an app may ask where it is installed."""
    name = f"{call.params['owner']}/{call.params['repo']}".casefold()
    repository = found(call.world.repositories.get(name))
    installed = [one for one in app_of(call).installations.values() if repository in one.repositories]
    return Answer(200, call.views.installation(found(installed[0] if installed else None)))


def installation_of(call):
    app, wanted = app_of(call), call.params["installation_id"]
    return found(app.installations.get(int(wanted) if wanted.isdigit() else -1))


@route("apps/create-installation-access-token")
def create_installation_token(call):
    """A token for all of an installation's repositories and permissions, or for the fewer that are asked for."""
    installation, sent = installation_of(call), call.body or {}
    names, ids = sent.get("repositories"), sent.get("repository_ids")
    chosen = [
        repository
        for repository in installation.repositories
        if (names is None or repository.name in names) and (ids is None or repository.id in ids)
    ]
    if len(chosen) < len(names or ids or []):
        raise Refused(422, UNREACHED)
    token = call.loopback.tokens.installation(installation, chosen, sent.get("permissions", {}))
    body = {
        "token": token.value,
        "expires_at": stamp(expiry()),
        "permissions": token.permissions,
        "repository_selection": "selected",
    }
    if names or ids:
        body["repositories"] = [call.views.repository(repository) for repository in chosen]
    return Answer(201, body)


@route("apps/list-repos-accessible-to-installation")
def list_installed(call):
    if not call.token.is_app:
        raise Refused(403, INSTALLATION_NEEDED)
    answer = call.page(call.token.repositories, call.views.repository, wrap="repositories")
    answer.body["repository_selection"] = "selected"
    return answer


@route("users/get-authenticated")
def get_user(call):
    """A person; an app's token has none."""
    if call.token.is_app:
        raise Refused(403, "Resource not accessible by integration")
    if call.token.user is None:
        raise Refused(401, "Requires authentication")
    return Answer(200, profile(call, call.token.user))


@route("users/get-by-username")
def get_by_username(call):
    """A bot's account; nobody needs a person's, which PyGithub asks for by itself."""
    if not call.params["username"].endswith("[bot]"):
        call.loopback.object_to(f"{call.url}: the account of a person")
    return Answer(200, profile(call, found(call.world.users.get(call.params["username"].casefold()))))


def profile(call, user):
    made = stamp(call.world.epoch)
    unknown = dict.fromkeys(("name", "company", "blog", "location", "email", "hireable", "bio"))
    counted = dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
    return call.views.user(user) | {**unknown, **counted, "created_at": made, "updated_at": made}


@route("repos/get")
def get_repository(call):
    call.allow("metadata", level="read")
    return Answer(200, call.views.full_repository(call.repository, call.token.role(call.repository)))


@route("repos/get-collaborator-permission-level")
def permission(call):
    """The one answer to who may do what; `permission` knows only the four old words, `role_name` all."""
    call.token.check(call.repository, "metadata", "read")
    if call.token.kind == "anonymous":
        raise Refused(401, "Requires authentication")
    if not call.token.is_app and not call.has("write"):
        raise Refused(403, "Must have push access to view collaborator permission.")
    user = found(call.world.users.get(call.params["username"].casefold()))
    if user.kind != "User":
        raise Refused(404, f"{user.login} is not a user")
    role = call.repository.role(user)
    words = {"pull": "read", "triage": "triage", "push": "write", "maintain": "maintain", "admin": "admin"}
    told = {"permissions": {word: at_least(role, wanted) for word, wanted in words.items()}, "role_name": role}
    return Answer(
        200, {"permission": LEGACY.get(role, role), "role_name": role, "user": {**call.views.user(user), **told}}
    )


@route("rate-limit/get")
def rate_limit(call):
    """Free of charge."""
    buckets = {name: call.loopback.limits.seen(call.token, name) for name in ("core", "graphql", "search")}
    return Answer(200, {"resources": buckets, "rate": buckets["core"]})
