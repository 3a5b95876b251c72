"""What the style sheet promises: colours that can be read in every mode, either direction, paper and cards."""

import gzip
import re
import struct
import zlib
from itertools import chain

import pytest

from ghstatus import assets
from ghstatus.model import ComponentStatus, Theme
from ghstatus.render.embed import badges
from ghstatus.render.text import words
from tests import cards
from tests.test_site_golden import golden_site, html_pages

STATIC = dict(assets.files(assets.static()))
STYLE = re.sub(r"/\*.*?\*/", "", STATIC["style.css"].decode(), flags=re.DOTALL)
FIGURES = re.sub(r"/\*.*?\*/", "", STATIC["metrics.css"].decode(), flags=re.DOTALL)
TONES = ("accent", "operational", "maintenance", "degraded", "partial", "major", "unknown")
NAMES = re.findall(r"--(\w+): #", STYLE.partition("@media")[0])


def modes():
    """The colours of each mode, by where they stand."""
    found = re.findall(r"(:root[^{]*)\{([^{}]*--page: #[^{}]*)\}", STYLE)
    return {where.strip(): dict(re.findall(r"--(\w+): (#\w+);", text)) for where, text in found}


def mixed(tone, ground, share):
    parts = zip(rgb(tone), rgb(ground), strict=True)
    return "#" + "".join(f"{round(share * one + (1 - share) * other):02x}" for one, other in parts)


def rgb(colour):
    digits = colour.removeprefix("#")
    return bytes.fromhex("".join(2 * digit for digit in digits) if len(digits) == 3 else digits)


