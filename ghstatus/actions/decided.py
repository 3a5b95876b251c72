"""What all changes share that are decided by rules."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """A change that somebody may ask the reason of."""

    why: str = field(default="", compare=False)
    """Why it is made, in words for whoever reads the plan."""
