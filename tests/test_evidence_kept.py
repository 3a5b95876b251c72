"""Evidence that was read before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ghstatus.evidence import Kept, kept
from ghstatus.known import Known
from ghstatus.model import Check, CheckState, Evidence, Logs, Outage, Rule, Surface, Text, VerdictKind
from tests.builders import signature

NOW = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
RULE = Rule(id="packit-copr", component="copr", logs=Logs.PACKIT_COPR)
CHECK = Check(name="rpm-build:f42", state=CheckState.FAILED, id=7, ended=NOW - timedelta(minutes=5))
LOG = Evidence(texts=(Text(Surface.COPR_BUILD_LOG, "error: é\0", "https://example.org/log"),), is_complete=True)


class Service:
    """Tells what it is to tell, and notes down who was asked about."""

    def __init__(self, tells=LOG):
        self.tells, self.asked = tells, []

    def read(self, pairs):
        several = [check for check, _ in pairs]
        self.asked += several
        return dict.fromkeys(several, self.tells)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache" / "evidence"


def look(folder, service, *checks, now=NOW, rule=RULE):
    found = Kept(folder, service.read, now)
    return found, found.read_all((check, rule) for check in checks or (CHECK,))


def test_what_was_read_is_not_read_again(folder):
    service = Service()

    assert look(folder, service)[1] == {CHECK: LOG}
    assert look(folder, service, now=NOW + timedelta(hours=1))[1] == {CHECK: LOG}
    assert service.asked == [CHECK]


def test_only_what_is_missing_is_read(folder):
    service, other = Service(), replace(CHECK, id=8)
    look(folder, service)

    found = look(folder, service, CHECK, other)[1]

    assert list(found.items()) == [(CHECK, LOG), (other, LOG)]
    assert service.asked == [CHECK, other]


@pytest.mark.parametrize(
    "change",
    [
        {"id": 8},
        {"name": "rpm-build:f43"},
        {"app": "packit-as-a-service"},
        {"url": "https://example.org/2"},
        {"title": "another"},
        {"summary": "another"},
        {"ended": NOW},
    ],
)
def test_a_check_that_is_another_is_read_anew(folder, change):
    service = Service()
    look(folder, service)

    look(folder, service, replace(CHECK, **change))

    assert len(service.asked) == 2


def test_another_place_to_look_is_another_question(folder):
    service = Service()
    look(folder, service)

    look(folder, service, rule=replace(RULE, logs=Logs.PACKIT_TESTING_FARM))

    assert len(service.asked) == 2


@pytest.mark.parametrize(
    "evidence",
    [
        replace(LOG, unread=("Copr's log server answered 503",)),
        replace(LOG, is_complete=False),
        replace(LOG, texts=()),
        replace(LOG, texts=(Text(Surface.LOG, "x" * kept.LARGEST),)),
    ],
    ids=["something unread", "incomplete", "nothing to keep", "too large"],
)
def test_what_may_be_told_better_next_time_is_asked_again(folder, evidence):
    service = Service(evidence)

    assert look(folder, service)[1] == {CHECK: evidence}
    assert look(folder, service)[1] == {CHECK: evidence}
    assert len(service.asked) == 2


def test_a_check_that_says_no_time_may_still_change(folder):
    service, check = Service(), replace(CHECK, ended=None)
    look(folder, service, check)
    look(folder, service, check)

    assert len(service.asked) == 2


@pytest.mark.parametrize("junk", [b"", b"junk", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_a_damaged_file_counts_as_none(folder, junk):
    service = Service()
    look(folder, service)
    (path,) = folder.iterdir()
    path.write_bytes(junk)

    assert look(folder, service)[1] == {CHECK: LOG}
    assert len(service.asked) == 2
    assert look(folder, service)[1] == {CHECK: LOG}
    assert len(service.asked) == 2


@pytest.mark.parametrize("text", ['[["nowhere", "a", ""]]', '[["log", "a"]]', "7", "[" * 100_000])
def test_a_file_of_another_shape_counts_as_none(folder, text):
    service = Service()
    look(folder, service)
    (path,) = folder.iterdir()
    path.write_bytes(kept.zlib.compress(text.encode()))

    assert look(folder, service)[1] == {CHECK: LOG}


def test_what_is_planted_changes_nothing_that_the_check_says_itself(folder):
    outage = Outage(ref="1", title="Down", components=frozenset({"copr"}), start=NOW - timedelta(hours=1), end=None)
    theirs = Evidence(texts=(Text(Surface.COPR_BUILD_LOG, "Copr broke"),), is_complete=True)
    rule = replace(RULE, app="packit")
    known = Known([rule], [signature(), signature("it is mine", "never")], [outage], now=NOW)

    def verdict(check):
        planted = Kept(folder, Service(theirs).read, NOW).read_all([(check, rule)])
        return known.judge(check, planted[check]).kind

    check = replace(CHECK, app="packit")
    assert verdict(check) is VerdictKind.EXPLAINED  # whoever may write there is believed
    assert verdict(replace(check, title="It is mine")) is VerdictKind.OWN


def test_a_bomb_counts_as_none(folder):
    service = Service()
    look(folder, service)
    (path,) = folder.iterdir()
    path.write_bytes(kept.zlib.compress(b'[["log", "' + b"a" * 2 * kept.LARGEST + b'", ""]]'))

    assert look(folder, service)[1] == {CHECK: LOG}


def test_a_folder_that_can_t_be_written_is_no_trouble(tmp_path):
    (tmp_path / "file").write_text("")
    found, evidence = look(tmp_path / "file" / "evidence", Service())
    found.sweep()

    assert evidence == {CHECK: LOG}


def test_what_is_used_no_more_is_forgotten(folder):
    service, other = Service(), replace(CHECK, id=8)
    look(folder, service, CHECK, other)
    found, _ = look(folder, service, other, now=NOW + timedelta(days=3))
    found.sweep()

    assert len(list(folder.iterdir())) == 1
    look(folder, service, other, now=NOW + timedelta(days=3))
    assert service.asked == [CHECK, other]


def test_the_oldest_of_too_much_is_forgotten(folder, monkeypatch):
    service = Service()
    for number in range(4):
        look(folder, service, replace(CHECK, id=number), now=NOW + timedelta(minutes=number))
    size = max(path.stat().st_size for path in folder.iterdir())
    monkeypatch.setattr(kept, "MOST", 2 * size)

    Kept(folder, service.read, NOW + timedelta(minutes=9)).sweep()
    look(folder, service, *(replace(CHECK, id=number) for number in range(4)), now=NOW + timedelta(minutes=9))

    assert [check.id for check in service.asked] == [0, 1, 2, 3, 0, 1]