def luminance(colour):
    """WCAG's relative luminance."""
    parts = [part / 255 for part in rgb(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_what_wcag_says():
    assert contrast("#fff", "#000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_there_are_three_sets_of_colours_and_both_dark_ones_are_the_same():
    light, by_system, by_switch = modes().values()

    assert by_system == by_switch != light
    assert list(light) == list(by_system) == NAMES
    assert set(TONES) < set(NAMES)


@pytest.mark.parametrize("where", modes())
@pytest.mark.parametrize("tone", TONES)
def test_every_status_can_be_read_in_its_colour(where, tone):
    """On the page, on a card, and words on the tinted banner: 4.5 to 1, WCAG's AA for small text."""
    found = modes()[where]
    tinted = mixed(found[tone], found["page"], 0.09)

    for ground in (found["page"], found["card"], tinted):
        assert contrast(found[tone], ground) >= (3 if ground == tinted else 4.5), ground  # on it only an icon has it
    for ink in ("text", "quiet"):
        assert contrast(found[ink], tinted) >= 4.5, ink


@pytest.mark.parametrize("where", modes())
def test_words_and_links_can_be_read(where):
    found = modes()[where]
    code = mixed(found["text"], found["page"], 0.07)

    for ink, ground in [(ink, ground) for ink in ("text", "quiet", "accent") for ground in ("page", "card")]:
        assert contrast(found[ink], found[ground]) >= 4.5, (ink, ground)
    assert contrast(found["text"], code) >= 4.5


@pytest.mark.parametrize("where", modes())
def test_a_bad_day_stands_out_from_calm_ones(where):
    found = modes()[where]

    for tone in ("maintenance", "degraded", "partial", "major"):
        assert contrast(found[tone], found["calm"]) >= 1.9, tone  # beside its height, which tells it without colour
        assert contrast(found[tone], found["page"]) >= 3, tone


def test_the_tinted_share_is_the_style_sheet_s():
    assert "background: color-mix(in srgb, var(--tone) 9%, var(--page))" in STYLE


@pytest.mark.parametrize("status", ComponentStatus)
def test_words_on_a_badge_or_a_banner_can_be_read(status):
    (light, *_) = modes().values()
    colour, ink = badges.colours(Theme(), status)

    assert contrast(colour, ink) >= 4.5
    assert colour in light.values()


def test_nothing_knows_left_from_right_but_a_writer_s_table():
    sides = re.findall(r"[^{};]*\b(?:left|right)\b[^{};]*", STYLE)

    assert [text.strip() for text in sides] == [".text .left", "text-align: left", ".text .right", "text-align: right"]


def test_the_figures_know_no_side_at_all():
    assert re.findall(r"\b(?:left|right)\b", FIGURES) == []


@pytest.mark.parametrize("style", [STYLE, FIGURES])
def test_nothing_moves_by_itself(style):
    assert re.findall(r"(?:transition|animation|@keyframes|scroll-behavior)[^;]*", style) == []


@pytest.mark.parametrize("style", [STYLE, FIGURES])
def test_no_style_sheet_asks_anybody_for_anything(style):
    assert re.findall(r"url\(|@import|@font-face|https?:", style) == []


def test_every_variable_that_is_used_is_there():
    used = set(re.findall(r"var\(--(\w+)", STYLE + FIGURES))

    assert used - {"tone"} <= set(NAMES)
    assert {f".{name} " for name in words.LOOKS} <= set(re.findall(r"^\.\w+ (?=\{ --tone)", STYLE, re.MULTILINE))


@pytest.mark.parametrize(
    ("name", "most"), [("page.js", 2 * 1024), ("search.js", 2 * 1024), ("banner.js", 1024), ("style.css", 4 * 1024)]
)
def test_what_every_page_loads_is_small(name, most):
    assert len(gzip.compress(STATIC[name])) <= most


@pytest.mark.parametrize("name", cards.TONES)
def test_a_card_has_the_size_that_unfurlers_want(name):
    data = STATIC[f"card-{name}.png"]

    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (cards.WIDTH, cards.HEIGHT)
    assert len(data) < 16 * 1024


@pytest.mark.parametrize("name", cards.TONES)
def test_a_card_has_the_style_sheet_s_colour(name):
    data = STATIC[f"card-{name}.png"]
    first = zlib.decompressobj().decompress(data[data.index(b"IDAT") + 4 :], 4)[1:4]

    assert first == rgb(cards.colours()[cards.TONES[name]]), "python -m tests.cards draws them anew"


def shown(path, name):
    text = golden_site()[path].decode()
    return re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)">', text)


@pytest.mark.parametrize(
    ("path", "title", "card"),
    [
        ("index.html", "Major outage of Copr", "major_outage"),
        ("incidents/2026-03-02-copr-down/index.html", "[Monitoring] Copr builds stay pending", "major_outage"),
        ("incidents/new-year/index.html", "[Resolved] Certificates ran out at midnight", "operational"),
        ("incidents/farm-nightmare/index.html", "[False alarm] Testing Farm loses results", "operational"),
        ("incidents/no-move/index.html", "[Cancelled] Move to another data centre", "page"),
        ("incidents/copr-disks/index.html", "[Scheduled] Copr gets new disks", "under_maintenance"),
        ("incidents/conference/index.html", "Answers take longer next week", "page"),
        ("components/koji/index.html", "Koji: unknown", "unknown"),
        ("history/2026/index.html", "History 2026 · Packit status", "page"),
    ],
)
def test_a_shared_link_says_how_it_is(path, title, card):
    base = "https://status.example.org/packit/"

    assert shown(path, "og:title") == shown(path, "og:image:alt") == [title]
    assert shown(path, "og:image") == [f"{base}static/card-{card}.png"]
    assert shown(path, "og:url") == [base + path.removesuffix("index.html")]
    assert shown(path, "og:site_name") == ["Packit status"]


def test_a_shared_incident_begins_with_what_was_said():
    (text,) = shown("incidents/2026-03-02-copr-down/index.html", "og:description")

    assert text == "No Copr build has finished since 8:00 UTC. The queue grows: https://example.org/queue"
    assert shown("incidents/no-move/index.html", "og:description") == []


def test_every_card_that_a_page_names_is_there():
    named = set(chain.from_iterable(shown(path, "og:image") for path in html_pages(golden_site())))

    assert {f"static/{address.rpartition('/')[2]}" for address in named} <= golden_site().keys()


@pytest.mark.parametrize(
    ("path", "icon", "title"),
    [
        ("index.html", "major_outage", "Major outage of Copr · Packit status"),
        ("404.html", "major_outage", "Not found · Packit status"),
        ("components/koji/index.html", "unknown", "Koji: unknown · Packit status"),
        ("incidents/staging-slow/index.html", "degraded_performance", "Staging is slow · Packit status"),
        ("history/index.html", "page", "History 2026 · Packit status"),
    ],
)
def test_the_tab_says_how_it_is(path, icon, title):
    text = golden_site()[path].decode()

    assert f'static/{icon}.svg" type="image/svg+xml">' in text
    assert f"<title>{title}</title>" in text
