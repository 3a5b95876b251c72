"""Every change reaches GitHub once, whatever breaks on the way; what is done already is done."""

from contextlib import contextmanager

import pytest

from ghstatus.actions import (
    Assign,
    CloseIncident,
    CreateLabel,
    EditIncident,
    OpenIncident,
    OpenPostmortem,
    PinIncident,
    PinMirror,
    PostComment,
    PostUpdate,
    React,
    Relabel,
    RemoveNote,
    ReopenIncident,
    Topic,
    UnpinIncident,
    UnpinMirror,
    WriteMirror,
    WriteNote,
)
from ghstatus.errors import GhstatusError, OutOfBudget, StoreError
from ghstatus.github.client import Access, Client
from ghstatus.grammar import draft, learnt, notes
from ghstatus.model import Label, Labels
from ghstatus.stores.github.writing import Writer
from tests import builders
from tests.github.direct import Killed, direct

pytestmark = pytest.mark.loopback

STATUS = "packit/status"
VIEWER = "github-actions[bot]"


class World:
    """A repository with an incident's issue, #1, and whoever writes to it."""

    def __init__(self, github):
        self.github = github
        github.clock.set(builders.NOW)
        self.repository = github.repository(STATUS)
        self.repository.grant("jane", "write")
        self.bot = github.world.app("github-actions")
        self.issue = self.repository.issue("Copr is down", "It is.", by="jane", labels=["incident", "old"])
        self.token = github.token(STATUS, issues="write")

    def apply(self, *actions, **said):
        """Make changes as one run does, and give the writer."""
        with self.writer(**said) as writer:
            for action in actions:
                writer.apply(action)
            return writer

    @contextmanager
    def writer(self, token="", wait=10_000, dialect="ghstatus", **said):
        access = Access(api_url=self.github.url, token=token or self.token, wait=wait)
        clock = self.github.clock
        pause = lambda seconds: clock.advance(seconds=seconds)  # noqa: E731
        with Client(access, sleep=pause, clock=lambda: clock.now().timestamp(), tell=lambda _: None) as client:
            writer = Writer(client, STATUS, Labels(), dialect)
            writer.seen(builders.tracker(**{"viewer": VIEWER} | said))
            yield writer

    def note(self, text="Two problems."):
        return self.issue.comment(notes.write(Topic.PROBLEMS, text), by=self.bot)

    def board(self, text="All is well.", by=None, **said):
        values = {"by": by or self.bot, "labels": ["ghstatus"]} | said
        return self.repository.issue("Current status", notes.mirror(text), **values)

    def reacted(self):
        """A comment with our reaction, and others'."""
        comment = self.issue.comment("/lead me", by="jane")
        for content, by in (("+1", "joe"), ("+1", self.bot), ("confused", self.bot)):
            comment.react(content, by=by)
        return comment

    def comments(self):
        return [comment.body for comment in self.issue.comments]

    def state(self):
        """All that a change could have changed."""
        issues = [
            (
                one.title,
                one.body,
                one.state,
                one.state_reason,
                sorted(label.name for label in one.labels),
                [comment.body for comment in one.comments],
                [sorted((each.content, each.user.login) for each in comment.reactions) for comment in one.comments],
                [user.login for user in one.assignees],
                one.pinned_by is not None,
            )
            for one in self.repository.issues.values()
        ]
        return issues, sorted((label.name, label.color, label.description) for label in self.repository.labels)


@pytest.fixture
def world(github):
    return World(github)


def opening(**said):
    return OpenIncident(incident=builders.incident("new", **said))


def board(**said):
    return WriteMirror(**{"repository": "", "title": "Current status", "text": "All is well."} | said)


