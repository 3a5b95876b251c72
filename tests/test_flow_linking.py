"""What a known failure links is looked at, where it can be."""

from datetime import timedelta

import pytest

from ghstatus.errors import OutOfBudget, StoreError, Unavailable
from ghstatus.flow import linking
from ghstatus.flow.checks import Watching
from ghstatus.heads.memory import MemoryHeads
from ghstatus.known import Known
from ghstatus.model import Evidence, Logs, Surface, Text, Watch
from tests.builders import NOW, check, head, pull, rule, signature

LINK = "https://github.com/packit/ogr/pull/7"


def watching(*texts):
    asked = []

    def evidence(pairs):
        found = dict(pairs)
        asked.append(found)
        return {one: Evidence(texts=tuple(Text(Surface.COPR_BACKEND_LOG, text) for text in texts)) for one in found}

    known = Known([rule(logs=Logs.PACKIT_COPR)], [], [], now=NOW)
    return Watching(known=known, watch=Watch(), evidence=evidence), asked


def look(*signatures, heads, texts=()):
    return linking.look(signatures, heads, watching(*texts)[0])


def linked(text="Copr broke", link=LINK, **said):
    return signature(text, evidence=link, **said)


def heads(*checks, number=7):
    return MemoryHeads([head(*checks, pulls=(pull(number),))])


def test_a_failed_check_that_says_it_shows_it():
    there = heads(check(title="Copr broke again", id=1), check("other", state="passed", id=2))

    assert look(linked(), linked("Koji broke"), heads=there) == {"Copr broke": True, "Koji broke": False}


def test_its_logs_are_read():
    assert look(linked(), heads=heads(check()), texts=["Copr broke"]) == {"Copr broke": True}
    assert look(linked(), heads=heads(check()), texts=["All is well"]) == {"Copr broke": False}


def test_one_that_was_stopped_counts_and_one_that_passed_does_not():
    assert look(linked(), heads=heads(check(state="stopped", title="Copr broke"))) == {"Copr broke": True}
    assert look(linked(), heads=heads(check(state="passed", title="Copr broke"))) == {"Copr broke": False}


def test_what_is_not_there_and_what_is_no_pull_request_is_left_out():
    there = heads(check(title="Copr broke"), number=8)

    assert look(linked(), linked("Koji broke", "https://example.org/"), heads=there) == {}


def test_a_run_looks_at_some():
    there = heads(check(title="Copr broke"))
    several = [linked("Copr broke", id=f"issue-{number}") for number in range(12)]

    assert len(look(*several, heads=there)) == linking.MOST == 10


class Broken:
    def __init__(self, error):
        self.error = error

    def pull(self, *_):
        raise self.error


@pytest.mark.parametrize("error", [StoreError("No."), Unavailable("Gone."), OutOfBudget("No more.")])
def test_what_cannot_be_read_stops_nothing(error):
    assert look(linked(), heads=Broken(error)) == {}


def test_a_pull_request_is_read_as_of_now():
    seen = []

    class Noting:
        def pull(self, *place):
            seen.append(place)
            return head(check(ended=NOW - timedelta(days=3)))

    look(linked(), heads=Noting())

    assert seen == [("packit/ogr", 7, NOW)]
