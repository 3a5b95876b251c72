"""How a REST request finds its handler, is allowed, and is answered page by page."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.github import contract
from tests.github.auth import Token
from tests.github.clock import moment
from tests.github.people import Refused, at_least

ROUTES = {}
DOCS = "https://docs.github.com/rest"
RIGHTS = "Must have admin rights to Repository."
PER_PAGE = 100


@dataclass
class Answer:
    """What goes back: `body` is written as JSON, None as nothing."""

    status: int = 200
    body: object = None
    headers: dict = field(default_factory=dict)


@dataclass
class Call:
    """One request on its way through the API."""

    loopback: object
    token: Token
    views: object
    url: str
    params: dict
    query: dict
    body: object
    operation: contract.Operation | None = None
    headers: dict = field(default_factory=dict)

    @property
    def world(self):
        return self.loopback.world

    @property
    def repository(self):
        """The repository of the path, or the 404 that also hides private ones."""
        name = f"{self.params['owner']}/{self.params['repo']}"
        if renamed := self.world.renamed.get(name.casefold()):
            below = self.url.partition(f"/repos/{name}")[2]
            url = f"{self.views.base}/repositories/{renamed.id}{below}"
            raise Refused(301, "Moved Permanently", headers={"Location": url})
        return find_repository(self.world, self.token, name)

    @property
    def issue(self):
        """The issue of the path; what was deleted is 410, what was transferred redirects."""
        repository, number = self.repository, self.params["issue_number"]
        number = int(number) if number.isdigit() else -1
        if number in repository.gone:
            raise vanished(self.views.base, repository.gone[number])
        issue = found(repository.issues.get(number))
        repository.offers(issue.prefix)
        return issue

    def allow(self, permission, role=None, *, level="write"):
        """Refuse whoever lacks the token's permission or the person's role."""
        self.token.check(self.repository, permission, level)
        if role is not None and not at_least(self.token.role(self.repository), role):
            raise Refused(403, RIGHTS, kind="FORBIDDEN")

    def has(self, role):
        return at_least(self.token.role(self.repository), role)

    def page(self, items, view, *, wrap=None):
        """A page of a list, with the Link header whose addresses are this server's."""
        size = min(max(whole(self.query, "per_page", 30), 1), PER_PAGE)
        number, last = max(whole(self.query, "page", 1), 1), max(-(-len(items) // size), 1)
        if whole(self.query, "per_page", 30) > PER_PAGE:
            self.loopback.object_to(
                f"{self.operation.name}: per_page is more than {PER_PAGE}, which GitHub takes as {PER_PAGE}"
            )
        rows = [view(item) for item in items[(number - 1) * size : number * size]]
        wanted = {"prev": number - 1, "next": number + 1, "last": last, "first": 1}
        shown = {word for word in wanted if (number < last if word in {"next", "last"} else number > 1)}
        links = [f'<{self.at_page(wanted[word])}>; rel="{word}"' for word in wanted if word in shown]
        body = rows if wrap is None else {"total_count": len(items), wrap: rows}
        return Answer(200, body, {"Link": ", ".join(links)} if links else {})

    def at_page(self, number):
        return f"{self.url}?{urlencode({**self.query, 'page': number})}"

    def since(self):
        """The `since` of a list, or the beginning of time."""
        return moment(self.query.get("since", "1970-01-01T00:00:00Z"))


def route(name):
    """Say which operation a handler answers, by GitHub's own id of it."""

    def register(handler):
        ROUTES[name] = handler
        return handler

    return register


def found(thing):
    if thing is None:
        raise Refused(404, "Not Found", kind="NOT_FOUND")
    return thing


def find_repository(world, token, full_name):
    repository = found(world.repositories.get(full_name.casefold()))
    return found(repository if token.sees(repository) else None)


def vanished(base, moved):
    if moved is None:
        return Refused(410, "This issue was deleted")
    url = f"{base}/repositories/{moved.repository.id}/issues/{moved.number}"
    return Refused(301, "Moved Permanently", headers={"Location": url})


def whole(query, name, default):
    value = query.get(name, "")
    return int(value) if value.isdigit() else default


def dispatch(call, verb, path):
    """Answer a request, and have whatever GitHub's description doesn't allow recorded."""
    matching = [
        (operation, params) for operation in contract.operations() if (params := operation.matches(path)) is not None
    ]
    chosen = next(((operation, params) for operation, params in matching if operation.verb == verb), None)
    if chosen is None:
        call.loopback.object_to(f"{verb} {path}: nothing that the loopback GitHub serves")
        return refusal(Refused(404, "Not Found"))
    call.operation, call.params = chosen
    faults = list(call.operation.faults(call.params, call.query, call.body))
    for fault in faults:
        call.loopback.object_to(fault)
    if faults:
        return refusal(Refused(422, "Invalid request.\n\n" + "\n".join(faults)))
    try:
        answer = ROUTES[call.operation.name](call)
    except Refused as no:
        answer = refusal(no)
    if call.loopback.looks_at_answers:
        for fault in call.operation.response_faults(answer.status, answer.body):
            call.loopback.object_to(fault)
    return answer


def renamed(world, verb, path):
    """Paths that GitHub answers beside those it describes: where redirects lead, and PyGithub's list of statuses."""
    if by_id := re.fullmatch(r"/repositories/(\d+)(/.*)?", path):
        names = {str(repository.id): repository.full_name for repository in world.repositories.values()}
        return f"/repos/{names.get(by_id[1], 'nobody/nothing')}{by_id[2] or ''}"
    if verb == "GET" and (legacy := re.fullmatch(r"(/repos/[^/]+/[^/]+)/statuses/([^/]+)", path)):
        return f"{legacy[1]}/commits/{legacy[2]}/statuses"
    return path


def refusal(no):
    """GitHub's body for an error."""
    body = {"message": no.message, "documentation_url": DOCS, "status": str(no.status)}
    if no.errors is not None:
        body["errors"] = no.errors
    if "Location" in no.headers:
        body["url"] = no.headers["Location"]
    return Answer(no.status, body, no.headers)