UPDATE = builders.update("09:00", "identified")
LABEL = Label("phase/identified", "c2e0c6", "The cause is known")
NOTE = WriteNote(ref="1", topic=Topic.PROBLEMS, text="One problem.")
PREPARED = {
    "an incident is opened": (None, lambda _: [opening()]),
    "a past incident is opened": (None, lambda _: [opening(ended="10:00")]),
    "an incident is edited": (None, lambda _: [EditIncident(incident=builders.incident("1", title="Copr is slow"))]),
    "an incident is updated": (None, lambda _: [PostUpdate(ref="1", update=UPDATE)]),
    "an incident is resolved": (None, lambda _: [PostUpdate(ref="1", update=builders.update("09:00", "resolved"))]),
    "an incident goes on": (
        lambda world: world.issue.close(by="jane"),
        lambda _: [PostUpdate(ref="1", update=UPDATE)],
    ),
    "a label is created": (None, lambda _: [CreateLabel(label=LABEL)]),
    "labels are changed": (None, lambda _: [Relabel(ref="1", add=("severity/major", "phase/x"), remove=("old",))]),
    "a maintenance is closed": (None, lambda _: [CloseIncident(ref="1")]),
    "a note is written": (None, lambda _: [NOTE]),
    "a note is written anew": (
        lambda world: world.note(),
        lambda note: [WriteNote(ref="1", topic=Topic.PROBLEMS, text="One problem.", comment=note.id)],
    ),
    "a note is removed": (
        lambda world: world.note(),
        lambda note: [RemoveNote(ref="1", topic=Topic.PROBLEMS, comment=note.id)],
    ),
    "a person's command is posted": (
        lambda world: [world.issue.comment(text, by="jane") for text in ("/lead me", "/lead @joe")],
        lambda _: [PostComment(ref="1", text="/lead me")],
    ),
    "a comment is reacted to": (
        lambda world: world.issue.comment("/lead me", by="jane"),
        lambda comment: [React(ref="1", comment=comment.id, content="+1")],
    ),
    "a reaction is taken back": (
        lambda world: world.reacted(),
        lambda comment: [React(ref="1", comment=comment.id, content="+1", is_on=False)],
    ),
    "somebody is assigned": (None, lambda _: [Assign(ref="1", people=("Jane",))]),
    "an incident is reopened": (lambda world: world.issue.close(by="jane"), lambda _: [ReopenIncident(ref="1")]),
    "a post-mortem begins": (None, lambda _: [OpenPostmortem(incident="1", title="Copr was down", text="Why?")]),
    "one of several notes is written": (
        lambda world: world.issue.comment(notes.write(Topic.HELP, "Try this.", "7"), by=world.bot),
        lambda _: [WriteNote(ref="1", topic=Topic.HELP, text="Try that.", key="8")],
    ),
    "an incident is pinned": (None, lambda _: [PinIncident(ref="1")]),
    "an incident is unpinned": (lambda world: world.issue.pin(by=world.bot), lambda _: [UnpinIncident(number=1)]),
    "a board is opened": (None, lambda _: [board(), PinMirror(repository="")]),
    "a board is written anew": (lambda world: world.board("It burns."), lambda issue: [board(number=issue.number)]),
    "a board is closed": (
        lambda world: world.board().pin(by=world.bot),
        lambda issue: [
            board(number=issue.number, is_open=False),
            UnpinMirror(repository="", number=issue.number),
        ],
    ),
}
COMMANDS = {
    name for name in PREPARED if "command" in name or "is opened" in name or "is updated" in name or "goes on" in name
} - {"a board is opened"} | {"an incident is resolved"}
"""What a person asked for: nobody asks again by itself."""


def prepared(github, name):
    """A world before a change, and the change."""
    world = World(github)
    prepare, actions = PREPARED[name]
    return world, actions(prepare(world) if prepare else None)


def clean(name):
    """What there is after a change when nothing breaks, and how many requests it takes."""
    with direct() as github:
        world, actions = prepared(github, name)
        before = world.state()
        world.apply(*actions)
        assert world.state() != before
        return world.state(), len(github.requests)


@pytest.mark.parametrize(
    "fault", [500, 502, 503, 504, "drop", "delay", "truncate", "half", "secondary", 429, "rate_limited"]
)
@pytest.mark.parametrize("name", PREPARED)
def test_whatever_request_breaks_the_change_is_made_once(name, fault):
    expected, requests = clean(name)
    for when in ("before", "after") if fault in {500, 502, "drop", "delay"} else ("before",):
        for skip in range(requests):
            with direct() as github:
                world, actions = prepared(github, name)
                github.fail("*", with_=fault, when=when, skip=skip, seconds=0)
                world.apply(*actions)

                assert world.state() == expected


