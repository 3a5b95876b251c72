"""Strangers' words as Markdown in which they stay words."""

import re

import comrak
import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ghstatus.grammar.quoting import clipped, code, fenced, line, lines, linked, plain, web
from tests.hanging import LONG, no_hanging

LIVE = ["@jane", "@packit/admins", "#12", "packit/packit#12", "GH-12", "gh-7", "www.example.org", "a@b.org"]
LIVE += ["https://github.com/packit/packit/issues/12", "HTTP://example.org", "![x](https://example.org/x.png)"]
LIVE += [
    "<img src=x>",
    "<!-- ghstatus:board -->",
    "[x](y)",
    "[x]: y",
    "**b**",
    "_i_",
    "`c`",
    "~~s~~",
    "$x$",
    "a|b",
    "\\",
]
LIVE += ["&amp;", "&#64;jane", "[^1]", "x <script>", "@", "#", "\\@jane", "packit/packit@0123456789abcdef"]
texts = st.lists(st.sampled_from(LIVE) | st.text(max_size=12), max_size=5).map("".join)

# What GitHub makes something of in the text that is left after Markdown was read.
MENTION = re.compile(r"(?<![\w`])@[a-z0-9]", re.IGNORECASE)
REFERENCE = re.compile(r"(?<!\w)(?:[\w.-]+/[\w.-]+)?#\d|\bGH-\d|https?://|\bwww\.|@[0-9a-f]{7}", re.IGNORECASE)


def shown(markdown):
    """The text that a reader sees, and the elements that it stands in."""
    extensions = comrak.ExtensionOptions()
    for name in ("autolink", "footnotes", "math_dollars", "strikethrough", "table", "tagfilter", "tasklist"):
        setattr(extensions, name, True)
    rendering = comrak.RenderOptions()
    rendering.unsafe_ = True
    html = comrak.render_markdown(markdown, extension_options=extensions, render_options=rendering)
    body = html5lib.parse(html, namespaceHTMLElements=False).find("body")
    return "".join(body.itertext()).strip("\n"), {element.tag for element in body.iter()} - {"body"}


@example("@jane")
@example("GH-1")
@given(texts)
def test_a_reader_sees_what_was_written_and_nothing_acts(text):
    seen, elements = shown(f"so: {plain(text)}.")

    assert seen.replace("\u200b", "") == f"so: {line(text)}.".replace("\u200b", "")
    assert elements == {"p"}
    assert not MENTION.search(seen)
    assert not REFERENCE.search(seen)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Builds stay pending", "Builds stay pending"),
        ("Copr: 5 of #5 – “slow” (f41)", "Copr: 5 of #&#8203;5 – “slow” (f41)"),
        ("C# is fine", "C# is fine"),
        ("ask @jane", "ask @&#8203;jane"),
        ("see GH-12", "see GH-&#8203;12"),
        ("https://x.org", "https:&#8203;//x.org"),
        ("www.x.org", "www&#8203;.x.org"),
        ("a_b*c", "a\\_b\\*c"),
        ("<b> & co", "&lt;b&gt; &amp; co"),
    ],
)
def test_only_what_would_act_is_marked(text, markdown):
    assert plain(text) == markdown


@given(texts)
def test_it_stays_on_one_line_and_holds_no_marker(text):
    assert len(plain(text).splitlines()) <= 1
    assert "<!--" not in plain(text)


def test_a_line_holds_nothing_that_steers_a_terminal():
    assert line(" a\r\n\tb\x1b[31m\u202ec\u2067\x9b ") == "a b[31mc"


@pytest.mark.parametrize(("text", "short"), [("abcd", "abcd"), ("abcde", "abc…"), ("ab de", "ab…")])
def test_what_is_too_long_is_cut(text, short):
    assert clipped(text, 4) == short


def test_a_long_text_costs_little():
    with no_hanging():
        for sign in ("@", "#1", "gh-1", "<", "\\", "w", "g"):
            plain(sign * LONG)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("rpm-build:f41_x @jane", "`rpm-build:f41_x @jane`"),
        (" a\n b ", "`a b`"),
        ("a|b", "a\\|b"),
        ("a`b", "a\\`b"),
        ("a\\b", "a\\\\b"),
        ("", ""),
    ],
)
def test_code_is_shown_as_code_where_it_can_be(text, markdown):
    assert code(text) == markdown


@example("```")
@example("`````")
@given(texts)
def test_a_block_of_code_shows_a_line_as_it_is(text):
    body, elements = shown(fenced(text))

    assert body == line(text)
    assert elements == {"pre", "code"}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&amp;d=%20#e"),
        (" http://example.org ", "http://example.org"),
        ("https://example.org/a)b|c`d<e>\\", "https://example.org/a%29b%7Cc%60d%3Ce%3E%5C"),
        ("https://example.org/\u00e9", "https://example.org/%C3%A9"),
        (f"https://example.org/{'x' * 1980}", f"https://example.org/{'x' * 1980}"),
        (f"https://example.org/{'x' * 1981}", ""),
        ("https://example.org/a b", ""),
        ("https://jane:secret@example.org/", ""),
        ("https://", ""),
        ("https://[example", ""),
        ("javascript:alert(1)", ""),
        ("//example.org", ""),
        ("", ""),
    ],
)
def test_only_an_address_of_a_page_becomes_a_link(url, address):
    assert web(url) == address
    assert linked("**x**", url) == (f"[**x**]({address})" if address else "**x**")


def test_half_a_character_is_left_out():
    assert line("a\ud800b") == "ab"


def test_lines_stay_lines_without_what_steers():
    assert lines("one\x1b[31m\r\n\ttwo\u202e\u2028\n  three") == "one[31m\n    two\n\n  three"
