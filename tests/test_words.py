"""The words of the model and the changes to a store, each imported when it is asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from ghstatus import actions, model

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("package", [actions, model], ids=["actions", "model"])
def test_every_word_has_a_home(package):

    assert all(hasattr(package, word) for word in package.__all__)


@pytest.mark.parametrize("package", [actions, model], ids=["actions", "model"])
def test_what_is_no_word_is_missed_by_its_name(package):
    with pytest.raises(AttributeError, match=f"module '{package.__name__}' has no attribute 'Nothing'"):
        _ = package.Nothing


@pytest.mark.parametrize(
    ("said", "spared"),
    [
        ("from ghstatus.model import Kind", "ghstatus.model.checks"),
        ("from ghstatus.actions import Topic", "ghstatus.actions.issues"),
        ("import ghstatus.flow.building, ghstatus.stores.folder", "ghstatus.actions.issues"),
    ],
)
def test_a_word_brings_no_more_than_its_part(said, spared):
    code = f"import sys; {said}; sys.exit({spared!r} in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
