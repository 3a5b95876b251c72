"""What an adopting repository gets: the head of each file, what becomes of files that are there, the workflow, the README."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from ghstatus import __version__
from ghstatus.grammar import config
from ghstatus.grammar.names import Names
from ghstatus.model import Mode, Pins, Rule, StoreKind, Watch
from ghstatus.starter import (
    CHECKS,
    CLOCK,
    HOME,
    PATHS,
    README,
    WORKFLOW,
    Standing,
    change,
    changes,
    founding,
    leftovers,
    readme,
    stamp,
)
from ghstatus.starter import workflow as workflows
from ghstatus.starter.catalogue import find, services, suggest
from tests.builders import component, site

PAGE = site(component("copr", name="Copr"), store=StoreKind.GITHUB, repository="packit/status")
FILES = site(component("copr", name="Copr"))
WATCHING = replace(PAGE, rules=(Rule(id="packit-copr", component="copr"),))
ELSEWHERE = replace(WATCHING, watch=Watch(repositories=("packit/packit", "packit/ogr"), gates=("packit/ogr",)))
GATE = replace(WATCHING, store=StoreKind.FOLDER, watch=Watch(mode=Mode.GATE))
SHA = "3d3c42e5aac5ba805825da76410c181273ba90b1"


def written(page=PAGE, folder="."):
    """The files of a repository in which everything was written."""
    return {one.path: one.after for one in changes(page, folder, {})}


def standings(page, present, folder="."):
    return {one.path: one.standing.value for one in changes(page, folder, present)}


def workflow(page=PAGE, folder=".", *, pin="v1.2.3"):
    return workflows.events(page, folder, pin=pin)


def checks(page=WATCHING, folder=".", *, pin="v1.2.3"):
    return workflows.checks(page, folder, pin=pin)


def clock(page=PAGE, folder=".", *, pin="v1.2.3"):
    return workflows.clock(page, folder, pin=pin)


def events(text):
    return yaml.safe_load(text)[True]  # YAML 1.1 takes `on` for a truth


def test_a_repository_gets_these_files():
    assert tuple(written(WATCHING)) == PATHS
    assert tuple(written()) == tuple(path for path in PATHS if path != CHECKS)
    assert {one.standing for one in changes(PAGE, ".", {})} == {Standing.MISSING}


@pytest.mark.parametrize("page", [FILES, replace(PAGE, dialect="upptime")], ids=["files", "upptime"])
def test_without_issues_of_ghstatus_s_own_there_are_no_forms(page):
    assert [path for path in written(replace(page, repository="a/b")) if "TEMPLATE" in path] == []
    assert "template=" not in readme.block(replace(page, repository="a/b"))


def test_a_second_time_nothing_changes():
    assert set(standings(PAGE, written()).values()) == {"same"}


def test_windows_line_endings_are_no_change():
    present = {path: text.replace("\n", "\r\n") for path, text in written().items()}

    assert set(standings(PAGE, present).values()) == {"same"}


def test_another_component_makes_forms_old_and_leaves_the_rest():
    more = site(*PAGE.components, component("koji", name="Koji"), store=PAGE.store, repository=PAGE.repository)
    found = standings(more, written())

    assert sorted(path.rpartition("/")[2] for path in found if found[path] == "old") == [
        *("announcement.yml", "incident.yml", "known-failure.yml", "maintenance.yml", "report.yml")
    ]
    assert {found[path] for path in (WORKFLOW, CLOCK, README)} == {"same"}


@pytest.mark.parametrize(
    ("before", "now", "standing"),
    [
        (None, "a: 1\n", "missing"),
        (stamp.stamped("a: 1\n"), "a: 1\n", "same"),
        (stamp.stamped("a: 1\n"), "a: 2\n", "old"),
        (stamp.stamped("a: 1\n").replace("a: 1", "a: 9"), "a: 2\n", "edited"),
        (stamp.stamped("a: 1\n").replace("a: 1", "a: 9"), "a: 1\n", "own"),
        (stamp.stamped("a: 1\n").replace("a: 1", "a: 2"), "a: 2\n", "edited"),
        ("a: 1\n", "a: 1\n", "foreign"),
        ("", "a: 1\n", "foreign"),
        (f"# first\n{stamp.stamped('a: 1')}", "a: 1", "foreign"),
        (f"\ufeff{stamp.stamped('a: 1')}", "a: 1", "old"),
    ],
)
def test_a_file_is_told_by_its_head(before, now, standing):
    found = change.of_file("a.yml", before, now)

    assert found.standing == standing
    assert found.after == stamp.stamped(now)


@pytest.mark.parametrize(
    ("standing", "is_due", "is_forced", "is_drift"),
    [
        ("missing", True, True, True),
        ("same", False, False, False),
        ("old", True, True, True),
        ("edited", False, True, True),
        ("own", False, True, False),
        ("foreign", False, True, False),
    ],
)
def test_what_is_written_and_what_lags_behind(standing, is_due, is_forced, is_drift):
    before = "b" if standing == "same" else "a"
    found = change.Change("x", before, "b", Standing(standing))

    assert (found.is_due(force=False), found.is_due(force=True), found.is_drift) == (is_due, is_forced, is_drift)
    assert found.is_new is (standing == "missing")


def test_a_diff_is_a_patch(tmp_path):
    (tmp_path / "x").write_text("a\nb\n")
    old = change.Change("x", "a\nb\n", "a\nc\n", Standing.OLD)
    new = change.Change("d/y", "", "e\n", Standing.MISSING)

    for one in (old, new):
        subprocess.run(["git", "apply"], input=f"{one.diff()}\n", text=True, cwd=tmp_path, check=True)

    assert ((tmp_path / "x").read_text(), (tmp_path / "d" / "y").read_text()) == ("a\nc\n", "e\n")


@pytest.mark.parametrize("changed", ["a: 1\r\n", "\n\na: 1\n\n", "a: 1"])
def test_what_git_and_editors_do_is_no_edit(changed):
    assert stamp.digest(changed) == stamp.digest("a: 1\n") != stamp.digest("a: 2\n")
    assert not stamp.is_edited(stamp.stamped("a: 1\n").replace("a: 1\n", changed))
    assert stamp.promised(stamp.stamped("a: 1\n")) == stamp.digest(changed)
    assert (stamp.promised("a: 1"), stamp.is_edited("a: 1")) == ("", False)


@pytest.mark.parametrize("ref", ["v9.9.9", f"{SHA} # v1.2.3", SHA])
def test_another_pin_is_no_edit(ref):
    text = stamp.stamped(workflow(pin="v0.0.1"))
    present = text.replace("@v0.0.1", f"@{ref}")

    assert present != text
    assert not stamp.is_edited(present)
    assert workflows.pin(present) == ref
    assert change.of_file(WORKFLOW, present, workflow(pin=workflows.pin(present))).standing == "same"


@pytest.mark.parametrize("present", ["", "uses: a/b/.github/workflows/status.yml@v9.9.9", "@v0.0.1", "@main", "@v0.1"])
def test_otherwise_the_workflow_is_of_this_version(present):
    there = f"    uses: {HOME}/.github/workflows/status.yml{present}\n" if present.startswith("@") else present

    assert workflows.pin(there) == f"v{__version__}"


@pytest.mark.parametrize(
    ("name", "page", "folder"),
    [
        ("issues", PAGE, "."),
        ("files", FILES, "docs/status"),
        ("app", replace(PAGE, pins=Pins(also=("packit/packit",))), "site"),
    ],
)
def test_workflows_look_like_this(golden, name, page, folder):
    golden(f"starter/workflow-{name}.yml", workflow(page, folder))
    golden(f"starter/clock-{name}.yml", clock(page, folder))


@pytest.mark.parametrize(
    ("name", "page", "folder"), [("own", WATCHING, "."), ("elsewhere", ELSEWHERE, "docs/status"), ("gate", GATE, ".")]
)
def test_workflows_about_checks_look_like_this(golden, name, page, folder):
    golden(f"starter/checks-{name}.yml", checks(page, folder))
    golden(f"starter/clock-checks-{name}.yml", clock(page, folder))


@pytest.mark.parametrize(
    "command",
    ["zizmor --offline --no-progress --persona pedantic", "check-jsonschema --builtin-schema vendor.github-workflows"],
)
@pytest.mark.parametrize(
    "page", [PAGE, FILES, replace(PAGE, pins=Pins(also=("packit/packit",))), WATCHING, ELSEWHERE, GATE]
)
def test_a_workflow_has_no_finding(page, command, tmp_path):
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "status.yml").write_text(workflow(page, "site"))
    (folder / "status-clock.yml").write_text(clock(page, "site"))
    (folder / "checks.yml").write_text(checks(page, "site"))
    program, *options = command.split()

    checked = subprocess.run(
        [str(Path(sys.executable).with_name(program)), *options, *sorted(folder.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout


def test_a_schedule_stands_in_a_file_of_its_own_so_that_the_events_outlive_it():
    assert set(events(clock())) == {"schedule", "workflow_dispatch"}
    assert set(events(workflow())) == {
        *("issues", "issue_comment", "label"),
        *("push", "workflow_dispatch", "repository_dispatch"),
    }
    assert {"pinned", "unpinned"} <= set(events(workflow())["issues"]["types"])


@pytest.mark.parametrize("page", [PAGE, FILES, replace(PAGE, pins=Pins(also=("a/b",)))])
def test_the_clock_does_what_events_do(page):
    found, other = yaml.safe_load(clock(page, "site")), yaml.safe_load(workflow(page, "site"))

    assert (found["jobs"], found["permissions"]) == (other["jobs"], other["permissions"])
    assert found["name"] != other["name"]
    assert "concurrency" not in found | other


@pytest.mark.parametrize(("there", "new"), [(WORKFLOW, CLOCK), (CLOCK, WORKFLOW)])
def test_a_file_that_is_new_runs_the_version_of_the_one_that_is_there(there, new):
    present = {there: written()[there].replace(f"@v{__version__}", f"@{SHA} # v1.2.3")}
    found = {one.path: one for one in changes(PAGE, ".", present)}

    assert found[there].standing == "same"
    assert f"@{SHA} # v1.2.3 #" in found[new].after


def test_each_file_keeps_its_own_pin():
    pins = {WORKFLOW: SHA, CLOCK: SHA[::-1]}
    present = {path: written()[path].replace(f"@v{__version__}", f"@{pin}") for path, pin in pins.items()}

    assert {standings(PAGE, present)[path] for path in pins} == {"same"}


def test_an_older_file_with_a_schedule_becomes_two():
    both = stamp.stamped(workflow().replace("on:\n", 'on:\n  schedule:\n    - cron: "1-59/10 * * * *"\n'))
    found = standings(PAGE, written() | {WORKFLOW: both})

    assert found[WORKFLOW] == "old"
    assert standings(PAGE, {WORKFLOW: both})[CLOCK] == "missing"


@pytest.mark.parametrize("own", ["on: schedule\n", ""])
def test_beside_a_workflow_of_somebody_s_own_no_clock_is_written(own):
    found = {one.path: one.standing.value for one in changes(PAGE, ".", {WORKFLOW: own}, force=True)}

    assert CLOCK not in standings(PAGE, {WORKFLOW: own})
    assert (found[WORKFLOW], found[CLOCK]) == ("foreign", "missing")
    assert standings(PAGE, {WORKFLOW: own, CLOCK: written()[CLOCK]})[CLOCK] == "same"
    assert leftovers(PAGE, ".", {WORKFLOW: own, CLOCK: written()[CLOCK]}) == ()


def test_a_workflow_passes_what_the_called_one_takes():
    ours = (Path(__file__).parent.parent / ".github" / "workflows" / "status.yml").read_text(encoding="utf-8")
    called = events(ours)["workflow_call"]
    found = yaml.safe_load(workflow(replace(PAGE, pins=Pins(also=("a/b",))), "site"))["jobs"]["status"]

    assert set(found["with"]) == {"site", "app-id"} <= set(called["inputs"])
    assert set(found["secrets"]) == {"app-private-key"} <= set(called["secrets"])
    assert found["permissions"] == {"contents": "read", "issues": "write", "pages": "write", "id-token": "write"}


@pytest.mark.parametrize("page", [WATCHING, ELSEWHERE, GATE])
def test_the_clock_looks_at_checks_too(page):
    found, other = yaml.safe_load(clock(page, "site"))["jobs"], yaml.safe_load(checks(page, "site"))["jobs"]
    asked = {"pr": "${{ inputs.pr }}", "repo": "${{ inputs.repo }}"}

    assert found["checks"] | {"with": found["checks"]["with"] | asked} == other["checks"]
    assert found["status"] == yaml.safe_load(clock(replace(page, rules=()), "site"))["jobs"]["status"]
    assert list(yaml.safe_load(clock(PAGE))["jobs"]) == ["status"]


def test_a_workflow_about_checks_passes_what_the_called_one_takes():
    ours = (Path(__file__).parent.parent / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8")
    called, granted = events(ours)["workflow_call"], yaml.safe_load(ours)["jobs"]["apply"]["permissions"]
    found = yaml.safe_load(checks(ELSEWHERE, "site"))["jobs"]["checks"]

    assert set(found["with"]) == {"site", "pr", "repo", "app-id"} <= set(called["inputs"])
    assert set(found["secrets"]) == {"app-private-key"} <= set(called["secrets"])
    assert found["permissions"] == granted
    assert set(events(checks())["workflow_dispatch"]["inputs"]) == {"pr", "repo"}


@pytest.mark.parametrize(
    ("repositories", "is_own", "has_app"),
    [
        ((), True, False),
        (("Packit/Status",), True, False),
        (("packit/status", "packit/ogr"), True, True),
        (("Packit/*",), True, True),
        (("packit/ogr",), False, True),
        (("packit-services/*",), False, True),
    ],
)
def test_whose_pull_requests_are_looked_at_decides_what_starts_it(repositories, is_own, has_app):
    text = checks(replace(WATCHING, watch=Watch(repositories=repositories)))

    assert ("check_run" in events(text)) is ("merge_group" in events(text)) is ("status" in events(text)) is is_own
    assert ("secrets" in yaml.safe_load(text)["jobs"]["checks"]) is has_app
    assert "issues" in events(text)


def test_the_workflow_about_checks_comes_and_goes_with_them():
    found = {one.path: one.standing.value for one in changes(WATCHING, ".", written())}

    assert (found[CHECKS], found[CLOCK], found[WORKFLOW]) == ("missing", "old", "same")
    assert leftovers(PAGE, ".", written(WATCHING)) == (CHECKS,)
    assert standings(WATCHING, written(WATCHING))[CHECKS] == "same"


def test_the_workflow_about_checks_is_pinned_as_the_others_are():
    pinned = {path: text.replace(f"@v{__version__}", f"@{SHA} # v1.2.3") for path, text in written().items()}
    found = {one.path: one for one in changes(WATCHING, ".", pinned)}

    assert f"checks.yml@{SHA} # v1.2.3 #" in found[CHECKS].after
    assert found[CLOCK].after.count(f"@{SHA} # v1.2.3 #") == 2
    assert standings(WATCHING, {one.path: one.after for one in found.values()})[CLOCK] == "same"


def test_runs_of_different_pages_are_spread():
    minutes = {re.search(r'cron: "(\d+)-59/10 ', clock(replace(PAGE, repository=f"a/{n}")))[1] for n in range(60)}

    assert minutes == set("123456789")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "{block}\n"),
        ("", "{block}\n"),
        ("# Mine\n", "# Mine\n\n{block}\n"),
        ("# Mine\n\nMore.\n\n\n", "# Mine\n\nMore.\n\n{block}\n"),
    ],
)
def test_a_readme_gets_a_block_at_its_end(before, after):
    found = change.of_readme(README, before, readme.block(PAGE))

    assert found.after == after.format(block=readme.block(PAGE))
    assert found.standing == ("missing" if before is None else "old")
    assert change.of_readme(README, found.after, readme.block(PAGE)).standing == "same"


def test_a_block_is_renewed_where_it_was_moved_to():
    moved = f"# Mine\n\n{readme.block(PAGE)}\n\nMore.\n"
    now = readme.block(replace(PAGE, base_url="https://status.example.org/"))
    found = change.of_readme(README, moved, now)

    assert (found.standing, found.after) == ("old", f"# Mine\n\n{now}\n\nMore.\n")


def test_a_block_that_somebody_edited_is_theirs():
    edited = readme.block(PAGE).replace("Is it down?", "Status")
    now = readme.block(replace(PAGE, base_url="https://status.example.org/"))

    assert change.of_readme(README, edited, readme.block(PAGE)).standing == "own"
    assert change.of_readme(README, edited, now).standing == "edited"
    assert readme.is_edited(edited)
    assert not readme.is_edited("# Mine")


def test_a_block_that_somebody_took_out_stays_out():
    present = written() | {README: "# Mine\n"}

    assert README not in standings(PAGE, present)
    assert README not in standings(FILES, {})


@pytest.mark.parametrize("page", [PAGE, replace(FILES, repository="a/b")])
def test_blocks_look_like_this(golden, page):
    golden(f"starter/readme-{page.store}.md", readme.block(page))


def test_what_is_not_needed_any_more_is_named():
    present = written() | {".github/ISSUE_TEMPLATE/report.yml": "name: Mine"}

    assert [path.rpartition("/")[2] for path in leftovers(replace(PAGE, dialect="upptime"), ".", present)] == [
        *("incident.yml", "maintenance.yml", "announcement.yml", "known-failure.yml", "config.yml")
    ]
    assert leftovers(PAGE, ".", present) == ()


def test_the_catalogue_holds_what_projects_rely_on():
    assert {one.id for one in services()} == {
        *("copr", "testing-farm", "koji", "bodhi", "obs", "readthedocs"),
        *("codecov", "circleci", "appveyor", "travis", "netlify", "github", "pypi", "npm"),
    }


def test_the_catalogue_makes_a_configuration():
    page = founding.write(replace(founding.EMPTY, title="All", components=services()))

    assert config.parse(page, where="").components == services()
    assert all(one.external and one.description.endswith(".") for one in services())
    assert all(re.fullmatch(r"https://[a-z.-]+", one.upstream) for one in services())


def test_the_checks_of_services_are_known_by_their_rules():
    page = founding.with_checks(replace(founding.EMPTY, title="All", components=services()))
    written = founding.write(page)

    assert config.parse(written, where="").rules == page.rules != ()
    assert "  checks:\n  - packit-copr\n  - packit-copr-status\n- id: testing-farm\n" in written
    assert {rule.component for rule in page.rules} == {
        *("copr", "testing-farm", "koji", "obs", "readthedocs", "codecov", "circleci", "appveyor", "travis", "netlify")
    }


def test_other_components_have_no_checks_and_rules_that_are_there_stay():
    mine = Rule(id="koji-1", component="koji", app="mine")
    components = (component("copr"), component("koji", external=True), component("codecov", external=True))
    page = founding.with_checks(site(*components, rules=(mine,)))

    assert [rule.id for rule in page.rules] == ["koji-1", "codecov"]
    assert founding.with_checks(page) == page


@pytest.mark.parametrize(
    ("typed", "ident"), [("copr", "copr"), ("Read the Docs", "readthedocs"), ("rtd", "readthedocs"), ("gopher", None)]
)
def test_a_service_is_found_by_any_of_its_names(typed, ident):
    found = find(typed)

    assert (found and found.id) == ident
    assert (suggest("cpr"), suggest("qqqq")) == ("did you mean 'copr'?", "")


def test_names_that_are_taken_stay_theirs():
    mine = (component("copr", name="Mine"), component("x", name="Read the Docs"), component("y", name="Fedora Koji"))
    found = founding.joined(mine, [find("copr"), find("readthedocs"), find("koji"), find("koji")])

    assert [one.id for one in found] == ["copr", "x", "y", "koji"]
    assert Names(found).resolve("Fedora Koji") == ("y",)


def test_the_configuration_tells_where_its_keys_are_explained():
    text = founding.write(PAGE)

    assert re.match(rf"# [^\n]+\n# [^\n]+github.com/{HOME}/[^\n]+\n\ntitle: ", text)
    assert config.parse(text, where="") == PAGE
