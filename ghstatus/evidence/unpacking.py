"""The end of a long text that may be packed, in little memory."""

from __future__ import annotations

import zlib
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GZIP = b"\x1f\x8b"
_STEP = 64 << 10
_WITH_HEADER = 31
"""What zlib calls gzip."""


class UnpackError(Exception):
    """A text can't be unpacked; the message goes on after the service's name."""


class End(NamedTuple):
    """The last bytes of a text."""

    data: bytes
    is_cut: bool
    """Whether there was something before them."""


def end(chunks: Iterable[bytes], *, most: int, keep: int) -> End:
    """The last `keep` bytes of what is packed up to twice: the file as such, and on its way.

    Raises UnpackError when it is broken, or longer than `most`.
    """
    kept, length = bytearray(), 0
    for chunk in _unpacked(_unpacked(chunks, most), most):
        length += len(chunk)
        kept += chunk
        if len(kept) > keep + _STEP:
            del kept[:-keep]
    return End(bytes(kept[-keep:]), length > keep)


def _unpacked(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """What is in them where they begin as gzip does, no matter what headers and names promise."""
    coming = iter(chunks)
    start = b""
    for chunk in coming:
        start += chunk
        if len(start) >= len(_GZIP):
            break
    whole = chain([start], coming)
    length = 0
    for chunk in _inflated(whole) if start.startswith(_GZIP) else whole:
        length += len(chunk)
        if length > most:
            raise UnpackError(f"sent more than {_size(most)}")
        yield chunk


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    stream = zlib.decompressobj(_WITH_HEADER)
    try:
        for chunk in chunks:
            left = chunk
            while left:
                if stream.eof:
                    stream = zlib.decompressobj(_WITH_HEADER)
                yield stream.decompress(left, _STEP)
                left = stream.unconsumed_tail or stream.unused_data
    except zlib.error:
        raise UnpackError("sent what can't be unpacked") from None
    if not stream.eof:
        raise UnpackError("sent a part only")


def _size(count: int) -> str:
    return f"{count >> 20} MiB" if count >> 20 else f"{count >> 10} KiB"
