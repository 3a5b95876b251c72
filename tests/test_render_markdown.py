"""Markdown as GitHub renders it in comments → HTML that is safe to show."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from textwrap import shorten

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ghstatus.render.text import markdown
from tests.conftest import DATA
from tests.hanging import no_hanging

SNIPPETS = [
    snippet
    for file in sorted((DATA / "hostile").glob("*.md"))
    for snippet in file.read_text(encoding="utf-8").split("\n=====\n")
]
"""Attempts to get more onto the page than text."""

TAGS = {
    *("html", "head", "body"),
    *("a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "hr", "i", "ins"),
    *("h2", "h3", "h4", "h5", "h6", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "strong"),
    *("sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul", "var"),
}
ATTRIBUTES = {"a": {"href", "rel", "title"}, "abbr": {"title"}, "ol": {"start"}, "pre": {"tabindex"}}
ATTRIBUTES |= {"div": {"class", "tabindex"}, "p": {"class"}}
ATTRIBUTES |= {tag: {"class", "colspan", "rowspan"} for tag in ("td", "th")}
CLASSES = {"wide", "left", "center", "right", "markdown-alert", "markdown-alert-title"}
CLASSES |= {f"markdown-alert-{kind}" for kind in ("note", "tip", "important", "warning", "caution")}


def faults(html, *, strict):
    """What isn't allowed in a text."""
    tree = html5lib.HTMLParser(strict=strict, namespaceHTMLElements=False).parse(
        f"<!DOCTYPE html><html><head></head><body>{html}</body></html>"
    )
    for element in tree.iter():
        if element.tag not in TAGS:
            yield element.tag
        yield from (f"{element.tag}.{name}" for name in set(element.keys()) - ATTRIBUTES.get(element.tag, set()))
        yield from set(element.get("class", "").split()) - CLASSES
        if scheme := re.match(r"[^/?#:]*:", element.get("href", "")):
            yield from {scheme[0].lower()} - {"http:", "https:", "mailto:"}


def render(text, heading=4):
    """Without what every link carries."""
    return markdown.render(text, heading).strip().replace(' rel="nofollow noopener noreferrer ugc"', "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("one\ntwo", "<p>one<br>\ntwo</p>", id="a line break is one"),
        pytest.param("one\r\ntwo", "<p>one<br>\ntwo</p>", id="a line break of Windows is one"),
        pytest.param("one  \ntwo\\\nthree", "<p>one<br>\ntwo<br>\nthree</p>", id="hard breaks"),
        pytest.param("https://e.org/x.", '<p><a href="https://e.org/x">https://e.org/x</a>.</p>', id="a bare address"),
        pytest.param("(https://e.org/)", '<p>(<a href="https://e.org/">https://e.org/</a>)</p>', id="in brackets"),
        pytest.param("https://e.org/a_(b)", '<p><a href="https://e.org/a_(b)">https://e.org/a_(b)</a></p>', id="with"),
        pytest.param("www.e.org", '<p><a href="http://www.e.org">www.e.org</a></p>', id="www"),
        pytest.param("me@e.org", '<p><a href="mailto:me@e.org">me@e.org</a></p>', id="a mailbox"),
        pytest.param("<https://e.org/>", '<p><a href="https://e.org/">https://e.org/</a></p>', id="in angles"),
        pytest.param("[a](https://e.org/ 't')", '<p><a href="https://e.org/" title="t">a</a></p>', id="a link"),
        pytest.param("[a]\n\n[a]: https://e.org/", '<p><a href="https://e.org/">a</a></p>', id="a reference"),
        pytest.param("~~a~~ ~b~", "<p><del>a</del> <del>b</del></p>", id="struck out"),
        pytest.param("**a** _b_ `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>", id="emphasis"),
        pytest.param("snake_case_word 2*3*4", "<p>snake_case_word 2<em>3</em>4</p>", id="within words"),
        pytest.param(":tada: :no_such:", "<p>🎉 :no_such:</p>", id="emoji"),
        pytest.param("- [x] a\n- [ ] b", "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>", id="tasks"),
        pytest.param("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>', id="a list from three"),
        pytest.param("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>", id="a list in a list"),
        pytest.param("> a\n> b", "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>", id="a quotation"),
        pytest.param("```sh\n<a>\n```", '<pre tabindex="0"><code>&lt;a&gt;\n</code></pre>', id="code"),
        pytest.param("a <!-- b --> c<kbd>D</kbd>", "<p>a  c<kbd>D</kbd></p>", id="a hidden comment"),
        pytest.param("a[^1]\n\n[^1]: b", '<p>a<a href="b">^1</a></p>', id="no footnotes"),
        pytest.param("---\na: b\n---", "<hr>\n<h4>a: b</h4>", id="front matter is somebody else's"),
    ],
)
def test_text_looks_as_it_does_on_github(text, html):
    assert render(text) == html


