"""Follow-ups and task lists are made of each other."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar import followups
from ghstatus.model import FollowUp

TRACKER = "https://github.com/packit/status"
DUE = date(2026, 4, 1)
words = st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40)
follow_ups = st.builds(
    FollowUp,
    text=st.from_regex(r"[A-Z][a-z]{0,9}( [a-z]{1,9}){0,5}", fullmatch=True),
    owner=st.from_regex(r"([a-z0-9](-?[a-z0-9]){0,10})?", fullmatch=True),
    is_done=st.booleans(),
    due=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    url=st.sampled_from(["", f"{TRACKER}/issues/12", "https://bugs.example.org/7", "https://github.com/a/b/pull/1"]),
)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("- [ ] Watch the disks (@jane, until 2026-04-01, #12)", ("Watch the disks", "jane", DUE, "12")),
        ("* [ ] Watch the disks @jane by 2026-04-01", ("Watch the disks", "jane", DUE, "")),
        ("  1. [ ] Watch the disks, until 2026-04-01 - @jane.", ("Watch the disks", "jane", DUE, "")),
        ("+ [ ] Watch the disks (owner: @jane, due: 2026-04-01)", ("Watch the disks", "jane", DUE, "")),
        ("- [ ] Fix #12 (soon)", ("Fix #12 (soon)", "", None, "12")),
        ("- [ ] #12", ("#12", "", None, "12")),
        ("- [ ] Ask @jane about it", ("Ask @jane about it", "jane", None, "")),
        ("- [ ] Ask @joe (@jane)", ("Ask @joe", "jane", None, "")),
        ("- [ ] Watch (@jane, until 2026-13-01)", ("Watch (@jane, until 2026-13-01)", "jane", None, "")),
        ("- [ ] Watch until 2026-13-01", ("Watch until 2026-13-01", "", None, "")),
        ("- [ ] Watch (@jane, @joe)", ("Watch (@jane, @joe)", "jane", None, "")),
        ("- [ ] Watch #12 #13", ("Watch #12", "", None, "13")),
        ("- [ ] (@jane)", ("(@jane)", "jane", None, "")),
    ],
)
def test_people_write_them_in_many_ways(line, found):
    text, owner, due, number = found

    assert followups.read(line, TRACKER) == FollowUp(
        text=text, owner=owner, due=due, url=f"{TRACKER}/issues/{number}" if number else ""
    )


def test_another_repositorys_issue_is_found_there():
    read = followups.read("- [x] See packit/ogr#3", TRACKER)

    assert read == FollowUp(text="See", is_done=True, url="https://github.com/packit/ogr/issues/3")


def test_without_a_tracker_a_number_is_text():
    assert followups.read("- [ ] See #3") == FollowUp(text="See #3")
    assert followups.read("- [ ] See packit/ogr#3") == FollowUp(text="See packit/ogr#3")


@pytest.mark.parametrize("line", ["", "text", "- item", "- [] none", "- [y] none", "[ ] none", "- [ ]", "- [ ]   "])
def test_other_lines_are_none(line):
    assert followups.read(line) is None


@given(follow_ups, st.sampled_from(["", TRACKER]))
def test_what_is_written_is_read(follow_up, tracker):
    assert followups.read(followups.write(follow_up, tracker), tracker) == follow_up


@given(words, st.sampled_from(["", TRACKER]))
def test_what_was_read_is_read_again(text, tracker):
    read = followups.read(f"- [ ] {text} @jane #12", tracker)

    assert read is not None
    assert followups.read(followups.write(read, tracker), tracker) == read
