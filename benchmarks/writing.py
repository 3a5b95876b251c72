"""The least that a build could cost: write the same files, and do nothing else.

`python benchmarks/writing.py FROM TO` reads a site into memory and prints the CPU seconds that writing it anew took.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


def read(source: Path) -> list[tuple[str, str, bytes]]:
    """Every file below `source`: its folder, its name and what it holds."""
    paths = (path for path in source.rglob("*") if path.is_file())
    return [(str(path.parent.relative_to(source)), path.name, path.read_bytes()) for path in paths]


def write(target: str, files: list[tuple[str, str, bytes]]) -> None:
    """Write them, in folders that are made as they come up."""
    made = set()
    for folder, name, data in files:
        if folder not in made:
            os.makedirs(f"{target}/{folder}", exist_ok=True)  # noqa: PTH103 - a Path would cost more than the folder
            made.add(folder)
        descriptor = os.open(f"{target}/{folder}/{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.write(descriptor, data)
        os.close(descriptor)


if __name__ == "__main__":
    found = read(Path(sys.argv[1]))
    before = time.process_time()
    write(sys.argv[2], found)
    print(time.process_time() - before)
