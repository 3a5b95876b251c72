"""Whether a failed check is a known external failure.

What this package exports is a library that stays as it is; docs/library.md tells of it.
"""

from ghstatus.known.catalogue import refused, shipped, signatures
from ghstatus.known.knowledge import Known
from ghstatus.known.outages import outages as outages_of
from ghstatus.known.text import assumed, explain
from ghstatus.known.watching import services

__all__ = ["Known", "assumed", "explain", "outages_of", "refused", "services", "shipped", "signatures"]