def test_a_table_has_sides_and_can_be_moved_by_keyboard():
    html = render("|a|b|c|\n|-|:-|-:|\n|1|2|3|")

    assert html.startswith('<div class="wide" tabindex="0"><table>')
    assert '<tr>\n<td>1</td>\n<td class="left">2</td>\n<td class="right">3</td>\n</tr>' in html
    assert html.endswith("</table></div>")


@pytest.mark.parametrize("kind", ["note", "tip", "important", "warning", "caution"])
def test_an_alert_has_a_title(kind):
    assert render(f"> [!{kind.upper()}]\n> a") == (
        f'<div class="markdown-alert markdown-alert-{kind}">\n'
        f'<p class="markdown-alert-title">{kind.title()}</p>\n<p>a</p>\n</div>'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("![a](https://e.org/a.png)", '<a href="https://e.org/a.png">a</a>'),
        ("![](https://e.org/a.png)", '<a href="https://e.org/a.png">image</a>'),
        ("a <img width=9 alt='1 < 2' src='https://e.org/a.png'>", 'a <a href="https://e.org/a.png">1 &lt; 2</a>'),
        ("[![a](https://e.org/a.png)](https://e.org/)", '<a href="https://e.org/">a</a>'),
        ("[![a](https://e.org/a.png)](javascript:x)", "a"),
        ("![a](data:image/png;base64,AAAA)", "a"),
    ],
)
def test_a_picture_becomes_a_link(text, html):
    assert render(text) == f"<p>{html}</p>"


@pytest.mark.parametrize("text", ["[](https://e.org)", "<a name=x title=y></a>", "[ ](javascript:x)", "<a></a>"])
def test_a_link_without_words_or_target_is_none(text):
    assert "<a" not in render(f"x {text}")


@pytest.mark.parametrize(
    ("text", "first", "levels"),
    [
        ("# a\n## b\n# c", 2, "232"),
        ("### a", 3, "3"),
        ("# a\n#### b\n## c\n### d", 3, "3445"),
        ("### a\n# b\n## c", 4, "445"),
        ("# a\n## b\n### c\n#### d", 4, "4566"),
        ("a\n===\nb\n---", 2, "23"),
    ],
)
def test_headings_begin_where_the_page_says_and_skip_no_level(text, first, levels):
    html = render(text, first)

    assert "".join(level for level in html if level.isdigit()) == "".join(level * 2 for level in levels)


def test_a_heading_within_a_heading_is_none():
    assert render("<h1><b>a<h2>b</b></h2>c</h1>", 2) == "<h2><b>a</b><b>b</b>c</h2>"


@pytest.mark.parametrize("tag", ["li", "dt", "DD"])
def test_an_item_cannot_end_the_item_of_the_page_that_holds_its_text(tag):
    assert render(f"</{tag}></div><{tag}>Resolved</{tag}>") == "Resolved"
    assert render(f"<ul><li><div><{tag}>a</{tag}></div></li></ul>") in {
        "<ul><li><div>a</div></li></ul>",
        "<ul><li><div></div></li><li>a</li></ul>",
    }


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<ol start=x><li>a</ol>", "<ol><li>a</li></ol>"),
        ("<ol start=0><li>a</ol>", '<ol start="0"><li>a</li></ol>'),
        ('a start="x"', '<p>a start="x"</p>'),
    ],
)
def test_a_number_is_a_number(text, html):
    assert render(text) == html


def test_a_cell_keeps_what_makes_sense():
    html = render("<table><tr><td align=right colspan=2 rowspan=0>a<td align=top>b</table>")

    assert '<td class="right" colspan="2">a</td><td>b</td>' in html


def test_an_item_in_its_own_list_stays():
    text = "<dl><dt>a</dt><dd>b<ol><li>c</li></ol></dd></dl>"

    assert render(text) == text


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_table_cannot_grow_without_end(end):
    evil = end.join(["|" + "a|" * 2000, "|" + "-|" * 2000, *"x" * 2000])

    with no_hanging():
        html = markdown.render(evil)

    assert len(html) < 50_000


