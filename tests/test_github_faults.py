"""Whatever fails at whichever request, a clean run afterwards leaves GitHub as if nothing had failed.

The loopback GitHub is asked within the process, so that some hundreds of runs take seconds. `GHSTATUS_FAULTS=all` tries
every fault at every request, which takes several times as long.
"""

import itertools
import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import NamedTuple, get_args

import pytest

from ghstatus.actions import (
    OpenIncident,
    OpenPostmortem,
    PostComment,
    PostUpdate,
    TrackerAction,
)
from ghstatus.errors import GhstatusError
from ghstatus.grammar import labels
from ghstatus.model import Pins, Reminders, Rota
from tests.builders import component, incident, site, update
from tests.github.direct import Killed, direct
from tests.github.page import Page

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RUN = BEGIN + timedelta(hours=2)
LATER = RUN + timedelta(minutes=20)
COMPONENTS = [component("copr"), component("tests"), component("web")]
WINDOW = "<!-- ghstatus\nscheduled_for: 2026-03-02T09:30Z\nscheduled_until: 2026-03-02T10:00Z\n-->\nNew disks."

FAULTS = {
    "not done": {"500": {"with_": 500}, "no answer": {"with_": "drop"}},
    "done, though nobody heard": {
        "502": {"with_": 502, "when": "after"},
        "no answer": {"with_": "drop", "when": "after"},
        "too slow": {"with_": "delay", "when": "after", "seconds": 0},
        "cut off": {"with_": "truncate", "when": "after"},
        "half an answer": {"with_": "half", "when": "after"},
    },
    "too much": {"secondary": {"with_": "secondary"}, "429": {"with_": 429}, "primary": {"with_": "rate_limited"}},
    "for good": {"502": {"with_": 502, "times": None}},
    "not permitted": {"403": {"with_": "forbidden", "times": None}},
    "killed before": {"kill": {"with_": "kill"}},
    "killed after": {"kill": {"with_": "kill", "when": "after"}},
}
AGAIN = ("not done", "done, though nobody heard", "too much")
"""What a run asks again for; a read comes to the same after each."""
ALL = os.environ.get("GHSTATUS_FAULTS") == "all"
"""Whether each request meets every fault. Otherwise those of one line above, which come to the same, take turns."""


TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC")
ROTA = Rota(people=("jane",), start=BEGIN - timedelta(days=1))
NEVER = Reminders(update_every={}, lead_within=timedelta(), stale_after=timedelta(), major_after=timedelta())
"""What is due depends on when a run is, and a run with a fault takes longer."""


@pytest.fixture(scope="module")
def github():
    with direct() as made:
        made.empty = made.kept()
        made.looks_at_answers = False
        yield made


class Situation:
    """A moment before a run, to which one can go back; the run; and how GitHub looks after it and a second one."""

    def __init__(self, github, folder, prepare, **pins):
        self.github, self.folder = github, folder
        github.put_back(github.empty)
        about = site(*COMPONENTS, base_url="https://status.example.org/", pins=Pins(**pins), rota=ROTA, reminders=NEVER)
        for name in ("packit/status", "packit/packit"):
            github.repository(name).grant("jane", "write")
        app = github.app("ghstatus", issues="write")
        app.install("packit/status", "packit/packit")
        self.page = Page(github, about, folder, app_id=str(app.id), app_private_key=app.private_key)
        folder.mkdir()
        prepare(github, self.page)
        self.before = github.kept()
        shutil.copytree(folder, folder.with_name("kept"))

    @cached_property
    def undisturbed(self):
        """What a run asks GitHub for, how its board is, and how GitHub is after the next one."""
        self.again()
        planned, applied = self.page.apply(RUN)
        assert (planned.refusal, applied.failed, applied.stopped) == ("", (), None)
        asked = [Asked(request.kind, request.writes) for request in self.github.requests]
        return asked, planned, self.clean()

    def again(self, *, cache=True):
        """Go back to before the run."""
        self.github.put_back(self.before)
        shutil.rmtree(self.folder)
        shutil.copytree(self.folder.with_name("kept"), self.folder) if cache else self.folder.mkdir()
        self.page.repository = self.github.repository("packit/status")
        self.page.told.clear()
        self.github.clock.set(RUN)

    def clean(self, *, cache=True):
        """Run once more, later, with nothing in the way; how everything is then."""
        if not cache:
            shutil.rmtree(self.folder)
            self.folder.mkdir()
        self.github.clock.set(max(LATER, self.github.clock.now()))
        planned, applied = self.page.apply(LATER)
        assert (planned.refusal, applied.failed, applied.stopped) == ("", (), None)
        return state(self.github)


