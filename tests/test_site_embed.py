"""What other sites show of a status page: the script, the small page, and the file that both tell from."""

import json

import pytest

from ghstatus import assets
from ghstatus.model import Theme
from tests import browser
from tests.builders import component, incident, site, update
from tests.test_site_golden import made, put

PARTS = [component("copr", name="Copr"), component("koji", name="Koji")]
DOWN = incident(components=["copr"], severity="critical", started="08:00", updates=[update("09:00")])
WORK = incident("work", kind="maintenance", components=["koji"], started="11:00", scheduled_until="13:00")
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>"


def built(*incidents, **said):
    return made(site(*PARTS, **said), *incidents)


def told(*incidents, **said):
    return json.loads(built(*incidents, **said)["embed/status.json"])


def test_programs_read_one_small_file():
    files = built(DOWN, base_url="https://status.example.org/")

    assert json.loads(files["embed/status.json"]) == {
        "$schema": "https://status.example.org/schemas/embed.json",
        "status": "major_outage",
        "is_wrong": True,
        "headline": "Major outage of Copr",
        "language": "en",
        "since": "2026-03-02T08:00:00Z",
        "url": "https://status.example.org/",
        "colours": ["#c01c28", "#fff"],
    }
    assert len(files["embed/status.json"]) < 300


def test_a_calm_page_has_nothing_to_tell():
    said = told()

    assert (said["status"], said["is_wrong"], said["since"], said["url"]) == ("operational", False, None, None)


def test_the_site_s_own_colours_are_the_banner_s():
    assert told(DOWN, theme=Theme(major_outage="#ffcccc"))["colours"] == ["#ffcccc", "#1b2129"]
    assert told(DOWN, theme=Theme(major_outage="red;x"))["colours"] == ["#c01c28", "#fff"]


@pytest.mark.parametrize(("incidents", "status"), [([], "operational"), ([DOWN], "major_outage")])
def test_the_page_to_embed_says_something_only_when_something_is_wrong(incidents, status):
    text = built(*incidents)["embed/index.html"].decode()

    assert f'<meta name="ghstatus:status" content="{status}">' in text
    assert ('<h1 class="unseen">' in text, "Major outage of Copr</a>" in text) == (not incidents, bool(incidents))


def test_the_script_is_small_and_stands_beside_what_it_reads():
    files = built()

    assert files["embed/banner.js"] == dict(assets.files(assets.static()))["banner.js"]
    assert "static/banner.js" not in files
    assert len(files["embed/banner.js"]) <= 1536


@pytest.fixture
def host(serve, tmp_path, monkeypatch, open_page):
    """`host(*incidents, tag=…)` opens another site that has the script; what it complains of is in `page.said`."""
    end = browser.Handler.end_headers

    def shared(handler):
        handler.send_header("Access-Control-Allow-Origin", "*")  # as GitHub Pages does
        end(handler)

    monkeypatch.setattr(browser.Handler, "end_headers", shared)

    def visit(*incidents, first="", tag="<script src={} defer></script>", policy="", files=None, title="Copr"):
        parts = [component("copr", name=title), PARTS[1]]
        folder = put(files or made(site(*parts), *incidents), tmp_path / "status")
        status = serve(folder, below="/status")
        other = tmp_path / "other"
        other.mkdir()
        head = f'<meta http-equiv="Content-Security-Policy" content="{policy.format(status)}">' if policy else ""
        script = tag.format(f"{status}embed/banner.js")
        (other / "index.html").write_text(
            f"<!DOCTYPE html><html lang=en><title>Other</title>{head}{script}<main><h1>Other</h1></main>"
        )
        page = open_page()
        page.add_init_script(first)
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.goto(serve(other), wait_until="networkidle")
        page.status = status
        return page

    return visit


@pytest.mark.browser
@pytest.mark.parametrize(
    "tag", ["<script src={} defer></script>", "<script src={} async></script>", "<script src={}></script>"]
)
def test_another_site_tells_its_visitors_while_something_is_wrong(host, tag, axe):
    page = host(DOWN, tag=tag)
    banner = page.get_by_role("status")

    assert banner.text_content() == "Major outage of Copr"
    assert banner.get_by_role("link").evaluate("link => link.href") == page.status
    assert page.evaluate("document.body.firstElementChild.className") == "ghstatus-banner"
    assert axe(page, ignore=["region"]) == []
    assert page.said == []


@pytest.mark.browser
@pytest.mark.parametrize("incidents", [[], [WORK]], ids=["calm", "maintenance"])
def test_another_site_shows_nothing_otherwise(host, incidents):
    page = host(*incidents)

    assert page.locator(".ghstatus-banner").count() == 0
    assert page.said == []


@pytest.mark.browser
def test_what_is_shown_where_and_how_may_be_chosen(host):
    tag = '<script src={} defer data-show="under_maintenance" data-into="main" data-text="Packit:" data-plain></script>'
    page = host(WORK, tag=tag)
    banner = page.locator("main > .ghstatus-banner")

    assert banner.text_content() == "Packit: Maintenance in progress: Koji"
    assert banner.get_attribute("data-status") == "under_maintenance"
    assert banner.get_attribute("style") is None


AT_ONCE = "window.fetch = () => Promise.resolve({json: () => ({status: 'major_outage', headline: 'x', colours: []})})"


@pytest.mark.browser
def test_an_answer_that_comes_before_the_page_waits_for_it(host):
    page = host(first=AT_ONCE, tag='<script src={} data-into="main"></script>')

    assert page.locator("main > .ghstatus-banner").count() == 1


@pytest.mark.browser
def test_a_place_that_is_not_there_is_no_error(host):
    assert host(DOWN, tag='<script src={} defer data-into="#gone"></script>').locator(".ghstatus-banner").count() == 0


@pytest.mark.browser
def test_a_name_stays_a_name(host):
    page = host(DOWN, title=HOSTILE)

    assert HOSTILE in page.locator(".ghstatus-banner").text_content()
    assert page.locator(".ghstatus-banner img, .ghstatus-banner script").count() == 0
    assert page.said == []


@pytest.mark.browser
def test_a_strict_policy_lets_the_banner_through(host):
    page = host(DOWN, policy="default-src 'none'; script-src {0}; connect-src {0}")

    assert page.locator(".ghstatus-banner").evaluate("banner => getComputedStyle(banner).backgroundColor") == (
        "rgb(192, 28, 40)"
    )
    assert [text for text in page.said if "favicon" not in text] == []


@pytest.mark.browser
@pytest.mark.parametrize("data", [b"", b"null", b"{}", b"<html>", b'{"status": "major_outage"}'])
def test_a_status_page_that_tells_nonsense_is_no_trouble_of_others(host, data):
    page = host(files=built(DOWN) | {"embed/status.json": data})

    assert page.get_by_role("heading", name="Other").is_visible()
    assert page.said == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_to_embed_is_accessible(open_page, serve, tmp_path, axe, scheme):
    page = open_page(viewport={"width": 320, "height": 80}, color_scheme=scheme)
    page.goto(f"{serve(put(built(DOWN), tmp_path))}embed/")

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollHeight") <= 80
    page.get_by_role("link").click()
    page.wait_for_url(lambda url: not url.endswith("embed/"))
