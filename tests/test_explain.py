"""Plans in words."""

from dataclasses import replace

import pytest

from ghstatus.actions import (
    Assign,
    CloseIncident,
    CreateLabel,
    EditIncident,
    NeutraliseRun,
    OpenIncident,
    OpenPostmortem,
    PinIncident,
    PinMirror,
    PostComment,
    PostReport,
    PostUpdate,
    React,
    Relabel,
    RemoveNote,
    ReopenIncident,
    Topic,
    UnpinIncident,
    UnpinMirror,
    WriteComment,
    WriteMirror,
    WriteNote,
)
from ghstatus.explain import explain, reasoned, why
from tests.builders import incident, label, update
from tests.reports import farm, head, report

WELCOME, PROBLEMS = Topic.WELCOME, Topic.PROBLEMS
INCIDENTS = [
    (OpenIncident(incident=incident()), "open incident builds-pending: Builds stay pending (2026-03-02 08:00 UTC)"),
    (
        OpenIncident(incident=incident("disks", kind="maintenance")),
        "open maintenance disks: Copr gets new disks (2026-03-02 08:00 UTC)",
    ),
    (EditIncident(incident=incident()), "edit incident builds-pending: Builds stay pending"),
    (PostUpdate(ref="a", update=update("09:00", "resolved")), "post resolved on a (2026-03-02 09:00 UTC)"),
    (PostUpdate(ref="a", update=update("09:00")), "post an update on a (2026-03-02 09:00 UTC)"),
]
MIRROR = WriteMirror(repository="packit/packit", title="Outage", text="")
TRACKER = [
    (CreateLabel(label=label("severity/major")), "create label severity/major"),
    (Relabel(ref="42", add=("a", "b"), remove=("c",)), "label #42: +a +b -c"),
    (Relabel(ref="42", remove=("c",)), "label #42: -c"),
    (CloseIncident(ref="42"), "close #42"),
    (CloseIncident(ref="new-disks"), "close new-disks"),
    (WriteNote(ref="42", topic=WELCOME, text="Hi"), "comment on #42: welcome"),
    (WriteNote(ref="42", topic=PROBLEMS, text="Oh", comment=7), "edit comment on #42: problems"),
    (RemoveNote(ref="42", topic=PROBLEMS, comment=7), "remove comment on #42: problems"),
    (PostComment(ref="42", text="/lead @jane\n/severity major"), "say on #42: /lead @jane /severity major"),
    (WriteNote(ref="42", topic=Topic.HELP, text="So", key="7"), "comment on #42: help 7"),
    (RemoveNote(ref="42", topic=Topic.HELP, comment=7, key="7"), "remove comment on #42: help 7"),
    (React(ref="42", comment=7, content="+1"), "react to the comment 7 on #42: +1"),
    (React(ref="42", comment=7, content="+1", is_on=False), "take back from the comment 7 on #42: +1"),
    (ReopenIncident(ref="42"), "reopen #42"),
    (Assign(ref="42", people=("jane", "joe")), "assign #42 to jane joe"),
    (OpenPostmortem(incident="42", title="Why\nso", text="x"), "open the post-mortem of #42: Why so"),
    (PinIncident(ref="42"), "pin #42"),
    (UnpinIncident(number=42), "unpin #42"),
    (MIRROR, "open an issue in packit/packit: Outage"),
    (replace(MIRROR, number=7), "write packit/packit#7: Outage"),
    (replace(MIRROR, number=7, is_open=False), "close packit/packit#7: Outage"),
    (replace(MIRROR, repository=""), "open the status issue: Outage"),
    (replace(MIRROR, repository="", number=7), "write the status issue #7: Outage"),
    (PinMirror(repository="packit/packit"), "pin an issue in packit/packit"),
    (PinMirror(repository="packit/packit", number=7), "pin packit/packit#7"),
    (PinMirror(repository=""), "pin the status issue"),
    (UnpinMirror(repository="packit/packit", number=7), "unpin packit/packit#7"),
]
POST = PostReport(report=report(farm()), name="ghstatus/gate", conclusion="neutral", external_id="0")
COMMENT = WriteComment(report=report(farm()), number=12, digest="0")
CHECKS = [
    (POST, "post ghstatus/gate on packit/ogr #12 0123456789: neutral"),
    (replace(POST, run=7), "rewrite ghstatus/gate on packit/ogr #12 0123456789: neutral"),
    (replace(POST, conclusion=""), "post ghstatus/gate on packit/ogr #12 0123456789: waiting"),
    (
        replace(POST, report=report(head=head(pulls=()))),
        "post ghstatus/gate on packit/ogr 0123456789: neutral",
    ),
    (COMMENT, "comment on packit/ogr#12: known failures"),
    (replace(COMMENT, comment=5), "edit comment on packit/ogr#12: known failures"),
    (
        NeutraliseRun(repository="packit/ogr", run=7, verdict=farm("a\x1b[31m\nb")),
        "make check run 7 in packit/ogr neutral: a[31m b",
    ),
]


@pytest.mark.parametrize(("action", "expected"), [*INCIDENTS, *TRACKER, *CHECKS])
def test_an_action_is_said_in_one_line(action, expected):
    assert explain(action) == expected


@pytest.mark.parametrize("action", [action for action, _ in INCIDENTS])
def test_what_a_person_asked_for_needs_no_reason(action):
    assert why(action) == ""
    assert reasoned(action) == explain(action)


@pytest.mark.parametrize(("action", "expected"), [*TRACKER, *CHECKS])
def test_what_was_decided_is_said_with_its_reason(action, expected):
    assert why(replace(action, why="it is so")) == "it is so"
    assert reasoned(replace(action, why="it is so")) == f"{expected} (it is so)"
    assert reasoned(action) == expected


def test_a_reason_is_no_part_of_what_is_done():
    assert PinIncident(ref="42", why="it is so") == PinIncident(ref="42")