def state(github):
    """All that people would see, without times."""
    seen = {}
    for repository in github.world.repositories.values():
        issues = [
            (
                issue.number, issue.title, issue.body, issue.state, issue.state_reason,
                sorted(label.name for label in issue.labels),
                issue.pinned_by and issue.pinned_by.login,
                [(comment.author.login, TIME.sub("TIME", comment.body)) for comment in issue.comments],
            )
            for issue in repository.issues.values()
        ]  # fmt: skip
        labels = sorted((label.name, label.color, label.description) for label in repository.labels)
        seen[repository.full_name] = (issues, labels, sorted(issue.number for issue in repository.pinned))
    return seen


def begins(github, page):
    """An outage, and nobody was told of anything yet; all labels but two are there."""
    status = page.repository
    for label in labels.wanted(page.site):
        if label.name != "phase/monitoring":
            status.label(label.name, label.color, label.description)
    github.clock.set(BEGIN + timedelta(minutes=100))
    status.issue("Copr is down", "All.", by="jane", labels=["incident", "severity/critical", "component/copr"])


def people_write(github, page):
    """What people did before anything of it was seen, and what they did since the last run."""
    status, clock = page.repository, github.clock
    clock.set(BEGIN)
    wrong = status.issue("Copr is slow", "Some.", by="jane", labels=["incident", "severity/majro", "component/copr"])
    status.issue("New disks", WINDOW, by="jane", labels=["maintenance", "component/web"])
    mended = status.issue("Tests hang", "All.", by="jane", labels=["incident", "severity/major", "component/tsets"])
    over = status.issue("Copr is down", "All.", by="jane", labels=["incident", "severity/critical", "component/copr"])
    back = status.issue("Copr was slow", "All.", by="jane", labels=["incident", "severity/minor", "component/copr"])
    back.close(by="jane")
    clock.set(BEGIN + timedelta(minutes=15))
    page.apply()
    assert (over.pinned_by.login, len(wrong.comments), len(mended.comments)) == ("ghstatus[bot]", 2, 2)

    clock.set(BEGIN + timedelta(minutes=80))
    status.remove_label(status.find_label("phase/monitoring"))
    wrong.unlabel("severity/majro", by="jane").label("severity/mjaor", by="jane")
    mended.unlabel("component/tsets", by="jane").label("component/tests", by="jane")
    mended.comment("**Identified:** a full disk.", by="jane")
    over.close(by="jane")
    new = status.issue("Copr says 502", "All.", by="jane", labels=["incident", "severity/ctirical", "component/copr"])
    new.comment("**Monitoring:** better.", by="jane")
    wrong.comment("/lead me\n/task Look at the disk", by="jane")
    back.comment("/reopen", by="jane")


def all_is_well(github, page):
    """The outage that the last run showed everywhere is over."""
    people_write(github, page)
    github.clock.set(BEGIN + timedelta(minutes=90))
    page.apply()
    for issue in list(page.repository.issues.values()):
        if issue.labels and issue.author.login == "jane":
            issue.close(by="jane")


@pytest.fixture(scope="module")
def first(github, tmp_path_factory):
    """The first run ever."""
    folder = tmp_path_factory.mktemp("first") / "page"
    return Situation(github, folder, begins, status_issue=True, also=("packit/packit",))


@pytest.fixture(scope="module")
def outage(github, tmp_path_factory):
    """A run in which everything happens but the end of it all."""
    folder = tmp_path_factory.mktemp("outage") / "page"
    return Situation(github, folder, people_write, status_issue=True)


@pytest.fixture(scope="module")
def calm(github, tmp_path_factory):
    """The run that clears everything away."""
    folder = tmp_path_factory.mktemp("calm") / "page"
    return Situation(github, folder, all_is_well, status_issue=True, also=("packit/packit",))


