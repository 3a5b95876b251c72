"""Which store is meant, and by which right GitHub is asked, follow from options, configuration and environment."""

import pytest

from ghstatus.cli import access, options
from ghstatus.errors import UsageError
from ghstatus.stores.folder import FolderStore
from ghstatus.stores.github.store import GitHubStore
from tests.examples import CONFIG, NOW

pytest_plugins = ["tests.commands", "tests.github.fixture"]

KEY = "-----BEGIN RSA PRIVATE KEY-----\nnone of your business"


@pytest.fixture(autouse=True)
def without_an_app(monkeypatch):
    for name in ("GHSTATUS_APP_ID", "GHSTATUS_APP_PRIVATE_KEY", "GHSTATUS_APP_PRIVATE_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


def reached(site, repo=None, config="", **said):
    """What is reached with this configuration."""
    (site / "ghstatus.yml").write_text(CONFIG + config)
    with access.opened(site, repo, **said) as place:
        return place


@pytest.fixture
def token(monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "secret")


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize(
    ("repo", "config", "environment", "repository"),
    [
        (None, "", "a/env", ""),
        (None, "repository: a/said\n", "a/env", ""),
        (None, "store: github\nrepository: a/said\n", "a/env", "a/said"),
        (None, "store: github\n", "a/env", "a/env"),
        ("a/option", "store: github\nrepository: a/said\n", "a/env", "a/option"),
        ("a/option", "", "a/env", "a/option"),
    ],
)
def test_the_nearest_word_names_the_repository(site, monkeypatch, repo, config, environment, repository):
    monkeypatch.setenv("GITHUB_REPOSITORY", environment)

    place = reached(site, repo, config)

    assert place.repository == repository
    assert place.name == (repository or str(site))
    assert isinstance(place.store(), GitHubStore if repository else FolderStore)
    assert place.digest.endswith(f" {repository}")


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize(
    ("repo", "config", "environment", "words"),
    [
        ("status", "", "", "--repo: 'status' is no repository; accepted: a repository as owner/name, such as packit/s"),
        ("", "", "", "--repo: '' is no repository"),
        (None, "store: github\n", "status", "GITHUB_REPOSITORY: 'status' is no repository"),
        (None, "store: github\n", None, "`store: github`, but not whose: add `repository: owner/name`, or say --repo"),
    ],
)
def test_a_repository_that_is_none_is_refused(site, monkeypatch, repo, config, environment, words):
    if environment is not None:
        monkeypatch.setenv("GITHUB_REPOSITORY", environment)

    with pytest.raises(UsageError, match=words):
        reached(site, repo, config)


@pytest.mark.parametrize(
    ("environment", "token", "app", "key"),
    [
        ({"GITHUB_TOKEN": "one", "GH_TOKEN": "two"}, "one", "", ""),
        ({"GITHUB_TOKEN": "", "GH_TOKEN": "two"}, "two", "", ""),
        ({"GHSTATUS_APP_ID": "7", "GHSTATUS_APP_PRIVATE_KEY": KEY}, "", "7", KEY),
        ({"GHSTATUS_APP_ID": "7", "GHSTATUS_APP_PRIVATE_KEY_FILE": "key.pem"}, "", "7", KEY),
    ],
)
def test_a_token_or_an_app_is_the_right_to_ask(site, monkeypatch, environment, token, app, key):
    (site.parent / "key.pem").write_text(KEY)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    right = reached(site, "a/b").client.access

    assert (right.token, right.app_id, right.app_private_key) == (token, app, key)
    assert (right.api_url, right.wait) == ("https://api.github.com", 60)
    assert "business" not in repr(right)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "by which right to ask for the issues of a/b; set GITHUB_TOKEN or GH_TOKEN, as by `export GITHUB_TOKEN="),
        ({"GHSTATUS_APP_ID": "7"}, "a GitHub App needs both its id and its private key"),
        ({"GHSTATUS_APP_PRIVATE_KEY": KEY}, "a GitHub App needs both its id and its private key"),
        ({"GHSTATUS_APP_PRIVATE_KEY_FILE": "none.pem"}, "FILE: none.pem can't be read: No such file or directory"),
        ({"GHSTATUS_APP_PRIVATE_KEY_FILE": "odd.pem"}, "FILE: odd.pem can't be read: it isn't text"),
        ({"GITHUB_TOKEN": "a", "GITHUB_API_URL": "example.org"}, "'example.org' is no address of GitHub's API"),
    ],
)
def test_without_the_right_to_ask_nothing_is_asked(site, monkeypatch, environment, words):
    (site.parent / "odd.pem").write_bytes(b"\xff")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(UsageError, match=words) as caught:
        reached(site, "a/b")
    assert "business" not in str(caught.value)


@pytest.mark.usefixtures("token")
def test_waiting_and_the_address_may_be_said(site, monkeypatch):
    monkeypatch.setenv("GITHUB_API_URL", "https://github.example.org/api/v3")

    assert reached(site, "a/b", "limits: {wait: 5}\n").client.access.wait == 5
    right = reached(site, "a/b", "limits: {wait: 5}\n", wait=0).client.access
    assert (right.wait, right.api_url) == (0, "https://github.example.org/api/v3")


@pytest.mark.loopback
def test_each_repository_has_its_own_notes(run, status, tmp_path):
    run("plan", "--now", NOW, "--cache", tmp_path / "cache")
    run("build", "--now", NOW, "--cache", tmp_path / "cache")

    names = sorted(path.name for path in (tmp_path / "cache").iterdir())
    assert names == ["_site.json", "packit+status.issues", "packit+status.plan.json"]


def test_a_folder_is_named_once(site):
    assert options.folder(None, site) == options.folder(site, None) == options.folder(site, site) == site
    with pytest.raises(UsageError, match="name one folder"):
        options.folder(site, site.parent)
