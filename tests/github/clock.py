"""The one clock of the loopback GitHub: it stands still until a request or a test moves it."""

from datetime import UTC, datetime, timedelta


class Clock:
    """GitHub's time, to the second. Every request takes `step`; a test sets and advances it as it likes."""

    def __init__(self, now=datetime(2026, 3, 2, 9, 0, tzinfo=UTC), step=timedelta(seconds=1)):
        self._now = now
        self.step = step

    def now(self):
        return self._now

    def set(self, moment):
        self._now = moment.astimezone(UTC).replace(microsecond=0)

    def advance(self, **duration):
        """Go on by `minutes=5`, `hours=1` …, and say what time it is then."""
        self._now += timedelta(**duration)
        return self._now

    def tick(self):
        self._now += self.step


def stamp(moment):
    """A time as GitHub writes it, or None."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text):
    """A time as people send it; raises ValueError."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
