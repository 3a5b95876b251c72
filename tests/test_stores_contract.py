"""What every store promises: incidents come back as they were put."""

from dataclasses import replace

import pytest

from ghstatus.actions import EditIncident, OpenIncident, PostUpdate
from ghstatus.errors import StoreError, UsageError
from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.model import Assignment, Detector, Kind, Link, Response, Role, Task
from ghstatus.plan import imports
from ghstatus.stores.folder import FolderStore
from ghstatus.stores.github.store import GitHubStore
from ghstatus.stores.memory import MemoryStore
from tests.builders import NOW, at, component, group, incident, policy, site, update
from tests.github.direct import direct

SITE = site(
    component("copr", group="builds"),
    component("koji", group="builds"),
    groups=(group("builds"),),
    policy=policy(uptime_days=30),
)
INCIDENTS = {
    "short": incident("short"),
    "full": incident(
        "2026-03-02-full",
        title='Builds: "stay" pending # 1',
        severity="critical",
        components={"copr": "major_outage", "koji": None},
        started=at("2026-03-02 08:00:01"),
        ended=at("11:00"),
        text="Builds stay pending.\n\n```\n---\nlogs: none\n```",
        affects="Everybody.\n\n- really",
        workaround="Wait.",
        eta="2026-03-02 14:00 UTC",
        links=(
            Link(text="Upstream", url="https://status.example.org/1"),
            Link(text="mailto:a@b.c", url="mailto:a@b.c"),
        ),
        source="cstate:content/issues/full.md",
        response=Response(
            declared=at("08:05"),
            detected=at("08:02"),
            detector=Detector.USERS,
            roles=(Assignment(at("08:06"), Role.LEAD, "jane", "joe"), Assignment(at("08:30"), Role.LEAD, "", "jane")),
            call="https://meet.example.org/x",
            tasks=(
                Task(1, "Restart it.", at("08:10"), "jane", "joe", at("08:20")),
                Task(2, "Ask.", at("08:15"), "joe"),
            ),
            snoozed_until=at("10:30"),
        ),
        updates=(
            update("09:00", "identified", text="A disk.\n\n## Not – an update", severity="minor"),
            update("10:00", components={"koji": "operational"}, text=""),
            update("11:00", "resolved"),
        ),
    ),
    "numbered": incident("7", number=7),
    "maintenance": incident(
        "new-disks", kind="maintenance", severity=None, scheduled_for=at("08:00"), scheduled_until=at("13:00")
    ),
    "announcement": incident("moving", kind="announcement", severity=None, components=()),
    "false alarm": incident("typo", false_alarm="It was the cable."),
    "unicode": incident("störung", title="Störung — 障害", text="Ein Ausfall 🔥"),
}


class Numbered:
    """A GitHub store in which incidents keep the names that they were opened under; GitHub gives them numbers."""

    def __init__(self, github):
        github.clock.set(NOW)
        github.repository("packit/status")
        access = Access(api_url=github.url, token=github.token("packit/status", issues="write"))
        client = Client(access, sleep=lambda _: None, clock=NOW.timestamp, tell=print)
        github.open.callback(client.close)
        self.store = GitHubStore(client, SITE, repository="packit/status", cache=None)
        self.opened = {}
        """The incidents as they were put, by the numbers that they have now."""

    def apply(self, action):
        self.store.apply(action)
        if isinstance(action, OpenIncident):
            self.opened[str(len(self.opened) + 1)] = action.incident
        elif isinstance(action, EditIncident):
            place = next(number for number, one in self.opened.items() if one.ref == action.incident.ref)
            self.opened[place] = action.incident

    def observe(self, now):
        seen = self.store.observe(now)
        assert set(seen.tracker.issues) == set(seen.digests) == {one.ref for one in seen.incidents}
        named = [(one, self.opened[one.ref]) for one in seen.incidents]
        found = [_without_labels(_as_it_was_put(one, was)) for one, was in named]
        return replace(seen, incidents=tuple(sorted(found, key=lambda one: one.ref)))


def _as_it_was_put(one, was):
    """An issue has a number, and knows when it was opened."""
    response = replace(one.response, declared=was.response.declared)
    return replace(one, ref=was.ref, number=was.number, response=response)