@pytest.mark.parametrize(("fault", "end"), [("kill", Killed), ("drop", OutOfBudget)])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("name", sorted(PREPARED.keys() - COMMANDS))
def test_a_run_that_died_anywhere_is_made_up_for_by_the_next(name, when, fault, end):
    expected, requests = clean(name)
    for skip in range(requests):
        with direct() as github:
            world, actions = prepared(github, name)
            github.fail("*", with_=fault, when=when, skip=skip)
            with pytest.raises(end):
                world.apply(*actions, wait=0)
            world.apply(*actions)

            assert world.state() == expected


@pytest.mark.parametrize("name", sorted(PREPARED.keys() - COMMANDS))
def test_a_change_that_is_made_already_changes_nothing(name):
    expected, _ = clean(name)
    with direct() as github:
        world, actions = prepared(github, name)
        world.apply(*actions)
        told = [event.kind for event in world.issue.events]
        world.apply(*actions)

        assert world.state() == expected
        assert [event.kind for event in world.issue.events] == told


@pytest.mark.parametrize("name", PREPARED)
def test_without_the_permission_every_change_is_refused_with_what_it_takes(name):
    with direct() as github:
        world, actions = prepared(github, name)
        before = world.state()

        with pytest.raises(StoreError, match=r"the token needs `issues: write`"):
            world.apply(*actions, token=github.token(STATUS))
        assert world.state() == before


@pytest.mark.parametrize("name", PREPARED)
def test_what_ghstatus_writes_is_its_own(name):
    with direct() as github:
        world, actions = prepared(github, name)
        made = len(world.issue.events)
        world.apply(*actions)

        assert {event.actor.login for event in world.issue.events[made:]} <= {VIEWER}


def test_an_incident_is_opened_with_its_text_and_labels(world):
    writer = world.apply(opening(severity="critical"))

    opened = world.repository.issues[2]
    written = draft.write(builders.incident("new", severity="critical"), Labels())
    assert (opened.title, opened.body, opened.state) == (written.title, written.text, "open")
    assert {label.name for label in opened.labels} == {"incident", "severity/critical", "component/copr"}
    assert writer.opened == {"new": 2}


def test_what_was_opened_is_found_again_by_its_ref(world):
    world.apply(opening(), PostUpdate(ref="new", update=UPDATE), PinIncident(ref="new"))

    opened = world.repository.issues[2]
    assert [comment.body for comment in opened.comments] == [draft.write_update(UPDATE)]
    assert opened.pinned_by.login == VIEWER


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"ended": "10:00"}, "completed"),
        ({"updates": [builders.update("09:00", "identified"), builders.update("10:00", "resolved")]}, "completed"),
        ({"false_alarm": "A test."}, "not_planned"),
        ({"kind": "maintenance", "updates": [builders.update("10:00", "cancelled")]}, "not_planned"),
        (
            {"kind": "maintenance", "updates": [builders.update("10:00", "completed"), builders.update("11:00")]},
            "completed",
        ),
    ],
)
def test_what_is_over_is_closed_for_the_reason_that_reads_as_the_same(world, said, reason):
    world.apply(opening(**said | {"updates": tuple(said.get("updates", ()))}))

    assert (world.repository.issues[2].state, world.repository.issues[2].state_reason) == ("closed", reason)


def test_what_ends_later_stays_open(world):
    world.apply(opening(ended="2026-03-04 10:00"))

    assert world.repository.issues[2].state == "open"


def test_labels_that_github_leaves_out_are_told(world):
    token = world.github.pat("stranger")

    with pytest.raises(StoreError, match=r"#2 in packit/status lacks 'incident', 'severity/major', 'component/copr'"):
        world.apply(opening(), token=token)

    assert world.repository.issues[2].title == "Builds stay pending"


def test_an_issue_of_the_same_title_is_not_what_was_opened(world):
    world.repository.issue("Builds stay pending", "Mine do.", by="stranger")
    world.github.fail("issues/create")

    world.apply(opening())

    assert [issue.number for issue in world.repository.issues.values()] == [1, 2, 3]


def test_an_issue_of_the_same_text_is_not_what_was_opened(world):
    text = draft.write(builders.incident("new"), Labels()).text
    world.repository.issue("Builds fail", text, by=world.bot)
    world.github.fail("issues/create")

    world.apply(opening())

    assert world.repository.issues[3].title == "Builds stay pending"


