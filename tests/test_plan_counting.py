"""Hits add up in a comment, however often they are told of, and the comment stays small."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar import hits
from ghstatus.model import Mode, Pull, Report, Verdict, VerdictKind
from ghstatus.plan import counting
from tests.builders import NOW, check, head

SECONDS = int(NOW.timestamp())


def hit(key="1", at=0, repository="packit/ogr", name="rpm-build"):
    return hits.Hit(key, SECONDS + at, repository, name, 7, f"https://github.com/packit/ogr/runs/{key}")


def report(*checks, signature="issue-42", **said):
    verdicts = [
        Verdict(check=one, kind=VerdictKind.EXPLAINED, component="copr", rule="x", signature=signature)
        for one in checks
    ]
    return Report(head=head(**said), mode=Mode.ANNOTATE, verdicts=tuple(verdicts))


def test_a_hit_is_a_check_that_the_signature_tells_of():
    pulls = (Pull(number=7, url="https://github.com/packit/ogr/pull/7"), Pull(number=8))
    found = counting.find([report(check(id=5, ended=NOW), pulls=pulls), report(check(id=6), signature="x")], "issue-42")

    assert list(found) == [hit("5", name="rpm-build:fedora-41-x86_64")]


@pytest.mark.parametrize(
    ("address", "number", "page"),
    [
        ("https://ghe.example/packit/ogr/pull/7", 5, "https://ghe.example/packit/ogr/runs/5"),
        ("https://github.com/packit/ogr/pull/7", 0, "https://github.com/packit/ogr/commit/5f2b9c0"),
        ("https://github.com/packit/other/pull/7", 5, ""),
        ("", 5, ""),
    ],
)
def test_links_lead_to_checks_so_that_no_pull_request_is_told_of_each(address, number, page):
    (one,) = counting.find([report(check(id=number), pulls=[Pull(number=7, url=address)])], "issue-42")

    assert one.url == page


def test_the_time_is_the_best_that_is_known():
    told = report(check(id=1), check(id=2, ended=None), check(id=3, started=None, ended=None))
    first, second, third = counting.find([told], "issue-42")

    assert [SECONDS - one.at for one in (first, second, third)] == [3600, 7200, 7500]


def test_a_status_has_no_number_of_its_own():
    first = report(check("a", kind="status", id=0), check("b", kind="status", id=0), sha="5f2b9c0" + "0" * 33)
    second = report(check("a", kind="status", id=0), sha="e" * 40)
    keys = [one.key for one in counting.find([first, second], "issue-42")]

    assert [len(key) for key in keys] == [16, 16, 16]
    assert len(set(keys)) == 3
    assert [one.key for one in counting.find([first, second], "issue-42")] == keys


@given(
    st.lists(st.builds(hit, st.sampled_from("abcdef"), st.integers(-99, 99), st.sampled_from(["x/y", "z"])), max_size=9)
)
def test_in_whichever_order_and_how_often_they_come_the_count_is_the_same(found):
    once = {one.key: one for one in reversed(found)}
    whole = counting.counted(hits.Count(), once.values())
    count = hits.Count()
    for one in [*sorted(once.values()), *once.values()]:
        count = counting.counted(count, [one, one])

    assert count.total == whole.total == len(once)
    assert (count.first, count.last) == (whole.first, whole.last)
    assert (count.seen, count.shown) == (whole.seen, whole.shown)
    assert set(count.repositories) == {one.repository for one in once.values()}
    assert hits.read(f"Text.\n\n{hits.write(count)}\n") == count


def test_first_and_last_are_the_earliest_and_the_latest():
    count = counting.counted(counting.counted(hits.Count(), [hit("1", 10), hit("2", 20)]), [hit("3", 15)])
    assert (count.first - SECONDS, count.last - SECONDS) == (10, 20)

    count = counting.counted(count, [hit("4", 5), hit("5", 25)])
    assert (count.first - SECONDS, count.last - SECONDS) == (5, 25)


def test_only_the_latest_are_remembered_and_what_is_older_never_counts_again():
    many = [hit(str(number), number) for number in range(205)]
    count = counting.counted(hits.Count(), many)

    assert (count.total, len(count.seen), count.floor) == (205, hits.MOST_KEYS, SECONDS + 4)
    assert [one.key for one in count.shown] == [str(number) for number in range(204, 194, -1)]
    assert counting.counted(count, many) == count
    assert counting.counted(count, [hit("new", 4)]) == count
    assert counting.counted(count, [hit("new", 5)]).total == 206


def test_the_hidden_part_is_small_and_one_line_long():
    name = "\N{FIRE}" * 100
    count = counting.counted(
        hits.Count(),
        [hits.Hit(str(10**11 + one), SECONDS, f"packit/{one:093}", name, one, "x" * 300) for one in range(300)],
    )
    text = hits.write(count)

    assert len(text) < 45_000
    assert "\n" not in text
    assert hits.read(text) == count
    assert len(count.repositories) == 100
    assert count.has_more_repositories


@pytest.mark.parametrize("name", ["-->", "--!>", "<!--", "\n", "\\u003e", '"}'])
def test_a_check_s_name_ends_no_comment(name):
    count = counting.counted(hits.Count(), [hit(name=name)])
    text = hits.write(count)

    assert (text.count("<"), text.count(">"), text.count("\n")) == (1, 1, 0)
    assert text.endswith(" -->")
    assert hits.read(text).shown[0].check == name


@pytest.mark.parametrize("long", [{"name": "x" * 999}, {"kind": "status", "id": 0, "name": "x" * 999}])
def test_long_names_are_cut(long):
    (one,) = counting.find([report(check(**{"id": 1} | long))], "issue-42")

    assert (len(one.check), len(one.key) <= 16) == (100, True)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("total", "x"),
        ("first", 1e40),
        ("last", None),
        ("seen", [["a"]]),
        ("seen", 7),
        ("shown", [["a", 10**30, "", "", 0, ""]]),
        ("shown", [[]]),
        ("repositories", 7),
    ],
)
def test_what_somebody_damaged_counts_for_nothing(key, value):
    values = {"total": 1, "first": 1, "last": 1, "floor": 0, "repositories": [], "seen": [], "shown": []}
    assert hits.read(f"<!-- ghstatus:count {json.dumps(values)} -->").total == 1

    assert hits.read(f"<!-- ghstatus:count {json.dumps(values | {key: value})} -->") == hits.Count()


def test_more_than_is_remembered_is_not_believed():
    values = {"total": 1, "first": 1, "last": 1, "floor": 0, "repositories": ["a/b"] * 999}
    values |= {"seen": [["1", 1]] * 999, "shown": [["1", 1, "", "", 0, ""]] * 99}
    count = hits.read(f"<!-- ghstatus:count {json.dumps(values)} -->")

    assert (len(count.repositories), len(count.seen), len(count.shown)) == (100, 200, 10)


def test_a_count_in_the_middle_of_a_text_is_somebody_s_quotation():
    text = hits.write(counting.counted(hits.Count(), [hit()]))

    assert hits.read(f"{text}\nand more") == hits.Count()
    assert hits.time(SECONDS) - NOW == timedelta(0)