def test_a_table_of_a_usual_size_is_one():
    assert markdown.render("|a" * 20 + "\n" + "|-" * 20 + "\n" + ("|b" * 20 + "\n") * 500).count("<td>") == 10_000


@pytest.mark.parametrize(
    "part",
    ["<div>", "> ", "[", "*a ", "![](", "<img '", '<img "', "<h1>", "<a href=x>", "<a href=x><img>", "<b>", "- "],
)
def test_eighty_thousand_characters_of_anything_take_no_time(part):
    with no_hanging():
        markdown.render(part * (80_000 // len(part)))


@pytest.mark.parametrize(
    "text",
    [
        "> " * 32_768,
        ">" * 65_536,
        "a\r" + ">" * 65_535,
        "> " * 100 + "- > " * 16_000,
        "> " * 99 + ("1. " + ">" * 99) * 640,
        "1. " * 90 + "a\n" + " " * 270 + ">" * 65_000,
    ],
)
def test_quotes_within_quotes_take_no_time(text):
    with no_hanging():
        html = markdown.render(text)

    assert html.count("<blockquote>") <= 100


@pytest.mark.parametrize("depth", [99, 100, 101, 300])
def test_a_quote_within_a_hundred_others_is_in_the_last_of_them(depth):
    html = markdown.render("> " * depth + "**a**\n\nb")

    assert html.count("<blockquote>") == min(depth, 100)
    assert html.startswith("<blockquote>")
    assert "<p><strong>a</strong></p>" in html
    assert html.endswith("<p>b</p>\n")


def test_a_line_of_angles_that_quotes_nothing_stays():
    assert markdown.render("1 > " * 300).count("&gt;") == 300
    assert markdown.render(f"`{'>' * 300}`").count("&gt;") == 300


def test_every_process_renders_alike():
    code = "import sys; from ghstatus.render.text import markdown as m; sys.stdout.write(ascii(m.render(sys.stdin.read())))"
    text = "\n\n".join([*SNIPPETS, "[a](https://e.org 't')", "<td colspan=2 align=left rowspan=3>"])
    command = [sys.executable, "-c", code]
    root = Path(markdown.__file__).parents[3]

    runs = [subprocess.Popen(command, stdin=-1, stdout=-1, cwd=root, encoding="utf-8") for _ in range(5)]

    assert {run.communicate(text)[0] for run in runs} == {ascii(markdown.render(text))}


def test_the_collection_of_hostile_texts_is_large():
    assert len(set(SNIPPETS)) >= 60


@pytest.mark.parametrize("snippet", SNIPPETS, ids=range(len(SNIPPETS)))
def test_a_hostile_text_is_only_a_text(snippet):
    assert list(faults(markdown.render(snippet), strict=True)) == []


@pytest.mark.parametrize("snippet", SNIPPETS, ids=range(len(SNIPPETS)))
def test_a_hostile_text_says_the_same_when_a_browser_reads_it_twice(snippet):
    once = html5lib.serialize(html5lib.parseFragment(markdown.render(snippet)))

    assert html5lib.serialize(html5lib.parseFragment(once)) == once


PIECES = st.sampled_from([*SNIPPETS, *(f"<{tag}>" for tag in sorted(TAGS)), *(f"</{tag}>" for tag in sorted(TAGS))])


@given(st.lists(PIECES | st.text(), max_size=8).map("".join))
@example("\ud800")
@example("\0")
def test_any_text_becomes_allowed_html(text):
    assert list(faults(markdown.render(text), strict=False)) == []


@given(st.text(st.characters(exclude_categories=["C"], include_characters="\n\r\t")))
def test_any_text_of_letters_becomes_flawless_html(text):
    assert list(faults(markdown.render(text), strict=True)) == []


@given(st.lists(st.sampled_from(["word ", "a", "é", "  ", "\n", "\u00a0", "-", "--", "long" * 9])), st.integers(5, 60))
def test_a_gist_is_cut_as_textwrap_cuts(parts, most):
    text = "".join(parts)

    words = unescape(re.sub("<[^>]*>", "", markdown.render(text, 2)))

    assert markdown.gist(text, most) == shorten(words[: 2 * most], most, placeholder=" …")