def test_an_edit_leaves_updates_in_their_comments(world):
    comment = world.issue.comment("**Identified:** A disk.", by="jane")
    world.apply(PostUpdate(ref="1", update=UPDATE))
    spoken = builders.update(comment.created_at, "identified", text="A disk.")
    written = builders.update("10:00", text="It spins.")

    world.apply(EditIncident(incident=builders.incident("1", updates=(UPDATE, spoken, written))))

    assert world.issue.body == draft.write(builders.incident("1", updates=(written,)), Labels()).text


def test_an_edit_makes_the_labels_say_what_it_is_and_touches_no_others(world):
    world.issue.label("severity/minor", "false-alarm", "help wanted", by="jane")

    world.apply(EditIncident(incident=builders.incident("1", kind="maintenance")))

    labels = {label.name for label in world.issue.labels}
    assert labels == {"maintenance", "old", "severity/minor", "help wanted"}


@pytest.mark.parametrize(
    ("was", "said", "expected"),
    [
        ("open", {}, ("open", None)),
        ("open", {"ended": "10:00"}, ("closed", "completed")),
        ("open", {"false_alarm": "A test."}, ("closed", "not_planned")),
        ("closed", {"ended": "10:00"}, ("closed", "duplicate")),
        ("closed", {}, ("open", "reopened")),
    ],
)
def test_an_edit_closes_and_reopens(world, was, said, expected):
    if was == "closed":
        world.issue.close("duplicate", by="jane")

    world.apply(EditIncident(incident=builders.incident("1", **said)))

    assert (world.issue.state, world.issue.state_reason) == expected


def test_an_edit_does_not_reopen_what_a_comment_resolved(world):
    resolved = builders.update("09:00", "resolved")
    world.apply(PostUpdate(ref="1", update=resolved))

    world.apply(EditIncident(incident=builders.incident("1", updates=(resolved,))))

    assert world.issue.state == "closed"
    assert [event.kind for event in world.issue.events].count("closed") == 1


@pytest.mark.parametrize(
    ("was", "phase", "expected"),
    [
        ("open", "identified", ("open", None)),
        ("open", "resolved", ("closed", "completed")),
        ("open", "cancelled", ("closed", "not_planned")),
        ("open", None, ("open", None)),
        ("closed", None, ("closed", "duplicate")),
        ("closed", "resolved", ("closed", "duplicate")),
        ("closed", "investigating", ("open", "reopened")),
    ],
)
def test_an_update_closes_and_reopens(world, was, phase, expected):
    if was == "closed":
        world.issue.close("duplicate", by="jane")

    world.apply(PostUpdate(ref="1", update=builders.update("09:00", phase)))

    assert (world.issue.state, world.issue.state_reason) == expected
    assert world.comments() == [draft.write_update(builders.update("09:00", phase))]


@pytest.mark.parametrize(
    "action", [opening(), EditIncident(incident=builders.incident("1")), PostUpdate(ref="1", update=UPDATE)]
)
def test_in_another_dialect_incidents_are_only_read(world, action):
    with pytest.raises(StoreError, match=r"reads how incidents are written in packit/status \(upptime\), and doesn't"):
        world.apply(action, dialect="upptime")

    assert world.github.requests == []


def test_in_another_dialect_the_rest_is_done(world):
    world.apply(PinIncident(ref="1"), dialect="upptime")

    assert world.issue.pinned_by.login == VIEWER


@pytest.mark.parametrize("ref", ["builds-pending", "", "²", "-1"])
def test_an_incident_that_is_no_issue_is_told(world, ref):
    with pytest.raises(StoreError, match=rf"there is no incident {ref!r} in packit/status"):
        world.apply(CloseIncident(ref=ref))


def test_a_label_of_that_name_keeps_its_colour(world):
    world.repository.label("Phase/Identified", "ffffff", "Mine")

    world.apply(CreateLabel(label=LABEL))

    assert world.repository.find_label("phase/identified").color == "ffffff"


def test_a_label_that_github_does_not_take_is_told(world):
    with pytest.raises(StoreError, match=r"can't create the label .*\(422\)"):
        world.apply(CreateLabel(label=Label("x" * 51, "ffffff")))


