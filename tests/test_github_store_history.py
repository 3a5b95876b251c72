"""Whatever people do, looking at what changed comes to the same as looking at everything."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ghstatus import board
from tests.github.direct import direct
from tests.test_github_store import Runs

PEOPLE = st.sampled_from(["jane", "joe", "stranger"])
LABELS = st.sampled_from(["incident", "maintenance", "severity/major", "severity/critical", "component/koji", "other"])
TEXTS = st.sampled_from(["Identified: a disk.", "Resolved: fine.", "Hello", "/severity critical", "Severity: minor"])


def number(runs, choice):
    there = sorted(runs.status.issues)
    return runs.status.issues[there[choice % len(there)]] if there else runs.issue()


def opened(runs, choice, by, label, text):
    runs.issue(f"Outage {choice}", text, by=by, labels=[label])


def labelled(runs, choice, by, label, text):
    number(runs, choice).label(label, by=by)


def taken_off(runs, choice, by, label, text):
    issue = number(runs, choice)
    if runs.status.find_label(label) in issue.labels:
        issue.unlabel(label, by=by)


def commented(runs, choice, by, label, text):
    number(runs, choice).comment(text, by=by)


def minimized(runs, choice, by, label, text):
    issue = number(runs, choice)
    if issue.comments and issue.state == "open":  # GitHub doesn't tell of it, so closed ones wait for the daily look
        issue.comments[0].minimize()


def uncommented(runs, choice, by, label, text):
    issue = number(runs, choice)
    if issue.comments:
        issue.comments[-1].delete()


def renamed(runs, choice, by, label, text):
    number(runs, choice).rename(f"Title {choice}", by=by)


def edited(runs, choice, by, label, text):
    number(runs, choice).edit(text, by=by)


def closed(runs, choice, by, label, text):
    number(runs, choice).close(["completed", "not_planned", "duplicate"][choice % 3], by=by)


def reopened(runs, choice, by, label, text):
    number(runs, choice).reopen(by=by)


def deleted(runs, choice, by, label, text):
    number(runs, choice).delete()


def transferred(runs, choice, by, label, text):
    number(runs, choice).transfer(runs.github.repository("packit/other"), by="jane")


def pinned(runs, choice, by, label, text):
    issue = number(runs, choice)
    if issue.state == "open" and len(runs.status.pinned) < 3:
        issue.pin(by=by)


def unpinned(runs, choice, by, label, text):
    issue = number(runs, choice)
    if issue.state == "open":
        issue.unpin(by=by)


def repainted(runs, choice, by, label, text):
    runs.status.label(label, f"{choice % 16777216:06x}", text)


def waited(runs, choice, by, label, text):
    runs.github.clock.advance(seconds=choice * 37)


def looked(runs, choice, by, label, text):
    runs.build()


ACTIONS = [
    opened, opened, labelled, taken_off, commented, minimized, uncommented, renamed, edited, closed, closed, reopened,
    deleted, transferred, pinned, unpinned, repainted, waited, waited, looked, looked, looked,
]  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.integers(0, 400), PEOPLE, LABELS, TEXTS), min_size=4, max_size=30
)


@settings(max_examples=60)
@given(STEPS)
def test_looking_at_what_changed_comes_to_the_same_as_looking_at_everything(steps):
    with tempfile.TemporaryDirectory() as folder, direct() as github:
        runs = Runs(github, Path(folder) / "issues")
        runs.status.grant("joe", "triage")
        for act, *said in steps:
            act(runs, *said)
        github.clock.advance(seconds=1)
        incremental = runs.board()
        whole = runs.observe(cache=None, known=None)

        assert _without_what_is_read(incremental) == _without_what_is_read(board.judge(whole, whole.taken))
        seen = runs.observe(known=None)
        assert seen == whole


def _without_what_is_read(judged):
    """A board, whichever of its past incidents were read in full; what strangers wrote is told when it is read."""
    return replace(
        judged, incidents={ref: story for ref, story in judged.incidents.items() if not story.record.ended}, ignored=()
    )
