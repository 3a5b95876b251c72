"""The last of what a command prints is kept line by line."""

from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from ghstatus.cli.tail import MOST, Tail


def kept(*chunks, most=MOST):
    tail = Tail(most)
    for stream, chunk in chunks:
        tail.add(stream, chunk)
    return tail.output()


def test_lines_stand_in_the_order_in_which_they_ended():
    assert kept((1, b"one\ntw"), (2, b"an error\n"), (1, b"o\n")) == b"one\nan error\ntwo\n"


def test_a_line_without_an_end_gets_one():
    assert kept((1, b"out"), (2, b"err")) == b"out\nerr\n"
    assert kept((1, b"")) == b""


def test_a_line_that_grows_and_grows_is_cut():
    assert kept((1, b"x" * 20_000), (2, b"an error\n"), (1, b"y")) == b"x" * 20_000 + b"\nan error\ny\n"


def test_only_the_last_is_kept_and_that_is_told():
    tail = Tail(10)
    tail.add(1, b"12345\n")
    assert (tail.output(), tail.is_whole) == (b"12345\n", True)

    tail.add(1, b"67890\n")
    assert (tail.output(), tail.is_whole) == (b"345\n67890\n", False)


def test_what_can_never_be_asked_for_again_is_forgotten():
    tail = Tail(10)
    for _ in range(100):
        tail.add(1, b"123456789\n")

    assert len(asdict(tail)["_lines"]) <= 2


@given(st.lists(st.tuples(st.sampled_from([1, 2]), st.lists(st.sampled_from([b"a", b"bc", b""]), min_size=1))))
def test_nothing_is_lost_and_nothing_torn(printed):
    lines = [(stream, f"{number}".encode() + b"".join(parts)) for number, (stream, parts) in enumerate(printed)]
    chunks = [(stream, piece) for stream, line in lines for piece in (line[:1], line[1:] + b"\n")]

    assert sorted(kept(*chunks).splitlines()) == sorted(line for _, line in lines)