def test_a_label_that_could_not_be_created_is_put_on_nothing(world):
    """GitHub would make it up, in grey, and nobody would colour it after that."""
    world.github.fail("issues/create-label", with_="forbidden")

    with world.writer() as writer:
        with pytest.raises(StoreError, match="create the label 'phase/identified'"):
            writer.apply(CreateLabel(label=LABEL))
        with pytest.raises(StoreError) as refused:
            writer.apply(Relabel(ref="1", add=("Phase/identified", "severity/major"), remove=("old",)))
        writer.apply(CreateLabel(label=LABEL))
        writer.apply(Relabel(ref="1", add=("phase/identified",)))

    assert str(refused.value) == (
        "#1 in packit/status goes without 'Phase/identified': GitHub would make up a label that could not be created"
    )
    names = [event.about["label"] for event in world.issue.events if event.kind in {"labeled", "unlabeled"}]
    assert names[2:] == ["severity/major", "old", "phase/identified"]
    assert world.repository.find_label("phase/identified").color == LABEL.color


def test_nothing_is_asked_of_github_where_no_label_is_left(world):
    world.github.fail("issues/create-label", with_="forbidden")
    with world.writer() as writer:
        with pytest.raises(StoreError):
            writer.apply(CreateLabel(label=LABEL))
        asked = len(world.github.requests)
        with pytest.raises(StoreError, match="goes without"):
            writer.apply(Relabel(ref="1", add=(LABEL.name,)))

    assert len(world.github.requests) == asked


def test_a_look_for_a_label_that_fails_is_told(world, monkeypatch):
    def refuse(*_, task, **__):
        raise StoreError(f"can't {task}", status=403)

    world.github.fail("issues/create-label")
    monkeypatch.setattr(Client, "get", refuse)

    with pytest.raises(StoreError, match="can't read the label 'phase/identified'"):
        world.apply(CreateLabel(label=LABEL))


def test_a_label_may_have_any_name(world):
    names = ("component/testing farm", "a/b?c#d", "50 %", "ä")
    world.issue.label(*names, by="jane")

    world.apply(Relabel(ref="1", remove=names))

    assert [label.name for label in world.issue.labels] == ["incident", "old"]


def test_a_label_that_is_gone_is_off(world):
    world.issue.unlabel("old", by="jane")

    world.apply(Relabel(ref="1", remove=("old",)))


def test_a_label_of_an_issue_that_is_gone_is_told(world):
    world.issue.delete()

    with pytest.raises(StoreError, match=r"can't .* #1.*\(410\)"):
        world.apply(Relabel(ref="1", remove=("old",)))


def test_a_label_that_may_not_be_taken_off_is_told(world):
    with pytest.raises(StoreError, match=r"can't take the label 'old' off #1 .*needs `issues: write`"):
        world.apply(Relabel(ref="1", remove=("old",)), token=world.github.token(STATUS))


def test_labels_that_were_left_out_on_an_issue_are_told(world, monkeypatch):
    monkeypatch.setattr(Client, "post", lambda *_, **__: [{"name": "incident"}])

    with pytest.raises(StoreError, match=r"#1 in packit/status lacks 'phase/x': GitHub leaves labels out"):
        world.apply(Relabel(ref="1", add=("phase/x", "Incident")))


def test_a_close_leaves_a_persons_close_alone(world):
    world.issue.close("not_planned", by="jane")

    world.apply(CloseIncident(ref="1"))

    assert world.issue.state_reason == "not_planned"


def test_a_note_is_found_behind_a_hundred_comments(world):
    for number in range(100):
        world.issue.comment(f"Me too, {number}.", by="stranger")
    note = world.note()

    world.apply(NOTE)

    assert note.body == notes.write(Topic.PROBLEMS, "One problem.")
    assert len(world.issue.comments) == 101


def test_a_note_that_says_so_already_is_left_alone(world):
    world.note("One problem.")

    world.apply(NOTE)

    assert world.github.counts == {"issues/list-comments": 1}


def test_a_note_that_somebody_else_wrote_is_no_note(world):
    world.issue.comment(notes.write(Topic.PROBLEMS, "Ha."), by="stranger")

    world.apply(NOTE)

    assert len(world.issue.comments) == 2


