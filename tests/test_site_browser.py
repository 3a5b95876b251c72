"""The golden site in a real browser: for every reader, on every screen, below every path."""

import gzip
from dataclasses import replace
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import html5lib
import pytest

from ghstatus import assets
from tests.builders import component, incident, site, update
from tests.test_site_golden import INCIDENTS, SITE, golden_site, html_pages, made, put

KINDS = {
    "home": "",
    "incident": "incidents/2026-03-02-copr-down/",
    "history": "history/",
    "component": "components/copr/",
    "maintenance": "maintenance/",
    "about": "about/",
    "metrics": "metrics/",
    "404": "no/such/page",
}
LONG = "Builds-of-everything-stay-pending-because-the-database-is-full-and-nobody-noticed " * 3
WIDE = (
    f"```\n{'x' * 300}\n```\n\n|{'wide|' * 30}\n|{'-|' * 30}\n|{'cell|' * 30}\n\n> > > - > {'y' * 300}\n\n`{'z' * 300}`"
)

CUT = """
() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((one) => getComputedStyle(one).overflow === "hidden" && !one.closest(".unseen, svg"))
  .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 200))
"""
"""The elements that hide a part of what they hold."""


@pytest.fixture
def base(serve, tmp_path):
    """Where the golden site is served, below the path of its own address."""
    return serve(put(golden_site(), tmp_path), below="/packit")


def read(address):
    try:
        with urlopen(address) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def links(address, html):
    tree = html5lib.parse(html, transport_encoding="utf-8", namespaceHTMLElements=False)
    found = {element.get("href") for element in tree.iter() if element.get("href")}
    return {urldefrag(urljoin(address, href)).url for href in found}


def crawl(start, *, below):
    """Every address below `below` that links lead to, with what the server says."""
    known, waiting = {}, {start}
    while waiting:
        address = waiting.pop()
        known[address], html = read(address)
        if b"<html" in html:
            waiting |= {link for link in links(address, html) if link.startswith(below)} - known.keys()
    return known


@pytest.mark.parametrize(("below", "address"), [("", ""), ("/status", "https://example.org/status/")])
def test_every_link_within_the_site_leads_somewhere(serve, tmp_path, below, address):
    built = made(replace(SITE, base_url=address), *INCIDENTS)
    base = serve(put(built, tmp_path), below=below)

    found = crawl(base, below=base) | crawl(f"{base}no/such/page", below=base)

    assert {path for path, status in found.items() if status != 200} == {f"{base}no/such/page"}
    shown = {path.removesuffix("index.html") for path in html_pages(built)} - {"404.html", "components/docs/", "embed/"}
    assert shown <= {path.removeprefix(base) for path in found}


def test_the_404_page_of_a_site_without_an_address_works_at_the_root(serve, tmp_path):
    base = serve(put(made(site()), tmp_path))
    here = f"{base}a/b/c/d"
    within = {address for address in links(here, read(here)[1]) - {here} if address.startswith(base)}

    assert len(within) == 7
    assert all(read(address)[0] == 200 for address in within)


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_every_kind_of_page_shows_without_a_complaint(open_page, base, scripts):
    page = open_page(java_script_enabled=scripts)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in KINDS.values():
        page.goto(base + path)
        assert page.get_by_role("heading", level=1).count() == 1
        assert page.get_by_role("link", name="Packit status").get_attribute("href")

    assert [text for text in complaints if "404 (Not Found)" not in text] == []


@pytest.mark.browser
def test_the_home_page_tells_the_worst_within_the_first_screen_of_a_phone(open_page, base):
    page = open_page(viewport={"width": 360, "height": 640})
    page.goto(base)

    for text in ("Major outage of Copr", "Since 2 Mar 2026, 08:00 UTC", "Copr builds stay pending"):
        box = page.get_by_text(text).first.bounding_box()
        assert box["y"] + box["height"] < 640


@pytest.mark.browser
def test_tab_reaches_the_days_with_incidents_and_shows_where_it_is(page, base):
    page.goto(base)
    days = page.locator(".bars a")
    calm = [day.screenshot() for day in days.all()]
    met = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.matches('.bars a') && document.activeElement.textContent")
        met += [(name, page.locator(".bars a:focus").screenshot())] if name else []

    assert [name for name, _ in met] == [day.text_content() for day in days.all()]
    assert all(focused != before for (_, focused), before in zip(met, calm, strict=True))


