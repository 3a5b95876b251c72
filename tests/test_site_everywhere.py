"""Every kind of page in every language and both modes: accessible, valid, and no wider than a phone.

By default each kind of page is looked at in one language and each language on some kind of page, in both modes.
`GHSTATUS_PAGES=all` looks at every kind in every language, which takes several minutes.
"""

import os
from datetime import timedelta
from functools import cache
from itertools import cycle, islice, product

import pytest

from ghstatus.languages import LANGUAGES
from tests.builders import at, component, site
from tests.test_languages import LESSON, spoken
from tests.test_site_golden import SITE, html_pages, made, put

ALL = os.environ.get("GHSTATUS_PAGES") == "all"
KINDS = {
    "home": "",
    "home that is old": "?",
    "home when all is well": "calm/",
    "home without components": "bare/",
    "incident": "incidents/2026-03-02-copr-down/",
    "incident with a post-mortem": "incidents/farm-down/",
    "false alarm": "incidents/farm-nightmare/",
    "maintenance that goes on": "incidents/database-upgrade/",
    "maintenance to come": "incidents/copr-disks/",
    "maintenance that was cancelled": "incidents/no-move/",
    "announcement": "incidents/conference/",
    "history": "history/",
    "history of outages": "history/#outages",
    "history of nothing": "bare/history/",
    "search": "history/?q=copr",
    "search for nothing": "history/?q=qqq",
    "component": "components/copr/",
    "component that is unknown": "components/koji/",
    "maintenance": "maintenance/",
    "no maintenance": "calm/maintenance/",
    "metrics": "metrics/",
    "metrics of nothing": "calm/metrics/",
    "post-mortems": "postmortems/",
    "about": "about/",
    "404": "no/such/page",
    "embed": "embed/",
    "embed when all is well": "calm/embed/",
}
TURNS = max(len(KINDS), len(LANGUAGES))
CASES = (
    list(product(KINDS, LANGUAGES)) if ALL else list(islice(zip(cycle(KINDS), cycle(LANGUAGES), strict=False), TURNS))
)
SETTLED = "() => !location.search.includes('q=') || document.querySelector('.search [role=status]').textContent"


@cache
def sites(tag):
    """Three sites in a language: one with something of everything, a calm one, and one of nothing."""
    others = {
        "calm": site(component("copr", name="Copr"), title=SITE.title, language=tag),
        "bare": site(title=SITE.title, language=tag),
    }
    below = {f"{name}/{path}": data for name, one in others.items() for path, data in made(one).items()}
    files = spoken(tag) | below
    return {
        path: data for path, data in files.items() if path.endswith((".html", ".css", ".js", ".svg", "search.json"))
    }


def test_every_kind_of_page_and_every_language_has_its_turn():
    assert {kind for kind, _ in CASES} == KINDS.keys()
    assert {tag for _, tag in CASES} == LANGUAGES.keys()
    assert LESSON.incident in KINDS["incident with a post-mortem"]


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "tag"), CASES)
def test_a_page_is_accessible_in_both_modes_and_no_wider_than_a_phone(open_page, serve, tmp_path, axe, kind, tag):
    page = open_page(viewport={"width": 360, "height": 640}, locale=tag, timezone_id="Asia/Tokyo")
    page.clock.set_fixed_time(at("12:07") + timedelta(days=kind == "home that is old"))
    page.goto(serve(put(sites(tag), tmp_path)) + KINDS[kind])
    page.wait_for_function(SETTLED)
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator(".stale:visible").count() == (kind == "home that is old")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert (scheme, axe(page)) == (scheme, [])


def test_pages_in_every_language_are_valid_html(tmp_path, validate_html):
    pages = [(tag, path) for tag in LANGUAGES for path in html_pages(sites(tag))]
    turns = pages if ALL else pages[:: len(LANGUAGES) - 1]  # other pages in each language
    put({f"{tag}/{path}": sites(tag)[path] for tag, path in turns}, tmp_path)

    assert {tag for tag, _ in turns} == LANGUAGES.keys()
    validate_html(tmp_path.rglob("*.html"))
