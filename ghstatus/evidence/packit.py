"""Where the jobs of Packit's dashboard lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.evidence import copr, shapes, testing_farm
from ghstatus.evidence.services import PACKIT, Want
from ghstatus.model import CheckKind, Evidence

if TYPE_CHECKING:
    from ghstatus.evidence.services import Course
    from ghstatus.model import Check

_JOB = re.compile(
    r"https://dashboard\.(stg\.)?packit\.dev/jobs/(copr|srpm|testing-farm)/([1-9][0-9]{0,9})(?:[/?#]\S*)?", re.ASCII
)
_PAGES = {"copr": "copr-builds", "srpm": "srpm-builds", "testing-farm": "testing-farm"}
_NOTHING_BUILT = "Submit of the build failed"
_SAYS_NOTHING = re.compile(r"(?:.* ?\.\.\.|Installation (?:passed|failed))?", re.ASCII)
"""What Packit calls a run of tests of which Testing Farm gives no summary."""
_WHOLE = {CheckKind.CHECK_RUN: 250, CheckKind.STATUS: 135}
"""How long a title may be that wasn't cut."""


class _Job(NamedTuple):
    kind: str
    url: str
    """Of the API's page."""


def builds(check: Check) -> Course:
    """Read the logs of the build in Copr to which a check leads."""
    if check.title.startswith(_NOTHING_BUILT):
        return Evidence(is_complete=True)
    job = _job(check, "copr", "srpm")
    trouble = Evidence(unread=("The check leads to no build of Packit's",))
    if job:
        answer = yield Want(job.url, PACKIT)
        told = shapes.facts(answer)
        if told.keys() >= _keys(job.kind):
            return (yield from _logs(told, job.kind))
        trouble = shapes.unread(PACKIT, answer)
    number = copr.linked(check.summary)
    if not number:
        return trouble
    name = copr.SRPM if job and job.kind == "srpm" else copr.chroot(check.name)
    return shapes.joined(trouble, (yield from copr.build(number, name)))


def tests(check: Check) -> Course:
    """Read the request in Testing Farm to which a check leads, unless the check says what that would."""
    if len(check.title) < _WHOLE[check.kind] and not _SAYS_NOTHING.fullmatch(check.title):
        return Evidence(is_complete=True)
    job = _job(check, "testing-farm")
    trouble = Evidence(unread=("The check leads to no tests of Packit's",))
    if job:
        answer = yield Want(job.url, PACKIT)
        told = shapes.facts(answer)
        if "pipeline_id" in told:
            return (yield from _request(told))
        trouble = shapes.unread(PACKIT, answer)
    name, is_dev = testing_farm.linked(check.summary)
    if not name:
        return trouble
    return shapes.joined(trouble, (yield from testing_farm.request(name, is_dev=is_dev)))


def _job(check: Check, *kinds: str) -> _Job | None:
    found = _JOB.fullmatch(check.url)
    if not found or found[2] not in kinds:
        return None
    return _Job(found[2], f"https://{'stg' if found[1] else 'prod'}.packit.dev/api/{_PAGES[found[2]]}/{found[3]}")


def _keys(kind: str) -> set[str]:
    """Of the build's number and of its log's address."""
    return {"copr_build_id", "logs_url"} if kind == "srpm" else {"build_id", "build_logs_url", "chroot"}


def _logs(told: dict[str, object], kind: str) -> Course:
    is_srpm = kind == "srpm"
    number = shapes.number(told["copr_build_id" if is_srpm else "build_id"])
    name = copr.SRPM if is_srpm else shapes.words(told["chroot"])
    url = told["logs_url" if is_srpm else "build_logs_url"]
    if url:
        place = copr.folder(shapes.words(url))
        if not place:
            return Evidence(unread=("Packit's API names a log that isn't Copr's, so it wasn't read",))
        if place.chroot != name or (number and place.build != number):
            return Evidence(unread=("Packit's API names the log of another build, so it wasn't read",))
        return (yield from copr.logs(place))
    if not number:
        return Evidence(unread=("Packit knows no build in Copr",))
    return (yield from copr.build(number, name))


def _request(told: dict[str, object]) -> Course:
    name = shapes.words(told["pipeline_id"])
    if not testing_farm.is_id(name):
        return Evidence(unread=("Packit knows no request in Testing Farm",))
    linked, is_dev = testing_farm.linked(shapes.words(told.get("web_url")))
    return (yield from testing_farm.request(name, is_dev=is_dev if linked == name else True))
