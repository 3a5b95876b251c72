"""A ghstatus that has started already is a process like any other."""

import subprocess

import pytest

from tests.workflows import STARTED


@pytest.fixture
def ran(tmp_path, prepared):
    """`ran(*words, **environment)`: what came of a command, as it starts usually and as it is prepared."""
    programs = {tmp_path / "started": STARTED, tmp_path / "prepared": prepared}
    for path, text in programs.items():
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "ghstatus.yml").write_text("titel: Example\n", encoding="utf-8")

    def run(*words, **environment):
        done = [
            subprocess.run(
                [path, *words], cwd=tmp_path / "site", env=environment, capture_output=True, check=False, timeout=60
            )
            for path in programs
        ]
        return [(one.returncode, one.stdout, one.stderr) for one in done]

    return run


@pytest.mark.parametrize(
    ("words", "environment", "code", "said"),
    [
        (["--version"], {}, 0, b"ghstatus 0."),
        (["validate", "."], {}, 2, b"titel"),
        (["validate", "."], {"GITHUB_ACTIONS": "true"}, 2, b"::error file=ghstatus.yml,line=1"),
    ],
)
def test_it_says_what_one_that_starts_says(ran, words, environment, code, said):
    started, prepared = ran(*words, **environment)

    assert prepared == started
    assert prepared[0] == code
    assert said in prepared[1] + prepared[2]


def test_a_command_leaves_nothing_to_the_next(ran):
    before, _ = ran("validate", ".")
    ran("validate", ".", GITHUB_ACTIONS="true")

    assert ran("validate", ".")[1] == before
