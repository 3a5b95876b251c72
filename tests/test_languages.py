"""Every word of a page can be said in another language, and is: no text is hard-coded, and the catalogues are whole."""

import ast
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from gettext import NullTranslations
from pathlib import Path

import html5lib
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from ghstatus import assets
from ghstatus.languages import LANGUAGES
from ghstatus.model import FollowUp, Postmortem
from ghstatus.render.looks.templates import Look, Templates
from ghstatus.render.text import language, markdown
from ghstatus.render.text.language import ENGLISH, Language
from tests import test_site_golden
from tests.builders import at
from tests.test_site_golden import INCIDENTS, SITE, made, put

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "ghstatus" / "locale"
OTHERS = sorted(LANGUAGES.keys() - {"en"})
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
PARTS = re.compile(r"%\(\w+\)s|%%|<[^>]+>|`[^`]+`|https?:\S+")


class Pseudo(NullTranslations):
    """Says everything in brackets, and with accents, so that whoever looks sees it too."""

    def gettext(self, message):
        kept = [*PARTS.findall(message), ""]
        told = PARTS.split(message)
        plain = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
        return "⟦" + "".join(text.translate(plain) + part for text, part in zip(told, kept, strict=True)) + "⟧"

    def pgettext(self, _, message):
        return self.gettext(message)

    def ngettext(self, msgid1, msgid2, n):
        return self.gettext(msgid1 if n == 1 else msgid2)


def bracketed(name):
    def said(self, *values):
        return f"⟦{getattr(Language, name)(self, *values)}⟧"

    return said


FORMATS = ("day", "month", "month_name", "minute", "duration", "percent", "share", "several")
PseudoLanguage = type("PseudoLanguage", (Language,), {"tag": "en-XA"} | {name: bracketed(name) for name in FORMATS})
PSEUDO = PseudoLanguage(Pseudo())


@pytest.fixture
def pseudo(monkeypatch):
    monkeypatch.setattr(language, "of", lambda _: PSEUDO)


SAME = {"UTC", "CET", "ghstatus", "Atom", "RSS", "JSON", "Feed"}
"""In every language."""


def own_words():
    """What the maintainers of the golden site wrote, longest first."""
    told = ["Watch the disks", SITE.title, SITE.description, SITE.timezone, *(link.text for link in SITE.links)]
    told += [text for one in (*SITE.components, *SITE.groups) for text in (one.name, one.id, one.description)]
    for one in INCIDENTS:
        told += [one.ref, one.title, markdown.gist(one.text), *one.text.splitlines(), one.eta, one.false_alarm]
        told += [link.text for link in one.links]
    return sorted(filter(None, told), key=len, reverse=True)


OWN = own_words()


def outside(text):
    """What no bracket is around, without what the maintainers wrote, and what is the same in all languages."""
    depth, found = 0, []
    for part in re.split("([⟦⟧])", text):
        depth += {"⟦": 1, "⟧": -1}.get(part, 0)
        found += [part] if part not in "⟦⟧" and depth == 0 else []
    assert depth == 0, text
    rest = "\0".join(found)
    for words in OWN:
        rest = rest.replace(words, " ")
    return set(re.findall(r"[^\W\d_]{2,}", rest)) - SAME


def elements(html):
    return html5lib.parse(html, transport_encoding="utf-8", namespaceHTMLElements=False).iter()


SAID = ("title", "aria-label", "alt", "placeholder", "label", "summary")
NAMED = ("content", "description", "og:title", "og:description", "og:image:alt")


def visible(element):
    """The text of an element without what the maintainers wrote in Markdown, and scripts and styles."""
    if element.tag in {"script", "style", "code"} or "text" in (element.get("class") or "").split():
        return ""
    return (element.text or "") + "".join(visible(child) + (child.tail or "") for child in element)


def hard_coded(html):
    """The words of a page that would stay as they are in another language."""
    root, *others = elements(html)
    found = outside(visible(root))
    for element in (root, *others):
        told = [element.get(name, "") for name in SAID]
        told += [value for name, value in element.items() if name.startswith("data-") and " " in value]
        if element.tag == "meta" and (element.get("name") or element.get("property")) in NAMED:
            told.append(element.get("content", ""))
        for text in told:
            found |= outside(text)
    return found


TODOS = (
    FollowUp(text="Watch the disks", owner="jpopelka", due=date(2026, 3, 30), url="https://example.org/43"),
    FollowUp(text="Watch the disks", due=date(2026, 2, 21)),
    FollowUp(text="Watch the disks", is_done=True),
)
LESSON = Postmortem(
    incident="farm-down",
    ref="43",
    text="## Impact\n\nTests failed for half a day.",
    written=at("2026-02-24 10:00"),
    published=at("2026-02-25 10:00"),
    follow_ups=TODOS,
)