def _without_labels(one):
    """Labels of an incident stay where it becomes something else, and mean nothing there."""
    if one.kind is Kind.INCIDENT:
        return one
    return replace(one, severity=None, components=() if one.kind is Kind.ANNOUNCEMENT else one.components)


@pytest.fixture(params=["memory", "folder", "github"])
def store(request, tmp_path):
    if request.param == "memory":
        yield MemoryStore(SITE)
    elif request.param == "folder":
        yield FolderStore(tmp_path, SITE)
    else:
        with direct() as github:
            yield Numbered(github)


def put(store, *incidents):
    for one in incidents:
        store.apply(OpenIncident(incident=one))


def observed(store):
    return store.observe(NOW).incidents


def test_a_snapshot_carries_the_measure_of_the_site(store):
    seen = store.observe(NOW)

    assert (seen.taken, seen.components, seen.groups, seen.policy) == (NOW, SITE.components, SITE.groups, SITE.policy)
    assert (seen.incidents, seen.settled, seen.problems, seen.unobserved) == ((), (), (), frozenset())


@pytest.mark.parametrize("one", INCIDENTS.values(), ids=INCIDENTS)
def test_what_was_opened_is_observed(store, one):
    put(store, one)

    assert observed(store) == (one,)
    assert store.observe(NOW).problems == ()


def test_incidents_come_in_the_order_of_their_refs(store):
    put(store, *(incident(ref) for ref in ["b", "a", "c"]))

    assert [one.ref for one in observed(store)] == ["a", "b", "c"]


@pytest.mark.parametrize("one", INCIDENTS.values(), ids=INCIDENTS)
def test_what_was_edited_is_observed(store, one):
    put(store, incident(one.ref), incident("other"))
    store.apply(EditIncident(incident=one))

    assert sorted(observed(store), key=lambda each: each.ref == "other") == [one, incident("other")]


def test_what_was_posted_is_observed(store):
    told = (update("09:00", "identified", severity="critical", components={"copr": None}), update("10:00", "resolved"))
    put(store, incident())
    for one in told:
        store.apply(PostUpdate(ref="builds-pending", update=one))

    assert observed(store) == (incident(updates=told),)


def test_a_backdated_update_stands_where_its_time_belongs(store):
    put(store, incident(updates=(update("09:00"), update("11:00"))))
    store.apply(PostUpdate(ref="builds-pending", update=update("10:00")))

    assert [one.at for one in observed(store)[0].updates] == [at("09:00"), at("10:00"), at("11:00")]


def test_what_was_opened_after_looking_can_be_changed_at_once(store):
    observed(store)
    put(store, incident())
    store.apply(EditIncident(incident=incident(severity="minor")))
    store.apply(PostUpdate(ref="builds-pending", update=update("09:00")))

    assert observed(store) == (incident(severity="minor", updates=(update("09:00"),)),)


@pytest.mark.parametrize("store", ["memory", "folder"], indirect=True)
def test_a_ref_is_opened_once(store):
    """GitHub gives every issue a number of its own."""
    put(store, incident())

    with pytest.raises(UsageError, match="there is an incident 'builds-pending' already"):
        put(store, incident(severity="minor"))
    assert observed(store) == (incident(),)


@pytest.mark.parametrize(
    "action",
    [EditIncident(incident=incident()), PostUpdate(ref="builds-pending", update=update())],
    ids=["edit", "post"],
)
def test_what_is_not_there_cannot_be_changed(store, action):
    put(store, incident("other"))

    with pytest.raises((StoreError, UsageError), match="there is no incident 'builds-pending'"):
        store.apply(action)
    assert observed(store) == (incident("other"),)


def test_an_import_converges(store):
    found = [replace(one, source=f"test:{ref}") for ref, one in INCIDENTS.items()]
    for action in imports.decide(observed(store), found):
        store.apply(action)

    assert len(observed(store)) == len(found)
    assert imports.decide(observed(store), found) == ()


def test_an_import_converges_after_a_crash_between_any_two_actions(store):
    found = [replace(incident("same"), source=f"test:{number}") for number in range(3)]
    for _ in found:
        store.apply(imports.decide(observed(store), found)[0])

    assert sorted(one.ref for one in observed(store)) == ["same", "same-2", "same-3"]
    assert imports.decide(observed(store), found) == ()
