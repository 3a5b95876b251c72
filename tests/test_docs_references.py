"""The references in docs/ say what the program says; `pytest --refresh` writes them anew."""

import re
from pathlib import Path

import pytest
import yaml

from ghstatus.grammar import config
from tests import references

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("name", references.PAGES)
def test_a_reference_says_what_the_program_says(name, request):
    page = DOCS / name
    made = references.PAGES[name]()
    if request.config.getoption("--refresh"):
        page.write_text(references.put(page.read_text(encoding="utf-8"), made), encoding="utf-8", newline="\n")

    assert references.between(page.read_text(encoding="utf-8")) == made, "`pytest --refresh` writes it anew"


def test_the_example_shows_every_key_and_only_what_is_accepted():
    text = references.EXAMPLE.read_text(encoding="utf-8")
    schema = config.schema()
    shapes = {"": schema} | dict(references.mappings(schema, schema["$defs"]))
    told = re.findall(r"^\s*(?:- )?\{?(\w+):|[{,] ?(\w+):", text, re.MULTILINE)

    assert config.parse(text, where="ghstatus.yml").title == "Example Status"
    assert {key for shape in shapes.values() for key in shape["properties"]} - {a or b for a, b in told} == set()


def test_every_part_of_the_example_is_shown_once_or_more():
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    shown = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)]

    assert {key for block in shown for key in block} == set(yaml.safe_load(references.EXAMPLE.read_text()))


def test_every_command_shows_an_example():
    for name, command in references.all_commands(references.typer.main.get_command(references.app), "ghstatus"):
        assert (command.epilog or "").startswith(f"Example: {name}"), name


def test_every_parameter_of_a_command_has_words():
    found = references.all_commands(references.typer.main.get_command(references.app), "ghstatus")
    parameters = [(name, one.name, one.help) for name, command in found for one in command.params]

    assert [(name, one) for name, one, help_ in parameters if not help_] == []


def test_a_page_keeps_what_stands_around_the_made_part():
    page = f"before\n\n{references.START}\n\nold\n\n{references.END}\n\nafter\n"
    fresh = references.put(page, "new")

    assert fresh == page.replace("old", "new")
    assert (references.between(page), references.between(fresh)) == ("old", "new")


def test_a_table_keeps_its_shape():
    assert references.table(("a", "b"), ("1 | 2", "3")) == "| a | b |\n|---|---|\n| 1 \\| 2 | 3 |"


def test_a_key_says_what_it_takes_and_what_holds_without_it():
    made = references.configuration()

    assert "`title` | The page's name.<br>Takes one line of text without control characters.<br>**Required.** |" in made
    assert "`max` | How many incidents are pinned at once, of the three that GitHub allows.<br>" in made
    assert "<br>Takes a whole number from 0 to 3.<br>Without it: `3`. |" in made
    assert "`uptime` | How uptime is counted.<br>Takes [these keys](#uptime). |" in made
    assert "<br>Without it: `true`. |" in made


def test_a_command_says_what_holds_without_an_option():
    made = references.commands()

    assert "| `--out FOLDER` | Where to write the site.<br>Without it: `_site`. |" in made
    assert "| `TITLE` | What is broken, in a few words.<br>**Required.** |" in made
    assert "| `--strict` | Exit with 1 when there was any problem. |" in made
    assert made.count("| `--repo OWNER/NAME` | The repository whose issues") == 1
