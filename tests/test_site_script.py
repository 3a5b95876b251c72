"""What the page's script adds, in a real browser; and that nothing is missing without it."""

from dataclasses import replace
from datetime import timedelta
from time import sleep

import pytest

from tests import browser
from tests.builders import at
from tests.test_site_golden import INCIDENTS, SITE, golden_site, made, put

INCIDENT = "incidents/2026-03-02-copr-down/"

pytestmark = pytest.mark.browser


@pytest.fixture
def base(serve, tmp_path):
    return serve(put(golden_site(), tmp_path), below="/packit")


@pytest.fixture
def visit(open_page, base):
    """`visit(path, at="12:07", **options)`: the page as it is at that time of 2 March 2026."""

    def go(path="", *, time="12:07", day=2, **options):
        page = open_page(**({"timezone_id": "Europe/Prague"} | options))
        page.add_init_script(WATCH)
        page.clock.install(time=at(f"2026-03-{day:02} {time}"))
        page.goto(base + path)
        return page

    return go


def texts(page, selector):
    return [text.replace("\N{NO-BREAK SPACE}", " ").strip() for text in page.locator(selector).all_text_contents()]


def test_times_stand_in_the_reader_s_zone_beside_utc(visit):
    page = visit(INCIDENT)

    assert "Since 2 Mar 2026, 08:00 UTC / 09:00 CET (4 h)" in texts(page, ".facts dd")


def test_another_day_there_is_told(visit):
    page = visit("incidents/new-year/", timezone_id="Asia/Kolkata")

    (when,) = [text for text in texts(page, ".facts dd") if "until" in text]
    assert when.startswith(
        "31 Dec 2025, 23:00 UTC / 1 Jan, 04:30 GMT+5:30 until 1 Jan 2026, 08:15 UTC / 13:45 GMT+5:30"
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["in UTC", "without scripts"])
def test_times_stand_alone_where_there_is_nothing_to_add(visit, scripts):
    page = visit(INCIDENT, timezone_id="UTC" if scripts else "Asia/Kolkata", java_script_enabled=scripts)

    assert "Since 2 Mar 2026, 08:00 UTC (4 h)" in texts(page, ".facts dd")


def test_how_long_ago_is_kept_fresh(visit):
    page = visit(timezone_id="UTC", time="12:00")
    assert texts(page, "main .asof") == ["As of 2 Mar 2026, 12:00 UTC, now."]

    page.clock.run_for(7 * 60_000)
    assert texts(page, "main .asof") == ["As of 2 Mar 2026, 12:00 UTC, 7 minutes ago."]
    page.clock.run_for(60 * 60_000)
    assert texts(page, "main .asof") == ["As of 2 Mar 2026, 12:00 UTC, 1 hour ago."]


def test_each_update_says_how_long_ago_it_was(visit):
    told = texts(visit(INCIDENT, timezone_id="UTC"), ".timeline > li > .meta")

    assert told[0].startswith("2 Mar 2026, 11:15 UTC, 52 minutes ago")
    assert told[-1] == "2 Mar 2026, 08:00 UTC, 4 hours ago"


def test_a_language_has_its_own_words(open_page, serve, tmp_path):
    files = {path: data.replace(b'lang="en"', b'lang="cs"') for path, data in golden_site().items()}
    page = open_page(timezone_id="Europe/Prague")
    page.clock.install(time=at("12:07"))
    page.goto(serve(put(files, tmp_path)))

    assert texts(page, "main .asof") == ["As of 2 Mar 2026, 12:00 UTC / 13:00 SEČ, před 7 minutami."]


@pytest.mark.parametrize(("time", "is_old"), [("12:07", False), ("13:59", False), ("14:01", True)])
def test_an_old_page_warns(visit, time, is_old):
    page = visit(time=time)
    notice = page.locator(".stale")

    assert notice.is_visible() is is_old
    if is_old:
        assert texts(page, ".stale") == [
            "This page was last built 2 hours ago; what it says may be out of date. Look again"
        ]


def test_a_page_that_stays_open_warns_when_it_gets_old(visit):
    page = visit()
    page.clock.run_for(2 * 60 * 60_000)

    assert page.locator(".stale").is_visible()
    page.get_by_role("link", name="Look again").click()
    assert page.url.endswith("/packit/")


def test_how_old_a_page_may_get_is_configured(open_page, serve, tmp_path):
    built = made(replace(SITE, policy=replace(SITE.policy, stale_hours=24)), *INCIDENTS)
    page = open_page()
    page.clock.install(time=at("12:07") + timedelta(hours=23))
    page.goto(serve(put(built, tmp_path)))
    assert not page.locator(".stale").is_visible()

    page.clock.run_for(60 * 60_000)
    assert page.locator(".stale").is_visible()
    never = made(replace(SITE, policy=replace(SITE.policy, stale_hours=0)), *INCIDENTS)
    assert b'class="stale"' not in never["index.html"]


WATCH = """
window.moved = 0;
new PerformanceObserver((list) => list.getEntries().forEach((one) => (window.moved += one.value)))
  .observe({ type: "layout-shift", buffered: true });
"""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(window.moved), 100)))"
"""How far the page has moved, once that is told: the sum of the browser's own entries."""
SCREENS = {"phone": {"width": 360, "height": 640}, "desktop": {"width": 1280, "height": 800}}


