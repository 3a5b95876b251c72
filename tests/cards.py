"""Draws the pictures that a shared link shows: `python -m tests.cards` writes site/static/card-*.png anew.

They hold no words, so one serves every language; the title of the page stands beside them.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import CHROMIUM_FLAGS, find_chromium

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "site" / "static"
WIDTH, HEIGHT = 1200, 630
TONES = {
    "operational": "operational",
    "under_maintenance": "maintenance",
    "degraded_performance": "degraded",
    "partial_outage": "partial",
    "major_outage": "major",
    "unknown": "unknown",
    "page": "accent",
}
"""By status, which of the style sheet's colours it has; `page` is what tells no status."""
HEIGHTS = {"under_maintenance": 150, "degraded_performance": 170, "partial_outage": 205, "major_outage": 240}
BARS, STEP, BAR = 30, 40, 30


def colours():
    """The light mode's, by name."""
    (first,) = re.findall(r"\A.*?:root \{(.*?)\}", (STATIC / "style.css").read_text(), re.DOTALL)
    return dict(re.findall(r"--(\w+): (#\w+);", first))


def card(name):
    """One picture: the icon, and bars of which the last tells how it is."""
    found = colours()
    tone = found[TONES[name]]
    shape = re.search(r"<path.*?>", (STATIC / f"{name}.svg").read_text())[0]
    calm = "".join(
        f'<rect x="{place * STEP + 5}" y="{HEIGHT - 100}" width="{BAR}" height="100" fill="{found["calm"]}"/>'
        for place in range(BARS)
    )
    last, ends = HEIGHTS.get(name, 100), (BARS - 1) * STEP + 5
    return f"""<!DOCTYPE html><style>body {{ margin: 0; background: #fff }} svg {{ display: block }}</style>
<svg width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">
<rect width="{WIDTH}" height="{HEIGHT}" fill="{tone}" opacity=".09"/><rect width="{WIDTH}" height="20" fill="{tone}"/>
{calm}<rect x="{ends}" y="{HEIGHT - last}" width="{BAR}" height="{last}" fill="{tone}"/>
<g transform="translate(465 120) scale(16.875)" fill="{tone}" fill-rule="evenodd">{shape}</g></svg>"""


def main():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name in TONES:
            page.set_content(card(name))
            page.screenshot(path=STATIC / f"card-{name}.png")
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