def test_a_note_that_somebody_else_wrote_is_not_found_after_a_lost_answer(world):
    world.issue.comment(notes.write(Topic.PROBLEMS, NOTE.text), by="stranger")
    world.github.fail("issues/create-comment")

    world.apply(NOTE)

    assert [comment.author.login for comment in world.issue.comments] == ["stranger", VIEWER]


def test_a_note_that_somebody_removed_is_written_again(world):
    note = world.note()
    note.delete()

    world.apply(WriteNote(ref="1", topic=Topic.PROBLEMS, text="One problem.", comment=note.id))

    assert world.comments() == [notes.write(Topic.PROBLEMS, "One problem.")]


def test_a_comment_of_an_account_that_is_gone_is_nobodys(world, monkeypatch):
    get = Client.get
    monkeypatch.setattr(Client, "get", lambda *args, **said: [one | {"user": None} for one in get(*args, **said)])
    world.note("One problem.")

    world.apply(NOTE)

    assert len(world.issue.comments) == 2


def test_a_known_issue_is_pinned_with_one_request(world):
    seen = builders.issue(number=1, node_id=world.issue.node_id)

    world.apply(PinIncident(ref="1"), issues={"1": seen})

    assert world.github.counts == {"graphql:pinIssue": 1}


def test_a_fourth_pin_is_refused_in_words(world):
    for number in range(3):
        world.repository.issue(f"Read this, {number}").pin(by="jane")

    with pytest.raises(
        StoreError, match=r"can't pin #1 in packit/status: 3 issues are pinned, and GitHub allows no more"
    ):
        world.apply(PinIncident(ref="1"))

    assert world.issue.pinned_by is None


@pytest.mark.parametrize(
    ("action", "mutation", "is_pinned"),
    [(PinIncident(ref="1"), "pinIssue", True), (UnpinIncident(number=1), "unpinIssue", False)],
)
def test_a_pin_that_github_refuses_because_it_is_so_is_done(world, monkeypatch, action, mutation, is_pinned):
    if is_pinned:
        world.issue.pin(by="jane")

    def refuse(client, repository, name, *_, **__):
        raise StoreError(f"{name}: it is so", status=422)

    monkeypatch.setattr(Client, "mutate", refuse)

    world.apply(action)


@pytest.mark.parametrize("action", [PinIncident(ref="1"), UnpinIncident(number=1)])
def test_a_pin_that_github_refuses_for_another_reason_is_told(world, monkeypatch, action):
    if isinstance(action, UnpinIncident):
        world.issue.pin(by="jane")

    def refuse(*_, **__):
        raise StoreError("the issue is too old", status=422)

    monkeypatch.setattr(Client, "mutate", refuse)

    with pytest.raises(StoreError, match="the issue is too old"):
        world.apply(action)


def test_the_board_is_opened_with_its_marker_and_label(world):
    world.apply(board())

    opened = world.repository.issues[2]
    assert (opened.title, opened.body) == ("Current status", notes.mirror("All is well."))
    assert [label.name for label in opened.labels] == ["ghstatus"]


def test_the_oldest_board_of_our_own_is_written_anew(world):
    world.board(by="jane")
    ours, later = world.board("It burns."), world.board("It burns.")
    ours.close(by=world.bot)

    world.apply(board())

    assert (ours.body, ours.state) == (notes.mirror("All is well."), "open")
    assert later.body == notes.mirror("It burns.")
    assert len(world.repository.issues) == 4


def test_a_board_without_its_label_is_found_and_gets_it(world):
    world.repository.pull("Ours", by=world.bot).body = notes.mirror("No issue")
    world.repository.issue("Mine", notes.mirror("Ha."), by="stranger", labels=["ghstatus"])
    ours = world.board(labels=[])

    world.apply(board())

    assert [label.name for label in ours.labels] == ["ghstatus"]
    assert len(world.repository.issues) == 4


def test_a_board_that_says_so_already_costs_one_look(world):
    issue = world.board()

    world.apply(board(number=issue.number))

    assert world.github.counts == {"issues/get": 1}


