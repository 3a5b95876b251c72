"""What a checkup says of checks of pull requests: whether something looks at them, and may say what is known."""

import json
from dataclasses import replace

import pytest

from ghstatus.checkup import judge, recipe
from ghstatus.model import Mode, Rule, Watch
from ghstatus.model.checkup import EnableWorkflow, Level, Right, Token, Unseen, Watched
from tests.test_doctor_judgement import HERE, OWN, UNSEEN, WELL, WORKFLOW, ran, site

pytest_plugins = ["tests.commands", "tests.github.fixture"]

CALL = "uses: ghstatus/ghstatus/.github/workflows/checks.yml@v0.1.0"
TEXT = f"on: [schedule, status]\njobs: {{a: {{{CALL}, permissions: {{checks: write}}}}}}\n".replace(
    "{uses", "{\n  uses"
)
CHECKS = WORKFLOW._replace(id=9, path=".github/workflows/checks.yml", url="https://k", text=TEXT)
SITE = replace(site(), rules=(Rule(id="packit-copr", component="copr"),))
WATCHING = replace(WELL, site=SITE, github=replace(HERE, workflows=(WORKFLOW, CHECKS)))
APP = Right(Token.APP, "ghstatus[bot]", granted={"issues": "write", "checks": "write"})


def found(*repositories, gates=(), mode=Mode.ANNOTATE, facts=WATCHING, **here):
    """The findings by their names, where these other repositories are watched and GitHub tells this."""
    page = replace(facts.site, watch=Watch(repositories=repositories, gates=gates, mode=mode))
    facts = replace(facts, site=page, github=replace(facts.github, **here))
    return {one.about: one for one in judge.judge(facts)}


def test_what_is_well_has_no_finding():
    assert found() == {}
    assert found("Packit/Status") == {}


def test_without_rules_nothing_has_to_look_at_checks():
    assert found(facts=WELL) == {}
    assert found("a/b", facts=WELL, right=APP._replace(granted={"issues": "write"})) == {}


def test_an_app_that_is_for_something_else_need_not_write_checks():
    assert found(right=APP._replace(granted={"issues": "write"})) == {}


def test_a_workflow_should_look_at_them():
    (one,) = found(workflows=(WORKFLOW,)).values()

    assert (one.about, one.level) == ("checks-missing", Level.WARNING)
    assert "packit/status" in one.seen


def test_what_cannot_be_seen_is_told_once():
    assert list(found(workflows=UNSEEN)) == ["unseen"]


def test_a_workflow_about_checks_alone_keeps_no_page():
    assert found(workflows=(CHECKS,)).keys() == {"workflow-missing"}


@pytest.mark.parametrize(
    ("state", "mends"),
    [("disabled_inactivity", (EnableWorkflow(9, CHECKS.path),)), ("disabled_manually", ())],
)
def test_it_should_be_on(state, mends):
    (one,) = found(workflows=(WORKFLOW, CHECKS._replace(state=state))).values()

    assert (one.about, one.level, one.mends) == ("checks-off", Level.WARNING, mends)
    assert "`gh workflow enable checks.yml`" in one.remedy


@pytest.mark.parametrize(("conclusion", "is_said"), [("success", False), ("failure", True), ("timed_out", True)])
def test_its_last_run_should_not_have_failed(conclusion, is_said):
    findings = found(workflows=(WORKFLOW, CHECKS._replace(last=ran(conclusion))))

    assert list(findings) == (["checks-failed"] if is_said else [])


@pytest.mark.parametrize("last", [None, UNSEEN])
def test_a_run_that_nobody_saw_did_not_fail(last):
    assert found(workflows=(WORKFLOW, CHECKS._replace(last=last))) == {}


@pytest.mark.parametrize(
    ("text", "abouts"),
    [
        (TEXT.replace("checks: write", "issues: write"), ["checks-permissions"]),
        (TEXT.replace("checks: write", "issues: write") + "# GHSTATUS_APP_ID\n", []),
        (TEXT.replace("schedule, ", ""), ["checks-trigger"]),
        (f"{{\n{CALL}", []),
    ],
)
def test_it_should_say_what_is_needed(text, abouts):
    assert list(found(workflows=(WORKFLOW, CHECKS._replace(text=text)))) == abouts


def test_the_clock_may_look_at_them_too():
    clock = OWN + f"#\n  {CALL}\n"
    events = CHECKS._replace(text=TEXT.replace("schedule, ", ""))
    both = (WORKFLOW._replace(text=clock.replace("issues: write", "issues: write, checks: write")), events)

    assert found(workflows=both) == {}
    off = found(workflows=(both[0]._replace(state="disabled_inactivity"), events))
    assert list(off) == ["workflow-off"]


@pytest.mark.parametrize(
    ("repositories", "gates", "seen"),
    [
        (("packit/ogr",), (), "packit/ogr, and"),
        ((), ("packit/ogr",), "packit/ogr, and"),
        (("a/b", "c/*"), (), "a/b, c/*"),
    ],
)
def test_other_repositories_need_an_app(repositories, gates, seen):
    findings = found(*repositories, gates=gates)
    one = findings["checks-unreachable"]

    assert findings.keys() - {"checks-forgeable"} == {"checks-unreachable"}
    assert (one.about, one.level) == ("checks-unreachable", Level.WARNING)
    assert f"names {seen}" in one.seen


