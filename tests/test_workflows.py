"""What the workflows and the action may do, and that what they call is there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
import yaml

from ghstatus.cli import app
from tests.workflows import ACTION, ROOT, WORKFLOWS, Expression, expressions, read

FILES = [*WORKFLOWS, ACTION]
PAGE = ROOT / "docs" / "workflows.md"
STATUS = ROOT / ".github" / "workflows" / "status.yml"
CHECKS = STATUS.with_name("checks.yml")
REUSABLE = [STATUS, CHECKS]
EXAMPLES = re.findall(r"^```yml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
CALLERS = [text for text in EXAMPLES if text.startswith("name:")]


def tool(name):
    """A program beside this Python, be it on the PATH or not."""
    return str(Path(sys.executable).with_name(name))


def by_name(path):
    return path.name


def steps(path):
    found = read(path)
    jobs = [found["runs"]] if "runs" in found else found["jobs"].values()
    return [step for job in jobs for step in job.get("steps", [])]


def strings(value):
    match value:
        case dict():
            return [text for one in value.values() for text in strings(one)]
        case list():
            return [text for one in value for text in strings(one)]
        case str():
            return [value]
        case _:
            return []


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it(path):
    used = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if re.search(r"\buses:", line)]

    assert used
    assert [
        line
        for line in used
        if not re.fullmatch(r"(- )?uses: ([\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./(\.ghstatus-tool)?)", line)
    ] == []


def test_an_action_has_one_version():
    found = {}
    for path in FILES:
        for name, version in re.findall(r"uses: ([\w.-]+/[\w.-]+)\S*@(\S+ # \S+)", path.read_text(encoding="utf-8")):
            found.setdefault(name, set()).add(version)

    assert {name: versions for name, versions in found.items() if len(versions) > 1} == {}


@pytest.mark.parametrize("path", WORKFLOWS, ids=by_name)
def test_a_workflow_holds_no_right_and_each_job_says_why_it_holds_its_own(path):
    found, text = read(path), path.read_text(encoding="utf-8")
    granted = [name for job in found["jobs"].values() for name in job["permissions"]]
    reasoned = re.findall(r"^      ([a-z-]+): (?:read|write) # \S.*\w{3}", text, re.MULTILINE)

    assert found["permissions"] == {}
    assert sorted(granted) == sorted(reasoned)


@pytest.mark.parametrize("path", WORKFLOWS, ids=by_name)
def test_every_job_ends(path):
    assert [name for name, job in read(path)["jobs"].items() if not 0 < job["timeout-minutes"] <= 20] == []


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_no_script_holds_an_expression(path):
    assert [step["name"] for step in steps(path) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_of_an_event_only_what_no_stranger_writes_is_read(path):
    read_of_it = {name for text in strings(read(path)) for name in re.findall(r"github\.event\.[\w.]+", text)}

    assert read_of_it <= {
        *("github.event.issue.pull_request", "github.event.repository.default_branch"),
        *("github.event.check_run.name", "github.event.context", "github.event.comment", "github.event.comment.body"),
        *("github.event.issue.pull_request.url", "github.event.check_run.head_sha", "github.event.sha"),
        *("github.event.workflow_run.head_sha", "github.event.merge_group.head_sha"),
    }


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_what_apps_and_people_say_decides_at_most_whether_a_job_runs(path):
    said = ("github.event.check_run.name", "github.event.context", "github.event.comment")
    told = [text for text in strings(read(path)) if any(name in text for name in said)]

    assert told == [job["if"] for job in read(path).get("jobs", {}).values() if job.get("if") in told]


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_no_checkout_leaves_its_token_behind(path):
    checkouts = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]

    assert [step for step in checkouts if step["with"]["persist-credentials"] is not False] == []


@pytest.mark.parametrize(
    ("path", "needy"),
    [
        (STATUS, ["Make labels, pins and comments true", "Build the page"]),
        (CHECKS, ["Judge what failed, and post what is known about it"]),
    ],
)
def test_the_key_of_an_app_reaches_the_steps_that_write_and_no_other(path, needy):
    jobs = read(path)["jobs"]
    keen = [step["name"] for step in steps(path) if "secrets." in str(step)]

    assert keen == needy
    assert "secrets." not in str([job.get("env") for job in jobs.values()])


def test_the_documentation_is_built_before_the_tests_that_look_at_it():
    (job,) = [job for job in read(STATUS.with_name("ci.yml"))["jobs"].values() if "matrix" in str(job)]
    made = [step["run"] for step in job["steps"] if step.get("run", "").startswith("make ")]

    assert made == ["make web-tools", "make docs", "make test"]


@pytest.mark.parametrize("path", REUSABLE, ids=by_name)
def test_what_runs_is_never_cut_off(path):
    found = read(path)

    assert found["concurrency"]["cancel-in-progress"] is False
    assert "github.workflow" not in found["concurrency"]["group"]
    assert all("concurrency" not in job for job in found["jobs"].values())


def test_only_the_job_that_deploys_may_write_pages():
    jobs = read(STATUS)["jobs"]

    assert jobs["apply"]["permissions"] == {"contents": "read", "issues": "write", "pages": "read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert [step["uses"].partition("@")[0] for step in jobs["deploy"]["steps"]] == ["actions/deploy-pages"]


def test_a_run_about_one_pull_request_takes_no_other_s_place():
    group = read(CHECKS)["concurrency"]["group"]
    inputs = [{}, {"pr": "a"}, {"repo": "a"}, {"site": "a"}, {"site": "a", "pr": "b"}]
    events = [
        *({"check_run": {"head_sha": "c"}}, {"sha": "d"}, {"workflow_run": {"head_sha": "e"}}),
        *({"merge_group": {"head_sha": "f"}}, {"issue": {"pull_request": {"url": "g"}}}),
    ]

    def said(inputs, event):
        contexts = {"inputs": inputs, "github": {"event": event}}
        return [Expression(one, contexts, {}).value() for one in expressions(group)]

    found = [*(said(given, {}) for given in inputs), *(said({}, event) for event in events)]
    assert all(found.count(one) == 1 for one in found)
    assert said({}, {"issue": {"number": 1}}) == said({}, {})


def test_no_code_of_a_pull_request_is_ever_checked_out():
    places = [step["with"] for path in REUSABLE for step in steps(path) if "checkout" in step.get("uses", "")]
    refs = {place["ref"] for place in places}

    assert refs == {
        "${{ github.event.repository.default_branch || github.ref }}",
        "${{ inputs.tool-ref || job.workflow_sha }}",
    }
    assert "pull_request" not in read(CHECKS)["on"]
    assert "pull_request_target" not in read(CHECKS)["on"]


def test_checks_are_looked_at_whatever_tells_of_them():
    started = set(read(CHECKS)["on"])

    assert started == {
        *("workflow_call", "workflow_dispatch", "check_run", "status", "workflow_run", "merge_group", "issues")
    }


@pytest.mark.parametrize(
    ("event", "is_due"),
    [
        ({}, True),
        ({"check_run": {"name": "rpm-build:fedora-rawhide-x86_64"}}, True),
        ({"check_run": {"name": "ghstatus/known-failures"}}, False),
        ({"context": "Zuul", "state": "failure"}, True),
        ({"context": "ghstatus/gate"}, False),
        ({"comment": {"body": "/ghstatus ignore It is Copr's."}}, True),
        ({"comment": {"body": "It is /ghstatus ignore."}}, False),
    ],
)
def test_what_ghstatus_posts_starts_nothing(event, is_due):
    condition = expressions(read(CHECKS)["jobs"]["apply"]["if"])[0]
    functions = {"startsWith": lambda text, start: text.startswith(start)}

    assert bool(Expression(condition, {"github": {"event": event}}, functions).value()) is is_due


def test_the_job_about_checks_may_write_checks_and_issues_and_nothing_else():
    assert read(CHECKS)["jobs"]["apply"]["permissions"] == {
        "contents": "read",
        "checks": "write",
        "statuses": "read",
        "pull-requests": "read",
        "issues": "write",
    }


@pytest.mark.parametrize("path", REUSABLE, ids=by_name)
def test_every_output_of_the_workflow_is_one_of_a_job(path):
    found = read(path)
    wanted = {
        tuple(name.split(".")[1::2])
        for one in found["on"]["workflow_call"]["outputs"].values()
        for name in re.findall(r"jobs\.[\w.-]+", one["value"])
    }

    assert {(job, name) for job, name in wanted if name not in found["jobs"][job]["outputs"]} == set()


@pytest.mark.parametrize("path", REUSABLE, ids=by_name)
def test_every_input_that_is_read_is_declared(path):
    declared = set(read(path)["on"]["workflow_call"]["inputs"])
    used = {name for text in strings(read(path)) for name in re.findall(r"inputs\.([\w-]+)", text)}

    assert used == declared


def test_inputs_may_be_missing_as_they_are_on_this_repository_s_own_events():
    def said(text):
        contexts = {"inputs": {}, "github": {"event": {}}, "needs": {}, "steps": {}}
        return Expression(expressions(text)[0], contexts, {}).value()

    job = read(STATUS)["jobs"]["apply"]
    python = next(step["with"] for step in job["steps"] if step.get("uses") == "./.ghstatus-tool")["python-version"]

    assert said(job["runs-on"]) == "ubuntu-24.04"
    assert said(job["if"]) is True
    assert said(python) == "3.13"


def parses(command):
    """Whether the command line takes these words; nothing is run."""
    program, *words = shlex.split(command)
    assert program == "ghstatus"
    if words == ["--version"]:
        return
    current = typer.main.get_command(app)
    while hasattr(current, "commands"):
        name, *words = words
        current = current.commands[name]
    current.make_context(command, words)


def commands():
    scripts = [step.get("run", "") for path in FILES for step in steps(path)]
    scripts += [step.get("run", "") for text in CALLERS for job in yaml.safe_load(text)["jobs"].values()
                for step in job.get("steps", [])]  # fmt: skip
    lines = [line.strip() for script in scripts for line in script.splitlines()]
    found = {line for line in lines if line.startswith("ghstatus ")}
    return sorted({re.sub(r"\$\{[A-Z]+:\+(.*?)\}", r"\1", line) for line in found})


def test_the_workflows_call_commands():
    assert len(commands()) >= 4


@pytest.mark.parametrize("command", commands())
def test_every_command_of_a_workflow_parses(command):
    parses(command)


def test_a_command_that_is_none_would_be_noticed():
    with pytest.raises(Exception, match="wrongly"):
        parses("ghstatus apply --wrongly")


@pytest.mark.parametrize("text", CALLERS)
def test_a_caller_in_the_docs_fits(text, tmp_path):
    path = tmp_path / "status.yml"
    path.write_text(text)
    found = read(path)
    checked = subprocess.run(
        [tool("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", path],
        check=False,
        capture_output=True,
    )
    assert checked.returncode == 0, checked.stdout
    assert found["permissions"] == {}
    for job in found["jobs"].values():
        for path in [path for path in REUSABLE if f"/{path.name}@" in job.get("uses", "")]:
            wanted = read(path)
            granted = [right for one in wanted["jobs"].values() for right in one["permissions"].items()]
            assert set(job.get("with", {})) <= set(wanted["on"]["workflow_call"]["inputs"])
            assert set(job.get("secrets", {})) <= set(wanted["on"]["workflow_call"]["secrets"])
            assert job["permissions"] == dict(sorted(granted, key=lambda right: right[1]))


def test_there_are_callers_in_the_docs():
    assert len(CALLERS) >= 2
    assert [path.name for path in REUSABLE if f"/{path.name}@" not in str(CALLERS)] == []


def test_zizmor_finds_nothing_but_what_is_listed():
    run = [tool("zizmor"), "--offline", "--no-progress", ".github", "action.yml"]
    found = subprocess.run(run, cwd=ROOT, check=False, capture_output=True, text=True)
    listed = yaml.safe_load((ROOT / ".github" / "zizmor.yml").read_text(encoding="utf-8"))["rules"]
    ignored = sum(len(rule["ignore"]) for rule in listed.values())

    assert found.returncode == 0, found.stdout
    assert f"({ignored} ignored)" in found.stdout + found.stderr


@pytest.mark.parametrize(
    ("schema", "paths"), [("vendor.github-workflows", WORKFLOWS), ("vendor.github-actions", [ACTION])]
)
def test_github_would_take_them(schema, paths):
    run = [tool("check-jsonschema"), "--builtin-schema", schema, *paths]
    found = subprocess.run(run, check=False, capture_output=True, text=True)

    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'a' && '' || 'b'", "b"),
        ("!a.b && (a.c == 'x' || a.c != 'z')", True),
        ("a.c", "y"),
        ("a.x-y || 'none'", "none"),
        ("!cancelled() && a.c", "y"),
    ],
)
def test_expressions_come_to_what_github_makes_of_them(text, value):
    assert Expression(text, {"a": {"c": "y"}}, {"cancelled": lambda: False}).value() == value


@pytest.mark.parametrize("text", ["a +", "a.b ? c", 'a == "x"'])
def test_an_expression_that_is_not_understood_is_no_expression(text):
    with pytest.raises(AssertionError):
        Expression(text, {"a": {}}, {})


def test_the_page_lists_every_input():
    text = PAGE.read_text(encoding="utf-8")
    inputs = [name for path in REUSABLE for name in read(path)["on"]["workflow_call"]["inputs"]]
    named = [*inputs, *read(ACTION)["inputs"], "app-private-key"]

    assert [name for name in named if f"`{name}`" not in text] == []
    assert Path(PAGE).is_file()
