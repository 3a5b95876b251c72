"""The loopback GitHub itself: takes a request, lets it fail or be answered, and remembers it."""

import copy
import hashlib
import json
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field, replace
from email.utils import format_datetime
from urllib.parse import parse_qsl

from tests.github import contract, graphql, handlers, limits
from tests.github.auth import Tokens
from tests.github.faults import Faults
from tests.github.people import Refused
from tests.github.rest import Answer, Call, dispatch, refusal, renamed
from tests.github.state import World
from tests.github.views_code import CodeViews
from tests.github.wire import Wire, Written

HTML = {502: "<html><head><title>502 Bad Gateway</title></head></html>", 503: "<html><title>Unicorn!</title></html>"}
NOWHERE = "http://api.github.test"
NO_AGENT = "Request forbidden by administrative rules. Please make sure your request has a User-Agent header."
BARE = {"metadata": "read"}
SERVED = handlers.__all__


@dataclass
class Request:
    """A request as it came, and what became of it."""

    verb: str
    path: str
    query: dict
    headers: dict
    body: object
    kind: str = ""
    writes: bool = False
    status: int | None = None
    fault: object = None
    token: object = field(default=None, repr=False)


class Loopback:
    """A GitHub on this machine. Its state is built with `repository`, `grant`, `issue` … and served at `url`."""

    def __init__(self, *, prefix="", port=0):
        world = World()
        self.hold(world, Tokens(world), limits.Limits(world.clock))
        self.violations = []
        self.requests = []
        self.looks_at_answers = True
        self.prefix = prefix
        self.lock = threading.RLock()
        self.wire = None if port is None else Wire(self, port)
        self.url = f"{NOWHERE if self.wire is None else f'http://127.0.0.1:{self.wire.port}'}{prefix}"
        self.views = CodeViews(self.url)

    def hold(self, world, tokens, budgets):
        """Take a state as its own, in which nothing fails yet."""
        self.world, self.tokens, self.limits, self.faults = world, tokens, budgets, Faults()
        self.clock = world.clock
        self.repository = world.repository
        self.fail = self.faults.fail
        self.token = tokens.actions
        self.pat = tokens.classic
        self.fine_grained = tokens.fine_grained
        self.app = tokens.app

    def kept(self):
        """Everything as it is now, to be put back later, any number of times."""
        return copy.deepcopy((self.world, self.tokens, self.limits))

    def put_back(self, kept):
        """Be as it was once; what was asked since is forgotten. Issues that a test holds are of another world then."""
        self.hold(*copy.deepcopy(kept))
        self.requests.clear()

    @property
    def counts(self):
        """How many requests there were of each kind."""
        return Counter(request.kind for request in self.requests)

    def made(self, kind):
        """The requests of one kind, in order."""
        return [request for request in self.requests if request.kind == kind]

    def object_to(self, what):
        """Record what GitHub would not have accepted."""
        self.violations.append(what)

    def answer(self, request):
        """Answer one request; a string says what to do to the line instead of answering."""
        with self.lock:
            self.clock.tick()
            self.requests.append(request)
            self.name(request)
            rule = request.fault = self.faults.due(request)
            before = None if rule is None or rule.when == "after" else self.broken(request, rule)
            answer = before or self.fair(request)
            if rule is not None and rule.when == "after":
                answer = self.broken(request, rule) or answer
            request.status = answer.status
        if rule is not None and rule.with_ == "delay":
            time.sleep(rule.seconds)
        return answer, rule.with_ if rule is not None and rule.with_ in {"drop", "truncate"} else None

    def name(self, request):
        """Find out what kind of request it is, by GitHub's own names."""
        root = self.prefix.removesuffix("/v3")
        if request.verb == "POST" and request.path == f"{root}/graphql":
            request.kind, request.writes = graphql.named(request.body)
            return
        path = renamed(self.world, request.verb, request.path.removeprefix(self.prefix))
        names = [
            one.name for one in contract.operations() if one.verb == request.verb and one.matches(path) is not None
        ]
        request.path = path
        request.kind, request.writes = names[0] if names else "?", request.verb not in {"GET", "HEAD"}

    def broken(self, request, rule):
        """The answer of a fault; None where the line itself breaks after a real answer."""
        match rule.with_:
            case "drop" | "kill" if rule.when == "before":
                return Answer(0)
            case int(status) if status in {500, 502, 503, 504}:
                return Answer(status, HTML.get(status, {"message": "Server Error"}))
            case "secondary" | 429:
                wait = rule.retry_after
                return refusal(
                    limits.secondary(
                        429 if rule.with_ == 429 else 403, 60 if wait is None and rule.with_ != 429 else wait
                    )
                )
            case "rate_limited":
                return self.spent(request, whose(self.tokens, request), rule.retry_after or 3600)
        return None

    def fair(self, request):
        """What GitHub would answer."""
        resource = "graphql" if request.kind.startswith("graphql:") else "core"
        if not request.headers.get("user-agent"):
            return refusal(Refused(403, NO_AGENT))
        try:
            token = request.token = self.tokens.whose(request.headers.get("authorization"))
            if request.fault is not None and request.fault.with_ == "forbidden":
                token = replace(token, kind="actions" if token.is_app else "fine-grained", permissions=BARE)
            if request.kind != "rate-limit/get":
                if not self.limits.charge(token, resource):
                    return self.spent(request, token)
                self.limits.slow_down(token, resource, writes=request.writes)
        except Refused as no:
            return refusal(no)
        answer = self.served(request, token)
        answer.headers |= self.limits.headers(token, resource) | token.told
        return self.conditional(request, token, answer) if request.verb == "GET" else answer

    def served(self, request, token):
        url = f"{self.url}{request.path}"
        call = Call(self, token, self.views, url, {}, request.query, request.body, headers=request.headers)
        if not request.kind.startswith("graphql:"):
            return dispatch(call, request.verb, request.path)
        answer = graphql.answer(call)
        if answer.status == 200 and getattr(call, "measure", None):
            self.limits.charge(token, "graphql", call.measure.cost - 1)
        return answer

    def conditional(self, request, token, answer):
        """An ETag, which is good for this token alone; what hasn't changed costs nothing."""
        if answer.status != 200:
            return answer
        text = json.dumps([token.value, answer.body], sort_keys=True)
        etag = f'W/"{hashlib.sha256(text.encode()).hexdigest()}"'
        if request.headers.get("if-none-match") == etag:
            self.limits.refund(token, "core")
            return Answer(304, None, {**answer.headers, "ETag": etag, **self.limits.headers(token, "core")})
        answer.headers["ETag"] = etag
        return answer

    def spent(self, request, token, seconds=None):
        """The answer of a spent budget: GraphQL says it with 200."""
        is_graphql = request.kind.startswith("graphql:")
        resource, message = "graphql" if is_graphql else "core", limits.exceeded(token)
        seen = self.limits.headers(token, resource) | {"X-RateLimit-Remaining": "0"}
        if seconds is not None:
            seen["X-RateLimit-Reset"] = str(int(self.clock.now().timestamp()) + seconds)
        if is_graphql:
            return Answer(200, {"errors": [{"type": "RATE_LIMITED", "message": message}]}, seen)
        return refusal(Refused(403, message, headers=seen))

    def take(self, verb, target, headers, raw):
        """A request off the wire."""
        path, _, query = target.partition("?")
        request = Request(verb, path, dict(parse_qsl(query, keep_blank_values=True)), headers, None)
        try:
            request.body = json.loads(raw) if raw else None
        except ValueError:
            self.object_to(f"{verb} {path}: the body isn't JSON")
            return Written(refusal(Refused(400, "Problems parsing JSON"))), None
        try:
            answer, trouble = self.answer(request)
            answer.headers.setdefault("Date", format_datetime(self.clock.now(), usegmt=True))
            return Written(answer, half=request.fault is not None and request.fault.with_ == "half"), trouble
        except Exception:  # noqa: BLE001  # our own mistake must fail the test, not only the request
            self.object_to(f"the loopback GitHub broke on {verb} {target}:\n{traceback.format_exc()}")
            return Written(Answer(500, {"message": "Server Error"})), None

    def stop(self):
        if self.wire is not None:
            self.wire.stop()


def whose(tokens, request):
    try:
        return tokens.whose(request.headers.get("authorization"))
    except Refused:
        return tokens.whose(None)
