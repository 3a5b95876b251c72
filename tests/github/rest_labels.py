"""Labels of a repository and of an issue over REST."""

import re

from tests.github.people import Refused
from tests.github.rest import Answer, found, route
from tests.github.rest_issues import invalid, may, names

COLOR = re.compile(r"[0-9a-fA-F]{6}")
NAME_LIMIT = 50
DESCRIPTION_LIMIT = 100


@route("issues/list-labels-for-repo")
def list_labels(call):
    call.allow("issues", level="read")
    return call.page(sorted(call.repository.labels, key=lambda label: label.name.casefold()), call.views.label)


def wanted(call):
    """The label of the path: its name may have any letter, escaped or, as for a slash, as it is."""
    return found(call.repository.find_label(call.params["name"]))


def check(body):
    if not COLOR.fullmatch(body.get("color", "ededed")):
        raise invalid("Label", "color", "invalid")
    if len(body.get("description") or "") > DESCRIPTION_LIMIT:
        raise invalid(
            "Label",
            "description",
            "custom",
            message=f"description is too long (maximum is {DESCRIPTION_LIMIT} characters)",
        )
    for key in ("name", "new_name"):
        if key in body and not 0 < len(body[key].strip()) <= NAME_LIMIT:
            raise invalid("Label", "name", "invalid")


@route("issues/create-label")
def create_label(call):
    call.allow("issues", "write")
    check(call.body)
    if call.repository.find_label(call.body["name"]):
        raise invalid("Label", "name", "already_exists")
    label = call.repository.label(
        call.body["name"], call.body.get("color", "ededed").lower(), call.body.get("description")
    )
    return Answer(201, call.views.label(label), {"Location": call.views.label(label)["url"]})


@route("issues/get-label")
def get_label(call):
    call.allow("issues", level="read")
    return Answer(200, call.views.label(wanted(call)))


@route("issues/update-label")
def update_label(call):
    """Rename, colour or describe a label; issues keep it, timelines keep its old name."""
    call.allow("issues", "write")
    label, body = wanted(call), call.body or {}
    check(body)
    other = call.repository.find_label(body.get("new_name", label.name))
    if other not in {None, label}:
        raise invalid("Label", "name", "already_exists")
    label.name = body.get("new_name", label.name)
    label.color = body.get("color", label.color).lower()
    label.description = body.get("description", label.description)
    return Answer(200, call.views.label(label))


@route("issues/delete-label")
def delete_label(call):
    call.allow("issues", "write")
    call.repository.remove_label(wanted(call))
    return Answer(204)


@route("issues/list-labels-on-issue")
def labels_of_issue(call):
    call.allow("issues", level="read")
    return call.page(call.issue.labels, call.views.label)


def sent(call):
    body = call.body or []
    return names(body if isinstance(body, list) else body.get("labels", []))


@route("issues/add-labels")
def add_labels(call):
    may(call, call.issue)
    return call.page(call.issue.label(*sent(call), by=call.token.actor).labels, call.views.label)


@route("issues/set-labels")
def set_labels(call):
    may(call, call.issue)
    return call.page(call.issue.set_labels(sent(call), by=call.token.actor).labels, call.views.label)


@route("issues/remove-all-labels")
def remove_all_labels(call):
    may(call, call.issue)
    call.issue.set_labels([], by=call.token.actor)
    return Answer(204)


@route("issues/remove-label")
def remove_label(call):
    """The answer is what is left; a label that isn't on the issue is 404."""
    may(call, call.issue)
    if call.repository.find_label(call.params["name"]) not in call.issue.labels:
        raise Refused(404, "Label does not exist")
    return call.page(call.issue.unlabel(call.params["name"], by=call.token.actor).labels, call.views.label)
