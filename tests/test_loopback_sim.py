"""The loopback GitHub runs by hand, and is built as its README says."""

import argparse
import ast
import json
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.github import contract, trim
from tests.github.__main__ import greeting
from tests.github.clients import running

pytestmark = pytest.mark.loopback
HOME = Path(trim.__file__).parent
MODULES = sorted(HOME.glob("*.py"))


@pytest.fixture
def sim():
    """`python -m tests.github`, and its greeting."""
    command = [sys.executable, "-m", "tests.github"]
    with subprocess.Popen(
        command, cwd=HOME.parent.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        lines = [process.stdout.readline() for _ in range(11)]
        yield process, "".join(lines)
        process.kill()


def curls(text):
    return re.findall(r"^curl .*$", text, re.MULTILINE)


def sent(line):
    """What curl would be told, for whoever has no curl."""
    known = argparse.ArgumentParser()
    known.add_argument("curl")
    known.add_argument("-H", default="X: y")
    known.add_argument("-d")
    known.add_argument("url")
    said = known.parse_args(shlex.split(line))
    name, _, value = said.H.partition(": ")
    answer = requests.request("POST" if said.d else "GET", said.url, data=said.d, headers={name: value}, timeout=5)
    answer.raise_for_status()
    return answer.json()


def test_the_three_lines_to_try_work(sim):
    process, text = sim

    answers = [sent(line) for line in curls(text)]

    assert [issue["title"] for issue in answers[0]] == ["Fix a typo", "Is it only me?", "Copr is down"]
    assert answers[1]["body"] == "Better"
    assert answers[2]["data"]["repository"]["pinnedIssues"]["nodes"] == [{"issue": {"title": "Copr is down"}}]
    assert process.stdout.readline() == "GET /repos/packit/status/issues 200\n"


def test_ctrl_c_ends_it_quietly(sim):
    process, _ = sim
    process.send_signal(signal.SIGINT)

    assert (process.wait(timeout=10), process.stderr.read()) == (0, "")


def test_the_example_is_no_violation():
    with running() as github:
        assert len(curls(greeting(github))) == 3
        assert github.client(github.pat("jane")).get_repo("packit/status").get_issues().totalCount == 3


def test_the_copies_of_githubs_descriptions_hold_what_is_served_and_no_more():
    described = json.loads((contract.DATA / "rest.json").read_text(encoding="utf-8"))
    schema = (contract.DATA / "github.graphql").read_text(encoding="utf-8")

    assert trim.rest(described) == described
    assert trim.graphql(schema) == schema


def test_trimming_drops_what_is_not_served(tmp_path):
    described = json.loads((contract.DATA / "rest.json").read_text(encoding="utf-8"))
    described["paths"]["/nope"] = {"get": {"operationId": "nope/nope"}}
    described["components"]["schemas"]["nope"] = {"type": "string"}
    (tmp_path / "github-rest.json").write_text(json.dumps(described), encoding="utf-8")
    text = (contract.DATA / "github.graphql").read_text(encoding="utf-8")
    (tmp_path / "github.graphql").write_text(
        text.replace("type Query {", "type Query {\n  nope: Nope\n") + "type Nope { id: ID }", encoding="utf-8"
    )

    trim.copy(tmp_path, tmp_path)

    assert (tmp_path / "rest.json").read_text(encoding="utf-8") == (contract.DATA / "rest.json").read_text(
        encoding="utf-8"
    )
    assert (tmp_path / "github.graphql").read_text(encoding="utf-8") == text


def test_every_module_says_what_it_promises_and_fits_in_the_head():
    texts = {path.name: path.read_text(encoding="utf-8") for path in MODULES}

    assert [name for name, text in texts.items() if not ast.get_docstring(ast.parse(text))] == []
    assert {name: len(text.splitlines()) for name, text in texts.items() if len(text.splitlines()) > 260} == {}


def test_the_readme_names_every_module_and_its_example_runs():
    text = (HOME / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)

    assert [path.name for path in MODULES if f"`{path.name}`" not in text and path.name != "__init__.py"] == []
    with running() as github:
        scope = {}
        exec(example, scope)  # noqa: S102  # the README's own example
        scope["test_the_current_outage_is_pinned"](github)
