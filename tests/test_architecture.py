"""The tree is what docs/architecture.md says, and keeps to the house's numbers."""

import ast
import re
import tokenize
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "ghstatus").rglob("*.py"))
FORBIDDEN = {"base", "common", "core", "data", "helpers", "manager", "misc", "utils"}
ALLOWED = {"noqa": 3, "type: ignore": 2, "pragma: no cover": 2}


def tree(module):
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def comments(module):
    with (ROOT / module).open("rb") as file:
        return [token.string for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT]


def layers(container):
    """The layers of import-linter's contract, from the top: each a set of modules that leave each other alone."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (contract,) = [contract for contract in contracts if contract["containers"] == [container]]
    return [{name.strip() for name in layer.split("|")} for layer in contract["layers"]]


def rows(floor=r"\d+"):
    """The floor and the modules of each row of a table in docs/architecture.md."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    found = re.findall(rf"^\|\s*({floor})\b[^|]*\|([^|]*)\|", text, re.MULTILINE)
    return [(floor, re.findall(r"`(\w+)/?`", modules)) for floor, modules in found]


def test_every_module_stands_on_one_floor():
    children = {Path(module).relative_to("ghstatus").parts[0].removesuffix(".py") for module in MODULES}
    placed = [name for _, names in rows() for name in names]

    assert {"without a floor": children - {"__init__", "__main__"} - set(placed)} == {"without a floor": set()}
    assert {"without a module": set(placed) - children} == {"without a module": set()}
    assert len(placed) == len(set(placed))


def test_the_rows_are_the_layers_that_import_linter_enforces():
    assert [set(names) for _, names in rows()] == layers("ghstatus")
    assert [set(names) for _, names in rows("1[a-z]")] == layers("ghstatus.grammar")
    assert [set(names) for _, names in rows("4[a-z]")] == layers("ghstatus.render")
    assert [set(names) for _, names in rows("5[a-z]")] == layers("ghstatus.github")
    assert [set(names) for _, names in rows("6[a-z]")] == layers("ghstatus.stores.github")


def test_the_table_goes_down():
    floors = [int(floor) for floor, _ in rows()]

    assert floors == sorted(floors, reverse=True)
    assert set(floors) == set(range(8))


def test_modules_are_named_for_what_they_are():
    assert [module for module in MODULES if not FORBIDDEN.isdisjoint(Path(module).with_suffix("").parts)] == []


def test_every_module_says_what_it_promises():
    assert [module for module in MODULES if not ast.get_docstring(tree(module))] == []


def test_every_module_fits_in_the_head():
    lines = {module: len((ROOT / module).read_text(encoding="utf-8").splitlines()) for module in MODULES}

    assert {module: count for module, count in lines.items() if count > 260} == {}


def test_only_the_door_prints():
    assert [module for module in MODULES if not module.startswith("ghstatus/cli/") and prints(module)] == []


def prints(module):
    calls = (node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call))
    return any(isinstance(called, ast.Name) and called.id == "print" for called in calls)


@pytest.mark.parametrize("mark", ALLOWED)
def test_exceptions_to_the_rules_are_few_and_give_a_reason(mark):
    found = [(module, comment) for module in MODULES for comment in comments(module) if mark in comment]

    assert [one for one in found if not gives_reason(one[1], mark)] == []
    assert len(found) <= ALLOWED[mark]


def gives_reason(comment, mark):
    """A reason comes after the mark and its codes: `# noqa: BLE001  # the door catches all`."""
    return re.search(re.escape(mark) + r"(?:: ?[A-Z]+\d+(?:, ?[A-Z]+\d+)*|\[[\w, -]+\])?+\W.*\w{3,}", comment)


@pytest.mark.parametrize(
    ("comment", "mark", "expected"),
    [
        ("# noqa: BLE001", "noqa", False),
        ("# noqa: BLE001, S101", "noqa", False),
        ("# noqa: BLE001  # the door catches everything", "noqa", True),
        ("# type: ignore[arg-type]", "type: ignore", False),
        ("# type: ignore[arg-type]  # a stub's mistake", "type: ignore", True),
        ("# pragma: no cover", "pragma: no cover", False),
        ("# pragma: no cover: only on Windows", "pragma: no cover", True),
    ],
)
def test_a_bare_exception_to_the_rules_is_noticed(comment, mark, expected):
    assert bool(gives_reason(comment, mark)) is expected
