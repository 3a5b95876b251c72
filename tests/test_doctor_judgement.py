"""What is found of an installation, and what is said of it: facts in, findings out."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ghstatus.checkup import judge, recipe
from ghstatus.errors import Problem
from ghstatus.grammar import config, labels
from ghstatus.model import Label, Pin
from ghstatus.model.checkup import (
    Bot,
    Elsewhere,
    EnableWorkflow,
    Facts,
    Form,
    Level,
    OnGitHub,
    Pages,
    Reply,
    Repository,
    Right,
    Run,
    Token,
    Unseen,
    Workflow,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXT = "title: Example\nbase_url: https://packit.github.io/status/\ncomponents: [{id: copr, name: Copr, aliases: [Copr builds]}]\n"
OWN = "on: [schedule, issues]\njobs: {a: {permissions: {issues: write}, steps: [{run: ghstatus apply}]}}\n"
DEFAULTS = (
    "bug", "documentation", "duplicate", "enhancement", "good first issue", "help wanted", "invalid", "question", "wontfix",
)  # fmt: skip
UNSEEN = Unseen("GitHub says no")


def site(more="", text=TEXT):
    return config.parse(text + more, where="ghstatus.yml")


def ran(conclusion="success", **ago):
    return Run(conclusion, NOW - timedelta(**ago), "https://github.com/packit/status/actions/runs/1")


EVENTS, TICKS = OWN.replace("schedule, ", ""), OWN.replace(", issues", "")
WORKFLOW = Workflow(7, ".github/workflows/status.yml", "active", "https://w", OWN, ran(), ran())
TWO = (
    WORKFLOW._replace(text=EVENTS),
    WORKFLOW._replace(id=8, path=".github/workflows/status-clock.yml", text=TICKS, url="https://c"),
)
REPOSITORY = Repository("packit/status", "https://github.com/packit/status", may=frozenset({"pull", "triage", "push"}))
HERE = OnGitHub(
    right=Right(Token.OTHER, "jane"),
    repository=REPOSITORY,
    labels=labels.wanted(site()),
    pages=Pages("https://packit.github.io/status"),
    workflows=(WORKFLOW,),
)
WELL = Facts(now=NOW, site=site(), version="0.1.0", github=HERE)


def found(facts=WELL, **here):
    """The findings by their names, where GitHub tells this."""
    facts = replace(facts, github=replace(HERE, **here)) if here else facts
    return {one.about: one for one in judge.judge(facts)}


def test_what_is_well_has_no_finding():
    assert found() == {}
    assert found(replace(WELL, github=None)) == {}
    assert found(workflows=TWO) == {}


def test_the_worst_comes_first():
    here = {"pages": None, "pins": (), "labels": (), "forms": (Form("a.yml", is_there=False),)}

    levels = [one.level for one in found(**here).values()]

    assert levels == [Level.ERROR, Level.WARNING, Level.HINT]


def test_a_configuration_that_cannot_be_used_is_said_by_its_places():
    (one,) = judge.unusable([Problem(where="ghstatus.yml", line=3, seen="it is broken")])

    assert (one.level, one.seen) == (Level.ERROR, "ghstatus.yml:3: it is broken")
    assert one.remedy.startswith("edit ghstatus.yml")


def test_a_known_failure_that_isn_t_used_is_a_warning():
    weak = Problem(where="ghstatus.yml", key="known_failures[0].text", seen="it is too short", accepted="more of it")

    (one,) = judge.judge(Facts(site=site(), now=NOW, version="1"), [weak])

    assert (one.about, one.level) == ("known-failure-weak", Level.WARNING)
    assert (one.seen, one.remedy) == ("ghstatus.yml: known_failures[0].text: it is too short", "mend it: more of it")


@pytest.mark.parametrize(
    ("reply", "about", "seen"),
    [
        (Reply("https://a", 200), None, ""),
        (Reply("https://a", 301), None, ""),
        (Reply("https://a", 401), None, ""),
        (Reply("https://a", 429), None, ""),
        (Reply("https://a", 404), "page-unreachable", "the page doesn't answer: https://a (HTTP 404)"),
        (Reply("https://a", 410), "page-unreachable", "the page doesn't answer: https://a (HTTP 410)"),
        (Reply("https://a", 500), "page-unreachable", "the page doesn't answer: https://a (HTTP 500)"),
        (Reply("https://a", 0, "no"), "page-unreachable", "the page doesn't answer: https://a (no)"),
        (Reply("https://a", is_private=True), "page-private", "base_url is https://a, which is no place on"),
    ],
)
def test_the_page_should_answer(reply, about, seen):
    findings = found(replace(WELL, page=reply))

    assert list(findings) == ([about] if about else [])
    assert not about or findings[about].seen.startswith(seen)


@pytest.mark.parametrize(
    ("reply", "level"),
    [
        (Reply("https://a", 302), None),
        (Reply("https://a", 404), Level.WARNING),
        (Reply("https://a", is_private=True), Level.HINT),
    ],
)
def test_upstream_pages_should_answer(reply, level):
    findings = found(replace(WELL, upstreams={"copr": reply}))

    assert [one.level for one in findings.values()] == ([level] if level else [])


def test_components_with_the_same_upstream_page_are_one_finding():
    gone, other = Reply("https://a", 404), Reply("https://b", 404)

    findings = judge.judge(replace(WELL, upstreams={"copr": gone, "koji": other, "bodhi": gone}))

    assert [one.seen for one in findings] == [
        "upstream of copr, bodhi doesn't answer: https://a (HTTP 404)",
        "upstream of koji doesn't answer: https://b (HTTP 404)",
    ]


def test_upstream_pages_that_were_not_asked_are_counted():
    assert found(replace(WELL, unasked=5))["upstream-unasked"].seen == "5 more upstream pages weren't asked"


def test_a_page_without_components_says_little():
    assert list(found(replace(WELL, site=site(text="title: A\nbase_url: https://packit.github.io/status\n")))) == [
        "components",
        "label-orphan",
    ]


def test_notes_want_a_folder():
    assert found(replace(WELL, cache="it is full"))["cache"].seen == "the folder for notes can't be written: it is full"


def test_what_keeps_github_from_being_asked_is_an_error():
    one = found(replace(WELL, github=Unseen("no token")))["token"]

    assert (one.level, one.seen) == (Level.ERROR, "no token")


def test_of_a_repository_that_is_not_there_nothing_else_is_said_but_the_time():
    assert list(found(repository=UNSEEN)) == ["repository"]
    assert list(found(repository=UNSEEN, skew=timedelta(hours=1))) == ["clock", "repository"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-121, "2 minutes behind GitHub's"),
        (-120, None),
        (0, None),
        (120, None),
        (121, "2 minutes ahead of GitHub's"),
        (7200, "120 minutes ahead of GitHub's"),
    ],
)
def test_our_clock_may_be_two_minutes_off(seconds, words):
    findings = found(skew=timedelta(seconds=seconds))

    assert list(findings) == (["clock"] if words else [])
    assert not words or findings["clock"].seen.endswith(words)


@pytest.mark.parametrize(
    ("right", "repository", "abouts"),
    [
        (Right(Token.APP, granted={"issues": "write"}), REPOSITORY, []),
        (Right(Token.APP, granted={"issues": "read"}), REPOSITORY, ["token-lacks"]),
        (Right(Token.APP, granted={}), REPOSITORY, ["token-lacks"]),
        (Right(Token.APP), REPOSITORY._replace(may=frozenset()), []),
        (Right(Token.WORKFLOW), REPOSITORY._replace(may=frozenset()), []),
        (Right(Token.CLASSIC, scopes=("repo",)), REPOSITORY, []),
        (Right(Token.CLASSIC, scopes=("gist", "public_repo")), REPOSITORY, []),
        (Right(Token.CLASSIC, scopes=("public_repo",)), REPOSITORY._replace(is_private=True), ["token-lacks"]),
        (Right(Token.CLASSIC, scopes=("repo",)), REPOSITORY._replace(is_private=True), []),
        (Right(Token.CLASSIC, scopes=()), REPOSITORY, ["token-lacks"]),
        (Right(Token.CLASSIC), REPOSITORY, []),
        (Right(Token.CLASSIC), REPOSITORY._replace(may=frozenset({"pull"})), ["token-lacks"]),
        (Right(Token.FINE_GRAINED), REPOSITORY, ["token-unknown"]),
        (Right(Token.FINE_GRAINED), REPOSITORY._replace(may=frozenset()), ["token-lacks"]),
        (Right(Token.OTHER), REPOSITORY, []),
    ],
)
def test_a_right_should_be_enough(right, repository, abouts):
    assert list(found(right=right, repository=repository, pages=HERE.pages._replace(is_public=False))) == abouts


def test_what_a_right_lacks_is_said_in_its_own_terms():
    def lacks(right, repository=REPOSITORY):
        return found(right=right, repository=repository)["token-lacks"]

    app = lacks(Right(Token.APP, granted={}))
    assert (app.level, app.seen) == (Level.ERROR, "the App's installation has `issues: none`")
    classic = lacks(Right(Token.CLASSIC, scopes=()))
    assert classic.seen == "the classic token's scopes are none"
    assert "`public_repo`" in classic.remedy
    private = lacks(Right(Token.CLASSIC, scopes=("a", "b")), REPOSITORY._replace(is_private=True))
    assert private.seen == "the classic token's scopes are `a`, `b`"
    assert "`repo`" in private.remedy
    nobody = lacks(Right(Token.OTHER), REPOSITORY._replace(may=frozenset({"triage"})))
    assert nobody.seen == "a token may only triage in packit/status"


def test_a_repository_should_take_issues():
    repository = REPOSITORY._replace(is_archived=True, has_issues=False)

    findings = found(repository=repository)

    assert [(one.about, one.level) for one in findings.values()] == [
        ("archived", Level.ERROR),
        ("issues-off", Level.ERROR),
    ]


@pytest.mark.parametrize(
    ("by", "more", "is_full"),
    [
        (("jane", "joe", ""), "", True),
        (("jane", "joe"), "", False),
        (("jane", "joe", "github-actions[bot]"), "", False),
        (("jane", "joe", "jane"), "pins: {max: 0}\n", False),
        (("jane", "joe", "jane"), "pins: {max: 0, status_issue: true}\n", True),
    ],
)
def test_people_should_leave_a_pin_for_the_outage(by, more, is_full):
    pins = tuple(Pin(number, login) for number, login in enumerate(by, 1))

    findings = found(replace(WELL, site=site(more), github=replace(HERE, pins=pins)))

    assert list(findings) == (["pins-taken"] if is_full else [])
    assert by[-1] or "#1 by @jane, #2 by @joe, #3, and" in findings["pins-taken"].seen


def test_bots_should_be_there():
    bots = (Bot("here[bot]", is_there=True), Bot("gone[bot]", is_there=False), Bot("dim[bot]", is_there=UNSEEN))

    findings = found(bots=bots)

    assert list(findings) == ["bot", "unseen"]
    assert findings["bot"].seen == "`bots:` names gone[bot], and GitHub knows no such account"
    assert findings["unseen"].seen == "couldn't find out whether the bot dim[bot] is there: GitHub says no"


@pytest.mark.parametrize(
    ("token", "other", "words"),
    [
        (Token.OTHER, REPOSITORY, None),
        (Token.OTHER, REPOSITORY._replace(may=frozenset()), "the token may not pin issues there"),
        (Token.APP, REPOSITORY._replace(may=frozenset()), None),
        (Token.OTHER, UNSEEN, "GitHub says no"),
        (Token.OTHER, REPOSITORY._replace(is_archived=True), "it is archived"),
        (Token.OTHER, REPOSITORY._replace(has_issues=False), "issues are switched off there"),
        (Token.WORKFLOW, REPOSITORY, "a workflow's own token reaches its own repository only"),
    ],
)
def test_the_outage_should_find_its_way_elsewhere(token, other, words):
    findings = found(right=Right(token), elsewhere=(Elsewhere("packit/packit", other),))

    assert [one.seen for one in findings.values()] == ([f"`pins.also` names packit/packit: {words}"] if words else [])


def present(*names):
    return tuple(Label(name) for name in names)


def test_missing_labels_can_be_made_and_no_default_of_githubs_is_taken_for_one():
    wanted = labels.wanted(site())

    one = found(labels=present(*DEFAULTS))["labels-missing"]

    assert tuple(mend.label for mend in one.mends) == wanted
    assert one.seen == (
        "the repository has no label `incident`, `maintenance`, `announcement`, `known-failure`, `false-alarm`, "
        f"`postmortem` and {len(wanted) - 6} more"
    )
    assert "more" not in found(labels=wanted[6:])["labels-missing"].seen
    assert found(labels=present(*(label.name.upper() for label in wanted))) == {}


def test_a_label_that_seems_renamed_is_not_made_anew():
    there = {label.name for label in HERE.labels} - {"incident", "phase/monitoring"} | {"Incidents", "phase/monitorin"}

    findings = judge.judge(replace(WELL, github=replace(HERE, labels=present(*sorted(there)))))

    assert [(one.about, one.seen, one.mends) for one in findings] == [
        ("label-renamed", "the repository has no label `incident`, but `Incidents`", ()),
        ("label-renamed", "the repository has no label `phase/monitoring`, but `phase/monitorin`", ()),
    ]


def test_a_comma_is_two_labels_to_github():
    settings = site('labels: {incident: "down, out"}\n')

    findings = found(replace(WELL, site=settings, github=replace(HERE, labels=labels.wanted(settings))))

    assert [one.seen for one in findings.values()] == ["a label's name holds a comma: `down, out`"]


def test_labels_of_components_that_are_gone_are_named():
    there = (*HERE.labels, *present("Component/Copr Builds", "component/gone"))

    assert [one.seen for one in found(labels=there).values()] == [
        "no component is called what these labels say: `component/gone`"
    ]


def test_another_tools_labels_are_its_own():
    upptime = replace(WELL, site=site("dialect: upptime\n"))

    assert list(found(replace(upptime, github=replace(HERE, labels=())))) == ["labels-missing"]
    assert found(replace(upptime, github=replace(HERE, labels=())))["labels-missing"].mends == ()
    assert found(replace(upptime, github=replace(HERE, labels=present("Status", "maintenance")))) == {}
    assert found(replace(upptime, github=replace(HERE, labels=present("status")))) == {}
    anything = replace(WELL, site=site("dialect: issue-status\n"), github=replace(HERE, labels=()))
    assert "labels-missing" in found(anything)


@pytest.mark.parametrize("what", ["labels", "pages", "workflows", "forms"])
def test_what_could_not_be_seen_is_a_hint(what):
    (one,) = found(**{what: UNSEEN}).values()

    assert (one.about, one.level) == ("unseen", Level.HINT)
    assert one.seen.endswith(": GitHub says no")


@pytest.mark.parametrize(
    ("base_url", "text", "is_meant"),
    [
        ("https://packit.github.io/status/", OWN, True),
        ("https://status.example.org/", OWN, False),
        ("https://status.example.org/", f"{OWN}# pages: write\n", True),
    ],
)
def test_pages_should_be_on_where_the_page_is_meant_to_be_there(base_url, text, is_meant):
    here = replace(HERE, pages=None, workflows=(WORKFLOW._replace(text=text),))
    facts = replace(WELL, site=replace(WELL.site, base_url=base_url), github=here)

    assert list(found(facts)) == (["pages-off"] if is_meant else [])


def test_without_a_workflow_pages_may_still_be_meant():
    assert list(found(pages=None, workflows=())) == ["pages-off", "workflow-missing"]
    assert list(found(pages=None, workflows=UNSEEN)) == ["pages-off", "unseen"]


def test_pages_should_take_what_the_workflow_builds():
    pages = Pages("https://packit.github.io/status/", is_by_workflow=False, is_https_enforced=False, has_failed=True)

    findings = found(pages=pages)

    assert list(findings) == ["pages-source", "pages-failed", "pages-https"]


@pytest.mark.parametrize(("more", "level"), [("", Level.WARNING), ("# pages: write\n", Level.HINT)])
def test_an_address_that_the_workflow_finds_out_need_not_be_written_down(more, level):
    here = replace(HERE, workflows=(WORKFLOW._replace(text=OWN + more),))
    finding = found(replace(WELL, site=replace(WELL.site, base_url=""), github=here))["base-url"]

    assert finding.level == level
    assert ("the workflow asks Pages" in finding.seen) is bool(more)


@pytest.mark.parametrize(
    ("is_private", "is_public", "is_said"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_a_private_repository_with_a_public_page_is_pointed_out(is_private, is_public, is_said):
    pages = HERE.pages._replace(is_public=is_public)

    findings = found(repository=REPOSITORY._replace(is_private=is_private), pages=pages)

    assert list(findings) == (["pages-public"] if is_said else [])


@pytest.mark.parametrize(
    ("base_url", "pages", "seen"),
    [
        ("", HERE.pages, "ghstatus.yml doesn't say where the page is"),
        ("", None, "ghstatus.yml doesn't say where the page is"),
        ("http://Packit.github.io/Status", HERE.pages, None),
        ("https://packit.github.io/", HERE.pages, "base_url is https://packit.github.io/, but Pages publishes at htt"),
        ("https://status.example.org/status/", HERE.pages, "base_url is https://status.example.org/status/, but P"),
    ],
)
def test_the_address_should_be_where_pages_publishes(base_url, pages, seen):
    facts = replace(WELL, site=replace(WELL.site, base_url=base_url), github=replace(HERE, pages=pages))

    findings = found(facts)

    assert list(findings) == (["base-url"] if seen else [])
    assert not seen or findings["base-url"].seen.startswith(seen)
    assert bool(seen and "add `base_url: https://pac" in findings["base-url"].remedy) is (not base_url and bool(pages))


@pytest.mark.parametrize(
    ("state", "words", "mends"),
    [
        (
            "disabled_inactivity",
            "GitHub switched it off, because nothing was committed for 60 days",
            (EnableWorkflow(7, ".github/workflows/status.yml"),),
        ),
        ("disabled_manually", "somebody switched it off", ()),
        ("disabled_fork", "GitHub leaves the workflows of a fork off", ()),
        ("strange", "strange", ()),
    ],
)
def test_a_workflow_should_be_on(state, words, mends):
    findings = found(workflows=(WORKFLOW._replace(state=state, last=None, succeeded=None),))

    assert [(one.about, one.seen, one.mends) for one in findings.values()] == [
        ("workflow-off", f".github/workflows/status.yml doesn't run: {words}", mends)
    ]
    assert findings["workflow-off"].remedy.startswith("`gh workflow enable status.yml`")
    assert findings["workflow-off"].why == "the page stays as it is, whatever happens"


@pytest.mark.parametrize(
    ("texts", "off", "level", "why"),
    [
        (
            (EVENTS, TICKS),
            {1},
            Level.ERROR,
            "the clock is dead: .*; incidents still start .github/workflows/status.yml",
        ),
        (
            (EVENTS, TICKS),
            {0},
            Level.ERROR,
            "what is opened, said or closed shows only when the clock starts .*-clock.yml",
        ),
        ((EVENTS, TICKS), {0, 1}, Level.ERROR, "the page stays as it is, whatever happens"),
        (
            (OWN, OWN),
            {1},
            Level.HINT,
            "nothing is dead: whatever would start it starts .github/workflows/status.yml, too",
        ),
        (
            (OWN, TICKS),
            {0},
            Level.ERROR,
            "what is opened, said or closed shows only when the clock starts .*-clock.yml",
        ),
        ((OWN, TICKS), {1}, Level.HINT, "nothing is dead: .*"),
        (("{", TICKS), {0}, Level.ERROR, "what is opened, said or closed shows only when .*"),
        (("{", OWN), {1}, Level.ERROR, "the page stays as it is, whatever happens"),
    ],
)
def test_of_two_workflows_only_what_the_other_does_not_do_is_dead(texts, off, level, why):
    states = ["disabled_inactivity" if number in off else "active" for number in range(2)]
    workflows = tuple(one._replace(text=text, state=state) for one, text, state in zip(TWO, texts, states, strict=True))

    findings = judge.judge(replace(WELL, github=replace(HERE, workflows=workflows)))

    assert [(one.about, one.level) for one in findings] == [("workflow-off", level)] * len(off)
    assert all(re.fullmatch(why, one.why) for one in findings), findings
    assert {mend.id for one in findings for mend in one.mends} == {TWO[number].id for number in off}


def test_a_workflow_that_is_off_is_an_error_where_it_is_the_only_one():
    by_hand = WORKFLOW._replace(
        text="on: workflow_dispatch\njobs: {a: {steps: [{run: ghstatus apply}]}}\n", state="off"
    )

    assert found(workflows=(by_hand,))["workflow-off"].level == Level.ERROR


def test_only_what_keeps_the_page_is_missed_of_a_workflow_that_is_off():
    old = TWO[1]._replace(text=OWN.replace("[schedule,", "[push, schedule,"), state="disabled_manually")

    assert found(workflows=(WORKFLOW, old))["workflow-off"].level == Level.HINT


def test_the_page_may_be_that_of_a_workflow_that_is_off_by_now():
    off = TWO[1]._replace(state="disabled_manually", succeeded=ran(hours=3))
    failing = TWO[0]._replace(last=ran("failure", hours=1), succeeded=ran(hours=9))

    assert found(workflows=(failing, off))["workflow-failed"].why == "the page is that of 3 hours ago"


def test_a_workflow_that_only_tries_whether_the_page_can_be_built_keeps_nothing():
    trial = WORKFLOW._replace(
        path="ci.yml", text="on: push\npermissions: {}\njobs: {a: {steps: [{run: ghstatus build}]}}\n"
    )
    failing = trial._replace(last=ran("failure"), succeeded=None)

    assert found(workflows=(*TWO, failing)) == {}
    assert [one.seen for one in judge.judge(replace(WELL, github=replace(HERE, workflows=(trial,))))] == [
        "ci.yml gives no job `issues: write`",
        "`schedule` doesn't start ci.yml",
        "`issues` doesn't start ci.yml",
    ]


def test_one_that_builds_needs_no_right_to_apply():
    building = TICKS.replace("ghstatus apply", "ghstatus build").replace("issues: write", "issues: read")

    assert found(workflows=(TWO[0], TWO[1]._replace(text=building))) == {}
    assert list(
        found(workflows=(TWO[0]._replace(state="active"), TWO[1]._replace(text=TICKS.replace("write", "read"))))
    ) == ["workflow-permissions"]
    assert list(found(workflows=(WORKFLOW._replace(text=OWN.replace("apply", "build").replace("write", "read")),))) == [
        "workflow-permissions"
    ]


@pytest.mark.parametrize(
    ("missing", "seen", "remedy"),
    [
        (
            "schedule",
            "`schedule` doesn't start .github/workflows/status.yml, .github/workflows/status-clock.yml",
            "in a file of its own",
        ),
        (
            "issues",
            "`issues` doesn't start .github/workflows/status.yml, .github/workflows/status-clock.yml",
            "in .github/workflows/status.yml",
        ),
    ],
)
def test_an_event_should_start_one_workflow_or_another(missing, seen, remedy):
    text = EVENTS if missing == "schedule" else TICKS
    one = found(workflows=tuple(each._replace(text=text) for each in TWO))["workflow-trigger"]

    assert (one.seen, one.remedy.endswith(remedy)) == (seen, True)
    assert found(workflows=(TWO[0], TWO[1]._replace(text="{"))) == {}


@pytest.mark.parametrize(
    ("text", "abouts"),
    [
        (OWN.replace("issues: write", "issues: read"), ["workflow-permissions"]),
        (OWN.replace("issues: write", "issues: read") + "# GHSTATUS_APP_ID\n", []),
        (OWN.replace("schedule, ", ""), ["workflow-trigger"]),
        (OWN.replace(", issues", ""), ["workflow-trigger"]),
        (f"{OWN}# ghstatus==0.1.0\n", []),
        (f"{OWN}# ghstatus==0.0.9\n", ["workflow-version"]),
        ("{", []),
    ],
)
def test_a_workflow_should_say_what_is_needed(text, abouts):
    assert list(found(workflows=(WORKFLOW._replace(text=text),))) == abouts


@pytest.mark.parametrize(
    ("last", "succeeded", "about", "words"),
    [
        (ran(), ran(), None, ""),
        (None, None, "workflow-unrun", "no run of .github/workflows/status.yml has succeeded yet"),
        (ran("cancelled"), None, "workflow-unrun", "no run of .github/workflows/status.yml has succeeded yet"),
        (ran("failure", hours=5), ran(days=2), "workflow-failed", "ended in failure, 5 hours ago"),
        (ran("timed_out", minutes=5), None, "workflow-failed", "ended in timed_out, less than an hour ago"),
        (ran("startup_failure", hours=1), None, "workflow-failed", "ended in startup_failure, 1 hour ago"),
        (ran("cancelled"), ran(hours=48), None, ""),
        (ran("cancelled"), ran(hours=49), "workflow-stale", "last succeeded 2 days ago, although it has a schedule"),
        (UNSEEN, ran(), "unseen", "GitHub says no"),
        (ran(), UNSEEN, "unseen", "GitHub says no"),
    ],
)
def test_a_workflow_should_have_run_lately(last, succeeded, about, words):
    findings = found(workflows=(WORKFLOW._replace(last=last, succeeded=succeeded),))

    assert list(findings) == ([about] if about else [])
    assert not about or findings[about].seen.endswith(words)


def test_a_failure_tells_how_old_the_page_is():
    def why(succeeded):
        return found(workflows=(WORKFLOW._replace(last=ran("failure", days=-2), succeeded=succeeded),))[
            "workflow-failed"
        ].why

    assert why(ran(hours=47)) == "the page is that of 47 hours ago"
    assert why(ran(hours=48)) == "the page is that of 2 days ago"
    assert why(ran(days=-1)) == "the page is that of less than an hour ago"
    assert why(None) == "the page was never built"


@pytest.mark.parametrize("failed", [0, 1])
def test_what_one_workflow_failed_at_another_made_up_for(failed):
    def judged(**when):
        workflows = list(TWO)
        workflows[failed] = TWO[failed]._replace(last=ran("failure", hours=1), succeeded=ran(hours=9))
        workflows[1 - failed] = TWO[1 - failed]._replace(succeeded=ran(**when))
        (one,) = found(workflows=tuple(workflows)).values()
        return one

    assert judged(minutes=59).level == Level.WARNING
    assert judged(minutes=59).seen == f"the last run of {TWO[failed].path} ended in failure, 1 hour ago"
    assert judged(minutes=59).why.startswith("the page is that of less than an hour ago, by another workflow; ")
    assert judged(hours=1).level == Level.ERROR
    assert judged(hours=2).why == "the page is that of 2 hours ago"


def test_a_clock_that_fails_for_days_is_dead_although_events_are_published():
    dying = TWO[1]._replace(last=ran("failure", hours=1), succeeded=ran(days=3))
    findings = found(workflows=(TWO[0], dying))

    assert list(findings) == ["workflow-stale", "workflow-failed"]
    assert findings["workflow-stale"].why.startswith("its schedule is dead: the page is that of less than an hour ago,")
    assert list(found(workflows=(TWO[0], dying._replace(succeeded=None)))) == ["workflow-failed"]


def test_one_that_nothing_started_yet_is_a_hint_where_the_other_runs():
    findings = found(workflows=(TWO[0], TWO[1]._replace(last=None, succeeded=None)))

    assert [(one.about, one.level) for one in findings.values()] == [("workflow-unrun", Level.HINT)]
    assert findings["workflow-unrun"].seen == "no run of .github/workflows/status-clock.yml has succeeded yet"


def test_runs_that_cannot_be_seen_are_one_hint_and_the_rest_is_judged():
    findings = judge.judge(
        replace(WELL, github=replace(HERE, workflows=(TWO[0]._replace(last=UNSEEN, succeeded=UNSEEN), TWO[1])))
    )

    assert [one.about for one in findings] == ["unseen"]
    late = TWO[1]._replace(succeeded=ran(days=3))
    assert list(found(workflows=(TWO[0]._replace(succeeded=UNSEEN), late))) == ["workflow-stale", "unseen"]


def test_a_workflow_without_a_schedule_has_no_age():
    old = WORKFLOW._replace(text=EVENTS, last=ran(days=9), succeeded=ran(days=9))

    assert list(found(workflows=(old,))) == ["workflow-trigger"]
    assert list(found(workflows=(old._replace(text="{"),))) == ["workflow-stale"]
    assert found(workflows=(old, TWO[1])) == {}
    assert list(found(workflows=(TWO[0], TWO[1]._replace(succeeded=ran(days=9))))) == ["workflow-stale"]


@pytest.mark.parametrize(
    ("days", "is_private", "is_said"), [(45, False, False), (46, False, True), (46, True, False), (None, False, False)]
)
def test_a_schedule_that_falls_asleep_soon_is_a_hint(days, is_private, is_said):
    pushed = None if days is None else NOW - timedelta(days=days)
    repository = REPOSITORY._replace(pushed=pushed, is_private=is_private)

    findings = found(repository=repository, pages=HERE.pages._replace(is_public=False), workflows=TWO)

    assert list(findings) == (["workflow-sleepy"] if is_said else [])
    assert not is_said or findings["workflow-sleepy"].why.endswith("on 2026-03-16: .github/workflows/status-clock.yml")


def test_a_schedule_that_would_take_the_events_along_is_told_to_move_out():
    quiet = REPOSITORY._replace(pushed=NOW - timedelta(days=46))
    one = found(repository=quiet)["workflow-sleepy"]

    assert one.why.endswith("; then no incident starts .github/workflows/status.yml either")
    assert one.remedy.endswith("; a schedule in a file of its own takes nothing else along")
    assert list(found(repository=quiet, workflows=(TWO[0],))) == ["workflow-trigger"]


@pytest.mark.parametrize("run", [None, ran(days=3)])
def test_a_schedule_that_is_dead_does_not_fall_asleep(run):
    quiet = REPOSITORY._replace(pushed=NOW - timedelta(days=46))

    assert "workflow-sleepy" not in found(repository=quiet, workflows=(WORKFLOW._replace(succeeded=run),))


def test_forms_should_be_there_and_in_step():
    forms = (
        Form("well.yml"),
        Form("own.yml", is_edited=True),
        Form("gone.yml", is_there=False),
        Form("old.yml", is_old=True),
        Form("edited.yml", is_old=True, is_edited=True),
    )

    findings = found(forms=forms)

    assert [(one.about, one.level, one.seen) for one in findings.values()] == [
        ("forms-old", Level.WARNING, "not in step with ghstatus.yml: old.yml"),
        ("forms-missing", Level.HINT, "not in the repository: gone.yml"),
        ("forms-edited", Level.HINT, "edited by hand, and perhaps not in step with ghstatus.yml: edited.yml"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("      - run: ghstatus apply\n", True),
        ("run: ghstatus build --out _site\n", True),
        ("    uses: ghstatus/ghstatus/.github/workflows/status.yml@v1.2.3\n", True),
        ("  - uses: fork/ghstatus@main\n", True),
        ("run: ghstatus status\n", False),
        ("# see ghstatus/ghstatus@v1\n", False),
        ("uses: actions/checkout@v4\n", False),
    ],
)
def test_a_workflow_of_ghstatus_is_known_by_what_it_runs(text, expected):
    assert recipe.runs_ghstatus(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("      - run: ghstatus apply\n", True),
        ("run: ghstatus build --out _site\n", False),
        ("    uses: ghstatus/ghstatus/.github/workflows/status.yml@v1.2.3\n", True),
        ("  - uses: ghstatus/ghstatus@main\n", False),
    ],
)
def test_a_workflow_that_applies_is_told_from_one_that_builds(text, expected):
    assert recipe.applies(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("uses: ghstatus/ghstatus@v1.2.3\n", "1.2.3"),
        ("uses: ghstatus/ghstatus/.github/workflows/status.yml@v1.2 # of May 3.4\n", "1.2"),
        (f"uses: ghstatus/ghstatus@{'0123456789' * 4} # v0.3.1rc1\n", "0.3.1rc1"),
        (f"uses: ghstatus/ghstatus@{'0123456789' * 4}\n", ""),
        ("uses: ghstatus/ghstatus@main # v1.2.3\n", ""),
        ("run: pip install ghstatus==2.0.1\n", "2.0.1"),
        ("uses: ghstatus/ghstatus@v1\n", ""),
        ("", ""),
    ],
)
def test_the_version_that_a_workflow_asks_for(text, expected):
    assert recipe.version(text) == expected


@pytest.mark.parametrize(
    ("text", "events", "changes"),
    [
        ("on: push\n", {"push"}, None),
        ("on: [push, issues]\njobs: {}\n", {"push", "issues"}, None),
        ("on: {schedule: [{cron: 1}], push: }\njobs: []\n", {"schedule", "push"}, None),
        ("permissions: {issues: write}\njobs: {a: {}}\n", {""}, {"issues"}),
        ("permissions: {issues: write}\njobs: {a: {permissions: {}}}\n", {""}, set()),
        ("permissions: {issues: write}\njobs: {a: {permissions: read-all}, b: x}\n", {""}, set()),
        ("jobs: {a: {permissions: write-all}, b: {permissions: {pages: read}}}\n", {""}, {"write-all"}),
        ("permissions: {}\njobs: {a: {permissions: {pages: write}}, b: {}}\n", {""}, {"pages"}),
    ],
)
def test_a_workflow_is_taken_apart(text, events, changes):
    assert recipe.read(text) == recipe.Recipe(frozenset(events), None if changes is None else frozenset(changes))


@pytest.mark.parametrize("text", ["{", "a: &b [*b]\n", "- on\n", "on: \x00\n"])
def test_what_is_no_workflow_is_not_taken_apart(text):
    assert recipe.read(text) is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [(None, True), ({"issues"}, True), ({"write-all"}, True), ({"pages"}, False), (set(), False)],
)
def test_what_a_workflow_may_change(changes, expected):
    said = recipe.Recipe(frozenset(), None if changes is None else frozenset(changes))

    assert said.may_change("issues") is expected


def test_every_finding_is_documented():
    root = Path(__file__).parent.parent
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "ghstatus" / "checkup").glob("*.py")))
    rows = re.findall(r"^\| (`.*?) \|", (root / "docs" / "doctor.md").read_text(encoding="utf-8"), re.MULTILINE)
    documented = [name for row in rows for name in re.findall(r"`([a-z-]+)`", row)]

    assert sorted(documented) == sorted(set(re.findall(r'about="([a-z-]+)"', text)))
