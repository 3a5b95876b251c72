"""What people say on pull requests: what they close, and what ghstatus is to ignore."""

import pytest

from ghstatus.grammar import closes, ignoring
from ghstatus.grammar.ignoring import Command
from ghstatus.grammar.speech import own_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fixes #42", {"packit/ogr#42"}),
        ("closes: #1, resolved GH-2 and FIXED packit/status#003", {"packit/ogr#1", "packit/ogr#2", "packit/status#3"}),
        ("Close https://github.com/packit/status/issues/7.", {"packit/status#7"}),
        ("Resolves https://ghe.example.org:8443/a/b.c/issues/8", {"a/b.c#8"}),
        ("fix\n#42", set()),
        ("prefixes #42, hot-fix #43, fixing #44, closes#45", set()),
        ("Fixes #42nd", set()),
        ("Fixes https://github.com/packit/status/pull/7", set()),
        ("`Fixes #42`\n\n    Fixes #43\n\n> Fixes #44\n\n<!-- Fixes #45 -->\n```\nFixes #46\n```", set()),
        ("", set()),
    ],
)
def test_issues_are_closed_by_githubs_keywords(text, expected):
    assert closes.find(text, "packit/ogr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/ghstatus ignore it is my own bug", Command(True, "it is my own bug")),
        ("Well.\r\n  /GHSTATUS  Ignore:  it  is \r\nBye", Command(True, "it is")),
        ("/ghstatus ignore", Command(True, "")),
        ("/ghstatus unignore", Command(False, "")),
        ("/ghstatus unignore all is well", Command(False, "all is well")),
        ("/ghstatus ignore one\n/ghstatus unignore", Command(False, "")),
        ("/ghstatus ignore " + "x" * 400, Command(True, "x" * 300)),
        ("/ghstatus ignored", None),
        ("please /ghstatus ignore this", None),
        ("> /ghstatus ignore this", None),
        ("> quoted\n/ghstatus ignore this", None),
        ("> quoted\n\n/ghstatus ignore this", Command(True, "this")),
        ("```\n/ghstatus ignore this\n```", None),
        ("~~~~\n/ghstatus ignore this\n~~~\n~~~~ \n/ghstatus unignore", Command(False, "")),
        ("```text\n/ghstatus ignore this", None),
        ("``` a`b ```\n/ghstatus ignore this", Command(True, "this")),
        ("    /ghstatus ignore this", None),
        ("<!--\n/ghstatus ignore this\n-->", None),
        ("<pre>\n/ghstatus ignore this\n</pre>", None),
        ("", None),
    ],
)
def test_a_command_stands_on_a_line_of_its_own(text, expected):
    assert ignoring.read(text) == expected


@pytest.mark.parametrize("text", ["`" * 30_000, "` `` " * 10_000, "<!--" * 15_000, "<pre>" * 12_000, "> a\n" * 20_000])
def test_strangers_cannot_make_it_slow(text):
    """Nothing here takes more than a moment, or the whole run of tests stops."""
    assert len(own_words(text)) <= len(text)
