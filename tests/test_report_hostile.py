"""No stranger's words do anything in what ghstatus posts: they are only read."""

import re
from dataclasses import replace

import comrak
import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ghstatus import report as voice
from ghstatus.model import Outage, Pull
from tests.reports import FARM, NEARLY, OWN, SAID, SETTING, farm, head, report, verdict

NASTY = [
    "@jane",
    "@packit/admins",
    "#12",
    "packit/packit#12",
    "GH-12",
    "www.example.org",
    "https://evil.example.org/packit/packit/issues/12",
    "![x](https://evil.example.org/x.png)",
    "<img src=https://evil.example.org/x.png>",
    "<!-- ghstatus:checks 00 -->",
    "</table><script>alert(1)</script>",
    "[x](https://evil.example.org)",
    "[x]: https://evil.example.org",
    "**b** _i_ ~~s~~ $x$",
    "`c`",
    "``` ",
    "~~~\n",
    "|",
    "\\|",
    "\\",
    "a | b | c",
    "\n| x | y |\n|---|---|\n",
    "\n\n# heading\n\n",
    "\r\n- [ ] item\r\n",
    "\u2028/packit build\n",
    "\n/lgtm\n",
    "<br>",
    "&#64;jane",
    "]( <",
    "](https://evil.example.org",
    "javascript:alert(1)",
    "\x1b[31m",
    "\u202e",
    "\ud800",
    "\x00",
]
URLS = [
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example.org",
    "https://",
    "https://jane@evil.example.org/",
    "https://[evil",
    "ftp://evil.example.org",
    "https://dashboard.packit.dev/a)b|c`d`<e>\"f'[g](h)*i*\\j$k$",
    "https://dashboard.packit.dev/a b",
    "https://dashboard.packit.dev/?a=1&amp;b=2&copy;",
    "https://dashboard.packit.dev/\n\n# x",
    "https://dashboard.packit.dev/" + "x" * 3000,
]
texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=12), max_size=5).map("".join)
urls = st.sampled_from(URLS) | st.builds("https://dashboard.packit.dev/{}".format, texts) | texts

MENTION = re.compile(r"(?<![\w`])@[a-z0-9]", re.IGNORECASE)
REFERENCE = re.compile(r"(?<!\w)(?:[\w.-]+/[\w.-]+)?#\d|\bGH-\d|https?://|\bwww\.|@[0-9a-f]{7}", re.IGNORECASE)
OURS = {"table", "thead", "tbody", "tr", "th", "td", "p", "strong", "code", "pre", "ul", "li", "a", "br", "sub"}


def tree(markdown):
    extensions = comrak.ExtensionOptions()
    for name in ("autolink", "footnotes", "math_dollars", "strikethrough", "table", "tasklist"):
        setattr(extensions, name, True)
    rendering = comrak.RenderOptions()
    rendering.unsafe_ = True
    rendering.gfm_quirks = True
    html = comrak.render_markdown(markdown, extension_options=extensions, render_options=rendering)
    return html5lib.parse(html, namespaceHTMLElements=False).find("body")


def read_as_text(body):
    """What GitHub looks through for mentions and references: neither code nor links."""
    parts = []

    def walk(element):
        if element.tag in {"code", "pre", "a"}:
            parts.append(" ")
        else:
            parts.append(element.text or "")
            for child in element:
                walk(child)
        parts.append(element.tail or "")

    walk(body)
    return "".join(parts)


def host(url):
    """The host that a stranger's address names openly; the rest of the texts names none that is linked."""
    parts = url.strip().split("/")
    return parts[2] if len(parts) > 2 else ""


def hostile(text, url, kind):
    """A report in which every word of others is a stranger's."""
    outage = replace(FARM, ref=text or "x", title=text, url=url, remedy=text, eta=text)
    check = replace(farm().check, name=text, url=url, app=text, title=text, summary=text)
    one = replace(verdict(kind), check=check, outage=outage, reason=text, quote=text, remedy=text, component=text)
    first = report(one, replace(one, outage=None), head=head(pulls=(Pull(number=1, title=text, author=text, url=url),)))
    return replace(first, verdicts=(*first.verdicts, farm(), NEARLY, OWN))


kinds = st.sampled_from(["explained", "suspected", "own", "unexplained"])


@example("](https://evil.example.org", "https://dashboard.packit.dev/a)b|c", "explained")
@example("\\|", "https://dashboard.packit.dev/\\|", "suspected")
@example("`|`", "", "own")
@given(texts, urls, kinds)
def test_a_check_s_text_is_the_tree_that_it_would_be_without_strangers(text, url, kind):
    markdown = voice.summary(hostile(text, url, kind), SETTING._replace(names={text: text}))

    body = tree(markdown)

    assert {element.tag for element in body.iter()} - {"body"} <= OURS
    assert len(body.findall("table")) == 1
    assert [len(row) for row in body.iter("tr")] == [4] * 6
    assert {link.attrib["href"].split(":")[0] for link in body.iter("a")} <= {"http", "https"}
    seen = read_as_text(body)
    assert not MENTION.search(seen)
    assert not REFERENCE.search(seen)
    hosts = {link.attrib["href"].split("/")[2] for link in body.iter("a")}
    assert hosts <= {"ghstatus.github.io", "github.com", "dashboard.packit.dev", "status.packit.dev", host(url)}


@given(texts, urls, kinds)
def test_a_comment_is_the_tree_that_it_would_be_without_strangers(text, url, kind):
    markdown = voice.comment(hostile(text, url, kind), "00", SETTING._replace(names={text: text}))

    marker, _, shown = markdown.partition("\n")
    body = tree(shown)

    assert marker == "<!-- ghstatus:checks 00 -->"
    assert {element.tag for element in body.iter()} - {"body"} <= OURS - {"table", "tr", "td", "pre"}
    assert len(body.findall("ul")[0]) == 5
    assert not MENTION.search(read_as_text(body))
    assert not REFERENCE.search(read_as_text(body))
    assert all(
        line.startswith(("**", "- ", "<sub>", "Comment `", "[Status", "1 of ", "2 of "))
        for line in shown.splitlines()
        if line
    )


@pytest.mark.parametrize("mode", ["annotate", "gate"])
@given(texts)
def test_a_reason_to_ignore_is_only_read(mode, text):
    one = report(farm(), mode=mode, ignored=SAID._replace(by=text, reason=text))

    for markdown in (voice.summary(one, SETTING), voice.comment(one, "00", SETTING).partition("\n")[2]):
        body = tree(markdown)
        assert {element.tag for element in body.iter()} - {"body"} <= OURS
        assert not MENTION.search(read_as_text(body))
        assert not REFERENCE.search(read_as_text(body))


@given(texts, urls)
def test_the_reason_of_a_run_made_neutral_is_only_read(text, url):
    one = replace(farm(reason=text, quote=text), check=replace(farm().check, name=text, url=url))

    body = tree(voice.excuse(one, report(one), SETTING))

    assert {element.tag for element in body.iter()} - {"body"} <= OURS
    assert not MENTION.search(read_as_text(body))


@given(texts)
def test_an_outage_is_told_on_a_line_of_its_own(text):
    outage = Outage(ref="42", title=text, components=frozenset(), start=FARM.start, end=None)

    first, second, *_ = voice.summary(report(farm(outage=outage)), SETTING).split("\n\n")

    assert len(first.splitlines()) == 1
    assert second.startswith("**Not your fault.**")