def test_a_board_in_another_repository_is_written_and_pinned_there(github):
    world = World(github)
    there = github.repository("fedora/status")
    github.world.app("status-bot", issues="write")
    app = github.app("status-bot", issues="write")
    app.install(STATUS)
    app.install("fedora/status")
    access = Access(api_url=github.url, app_id=str(app.id), app_private_key=app.private_key)
    clock = github.clock
    with Client(access, sleep=None, clock=lambda: clock.now().timestamp(), tell=None) as client:
        writer = Writer(client, STATUS, Labels(), "ghstatus")
        writer.seen(builders.tracker(viewer="status-bot[bot]"))
        writer.apply(board(repository="fedora/status"))
        writer.apply(PinMirror(repository="fedora/status"))

    assert there.issues[1].pinned_by.login == "status-bot[bot]"
    assert len(world.repository.issues) == 1


def test_a_board_that_could_not_be_opened_can_not_be_pinned(world):
    with pytest.raises(StoreError, match="can't pin the board in packit/status: it could not be opened"):
        world.apply(PinMirror(repository=""))


def test_a_board_that_stands_is_pinned(world):
    issue = world.board()

    world.apply(PinMirror(repository="", number=issue.number))

    assert issue.pinned_by.login == VIEWER


def test_a_writer_that_saw_nothing_writes_all_the_same(world):
    access = Access(api_url=world.github.url, token=world.token)
    clock = world.github.clock
    with Client(access, sleep=None, clock=lambda: clock.now().timestamp(), tell=None) as client:
        writer = Writer(client, STATUS, Labels(), "ghstatus")
        writer.apply(PinIncident(ref="1"))
        writer.apply(NOTE)

    assert world.issue.pinned_by.login == VIEWER
    assert len(world.comments()) == 1


def test_an_issue_that_is_gone_is_told(world):
    world.issue.delete()

    for action in (PinIncident(ref="1"), NOTE, CloseIncident(ref="1"), PostUpdate(ref="1", update=UPDATE)):
        with pytest.raises(GhstatusError, match=r"#1 in packit/status: GitHub says 'This issue was deleted' \(410\)"):
            world.apply(action)


def test_a_comment_that_is_gone_is_not_reacted_to(world):
    comment = world.issue.comment("/lead me", by="jane")
    comment.delete(by="jane")

    world.apply(React(ref="1", comment=comment.id, content="+1"))
    world.apply(React(ref="1", comment=comment.id, content="+1", is_on=False))

    assert world.comments() == []


@pytest.mark.parametrize("is_on", [True, False])
def test_a_refused_reaction_is_told(world, is_on):
    comment = world.reacted()

    with pytest.raises(StoreError, match=r"reaction|react to"):
        world.apply(React(ref="1", comment=comment.id, content="+1", is_on=is_on), token=world.github.token(STATUS))


def test_whoever_cannot_be_assigned_is_told(world):
    with pytest.raises(StoreError, match=r"#1 in packit/status isn't assigned to stranger: GitHub leaves out"):
        world.apply(Assign(ref="1", people=("stranger", "jane")))

    assert [user.login for user in world.issue.assignees] == ["jane"]


@pytest.mark.parametrize("fault", ["forbidden", 502])
def test_a_postmortem_that_can_t_be_part_of_its_incident_still_leads_to_it(world, fault):
    world.github.fail("issues/add-sub-issue", with_=fault, when="after" if fault == 502 else "before")
    world.apply(OpenPostmortem(incident="1", title="Copr was down", text="Incident: #1"))

    made = world.repository.issues[2]
    assert made.body.endswith("Incident: #1")
    assert (made.parent is world.issue) == (fault == 502)


def test_a_postmortem_is_found_again_by_its_incident(world):
    action = OpenPostmortem(incident="1", title="Copr was down", text="Why?")
    world.apply(action)
    made = world.repository.issues[2]
    assert (made.title, made.body) == ("Copr was down", learnt.write("1", "Why?"))
    assert [label.name for label in made.labels] == ["postmortem"]
    assert made.parent is world.issue
    made.close(by="jane")
    made.body = "Incident: #1"

    world.apply(action, OpenPostmortem(incident="2", title="Another", text="Why?"))

    assert [issue.title for issue in world.repository.issues.values()] == ["Copr is down", "Copr was down", "Another"]
