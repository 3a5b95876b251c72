"""What the store and a GitHub said to each other once, played back: every request is the same to the letter.

tests/README.md tells against which GitHub each cassette was recorded, and how to record them anew.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from ghstatus import board
from ghstatus.actions import OpenIncident, PinIncident, PostUpdate, Relabel, UnpinIncident
from ghstatus.errors import GhstatusError
from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.model import Pins
from ghstatus.plan import decide
from ghstatus.stores.github.store import GitHubStore
from tests.builders import component, incident, site, update
from tests.github import recording

CASSETTES = Path(__file__).parent / "cassettes" / "test_github_cassettes"
TITLE = "A trial of ghstatus: nothing is down"


@pytest.fixture
def tape(record_mode, vcr_cassette_dir, default_cassette_name):
    made = recording.tape(Path(vcr_cassette_dir) / f"{default_cassette_name}.yaml", record_mode)
    yield made
    made.end()


@pytest.fixture
def vcr_config(tape):
    return tape.config()


@pytest.fixture
def about():
    """A page that says nothing in comments, so that other words for it make no other cassettes."""
    return site(component("copr"), pins=Pins(max=1), welcome=False)


@pytest.fixture
def client(tape):
    access = Access(api_url=tape.api_url, token=tape.token)
    with Client(access, sleep=tape.sleep, clock=tape.now.timestamp, tell=lambda _: None) as made:
        yield made


@pytest.fixture
def store(client, about, tape, tmp_path):
    return GitHubStore(client, about, repository=tape.repository, cache=tmp_path / "issues")


def going_on(snapshot, now):
    """The trial that goes on; those of earlier recordings are over."""
    judged = board.judge(snapshot, now)
    return judged, [story for story in judged.active if story.record.title == TITLE]


def settle(store, about, now):
    """Carry out what is planned."""
    snapshot = store.observe(now)
    plan = decide.decide(board.judge(snapshot, now), snapshot, about)
    for action in plan:
        store.apply(action)
    return [type(action) for action in plan]


@pytest.mark.vcr
def test_an_incident_from_beginning_to_end(tape, store, about):
    settle(store, about, tape.now)
    said = incident(
        "trial", title=TITLE, severity="minor", components=["copr"], text="Written by `make record`.", started=tape.now
    )
    store.apply(OpenIncident(incident=said))

    now = tape.now + timedelta(minutes=10)
    _, (story,) = going_on(store.observe(now), now)
    ref = story.record.ref
    store.apply(PostUpdate(ref=ref, update=update(tape.now + timedelta(minutes=1), "identified", text="A *trial*.")))
    assert {PinIncident, Relabel} <= set(settle(store, about, now))

    snapshot = store.observe(now)
    judged, (story,) = going_on(snapshot, now)
    assert decide.decide(judged, snapshot, about) == ()
    assert (story.record.phase, story.status) == ("identified", "degraded_performance")
    assert int(ref) in {pin.number for pin in snapshot.tracker.pins if pin.by == snapshot.tracker.viewer}

    store.apply(PostUpdate(ref=ref, update=update(tape.now + timedelta(minutes=2), "resolved", text="Over.")))
    assert UnpinIncident in settle(store, about, now)
    snapshot = store.observe(now)
    judged, still = going_on(snapshot, now)
    assert (still, decide.decide(judged, snapshot, about)) == ([], ())
    assert snapshot.tracker.issues[ref].reason == "completed"


@pytest.mark.vcr
def test_nothing_new_takes_one_request(tape, client, about, tmp_path):
    def looked():
        before = client.requests.total()
        store = GitHubStore(client, about, repository=tape.repository, cache=tmp_path / "issues")
        snapshot = store.observe(tape.now)
        return snapshot, client.requests.total() - before

    first, _ = looked()
    second, asked = looked()

    assert (second.incidents, asked) == (first.incidents, 1)


@pytest.mark.vcr
def test_a_repository_that_is_not_there(tape, client, about):
    store = GitHubStore(client, about, repository=f"{tape.repository}-that-is-not-there", cache=None)

    with pytest.raises(GhstatusError, match="that-is-not-there"):
        store.observe(tape.now)


def cassettes():
    return sorted(CASSETTES.glob("*.yaml"))


def test_each_cassette_says_against_what_it_was_recorded():
    assert [path for path in cassettes() if not yaml.safe_load(path.read_text("utf-8"))["recorded"]["against"]] == []
    assert [path for path in cassettes() if not path.read_text("utf-8").startswith("# Recorded against ")] == []


def test_the_readme_says_whether_any_cassette_is_of_github():
    against = {yaml.safe_load(path.read_text("utf-8"))["recorded"]["against"] for path in cassettes()}
    readme = (CASSETTES.parent.parent / "README.md").read_text("utf-8")

    assert ("recorded against the loopback GitHub, not against GitHub" in readme) == any(
        "loopback" in one for one in against
    )


def test_no_cassette_holds_a_token():
    tokens = re.compile(r"gh[pousr]_\w{20}|github_pat_|-----BEGIN|[Aa]uthorization")
    assert [path for path in cassettes() if tokens.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"GHSTATUS_RECORD_TOKEN": "secret"},
        {"GHSTATUS_RECORD_REPOSITORY": "you/scratch"},
        {"GHSTATUS_RECORD_TOKEN": "secret", "GHSTATUS_RECORD_REPOSITORY": "you/status"},
        {"GHSTATUS_RECORD_TOKEN": "secret", "GHSTATUS_RECORD_REPOSITORY": "scratch/status"},
    ],
)
def test_nothing_is_recorded_without_a_token_and_a_scratch_repository(tmp_path, environment):
    with pytest.raises(recording.Refusal, match="GHSTATUS_RECORD_REPOSITORY"):
        recording.Tape(tmp_path / "one.yaml", is_recording=True, environment=environment)


def test_a_cassette_that_holds_the_token_is_removed(tmp_path):
    path = tmp_path / "one.yaml"
    environment = {"GHSTATUS_RECORD_TOKEN": "secret", "GHSTATUS_RECORD_REPOSITORY": "you/scratch"}
    tape = recording.Tape(path, is_recording=True, environment=environment)
    path.write_text("interactions: [secret]\n")

    with pytest.raises(recording.Refusal, match="held the token"):
        tape.end()
    assert not path.exists()


def test_a_recording_of_github_says_so(tmp_path):
    path = tmp_path / "one.yaml"
    environment = {"GHSTATUS_RECORD_TOKEN": "secret", "GHSTATUS_RECORD_REPOSITORY": "you/scratch"}
    tape = recording.Tape(path, is_recording=True, environment=environment)
    path.write_text("interactions: []\nversion: 1\n")
    tape.end()

    assert path.read_text().startswith("# Recorded against https://api.github.com, which is a GitHub.\n")
    replayed = recording.Tape(path, is_recording=False, environment={})
    assert (replayed.now, replayed.repository, replayed.token) == (tape.now, "you/scratch", "played-back")
