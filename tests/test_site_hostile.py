"""A site whose every text was written by somebody who wants more than to be read."""

import shutil
from functools import cache
from itertools import cycle

import html5lib
import pytest

from ghstatus.model import Link, Theme
from tests.browser import VNU, missing, vnu_problems
from tests.builders import component, group, incident, site, update
from tests.test_render_markdown import SNIPPETS
from tests.test_site_golden import html_pages, made, put

ODD = (
    "",
    " ",
    "\0",
    "a\0b\x01c\x1b[31md\x7fe\x80f\ufffeg",
    "\ud800 half a pair",
    "one\r\ntwo\rthree\r\n\r\n# four\r\n\r\n- five\r\n",
    "\u202eright to left override\u202c and \u2066isolates\u2069 and \u200fmarks",
    "\u05e9\u05dc\u05d5\u05dd, \u0645\u0631\u062d\u0628\u0627 and back",
    "Z\u0335\u0321\u0322a\u0334\u031b\u0353l\u0336\u0315g\u0337\u030do " * 20,
    "\U0001f469\u200d\U0001f4bb\ufe0f " * 50,
    "w" * 60_000,
    "word " * 12_000,
    "line\n" * 2_000,
    "[" * 2_000 + "](" * 2_000,
    "`" * 501 + " " + "*_" * 300,
)
TEXTS = (*SNIPPETS, *ODD)
SHORT = tuple(text for text in TEXTS if len(text) < 5_000)
SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}</title></style>\u202e"
BAD = Theme(
    accent="red;}</style><script>alert(1)</script>",
    operational='#000000" onload="alert(1)',
    major_outage="#fff;background:url(https://example.org/x.png)",
)
LINKS = tuple(
    Link(text=f"{address} {SCRIPT}", url=address)
    for address in ("javascript:alert(1)", "java\nscript:alert(1)", "//example.org/", "https://example.org/\"onfocus='")
)
SITE = site(
    *(
        component(f"c{number}", name=f"{number} {text[:80]}", description=text, group="g", upstream=link.url)
        for number, (text, link) in enumerate(zip(SHORT[::25], cycle(LINKS), strict=False))
    ),
    component("c-script", name=SCRIPT, description=SCRIPT, external=True),
    title=f"Status {SCRIPT}",
    description=SCRIPT,
    links=LINKS,
    groups=(group("g", name=SCRIPT, description=SCRIPT),),
    theme=BAD,
)
COUNT = 16


def hostile(number):
    """Some of the texts in every place; a third of these incidents are over, and so are not on the home page."""
    short, texts = SHORT[number::COUNT], TEXTS[number::COUNT]
    kind = "announcement" if number == 1 else "maintenance" if number % 5 == 2 else "incident"
    over = {"ended": "11:00", "false_alarm": short[4]} if number % 3 == 0 else {}
    return incident(
        f"i{number}",
        title=f"{number} {short[0]}",
        kind=kind,
        severity="minor",
        components=["c-script", *short[:2]],
        text=short[1],
        affects=short[2],
        workaround=short[3],
        eta=short[-1],
        links=LINKS,
        updates=[update("09:00", text=text) for text in texts] + [update("10:00", "monitoring", text=short[-1])],
        **over,
    )


@cache
def hostile_site():
    return made(SITE, *map(hostile, range(COUNT)))


PAGES = tuple(sorted(html_pages(hostile_site())))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_parses_without_an_error(path):
    html5lib.HTMLParser(strict=True).parse(hostile_site()[path], transport_encoding="utf-8")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_anything_that_runs_or_loads(path):
    tree = html5lib.parse(hostile_site()[path], transport_encoding="utf-8", namespaceHTMLElements=False)
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    is_whole = path != "embed/index.html"

    assert {element.tag for element in elements}.isdisjoint({"style", "img", "iframe", "form", "input", "base"})
    scripts = [(element.get("src").lstrip("./"), element.text) for element in elements if element.tag == "script"]
    searches = path.startswith("history/")
    assert scripts == [("static/search.js?0", None)] * searches + [("static/page.js?0", None)] * is_whole
    assert [name for element in elements for name in element.attrib if name.startswith(("on", "style"))] == []
    assert len([element for element in elements if element.tag in {"main", "h1"}]) == 2


WRITERS_OWN = ("for attribute “href”", "appears to be written in")
"""What the checker says of a wrong address and of another language is no fault of the page."""


def test_every_page_is_valid_html(tmp_path):
    java = shutil.which("java")
    if not (java and VNU.is_file()):
        missing("The Nu HTML checker is not installed", "It needs Java and Node; then run `make web-tools`.")
    put(html_pages(hostile_site()), tmp_path)

    problems = vnu_problems(java, sorted(map(str, tmp_path.rglob("*.html"))))

    assert [problem for problem in problems if not any(words in problem for words in WRITERS_OWN)] == []


def test_templates_are_not_rendered_twice():
    assert b"{{ 7*7 }}" in hostile_site()["index.html"]
    assert b" 49 " not in hostile_site()["index.html"]


@pytest.fixture
def visit(open_page, serve, tmp_path):
    """`visit(**options)` opens every page in turn, and yields it; what a page should never do is collected in `seen`."""
    base = serve(put(hostile_site(), tmp_path))
    seen = []

    def each(**options):
        page = open_page(**options)
        page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda message: seen.append(f"console {message.text}"))
        page.on("request", lambda request: seen.append(f"request {request.url}") if is_odd(request) else None)
        for path in PAGES:
            page.goto(f"{base}{path}")
            yield page

    yield each
    assert seen == []


def is_odd(request):
    return request.resource_type != "document" and "/static/" not in request.url


PROVOKE = """() => {
    document.body.innerHTML = document.body.innerHTML;
    addEventListener("click", event => event.preventDefault());
    for (const element of document.querySelectorAll("*"))
        for (const name of ["mouseover", "pointerenter", "focus", "click", "toggle", "load", "error", "begin"])
            element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
}"""


@pytest.mark.browser
def test_nothing_runs_though_the_page_would_allow_it(visit):
    for page in visit(bypass_csp=True):
        page.evaluate(PROVOKE)


@pytest.mark.browser
def test_every_page_fits_a_phone_and_leaves_its_policy_nothing_to_stop(visit):
    for page in visit(color_scheme="dark", viewport={"width": 360, "height": 640}):
        assert (page.url, page.evaluate("document.documentElement.scrollWidth")) == (page.url, 360)


@pytest.mark.browser
def test_hostile_texts_leave_the_home_page_accessible(page, serve, tmp_path, axe):
    page.goto(serve(put(hostile_site(), tmp_path)))

    assert axe(page) == []
