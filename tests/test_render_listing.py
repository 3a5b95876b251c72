"""What leads programs through the site."""

import html5lib
import pytest
from defusedxml import ElementTree

from ghstatus import board
from ghstatus.render.programs import listing
from tests.builders import NOW, component, incident, site, snapshot, update
from tests.test_site_golden import golden_site, html_pages

BASE = "https://status.example.org/packit/"


def made(*incidents, on=None, **said):
    """Path → page."""
    page = on or site(base_url=BASE)
    judged = board.judge(snapshot(*incidents, components=page.components, **said), NOW)
    return {one.path: one for one in listing.files(judged, (), page)}


def addresses(data):
    return [one.text for one in ElementTree.fromstring(data).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


@pytest.mark.parametrize("path", ["sitemap.xml", "robots.txt", "llms.txt"])
def test_a_file_is_as_it_was_when_somebody_read_it(path, golden):
    golden(f"golden/{path}", golden_site()[path].decode())


def test_the_sitemap_has_every_page_that_has_an_address():
    told = []
    for page in html_pages(golden_site()).values():
        tree = html5lib.parse(page, namespaceHTMLElements=False)
        told += [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]

    found = addresses(golden_site()["sitemap.xml"])
    assert len(found) == len(set(found))
    assert set(told) - set(found) == {f"{BASE}components/legacy/"}
    assert set(found) <= set(told)


def test_a_site_without_an_address_has_no_sitemap():
    built = made(on=site())

    assert built.keys() == {"robots.txt", "llms.txt"}
    assert b"Sitemap" not in built["robots.txt"].render()


def test_the_sitemap_of_a_site_without_incidents_has_this_years_history():
    paths = ["", "history/2026/", "maintenance/", "about/", "metrics/", "components/copr/"]

    assert addresses(made()["sitemap.xml"].render()) == [f"{BASE}{path}" for path in paths]


def test_a_plan_for_next_year_has_no_history_yet():
    plan = incident("plan", kind="maintenance", started="2027-01-09 13:00")

    assert f"{BASE}history/2027/" not in addresses(made(plan)["sitemap.xml"].render())
    assert f"{BASE}incidents/plan/" in addresses(made(plan)["sitemap.xml"].render())


def test_addresses_are_escaped():
    page = site(base_url="https://e.org/?a&b/")

    assert (
        addresses(made(incident("ü <x>"), on=page)["sitemap.xml"].render())[-1]
        == "https://e.org/?a&b/incidents/%C3%BC%20%3Cx%3E/"
    )


def test_a_sitemap_has_no_more_than_it_may(monkeypatch):
    monkeypatch.setattr(listing, "_MOST", 7)
    several = [incident(f"i{number}", started=f"0{number}:00", ended="11:00") for number in range(1, 9)]

    assert addresses(made(*several)["sitemap.xml"].render())[6:] == [f"{BASE}incidents/i8/"]


def test_a_sitemap_is_written_again_only_for_another_page():
    one, changed, two = (
        made(*several)["sitemap.xml"]
        for several in ([incident("a")], [incident("a", ended="09:00")], [incident("a"), incident("b")])
    )

    assert one.key == changed.key != two.key
    assert one.render() == changed.render() != two.render()


@pytest.mark.parametrize("path", ["robots.txt", "llms.txt"])
def test_another_text_has_another_key(path):
    before, after = (made(on=site(title=title, base_url=f"https://{title}.org/"))[path] for title in "ab")

    assert before.key != after.key != ""


def test_the_guide_says_what_is_true_now():
    text = made(incident("one", severity="critical"), unobserved=frozenset({""}))["llms.txt"].render().decode()

    assert text.startswith("# Status\n\n> Major outage of copr\n\nA part of this page could not be read")
    assert f"## Now\n\n- [Builds stay pending]({BASE}incidents/one.md): major outage, 2026-03-02\n" in text
    assert f"- [copr]({BASE}components/copr/index.json): major outage" in text


def test_the_guide_leaves_out_what_there_is_none_of():
    text = made(on=site(component("copr", hidden=True)))["llms.txt"].render().decode()

    assert [line for line in text.splitlines() if line.startswith("#")] == ["# Status", "## Files for programs"]


def test_the_guide_lists_the_newest_of_the_past():
    several = [incident(f"i{number:02}", started=f"08:{number:02}", ended="11:00") for number in range(25)]
    text = made(*several)["llms.txt"].render().decode()

    assert [f"/i{number:02}.md" in text for number in range(25)] == [False] * 5 + [True] * 20


def test_words_of_others_stay_words():
    text = (
        made(incident("one", title="a](https://evil.example) <b>\n# c"), on=site(component(name="[x](y)")))["llms.txt"]
        .render()
        .decode()
    )

    assert "](https://evil.example)" not in text
    assert "\n# c" not in text
    assert "[[x](y)]" not in text


@pytest.mark.parametrize("path", ["index.html", "history/index.html", "components/copr/index.html"])
def test_a_page_leads_programs_to_its_files(path):
    tree = html5lib.parse(golden_site()[path], namespaceHTMLElements=False)
    found = {
        link.get("href").split("/")[-1]: link.get("type")
        for link in tree.iter("link")
        if link.get("rel") in {"status", "alternate"}
    }

    feed, more = ("feed", {}) if "components" in path else ("history", {"updates.atom": "application/atom+xml"})
    assert found == more | {
        "index.json": "application/json",
        f"{feed}.atom": "application/atom+xml",
        f"{feed}.rss": "application/rss+xml",
        "feed.json": "application/feed+json",
        "calendar.ics": "text/calendar",
    }


def test_the_guide_says_how_bad_it_is_now():
    better = update("10:00", components={"copr": "degraded_performance"})
    text = made(incident("one", severity="critical", updates=(better,)))["llms.txt"].render().decode()

    assert "degraded performance, 2026-03-02" in text
