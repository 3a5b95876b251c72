"""Statuspage's own widget, as another site shows it, reads our summary."""

import pytest

from tests import browser
from tests.builders import component, incident, site, update
from tests.test_site_golden import made, put

WIDGET = browser.NODE_MODULES / "@statuspage" / "status-widget" / "dist" / "index.js"
PARTS = [component("copr", name="Copr"), component("koji", name="Koji")]
DOWN = incident(components=["copr"], severity="critical", started="08:00", updates=[update("09:00")])
SMALL = incident(components=["copr"], severity="minor", started="08:00")


@pytest.fixture
def widget(serve, tmp_path, monkeypatch, page):
    """`widget(*incidents)` is what the widget says of a site with these incidents, on a site elsewhere."""
    if not WIDGET.is_file():
        browser.missing("Statuspage's widget is not installed", "Run `make web-tools`.")
    end = browser.Handler.end_headers

    def shared(handler):
        handler.send_header("Access-Control-Allow-Origin", "*")  # as GitHub Pages does
        end(handler)

    monkeypatch.setattr(browser.Handler, "end_headers", shared)

    def show(*incidents):
        status = serve(put(made(site(*PARTS), *incidents), tmp_path / "status")).removesuffix("/")
        other = tmp_path / "other"
        other.mkdir()
        (other / "widget.js").write_bytes(WIDGET.read_bytes())
        (other / "index.html").write_text(
            "<!DOCTYPE html><html lang=en><title>Other</title>"
            # The widget assigns to a name that it doesn't declare, which strict scripts mayn't.
            "<script>var parcelRequire</script><script src=widget.js></script>"
            f'<statuspage-widget src="{status}"></statuspage-widget>'
        )
        with page.expect_response("**/api/v2/summary.json") as asked:
            page.goto(serve(other))
        assert asked.value.status == 200
        host = page.locator("statuspage-widget")
        host.get_by_text("Loading").wait_for(state="detached")
        return host.evaluate("host => (host.shadowRoot || host).querySelector('a').textContent.trim()")

    return show


@pytest.mark.browser
@pytest.mark.parametrize(
    ("incidents", "told"),
    [([], "All Systems Operational"), ([SMALL], "Partially Degraded Service"), ([DOWN], "Major Service Outage")],
    ids=["calm", "minor", "major"],
)
def test_the_widget_of_statuspage_tells_how_it_is(widget, incidents, told):
    assert widget(*incidents) == told
