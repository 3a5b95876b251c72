"""What one build leaves behind for the next."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus import index, timeline
from ghstatus.model import ComponentStatus, Kind, Milestones, Phase, Record, Span
from tests.builders import NOW, at, incident, policy, update

RECORD = timeline.record(
    incident(title="Stör\u2028ung", ended=at("10:00"), updates=[update("09:00", severity="critical")]),
    NOW,
    policy(),
    digest="ab",
)
INDEX = index.Index(
    context="context",
    site="site",
    taken=NOW,
    entries={"a.md": index.Entry(1, 2, 3, index.pack(RECORD))},
    pages={"index.html": "", "incidents/a/index.html": "ab"},
)
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def write(path, data):
    """Write notes whose seal is good, whatever they hold."""
    text = json.dumps(data).encode()
    path.write_bytes(index.seal(text) + b"\n" + text)


def data_of(path):
    return json.loads(path.read_bytes().split(b"\n")[1])


def unpacked(record, since=LONG_AGO):
    return index.unpack(json.loads(json.dumps(index.pack(record))), since)


def test_what_was_written_is_read(tmp_path):
    path = tmp_path / "deep" / "down.json"
    index.write(path, INDEX)
    found = index.read(path)

    assert replace(found, written_ns=0) == replace(INDEX, entries=found.entries)
    assert [index.unpack(entry.row, LONG_AGO) for entry in found.entries.values()] == [RECORD]
    assert found.written_ns == path.stat().st_mtime_ns


def test_writing_leaves_nothing_beside_it(tmp_path):
    index.write(tmp_path / "a.json", INDEX)
    index.write(tmp_path / "a.json", INDEX)

    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_two_runs_at_once_are_in_nobodys_way(tmp_path, monkeypatch):
    replace_ = Path.replace

    def after_another(fresh, target):
        replace_(fresh, target)
        return replace_(fresh, target)

    monkeypatch.setattr(Path, "replace", after_another)
    index.write(tmp_path / "a.json", INDEX)

    assert index.read(tmp_path / "a.json") is not None


def test_names_that_are_no_text_come_back(tmp_path):
    entries = {"caf\udce9.md": index.Entry(1, 2, 3, index.pack(RECORD))}
    index.write(tmp_path / "a.json", replace(INDEX, entries=entries))

    assert index.read(tmp_path / "a.json").entries.keys() == entries.keys()


@pytest.mark.parametrize("data", [b"", b"{}", b"\0", b"\xff\n{}", b"[" * 100_000, b'"' + b"0" * 32 + b'"\n{}'])
def test_a_file_that_is_no_index_is_none(tmp_path, data):
    (tmp_path / "a.json").write_bytes(data)

    assert index.read(tmp_path / "a.json") is None


def test_a_file_that_is_not_there_is_none(tmp_path):
    assert index.read(tmp_path / "a.json") is None
    assert index.read(tmp_path) is None


@pytest.mark.parametrize("data", [None, [], 1, "x", {}, {"version": 0}, {"version": 2}, {"version": 3}, [[]] * 9])
def test_notes_of_another_shape_are_none(tmp_path, data):
    write(tmp_path / "a.json", data)

    assert index.read(tmp_path / "a.json") is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("taken", "x"),
        ("taken", None),
        ("taken", 1e300),
        ("taken", float("inf")),
        ("taken", float("nan")),
        ("entries", []),
        ("entries", {"a.md": [1, 2]}),
        ("entries", {"a.md": 1}),
        ("pages", 1),
        ("pages", ["x"]),
        ("pages", None),
    ],
)
def test_notes_with_a_value_of_another_shape_are_none(tmp_path, key, value):
    index.write(tmp_path / "a.json", INDEX)
    write(tmp_path / "a.json", data_of(tmp_path / "a.json") | {key: value})

    assert index.read(tmp_path / "a.json") is None


def test_notes_nested_without_end_are_none(tmp_path):
    text = b"[" * 100_000
    (tmp_path / "a.json").write_bytes(index.seal(text) + b"\n" + text)

    assert index.read(tmp_path / "a.json") is None


def test_any_bit_that_fell_over_is_noticed(tmp_path):
    index.write(tmp_path / "a.json", INDEX)
    whole = (tmp_path / "a.json").read_bytes()
    for place in range(len(whole)):
        damaged = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        (tmp_path / "a.json").write_bytes(damaged)

        assert index.read(tmp_path / "a.json") is None


@pytest.mark.parametrize("row", [None, 1, "x", [], {}, ["x"] * 12, [None] * 12, [[]] * 12, [1e300] * 12])
def test_what_is_no_row_is_none(row):
    assert index.unpack(row, LONG_AGO) is None


@pytest.mark.parametrize(
    ("place", "value"),
    [(2, "x"), (3, []), (4, None), (5, 1e300), (6, float("nan")), (8, [[]]), (11, ["x"]), (11, [1] * 5)],
)
def test_a_row_with_a_value_of_another_kind_is_none(place, value):
    row = index.pack(RECORD)
    row[place] = value

    assert index.unpack(row, LONG_AGO) is None


def test_spans_that_ended_before_are_left_out():
    assert [span.end for span in unpacked(RECORD, at("09:00")).spans] == [at("10:00")]
    assert unpacked(RECORD, at("10:00")).spans == ()


TIMES = st.datetimes(datetime(1850, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - aware by `timezones`
TEXTS = st.text(max_size=8)
STATUSES = st.sampled_from(ComponentStatus)


@st.composite
def records(draw):
    ended = draw(TIMES)
    spans = st.builds(Span, TEXTS, STATUSES, TIMES, TIMES.filter(lambda end: end <= ended))
    return Record(
        ref=draw(TEXTS),
        title=draw(TEXTS),
        kind=draw(st.sampled_from(Kind)),
        phase=draw(st.none() | st.sampled_from(Phase)),
        status=draw(STATUSES),
        started=draw(TIMES),
        ended=ended,
        components=tuple(draw(st.lists(TEXTS, max_size=3))),
        spans=tuple(draw(st.lists(spans, max_size=2))) if ended.year > 1900 else (),
        digest=draw(TEXTS),
        false_alarm=draw(st.booleans()),
        milestones=draw(st.builds(Milestones, *[st.none() | TIMES] * 4)),
        source=draw(TEXTS),
        duplicate_of=draw(st.none() | TEXTS),
    )


@given(records())
def test_a_record_comes_back_from_its_row(record):
    assert unpacked(record) == record
    assert type(unpacked(record).status) is ComponentStatus