def pseudo_pages():
    return made(SITE, *INCIDENTS, unobserved=frozenset({"koji"}), postmortems=(LESSON,))


def test_no_page_has_a_hard_coded_text(pseudo):
    pages = {path: data for path, data in pseudo_pages().items() if path.endswith(".html")}

    assert len(pages) > 25
    assert {"postmortems/index.html", "metrics/index.html"} < pages.keys()
    assert {path: found for path, data in pages.items() if (found := hard_coded(data))} == {}
    assert all(b'lang="en-XA"' in data for data in pages.values())


@pytest.mark.parametrize(
    ("name", "marked", "page"),
    [
        ("home.html.j2", '{{ _("All incidents") }}', "index.html"),
        ("base.html.j2", '{{ _("Skip to the content") }}', "about/index.html"),
        ("header.html.j2", 'aria-label="{{ _("Site") }}"', "history/index.html"),
        ("incident.html.j2", 'aria-label="{{ _("Link to this update") }}"', "incidents/farm-down/index.html"),
        ("macros.html.j2", '{{ _("since %(moment)s", moment=record.started | moment) }}', "components/copr/index.html"),
        ("history.html.j2", 'data-none="{{ _("Nothing found.") }}"', "history/2026/index.html"),
    ],
)
def test_a_text_that_is_not_marked_would_be_found(name, marked, page, pseudo, monkeypatch):
    texts = {name: text.decode() for name, text in assets.files(assets.templates())}
    assert marked in texts[name]
    texts[name] = texts[name].replace(marked, re.sub(r"{{.*\"(.*?)\".*}}", r"\1", marked))
    look = Look(texts, style="0")
    monkeypatch.setattr(test_site_golden, "templates", lambda site, *, tracker: Templates(look, site, tracker=tracker))

    assert hard_coded(pseudo_pages()[page])


def test_nothing_else_for_people_has_a_hard_coded_text(pseudo):
    pages = pseudo_pages()
    badge = json.loads(pages["badges/copr.json"])
    feed = json.loads(pages["feed.json"])
    updates = json.loads(pages["updates.json"])
    found = json.loads(pages["search.json"])["incidents"]
    calendar = re.search("^NAME:(.*)", pages["calendar.ics"].decode(), re.MULTILINE)[1]
    told = [badge["label"], badge["message"], feed["title"], updates["title"], calendar]
    told += [json.loads(pages["embed/status.json"])["headline"], json.loads(pages["index.json"])["remark"]]
    told += [item["title"] for item in updates["items"]]
    told += [row["outcome"] for row in found]
    told += re.findall("<strong>(.*?)</strong> - ", "".join(item["content_html"] for item in feed["items"]))
    told += re.findall(r"^#+ .*|^- .*(?=: )", pages["incidents/staging-slow.md"].decode(), re.MULTILINE)
    told += re.findall("^(?:#|>) .*|^## .*", pages["llms.txt"].decode(), re.MULTILINE)

    assert (feed["language"], json.loads(pages["embed/status.json"])["language"]) == ("en-XA", "en-XA")
    assert {text: rest for text in told if (rest := outside(text))} == {}
    assert all("⟦" in text for text in told[1:5])


# The catalogues


def catalogue(tag):
    with (LOCALE / tag.replace("-", "_") / "LC_MESSAGES" / "ghstatus.po").open("rb") as file:
        return read_po(file, locale=tag.replace("-", "_"))


