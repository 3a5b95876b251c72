"""Text that is HTML already."""

from __future__ import annotations

from markupsafe import Markup


def html(text: str) -> Markup:
    """`text` as it is: whoever calls this has escaped or sanitized what others wrote."""
    return Markup(text)  # noqa: S704 - the one place for it
