"""What a workflow's run is told: annotations, outputs, and the summary on its page."""

import re
from types import SimpleNamespace

import pytest

from ghstatus import board
from ghstatus.cli import notices, outputs, terminal, workflow
from ghstatus.errors import ConfigError, GhstatusError, Problem, UsageError
from tests import workflows
from tests.builders import snapshot
from tests.examples import CONFIG, INCIDENT, NOW

pytest_plugins = ["tests.commands"]
loopback = pytest.mark.loopback


@pytest.fixture
def inside(tmp_path, monkeypatch):
    """Inside a workflow, whose files can be read afterwards."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    for name in ("OUTPUT", "STEP_SUMMARY"):
        monkeypatch.setenv(f"GITHUB_{name}", str(tmp_path / name))
    return SimpleNamespace(
        said=lambda: workflows.outputs(tmp_path / "OUTPUT"),
        summary=lambda: (tmp_path / "STEP_SUMMARY").read_text(encoding="utf-8"),
        forget=(tmp_path / "OUTPUT").unlink,
    )


def unescaped(text):
    """What the runner makes of a message."""
    for sign, code in (("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C"), ("%", "%25")):
        text = text.replace(code, sign)
    return text


@pytest.mark.parametrize("text", ["plain", "100 %", "a\nb\r\nc", "%0A::error::x", "%25", "a,b=c::d"])
def test_a_message_comes_out_as_it_was(text):
    line = notices.notice("warning", text, title=text)

    assert "\n" not in line
    assert "\r" not in line
    properties, _, message = line.removeprefix("::warning title=").partition("::")
    assert (unescaped(properties), unescaped(message)) == (text, text)
    assert not set(properties) & set(":,")


def test_a_message_about_no_place_has_no_properties():
    assert notices.notice("error", "x", title="") == "::error::x"


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [(None, None, {}), (3, None, {"line": "3"}), (3, 7, {"line": "3", "col": "7"})],
)
def test_a_problem_in_a_file_stands_beside_its_line(tmp_path, line, column, expected):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.md").touch()
    problem = Problem(where="a.md", seen="x", line=line, column=column)

    found = notices.place(problem, tmp_path / "site", {"GITHUB_WORKSPACE": str(tmp_path)})

    assert found == {"file": "site/a.md"} | expected


def test_files_are_named_from_here_where_no_workspace_is_known(tmp_path, monkeypatch):
    (tmp_path / "a.md").touch()
    monkeypatch.chdir(tmp_path)

    assert notices.place(Problem(where="a.md", seen="x"), tmp_path, {}) == {"file": "a.md"}


@pytest.mark.parametrize("where", ["#42", "nowhere.md"])
def test_any_other_problem_is_named_in_the_title(tmp_path, where):
    (tmp_path / "#42").touch()

    assert notices.place(Problem(where=where, seen="x"), tmp_path, {}) == {"title": where}


def test_problems_are_warnings_inside_a_workflow_and_lines_elsewhere(inside, monkeypatch, capsys):
    problems = [Problem(where="#4", seen="a\n::error::b"), Problem(where="#5", seen="##[error]c 100 %")]

    assert terminal.problems(iter(problems)) == 2
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert terminal.problems(problems) == 2

    assert capsys.readouterr().err.splitlines() == [
        "::warning title=#4::#4: a : :error: :b",
        "::warning title=#5::#5: # # [error]c 100 %25",
        "#4: a ::error::b",
        "#5: ##[error]c 100 %",
    ]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (GhstatusError("a\nb"), ["::error::a%0Ab"]),
        (ConfigError((Problem(where="x.yml", seen="a"), Problem(where="y.yml", seen="b"))), 2),
    ],
)
def test_what_ends_a_command_is_an_error(inside, capsys, error, expected):
    terminal.failure(error)

    lines = capsys.readouterr().err.splitlines()
    assert lines == expected or len(lines) == expected
    assert all(line.startswith("::error") for line in lines)


def test_outside_what_ends_a_command_is_its_text(capsys):
    terminal.failure(GhstatusError("a\nb"))

    assert capsys.readouterr().err == "a\nb\n"


@pytest.mark.parametrize("value", ["x", "", "a\nb", "b=c", "ghstatus-\nb=c", "b<<X\nc\nX"])
def test_a_value_comes_out_as_it_was_and_sets_nothing_else(tmp_path, value):
    outputs.write({"GITHUB_OUTPUT": str(tmp_path / "output")}, {"a": value, "b": "end"})

    assert workflows.outputs(tmp_path / "output") == {"a": value, "b": "end"}


def test_the_line_that_ends_a_value_can_t_be_guessed(tmp_path):
    for _ in range(2):
        outputs.write({"GITHUB_OUTPUT": str(tmp_path / "output")}, {"a": "x"})

    fences = re.findall(r"^a<<(ghstatus-[0-9a-f]{32})$", (tmp_path / "output").read_text(), re.MULTILINE)
    assert len(set(fences)) == 2


def test_without_a_workflow_nothing_is_output(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outputs.write({"GITHUB_OUTPUT": ""}, {"a": "x"})

    assert list(tmp_path.iterdir()) == []


def test_outputs_that_can_t_be_written_are_one_message(tmp_path):
    with pytest.raises(UsageError, match=r"GITHUB_OUTPUT: .* can't be written"):
        outputs.write({"GITHUB_OUTPUT": str(tmp_path)}, {"a": "x"})


@pytest.mark.parametrize(
    ("said", "repository", "expected"),
    [
        ({}, "", "the incidents are files"),
        ({"GITHUB_REPOSITORY": "a/fork", "GITHUB_TOKEN": "t"}, "a/b", "this runs in a/fork, and the incidents"),
        ({"GITHUB_REPOSITORY": "a/fork", "GH_TOKEN": "t"}, "a/b", "this runs in a/fork"),
        ({"GITHUB_REPOSITORY": "A/b", "GITHUB_TOKEN": "t"}, "a/B", ""),
        ({"GITHUB_REPOSITORY": "a/fork"}, "a/b", ""),  # an App's right
        ({"GITHUB_TOKEN": "t"}, "a/b", ""),  # no workflow
    ],
)
def test_a_fork_can_t_write_where_its_token_doesn_t_reach(said, repository, expected):
    found = workflow.obstacle(said, repository)

    assert found.startswith(expected)
    assert bool(found) is bool(expected)


def test_a_summary_fits_what_github_takes(tmp_path):
    path = tmp_path / "summary"
    workflow.summarize(
        {"GITHUB_STEP_SUMMARY": str(path)}, "\N{GRINNING FACE}\N{GRINNING FACE}\N{GRINNING FACE}\n" * 150_000
    )

    text = path.read_text(encoding="utf-8")
    assert path.stat().st_size < 1 << 20
    assert text.endswith("\N{GRINNING FACE}\n\nThe rest stands in the log.\n")


def test_a_short_summary_is_whole(tmp_path):
    workflow.summarize({"GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}, "line\n")

    assert (tmp_path / "summary").read_text() == "line\n"


def test_the_page_is_linked_and_its_address_ends_no_link():
    judged = board.judge(snapshot(), snapshot().taken)

    text = workflow.built(judged, "https://a.example/(b)/", problems=True)

    assert "](https://a.example/%28b%29/)\n" in text
    assert "Problems" not in text


def test_an_apply_tells_the_next_steps(run, status, inside, monkeypatch):
    monkeypatch.setenv("GHSTATUS_BASE_URL", "https://packit.github.io/status")

    assert run("apply", "--now", NOW)[0] == 0
    first = inside.said()
    inside.forget()
    assert run("apply", "--now", NOW)[0] == 0

    assert first == {"status": "partial_outage", "page-url": "https://packit.github.io/status/", "changed": "true"}
    assert inside.said() == first | {"changed": "false"}
    assert "](https://packit.github.io/status/)" in inside.summary()


def test_a_plan_changes_nothing_and_says_so(run, status, inside):
    run("plan", "--now", NOW)

    assert inside.said() == {"status": "partial_outage", "page-url": "", "changed": "false"}


def test_changes_that_all_failed_are_none(run, status, inside, github):
    run("apply", "--now", NOW)
    status.issue("Koji is down", by="jane", labels=["incident", "severity/critical", "component/copr"])
    inside.forget()
    for kind in ("graphql:*pinIssue", "POST /repos/*", "PATCH /repos/*", "PUT /repos/*", "DELETE /repos/*"):
        github.fail(kind, with_="forbidden", times=None)

    code, _, err = run("apply", "--now", NOW)

    assert (code, inside.said()["changed"]) == (1, "false")
    assert "::error::failed: " in err


def test_problems_of_issues_are_warnings_with_their_number(run, status, inside):
    status.issue("Koji", "### Severity\n\nhihg ::error::x", by="jane", labels=["incident"])

    err = run("plan", "--now", NOW, "-v")[2]

    assert "::warning title=#3::#3:3:1: severity: " in err
    assert "::error" not in err
    assert "#2: opened by @stranger" in err
    assert "::warning title=#2" not in err


def test_a_plan_that_is_refused_is_an_error(run, status, inside, site):
    (site / "ghstatus.yml").write_text(f"{CONFIG}store: github\nrepository: packit/status\nlimits: {{actions: 1}}\n")

    code, _, err = run("apply", "--now", NOW)

    assert code == 1
    assert "::error::refused: " in err


@pytest.mark.parametrize("command", ["validate", "build", "status"])
def test_a_problem_of_a_file_is_beside_its_line(run, site, inside, command):
    (site / "incidents" / "pending.md").write_text(INCIDENT.replace("major", "hihg"))

    assert "::warning file=site/incidents/pending.md,line=3" in run(command, "--now", NOW)[2]


def test_a_build_tells_the_next_steps(run, site, inside):
    (site / "incidents" / "pending.md").write_text(INCIDENT.replace("major", "hihg"))

    assert run("build", "--now", NOW, "--base-url", "https://a.example")[0] == 0

    assert inside.said() == {"status": "partial_outage", "page-url": "https://a.example/"}
    assert inside.summary().startswith("### Built: Partial outage of Copr\n")
    assert "**Problems** (1)" in inside.summary()


@loopback
def test_the_problems_of_issues_stand_in_the_summary_once(run, status, inside):
    status.issue("Koji", "### Severity\n\nhihg", by="jane", labels=["incident", "component/copr"])
    run("apply", "--now", NOW)
    run("build", "--now", NOW)

    assert inside.summary().count("**Problems** (1)") == 1
    assert "### Built: " in inside.summary()


@loopback
def test_a_configuration_that_names_an_address_is_believed(run, status, inside, site, monkeypatch):
    monkeypatch.setenv("GHSTATUS_BASE_URL", "https://packit.github.io/status")
    with (site / "ghstatus.yml").open("a") as file:
        file.write("base_url: https://status.packit.dev/\n")

    run("plan", "--now", NOW)

    assert inside.said()["page-url"] == "https://status.packit.dev/"


def test_an_address_that_is_none_is_wrong_usage(run, site, monkeypatch):
    monkeypatch.setenv("GHSTATUS_BASE_URL", "nowhere")

    code, _, err = run("build")

    assert code == 2
    assert err.startswith("GHSTATUS_BASE_URL: 'nowhere' is no address; accepted: ")


def test_where_nothing_can_be_changed_nothing_is(run, site, inside):
    code, out, err = run("apply", "--where-possible")

    assert (code, out) == (0, "")
    assert err == "nothing is changed: the incidents are files, on which there is nothing to pin or to label\n"
    assert inside.said() == {"changed": "false"}
    assert inside.summary().startswith("Nothing is changed: the incidents are files")
    assert run("apply")[0] == 2


def test_where_something_can_be_changed_it_is(run, status, inside, monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", "packit/status")

    assert run("apply", "--where-possible", "--now", NOW)[0] == 0
    assert inside.said()["changed"] == "true"
