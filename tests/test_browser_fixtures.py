"""The fixtures of tests/browser.py and tests/conftest.py keep their word."""

import socket
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.browser import find_chromium

pytest_plugins = ["pytester"]

GOOD = '<!DOCTYPE html><html lang="en"><head><title>Fine</title></head><body><main><h1>Fine</h1></main></body></html>'
BAD = GOOD.replace("<main>", '<main><img src="x.png">')


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "index.html").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.html").write_text(BAD, encoding="utf-8")
    (tmp_path / "feed.atom").write_text("<feed/>", encoding="utf-8")
    return tmp_path


@pytest.fixture
def client():
    with socket.socket() as client:
        yield client


@pytest.fixture
def server():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()


def test_no_test_reaches_another_machine(client):
    with pytest.raises(RuntimeError, match="Network is disabled"):
        client.connect(("192.0.2.1", 80))


def test_no_test_looks_up_a_name():
    with pytest.raises(RuntimeError, match=r"Network is disabled for host 'api\.github\.com'"):
        socket.create_connection(("api.github.com", 443))


def test_only_a_test_that_says_so_reaches_this_machine(client, server):
    with pytest.raises(RuntimeError, match="Network is disabled"):
        client.connect(server)


@pytest.mark.loopback
def test_a_test_marked_loopback_reaches_this_machine(client, server):
    client.connect(server)

    assert client.getpeername() == server


def test_a_served_folder_answers_with_its_files(serve, folder):
    with urlopen(serve(folder) + "feed.atom") as answer:
        assert (answer.headers["Content-Type"], answer.read()) == ("application/atom+xml", b"<feed/>")


@pytest.mark.parametrize("path", ["feed.atom", "other/feed.atom", "statusfeed.atom"])
def test_a_folder_served_below_a_path_is_nowhere_else(serve, folder, path):
    base = serve(folder, below="/status")
    with urlopen(base + "feed.atom") as answer:
        assert answer.status == 200

    with pytest.raises(HTTPError, match="404") as caught:
        urlopen(base.removesuffix("status/") + path)
    caught.value.close()


def test_a_missing_page_is_the_404_page(serve, folder):
    (folder / "404.html").write_text("gone", encoding="utf-8")

    with pytest.raises(HTTPError, match="404") as caught:
        urlopen(serve(folder) + "missing/")
    assert caught.value.read() == b"gone"
    caught.value.close()


@pytest.mark.browser
def test_a_page_shows_a_served_file(page, serve, folder):
    page.goto(serve(folder, below="/status"))

    assert page.inner_text("h1") == "Fine"


@pytest.mark.browser
def test_a_page_without_scripts_runs_none(open_page, serve, folder):
    script = "<script>document.querySelector('h1').textContent = 'Changed'</script>"
    (folder / "index.html").write_text(GOOD.replace("</main>", f"</main>{script}"), encoding="utf-8")
    url = serve(folder)
    headings = []
    for scripts in (True, False):
        page = open_page(java_script_enabled=scripts)
        page.goto(url)
        headings.append(page.inner_text("h1"))

    assert headings == ["Changed", "Fine"]


@pytest.mark.browser
def test_axe_names_the_fault(page, serve, folder, axe):
    page.goto(serve(folder))
    assert axe(page) == []

    page.goto(serve(folder) + "bad.html")
    assert [problem.split(":")[0] for problem in axe(page)] == ["critical image-alt"]
    assert axe(page, ignore=["image-alt"]) == []


def test_valid_html_passes(validate_html, folder):
    validate_html([folder / "index.html"])


def test_invalid_html_is_told_by_both_checkers(validate_html, folder):
    with pytest.raises(pytest.fail.Exception, match=r"(?s)vnu: .*bad\.html:1: .*html-validate: .*bad\.html:1: "):
        validate_html(folder.glob("*.html"))


RUDE_TESTS = """
    import pytest

    @pytest.mark.parametrize("script", [
        "fetch('http://192.0.2.1/').catch(() => 0)",
        "void new WebSocket('ws://example.com/')",
        "setTimeout(() => nothing.here())",
    ])
    def test_rude(page, script):
        page.goto("data:text/html,<h1>Hi</h1>")
        page.evaluate(script)
        page.wait_for_timeout(100)
"""


@pytest.fixture
def inner_run(pytester, monkeypatch, request):
    """Run these tests in a process of their own, with the fixtures of tests/browser.py only."""
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    pytester.makepyfile(RUDE_TESTS)
    unneeded = [f"-pno:{plugin}" for plugin in ("xdist", "cov", "recording", "hypothesispytest", "anyio")]

    def run(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        root = request.config.rootpath
        return pytester.runpytest_subprocess(
            "-p", "tests.browser", *unneeded, "-rs", f"--override-ini=pythonpath={root}"
        )  # fmt: skip

    return run


@pytest.mark.browser
def test_a_page_that_misbehaves_fails_its_test(inner_run):
    if not find_chromium():
        pytest.skip("No Chromium on the PATH.")

    result = inner_run()

    result.assert_outcomes(passed=3, errors=3)
    result.stdout.fnmatch_lines(["*asked for http://192.0.2.1/*", "*asked for ws://example.com/*", "*script error*"])


def test_no_chromium_skips_and_says_why(inner_run):
    result = inner_run(PATH="", GHSTATUS_BROWSER="")

    result.assert_outcomes(skipped=3)
    result.stdout.fnmatch_lines(["*No Chromium on the PATH. Install it, or name it in GHSTATUS_CHROMIUM.*"])


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"PATH": "", "GHSTATUS_BROWSER": "required"}, "*No Chromium on the PATH, and GHSTATUS_BROWSER=required*"),
        ({"GHSTATUS_CHROMIUM": "/no/such/browser"}, "*GHSTATUS_CHROMIUM is '/no/such/browser': no such program.*"),
    ],
)
def test_a_browser_that_was_asked_for_must_be_there(inner_run, environment, message):
    result = inner_run(**environment)

    result.assert_outcomes(errors=3)
    result.stdout.fnmatch_lines([message])


def test_a_mistyped_wish_is_told(inner_run):
    result = inner_run(GHSTATUS_BROWSER="requird")

    result.stderr.fnmatch_lines(["*GHSTATUS_BROWSER is 'requird': leave it out, or set it to 'required'.*"])
