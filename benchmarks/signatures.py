"""What it takes to look for known failures in a log: all signatures at once, beside one Python pattern after another.

Run it with `python benchmarks/signatures.py [--signatures 200] [--size 131072] [--runs 9]`.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from itertools import count, islice, pairwise
from typing import TYPE_CHECKING

from process import spread, table

from ghstatus.grammar.catalogue import shipped
from ghstatus.model import Phrase
from ghstatus.patterns import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = (
    *("error", "failed", "warning", "building", "package", "dnf", "mock", "rpm", "compile", "include", "download"),
    *("metadata", "repository", "status", "code", "for", "https://mirrors.fedoraproject.org/metalink", "Curl"),
    *("timeout", "Guest", "provision", "installed", "x86_64", "/builddir/build/BUILD"),
)
TARGET = 20
"""The ms that the search of a log may take."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signatures", type=int, default=200)
    parser.add_argument("--size", type=int, default=128 << 10)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    wanted = tuple(islice(phrases(), options.signatures))
    costs = [cost(wanted, log(options.size, seed)) for seed in range(options.runs)]
    prepared, first, again, naive = (spread(column) for column in zip(*costs, strict=True))
    print(
        f"{len(wanted)} signatures, logs of {options.size / 1024:,.0f} KiB, CPU ms, "
        f"minimum / median / maximum of {options.runs} logs:\n"
    )
    named = {
        "prepare, once in a run": prepared,
        "search a first log": first,
        "search a log again": again,
        "Python's re, one by one": naive,
    }
    table(("", "min", "med", "max"), [(name, *(f"{one:.2f}" for one in found)) for name, found in named.items()])
    ratios = spread(slow / fast for _, fast, _, slow in costs)
    print(f"\nPython's re takes {ratios} times as long as the first search; target {TARGET} ms: ", end="")
    print("met" if first.middle <= TARGET else "missed")


def phrases() -> Iterator[Phrase]:
    """What the shipped signatures look for, then made-up ones: three of four are words, one is a pattern."""
    for signature in shipped().signatures:
        yield signature.phrase
    dice = random.Random(1)
    for number in count():
        one, two, three = dice.sample(WORDS, 3)
        if number % 4:
            yield Phrase(f"{one} {two} {three} #{number}")
        else:
            yield Phrase(rf"^{one} \d+: .{{1,80}}{re.escape(two)} ({re.escape(three)}|#{number})", is_pattern=True)


def log(size: int, seed: int) -> str:
    """A build's log of as many characters: words, numbers, and in every tenth line what begins as a known failure."""
    dice = random.Random(seed)
    samples = [sample for signature in shipped().signatures for sample in signature.samples]
    lines: list[str] = []
    length = 0
    while length < size:
        words = [
            str(dice.randrange(10**6)) if place % 3 else dice.choice(WORDS) for place in range(dice.randrange(3, 20))
        ]
        if len(lines) % 10 == 0:
            sample = dice.choice(samples)
            words.insert(0, sample[: dice.randrange(len(sample))])
        lines.append(" ".join(words))
        length += len(lines[-1]) + 1
    return "\n".join(lines)[:size]


def cost(wanted: tuple[Phrase, ...], text: str) -> tuple[float, float, float, float]:
    """The CPU ms that preparing takes, searching a log for the first time, again, and pattern by pattern."""
    plain = [
        re.compile(one.text if one.is_pattern else re.escape(one.text), re.IGNORECASE | re.MULTILINE) for one in wanted
    ]
    times = [time.process_time()]
    many = Phrases(wanted)
    times.append(time.process_time())
    found = many.found(text)
    times.append(time.process_time())
    many.found(text)
    times.append(time.process_time())
    by_python = {place for place, one in enumerate(plain) if one.search(text)}
    times.append(time.process_time())
    if found != by_python:
        raise SystemExit(f"found {sorted(found)}, but Python's re finds {sorted(by_python)}")
    prepared, first, again, naive = ((after - before) * 1000 for before, after in pairwise(times))
    return prepared, first, again, naive


if __name__ == "__main__":
    main()