@pytest.mark.browser
def test_enter_on_a_day_opens_its_incident(page, base):
    page.goto(base)
    page.locator(".bars a").last.focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/incidents/database-upgrade/")


@pytest.mark.browser
def test_the_first_tab_offers_to_skip_to_the_content(page, base):
    page.goto(base)
    page.keyboard.press("Tab")

    assert page.locator(".skip:focus").bounding_box()["x"] > 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


@pytest.mark.browser
def test_no_page_is_wider_than_a_phone(open_page, base):
    page = open_page(viewport={"width": 360, "height": 640})
    for path in html_pages(golden_site()):
        page.goto(base + path)
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 360)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ar", "de", "pl", "uk"])
def test_figures_in_long_words_fit_a_phone(open_page, serve, tmp_path, language):
    # Each of a length of its own, so that no column of a table is narrow.
    ended = [f"2026-02-{day + day // 4:02d} {8 + day:02d}:{6 * day:02d}" for day in range(1, 9)]
    down = [
        incident(f"i{day}", started=f"2026-02-{day:02d} 08:00", ended=end, components=["service", "copr"])
        for day, end in enumerate(ended, 1)
    ]
    base = serve(put(made(replace(SITE, language=language, base_url=""), *down, *INCIDENTS), tmp_path))
    page = open_page(viewport={"width": 360, "height": 640})

    page.goto(f"{base}metrics/")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.browser
@pytest.mark.parametrize("how", ["page", "text"])
def test_at_twice_the_size_every_page_still_fits_and_every_text_shows(open_page, base, how):
    # A browser that zooms a page shows half as many of its pixels; one that zooms only text makes a rem of more.
    page = open_page(viewport={"width": 640, "height": 360}, device_scale_factor=2) if how == "page" else open_page()
    for path in KINDS.values():
        page.goto(base + path)
        if how == "text":
            page.add_style_tag(content="html { font-size: 200% }")
        width = page.evaluate("innerWidth")
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, width)
        assert (path, page.evaluate(CUT)) == (path, [])


@pytest.mark.browser
def test_no_text_makes_a_page_wider_than_its_screen(page, serve, tmp_path):
    said = dict.fromkeys(["text", "affects", "workaround", "eta"], WIDE) | {"title": LONG.replace(" ", "-")}
    one = incident("one", components=["a", LONG], updates=[update(text=WIDE)], **said)
    built = made(site(component("a", name=LONG.replace(" ", "-"), description=LONG), title=LONG), one)
    base = serve(put(built, tmp_path))

    for path in html_pages(built):
        page.goto(base + path)
        for width in (320, 360, 1100):
            page.set_viewport_size({"width": width, "height": 640})
            assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, width)


@pytest.mark.browser
@pytest.mark.parametrize("media", ["print", "screen"])
def test_what_leads_elsewhere_stays_off_the_paper(page, base, media):
    page.goto(base)
    page.emulate_media(media=media)

    assert page.get_by_role("navigation").is_visible() is (media == "screen")
    assert page.locator(".bars").first.is_visible()


def test_the_home_page_of_twenty_components_is_small():
    parts = [component(f"service-{number}", name=f"Service {number}") for number in range(20)]
    told = [
        incident(f"incident-{number}", components=[f"service-{number}"], started=f"2026-02-{number + 1:02} 07:00",
                 ended=f"2026-02-{number + 1:02} 09:30", title=f"Service {number} answers slowly")
        for number in range(20)
    ]  # fmt: skip
    built = made(site(*parts), incident("now", components=["service-3"], updates=[update()]), *told)
    style = dict(assets.files(assets.static()))["style.css"]

    assert len(gzip.compress(style)) <= 4 * 1024
    assert len(gzip.compress(built["index.html"])) + len(gzip.compress(style)) <= 14 * 1024


def test_no_page_asks_another_machine_for_anything():
    for html in html_pages(golden_site()).values():
        tree = html5lib.parse(html, transport_encoding="utf-8", namespaceHTMLElements=False)
        loaded = [element.get("src") or element.get("href") for element in tree.iter() if element.tag != "a"]
        assert [address for address in loaded if address and "//" in address.replace(SITE.base_url, "")] == []
