"""Where Copr keeps the logs of a build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from ghstatus.evidence import shapes
from ghstatus.evidence.services import COPR, COPR_IMPORTS, COPR_LOGS, Answer, Fate, Want
from ghstatus.model import Evidence, Surface, Text

if TYPE_CHECKING:
    from collections.abc import Generator

    from ghstatus.evidence.services import Course

SRPM = "srpm-builds"
"""What stands in place of the chroot where a source package was built."""
_API = "https://copr.fedorainfracloud.org/api_3"
_IMPORT = "https://copr-dist-git.fedorainfracloud.org/per-task-logs"
_NAME = r"[A-Za-z0-9_][\w.+:~^-]{0,199}"
_FOLDER = re.compile(
    r"(?P<url>https://download\.copr\.fedorainfracloud\.org/results/"
    rf"@?{_NAME}/{_NAME}/(?P<chroot>{_NAME})/(?P<id>[0-9]{{8,10}})(?:-[\w.+:~^-]{{1,200}})?)"
    r"(?:/(?:builder-live\.log(?:\.gz)?)?)?",
    re.ASCII,
)
_LINK = re.compile(
    r"https://copr\.fedorainfracloud\.org/coprs/(?:(?:g/)?[\w.+:~@-]{1,200}/[\w.+:~-]{1,200}/)?build/([1-9][0-9]{0,9})\b",
    re.ASCII,
)
_CHROOT = re.compile(
    r"[a-z][a-z0-9+._]{0,60}(?:-[a-z0-9+._]{1,60}){1,5}?"
    r"-(?:x86_64(?:_v[2-4])?|aarch64|ppc64le|s390x|i[356]86|armhfp|armv7hl|riscv64)",
    re.ASCII,
)
_LOGS = (("builder-live.log", Surface.COPR_BUILD_LOG), ("backend.log", Surface.COPR_BACKEND_LOG))


class Folder(NamedTuple):
    """Where a build in one chroot keeps its logs."""

    url: str
    chroot: str
    build: int


def folder(url: str) -> Folder | None:
    """The folder that an address of its own, or of its builder's log, means; None for what isn't Copr's."""
    found = _FOLDER.fullmatch(url)
    return Folder(found["url"], found["chroot"], int(found["id"])) if found else None


def linked(text: str) -> int:
    """The one build that a text links; 0 where there is none, or more than one."""
    builds = set(_LINK.findall(text))
    return int(builds.pop()) if len(builds) == 1 else 0


def chroot(name: str) -> str:
    """The chroot in a check's name, between its colons; empty where there is none."""
    return next((part for part in name.split(":") if _CHROOT.fullmatch(part)), "")


def build(number: int, name: str) -> Course:
    """Look for the logs of a build of which only its number and chroot are known."""
    if name == SRPM:
        place = f"build/source-chroot/{number}"
    elif _CHROOT.fullmatch(name):
        place = f"build-chroot/?build_id={number}&chrootname={quote(name, safe='')}"
    else:
        return Evidence(unread=("In which chroot the build failed isn't told",))
    answer = yield Want(f"{_API}/{place}", COPR)
    told = shapes.facts(answer)
    if "result_url" not in told:
        return shapes.unread(COPR, answer)
    if not told["result_url"]:
        return (yield from _never_began(number, name, "Copr has no log of the build"))
    found = folder(shapes.words(told["result_url"]))
    if not found or (found.build, found.chroot) != (number, name):
        return Evidence(unread=("Copr's API names a log that isn't the build's",))
    return (yield from logs(found))


def logs(place: Folder) -> Course:
    """Read what the builder and Copr's backend wrote; where neither did, how the import went."""
    texts, unread, are_gone = [], [], True
    for name, surface in _LOGS:
        url, answer = yield from _log(f"{place.url}/{name}")
        are_gone = are_gone and answer.fate is Fate.MISSING
        if answer.fate is Fate.GOT and answer.text.strip():
            texts.append(Text(surface, answer.text, url))
        else:
            unread.append(_why_not(name, answer))
    if are_gone:
        return (yield from _never_began(place.build, place.chroot, *unread))
    return Evidence(texts=tuple(texts), unread=tuple(dict.fromkeys(unread)), is_complete=bool(texts))


def _log(url: str) -> Generator[Want, Answer, tuple[str, Answer]]:
    """A log, which is packed as soon as the build is over."""
    packed = f"{url}.gz"
    answer = yield Want(packed, COPR_LOGS, is_log=True)
    if answer.fate is not Fate.MISSING:
        return packed, answer
    return url, (yield Want(url, COPR_LOGS, is_log=True))


def _why_not(name: str, answer: Answer) -> str:
    if answer.fate is Fate.MISSING:
        return f"Copr has no {name} of the build"
    if answer.fate is Fate.GOT:
        return f"The build's {name} is empty"
    return f"{COPR_LOGS.name} {answer.text}"


def _never_began(number: int, name: str, *unread: str) -> Course:
    """Where there are no logs, a package may have been lost between its source and its build."""
    if name == SRPM:
        return Evidence(unread=unread)
    url = f"{_IMPORT}/{number}.log"
    answer = yield Want(url, COPR_IMPORTS, is_log=True)
    if answer.fate is Fate.GOT and answer.text.strip():
        return Evidence(texts=(Text(Surface.COPR_IMPORT_LOG, answer.text, url),), unread=unread)
    gone = answer.fate in {Fate.MISSING, Fate.GOT}
    why = "Copr has no import.log of the build" if gone else f"{COPR_IMPORTS.name} {answer.text}"
    return Evidence(unread=(*unread, why))
