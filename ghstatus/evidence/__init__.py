"""What services' own pages and logs tell of a failure.

    reader = Reader(Web(clock), clock)
    evidence = reader.read_all([(check, rule), ...])

`Reader` asks, within what a run may spend, and `Kept` spares it what was read before; a module for each service knows where to look, and asks nobody itself.
"""

from ghstatus.evidence.asking import Budget
from ghstatus.evidence.kept import Kept
from ghstatus.evidence.reader import Reader
from ghstatus.evidence.services import Answer, Fate, Fetch, Service, Want
from ghstatus.evidence.web import Bounds, Web

__all__ = ["Answer", "Bounds", "Budget", "Fate", "Fetch", "Kept", "Reader", "Service", "Want", "Web"]