class Asked(NamedTuple):
    """A request of a run."""

    kind: str
    is_write: bool


def disturbed(situation, number, fault, kind):
    """Run with one request failing; the board that came of it, if any did."""
    github = situation.github
    for_good = fault.get("times", 1) is None

    def match(request):
        """That request; what goes on failing is the like of it, or whatever needs the same permission."""
        asked = len(github.requests) - 1
        like = request.writes if fault["with_"] == "forbidden" else request.kind == kind
        return asked == number or (for_good and asked > number and like)

    rule = github.fail(match, **fault)
    try:
        planned, _ = situation.page.apply(RUN)
    except (GhstatusError, Killed):
        planned = None
    github.faults.rules.remove(rule)
    return planned and planned.board


def statuses(judged):
    return {state.component.id: str(state.status) for state in judged.components}


def is_as_true(seen, true):
    """Whether everything looks as it is, or unknown."""
    return all(status in {"unknown", true[name]} for name, status in seen.items())


def test_the_runs_make_every_kind_of_change(first, outage, calm):
    made = {type(action) for situation in (first, outage, calm) for action in situation.undisturbed[1].plan}

    asked_for = {PostComment, OpenPostmortem}
    assert made == set(get_args(TrackerAction)) - asked_for


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("situation", ["first", "outage", "calm"])
def test_a_clean_run_makes_up_for_it(request, situation, kind):
    situation = request.getfixturevalue(situation)
    asked, planned, expected = situation.undisturbed
    true = statuses(planned.board)
    wrong = []
    for number, one in telling(asked, kind):
        for name, cache in itertools.product(faults(kind, number), caches(kind, one)):
            situation.again()
            judged = disturbed(situation, number, FAULTS[kind][name], one.kind)
            if judged is not None and not is_as_true(statuses(judged), true):
                wrong.append((number, one.kind, name, statuses(judged)))
            if (found := situation.clean(cache=cache)) != expected:
                wrong.append((number, one.kind, name, difference(expected, found)))
    assert wrong == []


FOR_GOOD = {
    "502": 502,
    "no answer": "drop",
    "cut off": "truncate",
    "half an answer": "half",
    "429": 429,
    "killed": "kill",
}


@pytest.fixture(scope="module")
def built(outage, tmp_path_factory):
    """A copy of the folder with a site of before the outage; its pages, and what is true by now."""
    outage.again()
    outage.github.clock.set(BEGIN + timedelta(minutes=20))
    outage.page.build()
    pages = outage.page.pages()
    outage.github.clock.set(RUN)
    true = statuses(outage.page.board())
    (outage.folder / "issues").unlink()
    return shutil.copytree(outage.folder, tmp_path_factory.mktemp("built") / "page"), pages, true


@pytest.mark.parametrize("fault", FOR_GOOD.values(), ids=FOR_GOOD)
@pytest.mark.parametrize("kind", ["graphql:*", "repos/get-collaborator-permission-level", "apps/*"])
def test_no_site_is_greener_than_what_is_known(outage, built, kind, fault):
    """What can't be asked for is unknown, or the last good site stays as it is."""
    folder, pages, true = built
    outage.again(cache=False)
    shutil.copytree(folder, outage.folder, dirs_exist_ok=True)
    rule = outage.github.fail(kind, with_=fault, times=None)
    try:
        built = outage.page.build()
    except (GhstatusError, Killed):
        assert outage.page.pages() == pages
    else:
        assert is_as_true(statuses(built.board), true)
        assert kind.startswith("repos")
        assert "unknown" in statuses(built.board).values()
    finally:
        outage.github.faults.rules.remove(rule)


def people_go_on(github):
    """What people may do while a run is at it."""
    status = github.repository("packit/status")
    theirs = [issue for issue in status.issues.values() if issue.author.login == "jane"]
    theirs[-1].comment("**Identified:** Meanwhile.", by="jane")
    theirs[0].edit("Meanwhile.", by="jane").label("severity/minor", by="jane")
    status.issue("Meanwhile", by="jane", labels=["incident", "component/tests", "severity/major"])


