"""What a post-mortem's text says, and what of it others may read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar import learnt, prose
from ghstatus.model import FollowUp

TEXT = """\
# Builds

Incident: #42

## What went well
<!-- Write it here,
over some lines. -->

## Root cause
A disk was full. <!-- @jane filled it -->

## Details

### Deeper

## Follow-ups
<!-- one a line -->
- [ ] Watch the disks (@jane)
- [x] Clean up

Some are done.
"""
SHOWN = """\
# Builds

## Root cause
A disk was full.

## Follow-ups

Some are done."""


def test_placeholders_names_and_empty_sections_are_not_shown():
    assert learnt.shown(TEXT) == SHOWN


def test_its_follow_ups_are_found():
    assert learnt.follow_ups(TEXT) == (
        FollowUp(text="Watch the disks", owner="jane"),
        FollowUp(text="Clean up", is_done=True),
    )


def test_without_a_heading_every_task_is_one():
    assert learnt.follow_ups("- [ ] One\n\n# B\n\n```\n- [ ] code\n```\n- [ ] Two") == (
        FollowUp(text="One"),
        FollowUp(text="Two"),
    )


def test_tasks_elsewhere_are_none_where_there_is_a_heading():
    assert learnt.follow_ups("- [ ] One\n# Action items\n- [ ] Two\n## Later\n- [ ] Three\n# B\n- [ ] Four") == (
        FollowUp(text="Two"),
        FollowUp(text="Three"),
    )
    assert "One" in learnt.shown("- [ ] One\n# Action items\n- [ ] Two")


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        (learnt.write("42", "text"), "42"),
        (learnt.write("2026-03-02-a--b", "text").replace("\n", "\r\n"), "2026-03-02-a--b"),
        ("Incident: #42", "42"),
        ("**Incident**: #42 · more", "42"),
        ("- Incident: https://github.com/o/r/issues/7", "7"),
        ("Incident: [#9](https://github.com/o/r/issues/9)", "9"),
        ("Incident: https://status.example.org/incidents/disk-full/", "disk-full"),
        ("`x`\n```\nIncident: #42\n```", ""),
        ("The incident #42 was bad", ""),
        ("Incident: #42b", ""),
        ("", ""),
    ],
)
def test_it_names_its_incident(text, ref):
    assert learnt.incident(text) == ref


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\n<!-- x\ny -->\nb", ["a", "b"]),
        ("a <!-- x --> b <!-- y\n z --> c\nd", ["a  b  c", "d"]),
        ("```\n<!-- code -->\n```\nx", ["```", "<!-- code -->", "```", "x"]),
        ("~~~ a\n```\n~~~~\n<!-- x -->y", ["~~~ a", "```", "~~~~", "y"]),
        ("``` a`b\n<!-- x -->", ["``` a`b"]),
        ("<!-- open\n```\nx", []),
        ("a <!-- q", ["a "]),
        ("`<!-- a -->` b <!-- c -->", ["`<!-- a -->` b "]),
        ("`<!-- a -->` b", ["`<!-- a -->` b"]),
        ("<!-- a --> text", ["text"]),
        ("<!-- a -->  \r\ntext\r", ["text"]),
        ("", []),
    ],
)
def test_comments_are_nobodys_to_read(text, lines):
    assert [line.text for line in prose.lines(text)] == lines


@given(
    st.lists(
        st.sampled_from(["<!--", "-->", "```", "~~~", "`", "secret", "\n", "# a", " ", "- [ ] do", "Incident: #4"])
    )
)
def test_what_is_shown_is_shown_again(parts):
    shown = learnt.shown("".join(parts))

    assert learnt.shown(shown) == shown


def test_code_keeps_its_blank_lines():
    text = "a\n\n\n```\nx\n\n\ny\n```"

    assert learnt.shown(text) == "a\n\n```\nx\n\n\ny\n```"


def test_many_lines_take_no_time():
    assert len(prose.lines("<!-- x -->a\n" * 50_000)) == 50_000
