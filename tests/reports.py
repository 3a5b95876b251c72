"""Reports on pull requests, one of each kind that people meet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ghstatus.model import (
    Check,
    CheckState,
    Head,
    Mode,
    Outage,
    Pull,
    Report,
    Said,
    Verdict,
    VerdictKind,
)
from ghstatus.report import Setting

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
START = NOW - timedelta(hours=4)
SETTING = Setting(
    names={"testing-farm": "Testing Farm", "copr": "Copr", "koji": "Koji"},
    page="https://status.packit.dev/",
    tracker="https://github.com/packit/status",
    now=NOW,
)
APP = "packit-as-a-service"
FARM = Outage(
    ref="42",
    title="Guests can't be provisioned",
    components=frozenset({"testing-farm"}),
    start=START,
    end=None,
    url="https://status.packit.dev/incidents/42/",
    issue="packit/status#42",
    eta="2026-03-02 16:00 UTC",
)
COPR = Outage(
    ref="43",
    title="Builders are unreachable",
    components=frozenset({"copr"}),
    start=START + timedelta(hours=1),
    end=None,
    url="https://status.packit.dev/incidents/43/",
    issue="packit/status#43",
    remedy="Builds for *x86_64* work, see the [queue](https://example.org/queue).",
)
FARM_SAYS = "Guest couldn't be provisioned: Artemis resource ended in 'error' state"
COPR_SAYS = "Backend process error: Three host tried without success: {'1.2.3.4'}"


def check(name="testing-farm:fedora-rawhide-x86_64", **said):
    job = "testing-farm" if name.startswith("testing-farm") else "copr"
    values = {
        "app": APP,
        "state": CheckState.FAILED,
        "conclusion": "failure",
        "url": f"https://dashboard.packit.dev/jobs/{job}/1234",
        "id": 7,
        "ended": NOW - timedelta(hours=1),
    }
    return Check(name=name, **(values | said))


def verdict(kind="explained", name="testing-farm:fedora-rawhide-x86_64", **said):
    component = "testing-farm" if name.startswith("testing-farm") else "copr"
    values = {"component": component, "rule": f"packit-{component}"}
    state = CheckState.PENDING if said.get("is_hanging") else CheckState.FAILED
    values["check"] = check(name, state=state)
    return Verdict(kind=VerdictKind(kind), **(values | said))


def farm(name="testing-farm:fedora-rawhide-x86_64", outage=FARM, **said):
    values = {
        "component": "testing-farm",
        "outage": outage,
        "reason": "The text tells of a failure of testing-farm itself, during an outage of it.",
        "quote": FARM_SAYS,
        "remedy": "/packit retest-failed",
    }
    return verdict("explained", name, **(values | said))


def head(**said):
    pull = Pull(number=12, title="Fix it", author="jane", url="https://github.com/packit/ogr/pull/12")
    values = {"repository": "packit/ogr", "sha": "0123456789abcdef" * 2 + "01234567", "since": START, "pulls": (pull,)}
    return Head(**(values | said))


def report(*verdicts, mode="annotate", **said):
    over = tuple({one.outage for one in verdicts if one.outage and one.outage.end})
    values = {"head": head(), "watched": max(len(verdicts), 1) + said.get("pending", 0), "over": over}
    return Report(mode=Mode(mode), verdicts=verdicts, **(values | said))


def ended(outage):
    return replace(outage, end=NOW - timedelta(minutes=30), eta="")


OWN = verdict(
    "own",
    "rpm-build:fedora-41-x86_64",
    reason="The text tells that the pull request, or how it is set up, made it fail.",
    quote="Bad exit status from /var/tmp/rpm-tmp.X (%build)",
)
UNKNOWN = verdict(
    "unexplained",
    "rpm-build:epel-9-x86_64",
    reason="Nothing that was read tells enough of a failure of copr, and no outage of it is known at that time.",
)
SLOW = farm(
    is_hanging=True,
    quote="",
    reason="It is pending for longer than usual, and an outage of testing-farm goes on.",
    remedy="",
)
NEARLY = verdict(
    "suspected",
    "rpm-build:fedora-rawhide-x86_64",
    reason="The text tells of a failure of copr itself, but no outage of it is known at that time.",
    quote=COPR_SAYS,
    remedy="wait for the Copr incident, then /packit rebuild-failed",
)
MAYBE = replace(
    NEARLY,
    outage=COPR,
    reason="At that time copr had an outage, but what would tell why it failed was not read.",
    quote="",
    remedy="",
)
SAID = Said("jane", NOW, "the tests ran on my machine", may_write=True)

STATES = {
    "one": report(farm()),
    "all": report(farm(), farm("testing-farm:fedora-41-x86_64"), farm("testing-farm:epel-9-x86_64"), watched=9),
    "mixed": report(farm(), farm("testing-farm:fedora-41-x86_64"), OWN, watched=6),
    "two-outages": report(
        farm(),
        replace(
            MAYBE,
            kind=VerdictKind.EXPLAINED,
            reason="The text tells of a failure of copr itself, but no outage of it is known at that time.",
            quote=COPR_SAYS,
        ),
        UNKNOWN,
        watched=6,
    ),
    "slow": report(SLOW),
    "suspected": report(NEARLY, watched=3),
    "perhaps": report(MAYBE, UNKNOWN, watched=3),
    "over": report(farm(outage=ended(FARM)), farm("testing-farm:fedora-41-x86_64", outage=ended(FARM))),
    "over-mixed": report(farm(outage=ended(FARM)), OWN),
    "well-again": report(watched=3),
    "not-known-any-more": report(UNKNOWN, watched=3),
    "ignored": report(farm(), ignored=SAID),
    "gate-passes": report(mode="gate", watched=3),
    "gate-nothing": report(mode="gate", watched=0),
    "gate-explained": report(farm(), farm("testing-farm:fedora-41-x86_64"), mode="gate", watched=4),
    "gate-own": report(OWN, farm(), mode="gate", watched=4),
    "gate-waits": report(farm(), mode="gate", pending=1, watched=3),
    "gate-ignored": report(farm(), OWN, mode="gate", ignored=SAID),
    "gate-withdrawn": report(farm(), mode="gate", ignored=SAID._replace(may_write=False)),
    "many": report(*(farm(f"testing-farm:fedora-{number}-x86_64") for number in range(300)), watched=300),
}
