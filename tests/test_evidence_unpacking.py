"""The end of long texts, in little memory."""

import gzip
import random
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.evidence.unpacking import End, UnpackError, end

MIB = 1 << 20


def cut(data, size):
    return [data[place : place + size] for place in range(0, len(data), size)]


def read(data, *, size=1000, most=MIB, keep=100):
    return end(cut(data, size), most=most, keep=keep)


@given(
    text=st.binary(max_size=2000).filter(lambda text: not text.startswith(b"\x1f\x8b")),
    times=st.integers(0, 2),
    size=st.integers(1, 300),
    keep=st.integers(1, 2500),
)
def test_the_end_of_a_text_comes_out_however_often_it_was_packed(text, times, size, keep):
    packed = text
    for _ in range(times):
        packed = gzip.compress(packed)

    assert read(packed, size=size, keep=keep) == End(text[-keep:], len(text) > keep)


def test_what_was_packed_a_third_time_stays_so():
    inner = gzip.compress(b"text")

    assert read(gzip.compress(gzip.compress(inner))).data == inner


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_file_may_be_packed_in_parts(size):
    assert read(gzip.compress(b"one ") + gzip.compress(b"two ") + gzip.compress(b"three"), size=size).data == (
        b"one two three"
    )


def test_nothing_is_nothing():
    assert read(b"") == End(b"", False)
    assert read(gzip.compress(b"")) == End(b"", False)


def test_the_end_of_a_long_text_is_kept_while_it_comes():
    text = random.Random(5).randbytes(900_000)  # noqa: S311

    assert end(cut(b"x" + text, 70_000), most=MIB, keep=1000) == End(text[-1000:], True)
    assert read(gzip.compress(text), keep=200_000).data == text[-200_000:]


@pytest.mark.parametrize("times", [1, 2])
def test_what_unpacks_to_more_than_it_may_is_not_unpacked(times):
    packed = bytes(MIB + 1)
    for _ in range(times):
        packed = gzip.compress(packed)

    with pytest.raises(UnpackError, match=r"^sent more than 1 MiB$"):
        read(packed)
    assert read(packed, most=MIB + 1).data == bytes(100)


def test_a_text_as_such_may_be_too_long():
    with pytest.raises(UnpackError, match=r"^sent more than 2 KiB$"):
        read(bytes(2049), most=2048)


def test_no_more_of_a_bomb_is_unpacked_than_it_may_be(monkeypatch):
    made = []
    real = zlib.decompressobj

    class Counted:
        def __init__(self, *options):
            self.stream = real(*options)

        def __getattr__(self, name):
            return getattr(self.stream, name)

        def decompress(self, data, most):
            made.append(self.stream.decompress(data, most))
            return made[-1]

    bomb = gzip.compress(bytes(64 * MIB))
    monkeypatch.setattr(zlib, "decompressobj", Counted)

    with pytest.raises(UnpackError):
        end([bomb], most=MIB, keep=100)
    assert sum(map(len, made)) <= MIB + 65536
    assert max(map(len, made)) <= 65536


def test_no_more_of_a_log_is_kept_than_its_end():
    tracemalloc.start()
    try:
        assert end((bytes(65536) for _ in range(512)), most=64 * MIB, keep=100).is_cut
        assert tracemalloc.get_traced_memory()[1] < MIB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("left", [1, 8, 9, 20])
def test_half_a_text_is_not_taken_for_the_whole(left):
    with pytest.raises(UnpackError, match=r"^sent a part only$"):
        read(gzip.compress(b"some text, and more of it")[:-left])


@pytest.mark.parametrize(
    "packed", [b"\x1f\x8bnot gzip", gzip.compress(b"a") + b"rubbish"], ids=["no gzip", "rubbish behind it"]
)
def test_what_only_begins_like_gzip_can_t_be_unpacked(packed):
    with pytest.raises(UnpackError, match=r"^sent what can't be unpacked$"):
        read(packed)
