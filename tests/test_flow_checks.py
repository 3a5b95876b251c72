"""Heads are observed, judged and decided about; what can't be judged stops nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ghstatus import flow
from ghstatus.flow import checks, cursors
from ghstatus.grammar import config
from ghstatus.heads.memory import MemoryHeads
from ghstatus.known import shipped
from ghstatus.model import (
    Check,
    CheckState,
    Evidence,
    Head,
    Mode,
    Outage,
    Phrase,
    Pull,
    Run,
    Signature,
    Surface,
    Text,
    Tier,
    Watch,
)
from tests.watched.world import CONFIG, COPR, FARM, GUEST, MINE, MUTE

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SITE = config.parse(CONFIG, where="ghstatus.yml")
FARM_DOWN = Outage(
    ref="1", title="Farm", components=frozenset({"testing-farm"}), start=NOW - timedelta(hours=3), end=None
)
COPR_DOWN = Outage(ref="2", title="Copr", components=frozenset({"copr"}), start=NOW - timedelta(hours=3), end=None)
APP = "packit-as-a-service"


def check(name=FARM, state=CheckState.FAILED, title=GUEST, hours=1, ident=1):
    kind = "testing-farm" if name == FARM else "copr"
    ended = None if state is CheckState.PENDING else NOW - timedelta(hours=hours)
    started = NOW - timedelta(hours=hours, minutes=10)
    url = f"https://dashboard.packit.dev/jobs/{kind}/{ident}/"
    return Check(name=name, app=APP, state=state, title=title, url=url, id=ident, started=started, ended=ended)


def head(*found, repository="packit/ogr", sha="a" * 40, number=1, **more):
    return Head(
        repository=repository,
        sha=sha,
        since=NOW - timedelta(hours=2),
        pulls=(Pull(number=number),),
        checks=found,
        **more,
    )


def watching(*outages, evidence=None, own="packit/status", watch=None, signatures=()):
    known = checks.known(SITE, (*shipped().signatures, *signatures), outages, now=NOW, tracker="packit/status")
    read = evidence or (lambda pairs: {one: Evidence() for one, _ in pairs})
    return checks.Watching(known=known, watch=watch or SITE.watch, evidence=read, own=own)


def look(heads, world, *repositories):
    (found,) = checks.look(heads, world, repositories or ("packit/ogr",))
    return found


def test_what_is_found_is_judged_and_said_once():
    heads = MemoryHeads([head(check())])
    world = watching(FARM_DOWN)
    found = look(heads, world)

    (action,) = found.plan
    assert (action.conclusion, action.report, found.repositories) == ("neutral", found.reports[0], ("packit/ogr",))
    assert flow.apply(found.plan, heads).failed == ()
    assert look(heads, world).plan == ()


def test_evidence_is_read_of_what_doesn_t_tell_itself():
    asked = []

    def read(pairs):
        asked.extend(pairs)
        return {one: Evidence(texts=(Text(Surface.COPR_BUILD_LOG, MINE),), is_complete=True) for one, _ in asked}

    mute = check(COPR, title=MUTE, ident=2)
    found = look(MemoryHeads([head(check(), mute)]), watching(COPR_DOWN, FARM_DOWN, evidence=read))

    assert [(one, rule.id) for one, rule in asked] == [(mute, "packit-copr")]
    assert [str(verdict.kind) for verdict in found.reports[0].verdicts] == ["explained", "own"]


def test_a_head_on_which_nothing_happened_lately_is_left_alone():
    old = head(check(hours=25))
    world = watching(replace(FARM_DOWN, start=NOW - timedelta(days=3)))

    assert look(MemoryHeads([old]), world).reports == ()
    assert len(look(MemoryHeads([head(check(hours=23))]), world).reports) == 1
    assert len(look(MemoryHeads([head(check(hours=25, state=CheckState.PENDING))]), world).reports) == 1
    posted = replace(old, posted=(Run("ghstatus/known-failures", 1, "", "neutral"),))
    assert len(look(MemoryHeads([posted]), world).reports) == 1
    gates = replace(SITE.watch, gates=("Packit/OGR",))
    assert len(look(MemoryHeads([old]), replace(world, watch=gates)).reports) == 1


@pytest.mark.parametrize(
    ("about", "is_fresh"),
    [
        ({"ended": NOW - timedelta(hours=23), "started": None}, True),
        ({"ended": None, "started": NOW - timedelta(hours=25)}, False),
        ({"ended": None, "started": None}, True),  # as old as its commit
    ],
)
def test_a_check_without_times_is_as_old_as_its_commit(about, is_fresh):
    one = head(replace(check(), **about))

    assert checks.is_fresh(one, Mode.ANNOTATE, watching()) is is_fresh


def test_a_review_looks_at_everything_and_changes_nothing():
    heads = MemoryHeads([head(check(hours=100))])
    (found,) = checks.review(heads, watching(replace(FARM_DOWN, start=NOW - timedelta(days=6))), ("packit/ogr",))

    assert (len(found.reports), found.plan, found.repositories) == (1, (), ("packit/ogr",))


def test_what_is_posted_depends_on_the_repository():
    watch = Watch(gates=("packit/ogr",))

    assert checks.mode_of(watch, "Packit/Ogr") is Mode.GATE
    assert checks.mode_of(watch, "packit/packit") is Mode.ANNOTATE
    assert checks.mode_of(replace(watch, mode=Mode.GATE), "packit/packit") is Mode.GATE


def test_all_repositories_of_an_owner_may_have_a_gate():
    watch = Watch(gates=("Packit/*",))

    assert [checks.mode_of(watch, name) for name in ("packit/ogr", "packitx/ogr")] == [Mode.GATE, Mode.ANNOTATE]
    assert checks.relevant(watching(watch=watch), (*NAMED, "Packit/*")) == ("packit/status", "Packit/*")


class Broken:
    """A check that nobody imagined."""

    def __init__(self, known, method):
        self.known, self.method = known, method

    def __getattr__(self, name):
        return self.refuse if name == self.method else getattr(self.known, name)

    def refuse(self, one, *args, **said):
        if one.sha[0] == "b":
            raise TypeError("no such thing")
        return getattr(self.known, self.method)(one, *args, **said)


@pytest.mark.parametrize("method", ["report", "wanted"])
def test_a_head_that_can_t_be_judged_stops_no_other(method):
    world = watching(FARM_DOWN)
    broken = replace(world, known=Broken(world.known, method))
    bad = head(check(ident=5), sha="b" * 40)
    good = head(check(), number=2) if method == "report" else head(number=2)
    found = look(MemoryHeads([bad, good]), broken)

    assert [str(problem) for problem in found.trouble] == [
        "packit/ogr: bbbbbbb can't be judged: TypeError: no such thing → it is left alone"
    ]
    assert all(report.head.sha == "a" * 40 for report in found.reports)
    assert len(found.plan) == (1 if method == "report" else 0)


def test_what_could_not_be_read_is_passed_on():
    found = look(MemoryHeads(), watching(), "packit/nothing")

    assert [problem.where for problem in found.trouble] == ["packit/nothing"]


def test_an_app_writes_anew_what_it_posted():
    heads = MemoryHeads([head(check())], app="ghstatus")
    flow.apply(look(heads, watching(FARM_DOWN)).plan, heads)
    (action,) = look(heads, watching(replace(FARM_DOWN, end=NOW))).plan

    assert action.run == heads.commit("packit/ogr", "a" * 40, NOW).posted[0].id


NAMED = ("packit/status", "packit/ogr", "packit/packit")


def test_without_anything_that_could_explain_only_the_own_repository_is_worth_a_look():
    assert checks.relevant(watching(), NAMED) == ("packit/status",)
    assert checks.relevant(watching(own=""), NAMED) == ()
    assert checks.relevant(watching(own="other/one"), NAMED) == ()
    assert checks.relevant(watching(), ("Packit/*",)) == ("packit/status",)


def test_gates_always_are():
    assert checks.relevant(watching(watch=Watch(gates=("packit/packit",))), NAMED) == ("packit/status", "packit/packit")
    assert checks.relevant(watching(watch=Watch(mode=Mode.GATE)), NAMED) == NAMED


def test_all_are_while_something_may_explain():
    over = replace(COPR_DOWN, end=NOW - timedelta(minutes=50))
    issue = Signature(
        id="issue-7", service="copr", surfaces=frozenset({Surface.LOG}), tier=Tier.INFRA, phrase=Phrase("x"), since=NOW
    )

    assert checks.relevant(watching(COPR_DOWN), NAMED) == NAMED
    assert checks.relevant(watching(over), NAMED) == NAMED
    assert checks.relevant(watching(signatures=[issue]), NAMED) == NAMED
    assert checks.relevant(watching(), NAMED, everything=True) == NAMED
    long_over = replace(COPR_DOWN, end=NOW - timedelta(hours=10))
    elsewhere = replace(COPR_DOWN, components=frozenset({"website"}))
    assert checks.relevant(watching(long_over, elsewhere), NAMED) == ("packit/status",)


def test_after_the_last_outage_everything_is_looked_at_once_more():
    during, quiet = watching(COPR_DOWN).known, watching().known
    noted = cursors.left(None, during, None)

    assert cursors.owes(noted)
    assert cursors.owes(cursors.left({"left": ["packit/ogr"]}, quiet, noted))
    assert cursors.left({"left": ["packit/ogr"]}, during, None) == {"left": ["packit/ogr"], **noted}
    assert cursors.left(None, quiet, noted) is None
    assert cursors.left({"left": ["packit/ogr"]}, quiet, None) == {"left": ["packit/ogr"]}
    assert not cursors.owes(None)
    assert not cursors.owes({"left": []})


def test_a_look_goes_on_where_the_last_one_ended(tmp_path):
    heads = MemoryHeads([head(check())], repositories=["packit/packit"], most=1)
    names, path = ("packit/packit", "packit/ogr"), tmp_path / "cache" / "checks.json"
    (first,) = checks.look(heads, watching(FARM_DOWN), names, cursors.recall(path))
    cursors.note(path, first.cursor)
    (second,) = checks.look(heads, watching(FARM_DOWN), names, cursors.recall(path))

    assert (first.repositories, second.repositories) == (("packit/packit",), ("packit/ogr",))
    cursors.note(path, None)
    assert cursors.recall(path) is None
    cursors.note(path, None)  # again


@pytest.mark.parametrize("text", ["", "{", "[1]", "\xff", "[" * 100_000])
def test_a_damaged_note_is_none(tmp_path, text):
    (tmp_path / "note").write_bytes(text.encode("latin-1"))

    assert cursors.recall(tmp_path / "note") is None
