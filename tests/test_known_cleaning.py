import pytest

from ghstatus.known import cleaning
from ghstatus.known.cleaning import LAST, TAIL, WIDTH, clean
from ghstatus.model import Evidence, Surface, Text
from tests.builders import check


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\x1b[1;31merror\x1b[0m: no", "error: no"),
        ("\x9b31merror", "error"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9d0;title\x9ctext", "text"),
        ("\x1b(Btext\x1b=", "text"),
        ("cut off\x1b", "cut off"),
        ("cut off\x1b[3", "cut off"),
        ("\x1b]never closed\nnext", "\nnext"),
        ("café – ok", "café – ok"),
    ],
)
def test_a_text_is_read_without_what_only_a_terminal_understands(text, expected):
    assert clean(text) == expected


def test_an_escape_in_the_midst_of_a_word_hides_nothing():
    assert clean("Bad \x1b[31mexit\x1b[0m status") == "Bad exit status"


def test_a_line_is_cut():
    assert clean(f"{'a' * WIDTH}b\nc") == f"{'a' * WIDTH}\nc"


def test_only_the_end_of_a_long_text_is_read():
    for more in ("", "x", "xx", "xxx"):
        text = "first\n" + "a line\n" * TAIL + "last" + more

        assert len(clean(text)) <= TAIL
        assert clean(text).startswith("a line\n")
        assert clean(text).endswith(f"a line\nlast{more}")


def test_a_long_text_of_one_line_keeps_its_end():
    assert clean("a" * TAIL + "b" * TAIL) == "b" * WIDTH


def test_a_text_of_just_that_length_is_read_whole():
    text = ("a" * 63 + "\n") * (TAIL // 64)

    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n ", " \n "),
        ("a\n" * LAST, "a\n" * LAST),
        ("first\n" + "a\n" * LAST, "a\n" * LAST),
        ("first\n" + "\n \na" * LAST, "a" + "\n \na" * (LAST - 1)),
        ("first\nsecond\n" + "a\n" * (LAST - 1), "second\n" + "a\n" * (LAST - 1)),
    ],
)
def test_of_a_plain_log_the_last_lines_count_that_say_something(text, expected):
    assert cleaning.ending(Text(Surface.LOG, text)) == expected
    assert cleaning.ending(Text(Surface.COPR_BUILD_LOG, text)) == text


def test_millions_of_escapes_take_no_time():
    assert clean("\x1b[" * TAIL) == ""
    assert clean("\x1b]" * TAIL) == ""


def test_a_check_run_tells_a_title_and_a_summary():
    evidence = Evidence(texts=(Text(Surface.LOG, "log\r\n", "https://example.org"), Text(Surface.LOG, " ")))

    assert cleaning.own(check(title="title", summary="a\r\nb")) == (
        Text(Surface.TITLE, "title"),
        Text(Surface.SUMMARY, "a\nb"),
    )
    assert cleaning.told(evidence) == (Text(Surface.LOG, "log\n", "https://example.org"),)


def test_a_status_tells_a_description():
    assert cleaning.own(check(kind="status", title="text")) == (Text(Surface.DESCRIPTION, "text"),)


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("one\n  two \nthree", 6, 9, "two"),
        ("one", 0, 3, "one"),
        ("one\ntwo", 0, 4, "one"),
        ("one\ntwo", 2, 6, "one"),
        ("one\n", 0, 0, "one"),
        ("a\x00\x1bb\tc", 0, 1, "a b c"),
        ("x" * 400 + "hit" + "y" * 400, 400, 403, "hit" + "y" * 297),
        ("x" * 400 + "hit", 400, 403, "x" * 297 + "hit"),
    ],
)
def test_the_line_of_a_match_is_quoted(text, start, end, expected):
    assert cleaning.line(text, start, end) == expected
