"""GraphQL: graphql-core executes queries on GitHub's own schema, and errors come out as GitHub words them."""

import json
import re
from functools import cache, lru_cache

from graphql import GraphQLError, build_schema, execute_sync, get_operation_ast, parse, validate

from tests.github import mutations, resolvers, resolvers_code, resolvers_people
from tests.github.clock import moment, stamp
from tests.github.code import CheckRun, CheckSuite, Commit, Pull, Status
from tests.github.connections import Measure
from tests.github.contract import DATA
from tests.github.fields import resolve, resolver
from tests.github.issues import Issue
from tests.github.people import App, Refused, User
from tests.github.rest import Answer
from tests.github.state import Repository
from tests.github.written import Comment, Event, Label

REGISTERED = (
    mutations,
    resolvers,
    resolvers_code,
    resolvers_people,
)  # importing them is what registers their resolvers
TYPES = {
    Pull: "PullRequest", Issue: "Issue", Comment: "IssueComment", Label: "Label", Commit: "Commit", CheckRun: "CheckRun",
    CheckSuite: "CheckSuite", Status: "StatusContext", App: "App", Repository: "Repository",
}  # fmt: skip
UNKNOWN = re.compile(r"Cannot query field '(\w+)' on type '(\w+)'")
SIGN_IN = "This endpoint requires you to be authenticated."


@cache
def schema():
    """The part of GitHub's schema that is served; times go in and out as GitHub writes them."""
    built = build_schema((DATA / "github.graphql").read_text(encoding="utf-8"), assume_valid=True)
    times = built.type_map["DateTime"]
    times.coerce_output_value, times.coerce_input_value = stamp, moment
    times.coerce_input_literal = lambda node: moment(node.value)
    return built


def type_name(thing, info, kind):
    """The type of what a field of an interface or a union is."""
    if isinstance(thing, User):
        return thing.kind
    return resolvers.kind_of(thing) if isinstance(thing, Event) else TYPES[type(thing)]


@resolver("Query.rateLimit")
def rate_limit(source, info, *, dry_run=False):
    call = info.context
    seen = call.loopback.limits.seen(call.token, "graphql")
    reset = call.world.clock.now().fromtimestamp(seen["reset"], tz=call.world.clock.now().tzinfo)
    return {**seen, "cost": call.measure.cost, "nodeCount": call.measure.nodes, "resetAt": reset}


@resolver("Query.viewer")
def viewer(source, info):
    """Whom the token acts as. An app's bot is a user here, whose login ends as in REST."""
    return info.context.token.person


def named(body):
    """The fields at the top of a query, by which it is counted and matched; and whether it changes anything."""
    try:
        operation = get_operation_ast(understood(body["query"])[0], body.get("operationName"))
        fields = [field.name.value for field in operation.selection_set.selections]
    except (GraphQLError, TypeError, KeyError, AttributeError):
        return "graphql:?", False
    return "graphql:" + "+".join(fields), operation.operation.value == "mutation"


def answer(call):
    """Execute a query, or say as GitHub does why not. What the schema doesn't allow is recorded."""
    body = call.body
    if call.token.user is None and not call.token.is_app:
        return Answer(401, {"message": SIGN_IN, "status": "401"})
    if not isinstance(body, dict) or not isinstance(body.get("query"), str):
        call.loopback.object_to("graphql: a query has to be a string")
        return Answer(200, {"errors": [{"message": "A query attribute must be specified and must be a string."}]})
    document, errors = understood(body["query"])
    if errors:
        for error in errors:
            call.loopback.object_to(f"graphql: {error.message} (or tests/data/github/github.graphql leaves it out)")
        return Answer(200, {"errors": [invalid(error) for error in errors]})
    return run(call, document, body.get("variables") or {}, body.get("operationName"))


@lru_cache(maxsize=100)
def understood(text):
    """A query's document, and what the schema has against it."""
    try:
        document = parse(text)
        return document, validate(schema(), document)
    except GraphQLError as error:
        return None, [error]


@lru_cache(maxsize=100)
def measured(text, variables):
    """What a query would cost with these variables, in JSON."""
    return Measure(understood(text)[0], json.loads(variables))


def run(call, document, variables, operation_name):
    call.measure = measured(call.body["query"], json.dumps(variables))
    try:
        call.measure.refuse()
    except Refused as no:
        return Answer(200, {"errors": [{"type": no.kind, "message": no.message}]})
    result = execute_sync(
        schema(), document, context_value=call, variable_values=variables, operation_name=operation_name,
        field_resolver=resolve, type_resolver=type_name,
    )  # fmt: skip
    told = [failed(call, error) for error in result.errors or ()]
    if result.data is None and told:
        return Answer(200, {"errors": told})
    return Answer(200, {"data": result.data} | ({"errors": told} if told else {}))


def invalid(error):
    """A query that the schema doesn't allow, in GitHub's words where they are known."""
    told = {"message": error.message, "locations": places(error)}
    if unknown := UNKNOWN.match(error.message):
        field, kind = unknown.groups()
        told["message"] = f"Field '{field}' doesn't exist on type '{kind}'"
        told["extensions"] = {"code": "undefinedField", "typeName": kind, "fieldName": field}
    return told


def failed(call, error):
    """A field that could not be answered."""
    no = error.original_error
    if isinstance(no, GraphQLError):
        no = None
    if no is not None and not isinstance(no, Refused):
        raise no
    if no is None:
        call.loopback.object_to(f"graphql: {error.message}")
        return {"message": error.message, "locations": places(error)}
    told = {"type": no.kind, "path": error.path, "locations": places(error), "message": no.message}
    if no.kind == "FORBIDDEN":
        told["extensions"] = {"saml_failure": False}
    return told


def places(error):
    return [{"line": place.line, "column": place.column} for place in error.locations or ()]
