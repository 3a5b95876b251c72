"""A stop for what would go on for hours, without a look at how fast a machine is."""

import signal
from contextlib import contextmanager

import pytest

LONG = 1 << 18
"""How long a text has to be for what looks at it again and again to be caught; GitHub's longest is a quarter of it."""
LIMIT = 10
"""CPU seconds. What reads a text once takes less than one of them, on the slowest machine and under coverage."""


@contextmanager
def no_hanging():
    """Fail what takes time as only something can that grows with the square of its text, or faster.

    The clock is that of this process alone: other programs, however many, don't make it go.
    """

    def stop(*_):
        pytest.fail(f"it didn't end within {LIMIT} CPU seconds")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