def texts(message):
    """The text in English, whose parts every translation has, and the translations."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return ids, said


@cache
def extracted():
    """What the templates and the modules say, with its context."""
    found = set()
    for folder, pattern, method in (
        ("ghstatus/render", "**.py", "python"),
        ("ghstatus/flow", "**.py", "python"),
        ("templates", "*.j2", "jinja2"),
    ):
        options = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
        for _, _, message, _, context in extract_from_dir(
            ROOT / folder, [(pattern, method)], {pattern: options}, keywords=KEYWORDS
        ):
            found.add((context, message))
    return found


def test_the_template_of_the_catalogues_has_every_text_and_no_other():
    with (LOCALE / "ghstatus.pot").open("rb") as file:
        listed = {(message.context, message.id) for message in read_po(file) if message.id}

    assert listed == extracted(), "`make messages` writes it anew"


def test_no_text_hides_in_an_f_string_where_nothing_would_extract_it():
    hidden = []
    for path in (path for room in ("flow", "render") for path in (ROOT / "ghstatus" / room).rglob("*.py")):
        strings = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.JoinedStr)]
        calls = [call.func for one in strings for call in ast.walk(one) if isinstance(call, ast.Call)]
        names = {getattr(call, "attr", getattr(call, "id", "")) for call in calls}
        hidden += [path.name] if names & KEYWORDS.keys() else []

    assert hidden == []


def test_there_is_a_catalogue_of_each_language_and_no_other():
    assert sorted(path.name.replace("_", "-") for path in LOCALE.iterdir() if path.is_dir()) == OTHERS


@pytest.mark.parametrize("tag", OTHERS)
def test_a_catalogue_says_everything(tag):
    whole = catalogue(tag)
    told = {(message.context, message.id): texts(message)[1] for message in whole if message.id}

    assert told.keys() == extracted()
    assert [key for key, said in told.items() if not all(said)] == []
    assert not any(message.fuzzy for message in whole if message.id)
    assert not whole.obsolete


@pytest.mark.parametrize("tag", OTHERS)
def test_a_catalogue_has_the_plurals_of_its_language(tag):
    whole = catalogue(tag)
    rule = get_plural(tag.replace("-", "_"))

    assert (whole.num_plurals, whole.plural_expr) == (rule.num_plurals, rule.plural_expr)
    assert {len(texts(message)[1]) for message in whole if message.pluralizable} == {rule.num_plurals}


@pytest.mark.parametrize("tag", OTHERS)
def test_a_translation_keeps_every_placeholder_and_tag(tag):
    wrong = []
    for message in catalogue(tag):
        ids, said = texts(message)
        if not message.id:
            continue
        wanted = sorted(PARTS.findall(ids[-1]))
        for text in said:
            left = [part for part in wanted if not (len(ids) > 1 and part == "%(num)s")]  # "two days" has no number
            is_kept = sorted(part for part in PARTS.findall(text) if part in left) == left
            if not is_kept or set(PARTS.findall(text)) - set(wanted) or text.count('"') != ids[-1].count('"'):
                wrong.append((ids[-1], text))

    assert wrong == []


@pytest.mark.parametrize("tag", OTHERS)
def test_what_is_compiled_is_what_is_written(tag):
    made_ = io.BytesIO()
    write_mo(made_, catalogue(tag))

    assert language.catalogue(tag).read_bytes() == made_.getvalue(), "`make messages` compiles it anew"


def test_english_needs_no_catalogue():
    assert language.named("en") is language.named("tlh") is ENGLISH


# What a reader gets


@cache
def spoken(tag):
    """The golden site in a language, with a post-mortem, below an address that browsers find."""
    here = replace(SITE, language=tag, base_url="")
    return made(here, *INCIDENTS, unobserved=frozenset({"koji"}), postmortems=(LESSON,))


SHOWN = ("index.html", "incidents/2026-03-02-copr-down/index.html")


@pytest.mark.parametrize("tag", OTHERS)
def test_a_page_tells_its_language_and_direction(tag):
    built = spoken(tag)
    (root,) = [element for element in elements(built["index.html"]) if element.tag == "html"]

    assert root.get("lang") == tag
    assert root.get("dir", "ltr") == ("rtl" if tag in {"ar", "he"} else "ltr")
    assert "Components" not in built["index.html"].decode()
    assert json.loads(built["feed.json"])["language"] == tag
    assert f'xml:lang="{tag}"'.encode() in built["history.atom"]
    assert f"<language>{tag}</language>".encode() in built["history.rss"]


@pytest.mark.browser
@pytest.mark.parametrize("tag", OTHERS)
def test_the_first_pages_are_no_wider_than_a_phone_in_any_language(open_page, serve, tmp_path, tag):
    base = serve(put(spoken(tag), tmp_path))
    page = open_page(viewport={"width": 360, "height": 640}, locale=tag, timezone_id="Asia/Tokyo")
    for path in SHOWN:
        page.goto(base + path.removesuffix("index.html"))
        assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.browser
@pytest.mark.parametrize(("tag", "today"), [("de", "right"), ("he", "left")])
def test_time_goes_the_way_that_words_go(open_page, serve, tmp_path, tag, today):
    page = open_page()
    page.goto(serve(put(spoken(tag), tmp_path)))
    bars, last = (
        page.locator(".bars").first.bounding_box(),
        page.locator(".bars").first.locator("a").last.bounding_box(),
    )

    assert (last["x"] > bars["x"] + bars["width"] / 2) is (today == "right")
    title = page.locator(".card h2 a").first
    assert title.evaluate("one => getComputedStyle(one).unicodeBidi") == "plaintext"


BOX = "one => { const { left, right } = one.getBoundingClientRect(); return (left + right) / 2; }"


@pytest.mark.browser
@pytest.mark.parametrize(("tag", "today"), [("de", "right"), ("ar", "left")])
def test_so_does_time_in_charts_and_no_letter_is_turned(open_page, serve, tmp_path, tag, today):
    page = open_page()
    page.goto(serve(put(spoken(tag), tmp_path)) + "metrics/")
    letters = page.locator(".chart text")
    first, *_, last = (one.evaluate(BOX) for one in page.locator(".chart").first.locator("text[y='136']").all())

    assert (last > first) is (today == "right")
    assert letters.count() > 20
    assert all(one.evaluate("one => one.getScreenCTM().a") > 0 for one in letters.all())


@pytest.mark.browser
@pytest.mark.parametrize(("tag", "after"), [("de", "right"), ("ar", "left")])
def test_a_link_that_is_a_time_runs_as_the_page_does(open_page, serve, tmp_path, tag, after):
    page = open_page(timezone_id="Asia/Tokyo")
    page.goto(f"{serve(put(spoken(tag), tmp_path))}incidents/2026-03-02-copr-down/")
    link = page.locator("dd.asof a")

    assert (link.locator("span").evaluate(BOX) > link.locator("time").evaluate(BOX)) is (after == "right")


@pytest.mark.browser
@pytest.mark.parametrize(("tag", "told"), [("cs", "před 2 hodinami"), ("ar", "، قبل ساعتين"), ("ja", "2 時間前")])
def test_scripts_tell_times_in_the_language_of_the_page(open_page, serve, tmp_path, tag, told):
    page = open_page(locale="en-US", timezone_id="Asia/Tokyo")
    page.clock.set_fixed_time("2026-03-02T14:00:00Z")
    page.goto(serve(put(spoken(tag), tmp_path)))

    assert told in page.locator(".banner .asof").inner_text().replace("\N{NO-BREAK SPACE}", " ")


# Dates and numbers


@pytest.mark.parametrize(
    ("tag", "day", "minute", "length", "share", "names"),
    [
        ("cs", "2. 3. 2026", "2. 3. 2026 09:05", "2 dny 2 h", "99,95 %", "A, B a 2 další"),
        ("de", "2. März 2026", "2. März 2026, 09:05", "2 Tg. 2 Std.", "99,95 %", "A, B und 2 weitere"),
        ("ar", "2 مارس 2026", "2 مارس 2026، 09:05", "يومان 2 س", "99.95%", "A وB واثنان آخران"),
        ("ja", "2026年3月2日", "2026年3月2日 09:05", "2 日 2 時間", "99.95%", "A、B、ほか 2 件"),
    ],
)
def test_dates_and_numbers_are_a_language_s_own(tag, day, minute, length, share, names):
    said, when = language.named(tag), datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    plain = [said.day(when), said.minute(when), said.duration(timedelta(hours=50, minutes=1)), said.percent(0.99959)]

    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in plain] == [day, minute, length, share]
    assert said.several(["A", "B", "C", "D"]).replace("\N{NO-BREAK SPACE}", " ") == names
    assert (said.several(["A"]), said.several([])) == ("A", "")


def test_a_flawless_record_and_a_round_share_have_no_digits_too_many():
    german = language.named("de")

    assert [german.percent(1), german.share(0.3), german.share(0.125)] == ["100\xa0%", "30\xa0%", "12,5\xa0%"]
    assert [ENGLISH.percent(1), ENGLISH.share(0.3), ENGLISH.share(0.125)] == ["100 %", "30 %", "12.5 %"]
    assert (german.number(12345), ENGLISH.number(12345)) == ("12.345", "12345")
    assert [german.month(date(2026, 3, 2)), german.month_name(date(2026, 3, 2))] == ["März 2026", "März"]
    assert ENGLISH.month_name(date(2026, 3, 2)) == "March"


def test_one_english_text_may_mean_two_things():
    class Two(NullTranslations):
        def pgettext(self, context, message):
            return f"{message} ({context})"

    assert Language(Two()).pgettext("a time", "Now: %(day)s", day="Monday") == "Now: Monday (a time)"


def test_a_template_may_say_so_too():
    text = '{{ pgettext("a time", "Now") }} {{ _("Now") }} {{ ngettext("%(num)s day", "%(num)s days", 2) }} {{ gettext("Now") }}'
    text += "{{ f('x') }}{% set a = _('Now') %} {{ a }} {% trans day='<b>' %}Now {{ day }}{% endtrans %}"
    look = Look({**{name: one.decode() for name, one in assets.files(assets.templates())}, "x.html.j2": text})

    shown = Templates(look, replace(SITE, language="de")).page("x.html.j2", root="", f=str.upper).decode()

    assert shown == "Now Jetzt 2 Tage JetztX Jetzt Now &lt;b&gt;"


def test_a_build_in_english_leaves_babel_alone():
    code = "import sys, ghstatus.flow.building; from ghstatus.render.text import language; language.named('en'); "
    check = f"{code}sys.exit(any(name.split('.')[0] == 'babel' for name in sys.modules))"

    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=False).returncode == 0


def test_another_word_makes_another_site():
    assert language.edition("en") == ""
    assert len({language.edition(tag) for tag in OTHERS}) == len(OTHERS)
