"""The locked requirements hold all that pyproject.toml asks for, agree with each other and name no place to download from."""

import re
import tomllib
from itertools import chain

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@pytest.fixture
def pyproject(request):
    return tomllib.loads((request.config.rootpath / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture
def lock(request):
    def read(name):
        text = (request.config.rootpath / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        return text.replace("\\\n", " ").splitlines()

    return read


def versions(lines):
    """Name → its versions: a package may be locked twice, for different platforms."""
    found = {}
    for line in lines:
        requirement = Requirement(line.split("--hash")[0])
        (pin,) = requirement.specifier
        assert pin.operator == "==", line
        found.setdefault(canonicalize_name(requirement.name), []).append(pin.version)
    return found


def group(pyproject, name):
    """The requirements of a dependency group, those of the groups it includes too."""
    for item in pyproject["dependency-groups"][name]:
        if isinstance(item, str):
            yield item
        else:
            yield from group(pyproject, item["include-group"])


def meets(locked, wish):
    found = locked.get(canonicalize_name(wish.name), [])
    return found != [] and all(map(wish.specifier.contains, found))


@pytest.mark.parametrize(("name", "groups"), [("run", ["build"]), ("dev", ["dev"])])
def test_a_lock_holds_what_the_project_asks_for(pyproject, lock, name, groups):
    asked = chain(pyproject["project"]["dependencies"], *(group(pyproject, one) for one in groups))
    locked = versions(lock(name))

    unmet = [wish for wish in asked if not meets(locked, Requirement(wish))]

    assert unmet == [], "run `make lock`"


def test_the_build_backend_is_locked(pyproject, lock):
    locked = versions(lock("run"))

    assert [wish for wish in pyproject["build-system"]["requires"] if not meets(locked, Requirement(wish))] == []


def test_dev_is_run_and_more(lock):
    run, dev = versions(lock("run")), versions(lock("dev"))

    assert {name: dev.get(name) for name in run} == run


def test_the_documentation_s_lock_goes_into_the_same_environment(pyproject, lock):
    locked, dev = versions(lock("docs")), versions(lock("dev"))

    assert [wish for wish in group(pyproject, "docs") if not meets(locked, Requirement(wish))] == [], "run `make lock`"
    assert {name: found for name, found in locked.items() if dev.get(name, found) != found} == {}


@pytest.mark.parametrize("name", ["run", "dev", "docs"])
def test_a_lock_has_hashes_and_no_addresses(lock, name):
    for line in lock(name):
        assert re.search(r" --hash=sha256:[0-9a-f]{64}", line), line
        assert "://" not in line, line


def test_the_web_checkers_are_locked_without_addresses(request):
    text = (request.config.rootpath / "tests" / "web" / "package-lock.json").read_text(encoding="utf-8")

    assert '"resolved"' not in text