@pytest.fixture
def in_pieces(monkeypatch):
    """A server that is slow: a page comes in two pieces, cut within a time, and its script late."""

    def send(self, source, output):
        data = source.read()
        cut = data.find(b'class="asof"') + 50 if b'class="stale"' in data else 0
        for piece in (data[:cut], data[cut:]):
            output.write(piece)
            output.flush()
            sleep(0.4 if cut else 0.2 if b"RelativeTimeFormat" in data else 0)

    monkeypatch.setattr(browser.Handler, "copyfile", send)


@pytest.mark.parametrize("path", ["", INCIDENT], ids=["home", "incident"])
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_moves_when_an_old_page_warns(visit, in_pieces, screen, path):
    page = visit(path, day=3, viewport=SCREENS[screen], timezone_id="Asia/Kolkata")

    assert texts(page, ".stale") == ["This page was last built yesterday; what it says may be out of date. Look again"]
    assert page.locator(".stale").bounding_box()["y"] < 200
    assert page.evaluate(PAINTED) == 0


def test_nothing_makes_way_when_a_page_gets_old_under_somebody_s_eyes(visit):
    page = visit(viewport=SCREENS["phone"])
    heading = page.get_by_role("heading", level=1)
    before = heading.bounding_box()
    page.clock.run_for(2 * 60 * 60_000)
    box = page.locator(".stale").bounding_box()

    assert 600 < box["y"] + box["height"] <= 640
    assert heading.bounding_box() == before


def test_what_is_over_never_gets_old(visit):
    assert visit("incidents/new-year/").locator(".stale").count() == 0


def ground(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


LIGHT, DARK = "rgb(255, 255, 255)", "rgb(18, 22, 28)"


@pytest.mark.parametrize(("scheme", "first"), [("light", LIGHT), ("dark", DARK)])
def test_the_switch_goes_around_and_is_remembered(visit, base, scheme, first):
    page = visit(color_scheme=scheme)
    switch = page.get_by_role("button")
    seen = [(switch.text_content().strip(), ground(page))]
    for _ in range(3):
        switch.click()
        seen.append((switch.text_content().strip(), ground(page)))

    own = ("Colours: as your system", first)
    assert seen == [own, ("Colours: light", LIGHT), ("Colours: dark", DARK), own]
    switch.press("Enter")
    page.goto(f"{base}{INCIDENT}")
    assert (page.get_by_role("button", name="Colours: light").count(), ground(page)) == (1, LIGHT)


def test_the_switch_holds_in_every_tab(visit, base):
    page = visit()
    other = page.context.new_page()
    other.goto(f"{base}history/")
    page.get_by_role("button").click(click_count=2)

    other.wait_for_function("document.documentElement.dataset.mode === 'dark'")


@pytest.mark.parametrize("kept", ["nonsense", None])
def test_what_the_browser_kept_may_be_anything(visit, base, kept):
    page = visit()
    refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    page.add_init_script(f"localStorage.setItem('ghstatus-colours', '{kept}')" if kept else refuse)
    page.goto(base)

    assert page.get_by_role("button", name="Colours: as your system").is_visible()
    page.get_by_role("button").click()
    assert page.get_by_role("button", name="Colours: light").is_visible()


def test_there_is_no_dead_button_without_scripts(visit):
    page = visit(java_script_enabled=False, color_scheme="dark")

    assert page.get_by_role("button").count() == 0
    assert not page.locator("button").is_visible()
    assert ground(page) == DARK


def test_nothing_moves_when_the_button_comes(visit):
    places = [visit(java_script_enabled=scripts).get_by_role("navigation").bounding_box() for scripts in (True, False)]

    assert places[0] == places[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_light_and_has_no_button(visit, scheme):
    page = visit(color_scheme=scheme)
    page.get_by_role("button").click(click_count=2)
    page.emulate_media(media="print")

    tone = page.evaluate("getComputedStyle(document.querySelector('.banner .icon')).fill")
    assert (ground(page), tone) == (LIGHT, "rgb(192, 28, 40)")
    assert not page.locator("button").is_visible()


def test_every_mode_that_the_switch_knows_is_accessible(visit, axe):
    page = visit(time="18:00")
    for _ in range(2):
        page.get_by_role("button").click()
        assert axe(page) == []


def test_words_that_go_the_other_way_take_everything_along(open_page, serve, tmp_path):
    files = {path: data.replace(b'lang="en"', b'lang="ar" dir="rtl"') for path, data in golden_site().items()}
    page = open_page(viewport={"width": 360, "height": 640})
    address = serve(put(files, tmp_path))
    for path in ("", INCIDENT, "history/", "components/copr/"):
        page.goto(address + path)
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 360)
    page.goto(address)
    brand, switch = page.locator(".brand").bounding_box(), page.locator("button").bounding_box()
    assert brand["x"] > switch["x"]
    last, today = page.locator(".bars a").last, page.locator(".scale span:last-child").last
    assert abs(last.bounding_box()["x"] - today.bounding_box()["x"]) < 20


def test_a_theme_that_takes_the_switch_away_leaves_the_rest(open_page, serve, tmp_path):
    files = {
        path: data[: data.index(b"<button")] + data[data.index(b"</button>") + 9 :] if b"<button" in data else data
        for path, data in made(replace(SITE, base_url=""), *INCIDENTS).items()
    }
    page = open_page(timezone_id="Europe/Prague")
    page.goto(serve(put(files, tmp_path)))

    assert "/" in texts(page, "main .asof")[0]
