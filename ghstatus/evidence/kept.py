"""Evidence that was read before: what made a check fail doesn't change once the check has ended."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.model import Evidence, Surface, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from ghstatus.model import Check, Rule

LARGEST = 4 << 20
"""The bytes of one check's evidence, unpacked."""
MOST = 64 << 20
"""The bytes of all files, packed."""
_UNUSED = timedelta(days=2)


class Kept:
    """A folder of evidence, in front of whoever reads it from the services; a damaged file counts as none."""

    def __init__(
        self,
        folder: Path,
        read: Callable[[Iterable[tuple[Check, Rule]]], Mapping[Check, Evidence]],
        now: datetime,
    ) -> None:
        self._folder = folder
        self._read = read
        self._now = now.timestamp()

    def read_all(self, pairs: Iterable[tuple[Check, Rule]]) -> dict[Check, Evidence]:
        """The evidence of many checks; what is complete is kept for the next run."""
        several = dict(pairs)
        known = {check: found for check, rule in several.items() if (found := self._recall(check, rule))}
        fresh = self._read((check, rule) for check, rule in several.items() if check not in known)
        for check, evidence in fresh.items():
            self._keep(check, several[check], evidence)
        return {check: known.get(check) or fresh[check] for check in several}

    def sweep(self) -> None:
        """Forget what wasn't used for two days, and the oldest of what is too much."""
        with suppress(OSError):
            files = [(path.stat(), path) for path in self._folder.iterdir()]
            room = MOST
            for stat, path in sorted(files, key=lambda one: one[0].st_mtime, reverse=True):
                room -= stat.st_size
                if room < 0 or stat.st_mtime < self._now - _UNUSED.total_seconds():
                    path.unlink()

    def _recall(self, check: Check, rule: Rule) -> Evidence | None:
        path = self._path(check, rule)
        try:
            packed = path.read_bytes()
            unpacking = zlib.decompressobj()
            data = json.loads(unpacking.decompress(packed, LARGEST))
            texts = tuple(Text(Surface(surface), str(text), str(origin)) for surface, text, origin in data)
            os.utime(path, (self._now, self._now))
        except (OSError, RecursionError, TypeError, ValueError, zlib.error):
            return None
        return Evidence(texts=texts, is_complete=True)

    def _keep(self, check: Check, rule: Rule, evidence: Evidence) -> None:
        """Nothing that may be there next time, and nothing of a check that says no time at which it ended."""
        if evidence.unread or not evidence.is_complete or not evidence.texts or check.ended is None:
            return
        data = json.dumps([list(text) for text in evidence.texts]).encode()
        if len(data) > LARGEST:
            return
        path = self._path(check, rule)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".new").write_bytes(zlib.compress(data))
            path.with_suffix(".new").replace(path)
            os.utime(path, (self._now, self._now))

    def _path(self, check: Check, rule: Rule) -> Path:
        ended = check.ended.isoformat() if check.ended else ""
        told = [check.kind, check.id, check.app, check.name, check.url, check.title, check.summary, ended, rule.logs]
        return self._folder / hashlib.blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()
