"""Finding something in the history: a search where scripts run, filters and addresses everywhere."""

import pytest

from tests.builders import component, incident, site
from tests.test_languages import spoken
from tests.test_site_golden import golden_site, made, put

pytestmark = pytest.mark.browser
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def base(serve, tmp_path):
    return serve(put(golden_site(), tmp_path), below="/packit")


def titles(page):
    return page.locator(".search .row a").all_text_contents()


def looked(page, words):
    """Type words, wait for an answer, and read it."""
    page.get_by_role("searchbox", name="Search all years").fill(words)
    page.locator(".search [role=status]:not(:empty)").wait_for()
    return page.get_by_role("search").get_by_role("status").text_content(), titles(page)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("certificates", ["Certificates ran out at midnight"]),  # of another year
        ("FARM errors", ["Testing Farm answers with errors"]),
        ("new-year", ["Certificates ran out at midnight"]),
        ("testing farm false alarm", ["Testing Farm loses results"]),
        ("2025-12-19", ["Nobody is here at Christmas"]),
    ],
)
def test_a_search_looks_at_everything_that_a_list_shows(page, base, words, found):
    page.goto(f"{base}history/")

    assert looked(page, words) == (f"Found: {len(found)}", found)
    assert not page.locator(".month").first.is_visible()


def test_what_is_found_leads_to_its_page(page, base):
    page.goto(f"{base}history/2025/")
    looked(page, "nobody christmas")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/packit/incidents/christmas/")


def test_what_was_learnt_is_found_and_led_to(page, serve, tmp_path):
    page.goto(serve(put(spoken("de"), tmp_path)) + "history/?q=nachbetrachtung+errors")
    page.locator(".search .row").first.wait_for()

    assert titles(page) == ["Testing Farm answers with errors", "Nachbetrachtung"]
    page.get_by_role("link", name="Nachbetrachtung").click()
    page.wait_for_url("**/incidents/farm-down/#postmortem")


def test_nothing_found_is_said(page, base):
    page.goto(f"{base}history/")

    assert looked(page, "no such thing") == ("Nothing found.", [])
    page.get_by_role("searchbox").fill("")
    page.locator(".month").first.wait_for()
    assert titles(page) == []


def test_a_search_has_an_address(page, base):
    page.goto(f"{base}history/?q=new%20disks")
    page.locator(".search .row").first.wait_for()

    assert titles(page) == ["Copr gets new disks", "New disks"]
    looked(page, "copr & more")
    assert page.url == f"{base}history/?q=copr%20%26%20more"


def test_without_an_index_the_search_says_so_and_tries_again(page, base):
    page.route("**/search.json", lambda route: route.fulfill(status=503, body="no"))
    page.goto(f"{base}history/")

    assert looked(page, "copr") == ("The search doesn't work at the moment.", [])
    page.unroute("**/search.json")
    page.get_by_role("searchbox").fill("disks")
    page.locator(".search .row").first.wait_for()


def test_words_stay_words(page, serve, tmp_path):
    odd = incident("ü & <b>", title=f"{HOSTILE} čaj", ended="10:00")
    page.goto(serve(put(made(site(component("copr", name=HOSTILE)), odd), tmp_path)) + "history/")

    assert looked(page, "CAJ") == ("Found: 1", [f"{HOSTILE} čaj"])
    assert page.locator(".search .row img").count() == 1
    page.locator(".search .row a").click()
    assert page.get_by_role("heading", level=1).text_content() == f"{HOSTILE} čaj"


def test_no_more_than_fifty_are_listed(page, serve, tmp_path):
    many = [incident(f"i{number}", ended="10:00") for number in range(60)]
    page.goto(serve(put(made(site(), *many), tmp_path)) + "history/")

    said, listed = looked(page, "builds")
    assert (said, len(listed)) == ("Found: 60", 50)


def test_nothing_moves_when_the_search_comes(open_page, base):
    tops = []
    for script in (None, "**/search.js*"):
        page = open_page()
        if script:
            page.route(script, lambda route: route.fulfill(body=""))
        page.goto(f"{base}history/")
        tops.append(page.locator(".years").bounding_box()["y"])

    assert tops[0] == tops[1]


def test_without_scripts_there_is_no_search_and_no_gap(open_page, base):
    page = open_page(java_script_enabled=False)
    page.goto(f"{base}history/")

    assert page.get_by_role("searchbox").count() == 0
    assert not page.locator(".search").is_visible()


FILTERED = {
    "Outages": ["Copr builds stay pending", "Testing Farm answers with errors"],
    "Degraded performance": ["Staging is slow", "The old API is slow"],
    "Maintenance": ["The database gets upgraded", "Move to another data centre", "New disks"],
    "Announcements": ["Answers take longer next week"],
}


@pytest.mark.parametrize("name", FILTERED)
def test_a_filter_is_a_link(open_page, base, name):
    page = open_page(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page.goto(f"{base}history/")
    page.get_by_role("navigation", name="Show only").get_by_role("link", name=name).click()

    assert [row.locator("a").text_content() for row in page.locator(".row").all() if row.is_visible()] == FILTERED[name]
    assert [one.text_content() for one in page.locator(".only").all() if one.is_visible()] == [
        f"Only: {name}. Show everything"
    ]
    assert all(month.locator(".row:visible").count() for month in page.locator(".month:visible").all())
    page.get_by_role("link", name="Show everything").click()
    assert page.locator(".row:visible").count() == 9


def test_a_link_to_an_update_leads_there_and_shows_it(open_page, base):
    page = open_page(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page.goto(f"{base}incidents/2026-03-02-copr-down/#update-2")
    target = page.locator("#update-2")

    assert 0 <= target.bounding_box()["y"] < 320
    ring = "el => getComputedStyle(el, '::before').backgroundColor"
    assert target.evaluate(ring) != page.locator("#update-1").evaluate(ring)
    page.get_by_role("link", name="Link to this update").first.click()
    assert page.url.endswith("#update-4")


def test_keys_go_through_an_incident_in_the_order_in_which_it_is_read(page, base):
    page.goto(f"{base}incidents/staging-slow/")
    met = []
    for _ in range(20):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.textContent.trim()"))

    wanted = [
        "Skip to the content",
        "Status",
        "History",
        "Maintenance",
        "Staging",
        "March 2026",
        "How to read this page",
    ]
    places = [met.index(name) for name in wanted]
    assert places == sorted(places)


def test_the_numbers_open_without_scripts(open_page, base):
    page = open_page(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page.goto(base)
    page.get_by_text("Uptime in numbers").press("Enter")

    assert page.get_by_role("row", name="Copr").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
