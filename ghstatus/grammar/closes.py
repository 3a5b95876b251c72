"""Which issues a pull request's text says that it closes, by GitHub's keywords."""

from __future__ import annotations

import re

from ghstatus.grammar.speech import own_words

_NAME = r"[A-Za-z0-9_-]{1,100}/[A-Za-z0-9._-]{1,100}"
_CLOSES = re.compile(
    rf"""(?<![\w-])(?:clos(?:e|es|ed)|fix(?:es|ed)?|resolv(?:e|es|ed)):?[ \t]{{1,9}}
        (?:(?P<repository>{_NAME})?\#(?P<number>\d{{1,10}})
         |GH-(?P<short>\d{{1,10}})
         |https?://[A-Za-z0-9.-]{{1,100}}(?::\d{{1,5}})?/(?P<there>{_NAME})/issues/(?P<far>\d{{1,10}}))(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)


def find(text: str, repository: str) -> frozenset[str]:
    """The issues, as `owner/name#42`; one without a name is in `repository`."""
    return frozenset(
        f"{found['repository'] or found['there'] or repository}#{int(found['number'] or found['short'] or found['far'])}"
        for found in _CLOSES.finditer(own_words(text))
    )
