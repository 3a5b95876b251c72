"""GitHub's published descriptions, and what in a request or an answer they don't allow."""

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

DATA = Path(__file__).parent.parent / "data" / "github"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
SAMPLE = 5  # so many items of a long list are looked at: each is made by the same code
FORMATS = FormatChecker(formats=())
FORMATS.checks("date-time")(lambda value: not isinstance(value, str) or TIME.fullmatch(value) is not None)

# What GitHub does in spite of its description.
ALSO_SENT = {
    "issues/add-labels": {
        "type": "array",
        "items": {"type": "string"},
    },  # "you can pass an array directly", say the docs
    "issues/set-labels": {"type": "array", "items": {"type": "string"}},
}
ALSO_ANSWERED = re.compile(
    r"labels/\d+/description: |/account: "
)  # null among pull requests; asked to be a user and an enterprise


class Operation:
    """One verb on one path, as GitHub describes it."""

    def __init__(self, verb, path, described):
        self.verb = verb.upper()
        self.path = path
        self.name = described["operationId"]
        self.parameters = [resolved(one) for one in described.get("parameters", [])]
        self.body = resolved(described.get("requestBody", {}))
        self.responses = described["responses"]
        self.pattern = re.compile(re.sub(r"\\\{(\w+)\\\}", group, re.escape(path)))

    def matches(self, path):
        """The decoded path parameters, if it is this operation's path."""
        found = self.pattern.fullmatch(path)
        return found and {name: unquote(value) for name, value in found.groupdict().items()}

    def faults(self, params, query, body):
        """What GitHub's description has against a request."""
        declared = {one["name"]: one for one in self.parameters}
        for name, value in {**params, **query}.items():
            if name not in declared:
                yield f"{self.name}: no parameter {name!r}"
            else:
                yield from self.complaints(name, declared[name]["schema"], typed(value, declared[name]["schema"]))
        yield from self.body_faults(body)

    def body_faults(self, body):
        content = self.body.get("content", {}).get("application/json")
        if content is None:
            if body is not None:
                yield f"{self.name}: takes no body"
            return
        if body is None:
            if self.body.get("required"):
                yield f"{self.name}: needs a body"
            return
        schema = content["schema"]
        if self.name in ALSO_SENT:
            schema = {"anyOf": [schema, ALSO_SENT[self.name]]}
        yield from self.complaints("body", schema, body)

    def complaints(self, what, schema, value):
        for path, message in faults(json.dumps(schema), json.dumps(value)):
            yield f"{self.name}: {'/'.join([what, *path])}: {message}"

    def response_faults(self, status, body):
        """What the description has against an answer of this server's."""
        described = self.responses.get(str(status))
        if described is None:
            if status < 400:
                yield f"{self.name}: answered with {status}, which isn't described"
            return
        content = resolved(described).get("content", {}).get("application/json")
        if content is None:
            if body is not None and status < 300:
                yield f"{self.name}: {status} has no body"
            return
        for complaint in self.complaints(f"answer {status}", content["schema"], sample(body)):
            if not ALSO_ANSWERED.search(complaint):
                yield complaint


def group(found):
    """A path parameter: a label's slash may stand as it is, everything else ends at a slash."""
    name = found[1]
    return f"(?P<{name}>.+)" if name in {"name", "path", "ref"} else f"(?P<{name}>[^/]+)"


def sample(body):
    return body[:SAMPLE] if isinstance(body, list) else body


def typed(value, schema):
    """A parameter as the type that its description gives it, or as it is."""
    wanted = resolved(schema).get("type")
    if wanted == "integer" and value.lstrip("-").isdigit():
        return int(value)
    return {"true": True, "false": False}.get(value, value) if wanted == "boolean" else value


@cache
def document():
    return json.loads((DATA / "rest.json").read_text(encoding="utf-8"))


@cache
def registry():
    return Registry().with_resource("urn:github", DRAFT202012.create_resource(nullable_as_null(document())))


@cache
def operations():
    """Every operation that is described here; the most exact paths come first."""
    found = [Operation(verb, path, op) for path, item in document()["paths"].items() for verb, op in item.items()]
    return sorted(found, key=lambda operation: (operation.path.count("{"), -operation.path.count("/")))


@lru_cache(maxsize=2000)
def faults(schema, value):
    """What a schema has against a value, both in JSON: whatever breaks at one request, the others say the same again."""
    found = validator(schema).iter_errors(json.loads(value))
    return tuple((tuple(map(str, error.absolute_path)), error.message[:300]) for error in found)


@cache
def validator(schema):
    """A validator for a schema in JSON; what it refers to stands in GitHub's description."""
    return Draft202012Validator(
        absolute(nullable_as_null(json.loads(schema))), registry=registry(), format_checker=FORMATS
    )


def resolved(value):
    while "$ref" in value:
        _, *steps = value["$ref"].split("/")
        value = document()
        for step in steps:
            value = value[step]
    return value


def absolute(value):
    if isinstance(value, dict):
        return {key: f"urn:github{one}" if key == "$ref" else absolute(one) for key, one in value.items()}
    return [absolute(one) for one in value] if isinstance(value, list) else value


def nullable_as_null(value):
    """OpenAPI 3.0's `nullable` as JSON Schema says it."""
    if isinstance(value, list):
        return [nullable_as_null(one) for one in value]
    if not isinstance(value, dict):
        return value
    plain = {key: nullable_as_null(one) for key, one in value.items() if key != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if value.get("nullable") is True else plain
