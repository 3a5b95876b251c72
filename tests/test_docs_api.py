"""docs/api.md shows what the site says."""

import json
import re
from pathlib import Path

import pytest

from tests.test_render_outputs import everything

TEXT = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```json (\S+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def is_part(shown, whole):
    """Whether everything that is shown is so; a list may leave out what it likes."""
    if isinstance(shown, dict):
        return isinstance(whole, dict) and all(
            key in whole and is_part(value, whole[key]) for key, value in shown.items()
        )
    if isinstance(shown, list):
        return isinstance(whole, list) and all(any(is_part(one, other) for other in whole) for one in shown)
    return shown == whole


@pytest.mark.parametrize(("path", "text"), EXAMPLES, ids=[path for path, _ in EXAMPLES])
def test_an_example_is_a_part_of_what_the_site_says(path, text):
    assert is_part(json.loads(text), json.loads(everything()[path]))


def test_there_is_an_example_of_each_sort():
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("path", sorted(set(re.findall(r"^\| `([\w/-]+\.json)` \|", TEXT, re.MULTILINE))))
def test_each_file_of_statuspage_s_is_there(path):
    assert f"api/v2/{path}" in everything()


@pytest.mark.parametrize(
    ("shown", "whole", "expected"),
    [
        ({"a": [1]}, {"a": [2, 1], "b": 3}, True),
        ({"a": [3]}, {"a": [2, 1]}, False),
        ({"b": 1}, {"a": 1}, False),
        ([{"a": 1}], {"a": 1}, False),
        ({"a": None}, {"a": None}, True),
    ],
)
def test_a_wrong_example_is_noticed(shown, whole, expected):
    assert is_part(shown, whole) is expected
