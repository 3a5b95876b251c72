"""docs/hosting.md holds: the site is plain files, and the rules of a real nginx in it are enough."""

import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from tests.examples import NOW

pytest_plugins = ["tests.commands"]

HOSTING = (Path(__file__).parent.parent / "docs" / "hosting.md").read_text(encoding="utf-8")
AT_ROOT, BELOW = re.findall(r"^```nginx\n(.*?)^```$", HOSTING, re.MULTILINE | re.DOTALL)
GONE = "incidents/not/there/"


@pytest.fixture
def built(site, run, tmp_path):
    """Builds the site for an address; gives its folder."""

    def build(address):
        code, *_ = run("build", "site", "--out", tmp_path / "_site", "--base-url", address, "--now", NOW)
        assert code == 0
        return tmp_path / "_site"

    return build


def got(address):
    """Status, headers and text of an answer."""
    try:
        with urlopen(address, timeout=60) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except HTTPError as error:
        return error.code, error.headers, error.read().decode()


def local(text):
    """The addresses within the site that a page loads or links."""
    found = re.findall(r'(?:href|src)="([^"#]+)"', text)
    return {one for one in found if "://" not in one and not one.startswith("mailto:")}


def all_pages(start):
    """Every page that can be reached from the first one, with its text; no link on the way is dead."""
    todo, texts = [start], {}
    while todo:
        address = todo.pop()
        status, headers, text = got(address)
        assert (address, status) == (address, 200)
        texts[address] = text
        if "html" in headers["Content-Type"]:
            todo += {urljoin(address, one) for one in local(text)} - texts.keys() - set(todo)
    return texts


@pytest.mark.loopback
@pytest.mark.parametrize("below", ["", "/status"])
def test_any_server_of_plain_files_will_do(built, serve, below):
    start = serve(built(f"https://example.org{below}/"), below=below)

    assert len(all_pages(start)) > 5


@pytest.mark.loopback
@pytest.mark.parametrize("below", ["", "/status"])
def test_the_404_page_leads_home_from_anywhere(built, serve, below):
    start = serve(built(f"https://example.org{below}/"), below=below)
    status, _, text = got(f"{start}{GONE}")

    assert (status, {one.startswith(f"{below}/") for one in local(text)}) == (404, {True})


def test_the_marker_is_all_that_is_hidden(built):
    names = {path.name for path in built("https://example.org/").rglob("*") if path.is_file()}

    assert {name for name in names if name.startswith(".")} == {".ghstatus-site"}


@pytest.fixture
def nginx(tmp_path):
    """Starts nginx with one of the page's configurations for a folder; gives the address of the server."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not program:
        pytest.skip("There is no nginx.")
    running = []

    def start(rules, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        rules = rules.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/status", str(folder))
        user = "user root;" if getattr(os, "geteuid", int)() == 0 else ""
        scratch = "".join(f"{kind}_temp_path {tmp_path / kind};" for kind in KINDS)
        settings = tmp_path / "nginx.conf"
        settings.write_text(
            f"{user} daemon off; pid {tmp_path / 'pid'}; error_log stderr; events {{}}\n"
            f"http {{ access_log off; {scratch} types {{ text/html html; text/css css; image/svg+xml svg; }}\n{rules}}}\n"
        )
        running.append(subprocess.Popen([program, "-c", str(settings), "-p", str(tmp_path)], stderr=subprocess.DEVNULL))
        address = f"http://127.0.0.1:{port}/"
        for _ in range(100):
            try:
                got(address)
            except URLError:
                time.sleep(0.05)
        return address

    yield start
    for one in running:
        one.terminate()
        one.wait(timeout=60)


KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@pytest.mark.loopback
def test_nginx_serves_a_host_of_its_own(built, nginx):
    start = nginx(AT_ROOT, built("https://status.example.org/"))
    _, page, _ = got(start)
    _, style, _ = got(f"{start}static/style.css")
    status, gone, text = got(f"{start}{GONE}")

    assert len(all_pages(start)) > 5
    assert (page["Cache-Control"], style["Cache-Control"]) == ("public, max-age=60", "public, max-age=86400")
    assert (status, gone["Cache-Control"], "There is no such page" in text) == (404, None, True)
    assert {gone["X-Content-Type-Options"], page["X-Content-Type-Options"]} == {"nosniff"}
    assert page["Content-Security-Policy"] == "frame-ancestors 'none'"


@pytest.mark.loopback
def test_nginx_serves_a_page_below_a_path(built, nginx):
    start = nginx(BELOW, built("https://example.org/status/"))
    status, _, text = got(f"{start}status/{GONE}")

    assert len(all_pages(f"{start}status/")) > 5
    assert (status, "There is no such page" in text) == (404, True)
    assert {one.startswith("/status/") for one in local(text)} == {True}


@pytest.mark.browser
def test_a_stricter_policy_takes_nothing_from_the_page(built, page, serve):
    folder = built("https://example.org/")
    (policy,) = re.findall(r"`(style-src 'self'; script-src 'self'; connect-src 'self')`", HOSTING)
    stricter = f"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; {policy}">"""
    for one in (folder / "index.html", folder / "history" / "index.html"):
        one.write_text(one.read_text(encoding="utf-8").replace("<head>", f"<head>{stricter}"), encoding="utf-8")
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    start = serve(folder)
    for path in ("history/?q=no+such+thing", ""):
        page.goto(f"{start}{path}")
        page.locator(".search [role=status]:not(:empty), .banner").first.wait_for()

    assert refused == []
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 20