@pytest.mark.parametrize("said", [{"mode": Mode.GATE}, {"gates": ("packit/status",)}])
def test_a_gate_should_be_an_app_s_because_any_workflow_can_post_one(said):
    (one,) = found(**said).values()

    assert (one.about, one.level) == ("checks-forgeable", Level.WARNING)
    assert found(**said, workflows=(WORKFLOW, CHECKS._replace(text=f"{TEXT}# GHSTATUS_APP_ID\n"))) == {}
    assert list(found(**said, workflows=(WORKFLOW,))) == ["checks-missing"]


def test_of_many_out_of_reach_a_few_are_named():
    one = found(*(f"a/{number}" for number in range(9)))["checks-unreachable"]

    assert "a/5 and 3 more, and" in one.seen


def test_an_app_should_be_allowed_to_write_checks_wherever_they_are_looked_at():
    workflow = CHECKS._replace(text=f"{TEXT}# GHSTATUS_APP_ID\n")
    watched = (
        Watched("packit/ogr", {"checks": "write"}),
        Watched("packit/packit", {"checks": "read"}),
        Watched("packit/specfile", Unseen("the App isn't installed")),
    )
    right = APP._replace(granted={"issues": "write"})
    page = replace(SITE, watch=Watch(repositories=tuple(one.name for one in watched)))
    here = replace(HERE, workflows=(WORKFLOW, workflow), watched=watched, right=right)
    findings = judge.judge(replace(WATCHING, site=page, github=here))

    assert {one.about for one in findings} == {"checks-refused"}
    assert [one.seen.removeprefix("the App can't write checks in ") for one in findings] == [
        "packit/status: it has `checks: none`",
        "packit/packit: it has `checks: read`",
        "packit/specfile: the App isn't installed",
    ]
    assert found("packit/ogr", workflows=(WORKFLOW, workflow), watched=watched[:1], right=APP) == {}


@pytest.mark.parametrize(
    ("text", "looks", "leaves"),
    [
        ("run: ghstatus checks apply --event", True, True),
        (f"  {CALL}", True, True),
        (f"  - {CALL}\n    uses: ghstatus/ghstatus/.github/workflows/status.yml@v1", True, False),
        ("uses: ghstatus/ghstatus@v1\nrun: ghstatus checks apply", True, True),
        ("uses: ghstatus/ghstatus@v1\nrun: ghstatus checks apply && ghstatus build", True, False),
        ("run: ghstatus checks explain", False, False),
        ("uses: ghstatus/ghstatus/.github/workflows/status.yml@v1", False, False),
        ("uses: somebody/checks.yml@v1", False, False),
    ],
)
def test_what_is_about_checks_is_told_from_what_is_about_the_page(text, looks, leaves):
    assert (recipe.looks_at_checks(text), recipe.leaves_page(text)) == (looks, leaves)


def test_a_workflow_about_checks_is_one_of_ghstatus_s_that_applies_nothing_else():
    assert recipe.runs_ghstatus(TEXT)
    assert recipe.runs_ghstatus("run: ghstatus checks apply")
    assert not recipe.applies(TEXT)
    assert recipe.version(TEXT) == "0.1.0"


@pytest.fixture
def installed(status, github, monkeypatch):
    """Installs an App that may do this with checks, and asks by its key."""

    def installed(checks):
        app = github.app("ghstatus", issues="write", contents="read", actions="read", checks=checks)
        app.install("packit/status", "packit/ogr")
        github.repository("packit/packit")
        monkeypatch.delenv("GITHUB_TOKEN")
        monkeypatch.setenv("GHSTATUS_APP_ID", str(app.id))
        monkeypatch.setenv("GHSTATUS_APP_PRIVATE_KEY", app.private_key)

    return installed


@pytest.mark.loopback
@pytest.mark.parametrize(
    ("may", "refused"),
    [("write", ["packit/packit"]), ("read", ["packit/status", "packit/ogr", "packit/packit"])],
)
def test_the_app_s_key_tells_where_it_may_write_checks(status, site, run, installed, may, refused):
    status.workflow(f"{TEXT}# GHSTATUS_APP_ID\n", "checks.yml").run()
    installed(may)
    text = (site / "ghstatus.yml").read_text().replace("id: copr, ", "id: copr, checks: [packit-copr], ")
    watched = "checks: {repositories: [packit/status, packit/ogr, packit/*], gates: [packit/packit]}\n"
    (site / "ghstatus.yml").write_text(f"{text}{watched}")

    findings = json.loads(run("doctor", "site", "--json")[1])["findings"]

    seen = [one["seen"] for one in findings if one["about"].startswith("checks-")]
    assert [one.partition(" in ")[2].partition(":")[0] for one in seen] == refused


@pytest.mark.loopback
def test_a_workflow_s_own_token_is_asked_about_no_other_repository(status, site, run, github):
    text = (site / "ghstatus.yml").read_text().replace("id: copr, ", "id: copr, checks: [packit-copr], ")
    (site / "ghstatus.yml").write_text(f"{text}checks: {{repositories: [packit/ogr]}}\n")

    findings = json.loads(run("doctor", "site", "--json")[1])["findings"]

    assert [one["about"] for one in findings if one["about"].startswith("checks-")] == ["checks-missing"]
    assert [one for one in github.requests if "ogr" in one.path] == []