@pytest.mark.parametrize("situation", ["first", "outage", "calm"])
def test_what_people_do_during_a_run_is_seen_by_the_next(request, situation):
    situation = request.getfixturevalue(situation)
    asked, *_ = situation.undisturbed
    github, page, wrong = situation.github, situation.page, []
    for number, one in enumerate(asked):
        situation.again()

        def meanwhile(_, number=number):
            if len(github.requests) - 1 == number:
                people_go_on(github)
            return False

        github.fail(meanwhile)
        page.apply(RUN)
        github.faults.rules.clear()
        situation.clean()
        now = LATER + timedelta(minutes=5)
        remembered = page.observe(now)
        (page.folder / "issues").unlink()
        read = page.observe(now)
        if (remembered.incidents, remembered.problems) != (read.incidents, read.problems):
            wrong.append((number, one.kind))
        if {"Meanwhile", "Meanwhile."} - {incident.title for incident in read.incidents} - words(read):
            wrong.append((number, one.kind, "unseen"))
    assert wrong == []


def words(snapshot):
    return {update.text for incident in snapshot.incidents for update in incident.updates}


def telling(asked, kind):
    """The requests at which a kind of fault is tried, with their numbers.

    What only reads leaves GitHub as it is: what is asked again takes turns there, and a run that is killed before it is
    one that was killed after the last write.
    """
    turns = [other for other in AGAIN if kind in AGAIN]
    return [
        (number, one)
        for number, one in enumerate(asked)
        if ALL or one.is_write or (turns[number % len(turns)] == kind if turns else kind != "killed before")
    ]


def faults(kind, number):
    """What to try at one request."""
    names = list(FAULTS[kind])
    return names if ALL else [names[number % len(names)]]


def caches(kind, asked):
    """Whether the next run has what this one left behind; nothing where the same was tried already."""
    if kind == "not permitted" and not asked.is_write:
        return ()  # whatever is public may be read with any token
    if kind == "killed after" and not asked.is_write:
        return ()  # nothing was done
    return (True, False) if kind.startswith("killed") and asked.is_write else (True,)


def difference(expected, found):
    return [
        (name, one, other)
        for name in expected
        for one, other in zip(expected[name], found[name], strict=True)
        if one != other
    ]


SAID = incident("by-command", title="Tests are gone", severity="critical", components=["tests"], started="10:50")
NEXT = update("10:58", "identified", text="A cable.")


@pytest.fixture(scope="module")
def commanded(github, tmp_path_factory):
    def prepare(github, page):
        github.clock.set(BEGIN)
        page.apply()

    return Situation(github, tmp_path_factory.mktemp("commanded") / "page", prepare)


def command(page, action):
    """`ghstatus incident open` or `update`; whether it said that it was done."""
    try:
        applied = page.write(action)
    except (GhstatusError, Killed):
        return False
    return not applied.failed and not applied.stopped


def by_command(page, fault=None, number=0):
    """Open an incident and post an update, as a person does who looks before trying again."""
    github = page.github
    if fault is not None:
        rule = github.fail(lambda _: len(github.requests) - 1 == number, **{**fault, "times": 1})
    done = command(page, OpenIncident(incident=SAID))
    if not done and not opened(page):
        assert command(page, OpenIncident(incident=SAID))
    (issue,) = opened(page)
    post = PostUpdate(ref=str(issue.number), update=NEXT)
    done = command(page, post)
    if not done and not any("A cable." in comment.body for comment in issue.comments):
        assert command(page, post)
    if fault is not None:
        github.faults.rules.remove(rule)


def opened(page):
    return [issue for issue in page.repository.issues.values() if issue.title == SAID.title]


@pytest.mark.parametrize("kind", FAULTS)
def test_what_is_said_by_command_is_said_once(commanded, kind):
    commanded.again()
    by_command(commanded.page)
    asked = [request.kind for request in commanded.github.requests]
    expected = commanded.clean()
    wrong = []
    for number, one in enumerate(asked):
        for name in faults(kind, number):
            commanded.again()
            by_command(commanded.page, FAULTS[kind][name], number)
            if (found := commanded.clean()) != expected:
                wrong.append((number, one, name, difference(expected, found)))
    assert wrong == []
