"""ghstatus builds a site from wherever it was put: a checkout, an editable install, a wheel, a zipped wheel."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from ghstatus import __version__

pytestmark = [pytest.mark.wheel, pytest.mark.xdist_group("wheel")]

ROOT = Path(__file__).parent.parent
FORMS = ("checkout", "editable", "wheel", "zip")
STATUS = "title: Example\ncomponents:\n  - id: api\n    name: API\n"
INCIDENT = """\
---
title: It is slow
started: 2026-03-02T20:10:00Z
severity: major
components: [api]
---

We look into it.
"""


def python(*arguments, path, cwd):
    """Run Python with the standard library, these folders and the installed dependencies: no .pth file leads elsewhere."""
    folders = [str(path), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    start = f"import site, sys; sys.path += {folders}; site.addsitedir({folders[0]!r}); "
    code, *rest = arguments
    keep = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-W", "error", "-c", start + code, *rest],
        cwd=cwd,
        env=keep | {"HOME": str(cwd), "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Each form of ghstatus in a folder of its own, with nothing in it that Git would not hold."""
    place = tmp_path_factory.mktemp("place")
    copy_tree(place / "checkout")
    build(place / "checkout", "build_wheel", place / "built")
    build(place / "checkout", "build_editable", place / "linked")
    (wheel,), (link,) = (place / "built").iterdir(), (place / "linked").iterdir()
    unpack(link, place / "editable")
    install(wheel, place / "wheel")
    shutil.copy(wheel, place / "ghstatus.zip")
    (place / "elsewhere").mkdir()
    (place / "elsewhere" / "incidents").mkdir()
    (place / "elsewhere" / "ghstatus.yml").write_text(STATUS, encoding="utf-8")
    (place / "elsewhere" / "incidents" / "slow.md").write_text(INCIDENT, encoding="utf-8")
    paths = {form: place / form for form in FORMS} | {"zip": place / "ghstatus.zip"}
    return SimpleNamespace(wheel=wheel, cwd=place / "elsewhere", paths=paths)


def copy_tree(target):
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)


def build(tree, hook, target):
    """Call the build backend as pip would, without isolation."""
    target.mkdir()
    run = [
        sys.executable,
        "-c",
        f"import sys; from hatchling.build import {hook} as build; build(sys.argv[1])",
        str(target),
    ]
    subprocess.run(run, cwd=tree, check=True, capture_output=True)


def unpack(archive, target):
    with ZipFile(archive) as opened:
        opened.extractall(target)


def install(wheel, target):
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, "--disable-pip-version-check", "--target", str(target), str(wheel)], check=True)


def test_the_wheel_holds_exactly_these_files(place, golden):
    with ZipFile(place.wheel) as wheel:
        names = sorted(name.replace(f"-{__version__}.", "-VERSION.") for name in wheel.namelist())

    golden("wheel-files.txt", "".join(f"{name}\n" for name in names))


@pytest.mark.parametrize("form", FORMS)
def test_the_assets_are_those_of_the_checkout(place, form):
    say = "import ghstatus; from ghstatus import assets; print(ghstatus.__file__, assets.digest())"
    found = python(say, path=place.paths[form], cwd=place.cwd)
    expected = python(say, path=ROOT, cwd=place.cwd)

    assert (found.returncode, found.stderr) == (0, ""), found.stderr
    home = place.paths["checkout" if form == "editable" else form]
    assert found.stdout.startswith(f"{home}{os.sep}ghstatus{os.sep}")
    assert found.stdout.split()[-1] == expected.stdout.split()[-1]


@pytest.mark.parametrize("form", FORMS)
def test_a_site_is_built(place, form, tmp_path):
    command = "import runpy; runpy.run_module('ghstatus', run_name='__main__', alter_sys=True)"
    options = ["build", str(place.cwd), "--out", str(tmp_path / "site"), "--now", "2026-03-02T21:00:00Z"]

    run = python(command, *options, path=place.paths[form], cwd=place.cwd)

    assert (run.returncode, run.stderr) == (0, ""), run.stderr
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "It is slow" in page
    static = {path.name for path in (ROOT / "site" / "static").iterdir()}
    assert static <= {path.name for path in (tmp_path / "site").rglob("*")}  # banner.js stands in embed/
