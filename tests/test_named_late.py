"""What somebody names only later was broken from the start: by commands as by labels, on issues and in files."""

from datetime import timedelta
from itertools import permutations

import pytest

from ghstatus import timeline, uptime
from ghstatus.actions import PostUpdate
from ghstatus.grammar import body, deeds, document, orders, verbs
from ghstatus.grammar import issue as grammar
from ghstatus.grammar.asking import Asking, Saying
from ghstatus.grammar.names import Names
from ghstatus.model import Affected, ComponentStatus, Kind, Severity, Update
from ghstatus.stores.folder import FolderStore
from ghstatus.stores.memory import MemoryStore
from tests.builders import affected, at, comment, component, context, event, incident, issue, policy, site, update

SITE = site(component("copr"), component("testing-farm"))
FINE = ComponentStatus.OPERATIONAL


def read(*done, labels=("incident",), **said):
    reading = grammar.parse(issue(*done, labels=labels, **said), context())
    assert reading.problems == ()
    return reading.incident


def spans(one):
    """Which components are hit how badly, from when to when."""
    found = timeline.record(one, at("12:00"), policy()).spans
    return {(span.component, f"{span.start:%H:%M}", str(span.status)) for span in found}


def test_what_a_command_names_first_is_hit_from_the_start_as_by_a_label():
    said = read(comment("/component +copr\n/severity critical", "08:30"))
    labelled = read(
        event("labeled", "08:30", detail="component/copr"), event("labeled", "08:30", detail="severity/critical")
    )

    assert (said.severity, said.components) == (labelled.severity, labelled.components)
    assert spans(said) == spans(labelled) == {("copr", "08:00", "major_outage")}


def test_the_step_still_tells_when_it_was_named():
    (told,) = read(comment("/component +copr\n/severity critical\nWe meet.", "08:30")).updates

    assert told == Update(
        at=at("08:30"), text="We meet.", severity=Severity.CRITICAL, components=(Affected(component="copr"),)
    )


@pytest.mark.parametrize("text", ["Identified: A disk.\n\nComponents: copr", "/component +copr=partial_outage"])
def test_any_update_in_a_comment_may_name_it(text):
    assert [one.component for one in read(comment(text), labels=("incident", "severity/major")).components] == ["copr"]


@pytest.mark.parametrize(
    "said",
    [
        {"labels": ("incident", "severity/major", "component/testing-farm")},
        {"labels": ("incident", "severity/major"), "text": "### Components\n\nTesting Farm"},
    ],
)
def test_where_something_was_named_before_it_counts_from_then(said):
    found = read(comment("/component +copr", "08:30"), **said)

    assert [one.component for one in found.components] == ["testing-farm"]
    assert ("copr", "08:30", "partial_outage") in spans(found)


def test_the_second_naming_counts_from_then():
    done = comment("/component +copr", "08:30"), comment("/component +testing-farm", "08:40")

    assert [one.component for one in read(*done, labels=("incident", "severity/major")).components] == ["copr"]


@pytest.mark.parametrize(
    ("labelled", "said", "first"), [("08:20", "08:30", "testing-farm"), ("08:40", "08:30", "copr")]
)
def test_whoever_names_first_names_what_was_hit_from_the_start(labelled, said, first):
    done = event("labeled", labelled, detail="component/testing-farm"), comment("/component +copr", said)

    assert [one.component for one in read(*done, labels=("incident", "severity/major")).components] == [first]


def test_that_something_works_names_nothing_that_is_hit():
    done = comment("/component -testing-farm", "08:30"), comment("/component +copr -testing-farm", "08:40")

    assert read(*done, labels=("incident", "severity/major")).components == affected(["copr"])


def test_an_update_in_the_text_tells_exactly_since_when():
    text = body.write("", [update("08:30", components={"copr": "major_outage"})])
    done = comment("/component +testing-farm", "08:40")
    found = read(done, labels=("incident", "severity/major"), text=text)

    assert found.components == ()
    assert ("copr", "08:30", "major_outage") in spans(found)


def test_a_maintenance_hits_from_its_start_what_was_named_late():
    text = "<!-- ghstatus\nscheduled_for: 2026-03-02 08:00 UTC\nscheduled_until: 2026-03-02 10:00 UTC\n-->"
    found = read(comment("/component +copr", "08:30"), labels=("maintenance",), text=text)

    assert found.components == affected(["copr"])


def test_an_earlier_start_said_later_counts_for_it_too():
    found = read(
        comment("/component +copr", "08:30"), comment("/started 07:10", "08:40"), labels=("incident", "severity/major")
    )

    assert {start for _, start, _ in spans(found)} == {"07:10"}


def test_in_whatever_order_comments_come_it_is_the_same():
    said = [
        comment("/component +copr", "08:30"),
        comment("/component +testing-farm=major_outage", "08:40"),
        comment("/severity minor", "08:35"),
    ]
    found = [read(comments=done) for done in permutations(said)]

    assert found[0].components == affected(["copr"])
    assert found[0].severity is Severity.MINOR
    assert all(spans(one) == spans(found[0]) for one in found)


# In a file, and in memory


def commanded(one, line, when="08:30"):
    name, _, text = line.partition(" ")
    asking = Asking(Names(SITE.components, SITE.groups), at(when))
    return deeds.carried_out(one, orders.command(verbs.VERBS[name], text, one.kind, asking), Saying(at(when)))


def test_a_command_fills_in_what_an_incident_doesn_t_say():
    bare = incident(severity=None, components=())
    found = commanded(commanded(bare, "component +copr -testing-farm"), "severity critical", "08:40")

    assert (found.components, found.severity) == (affected(["copr"]), Severity.CRITICAL)
    assert [(one.at, one.severity) for one in found.updates] == [(at("08:30"), None), (at("08:40"), Severity.CRITICAL)]
    assert found.updates[0].components == affected({"copr": None, "testing-farm": FINE})


def test_a_second_command_leaves_it_alone():
    bare = incident(severity=None, components=())
    found = commanded(commanded(bare, "severity minor"), "component +copr")
    again = commanded(commanded(found, "severity critical", "08:40"), "component +testing-farm", "08:40")

    assert (again.components, again.severity) == (affected(["copr"]), Severity.MINOR)


def test_what_an_update_says_that_is_there_counts_from_then():
    there = incident(severity=None, components=(), updates=(update("08:10", severity="minor", components=["copr"]),))
    found = commanded(commanded(there, "severity critical"), "component +testing-farm")

    assert (found.components, found.severity) == ((), None)


def test_only_an_incident_has_a_severity_to_be_said():
    planned = incident(kind=Kind.MAINTENANCE, components=())

    assert deeds.updated(planned, update(severity="minor")).severity is None


FILE = "---\ntitle: Is anything wrong?\nstarted: 2026-03-02 08:00 UTC\nteam_note: keep me\n{more}---\n\nWe meet.\n"
TOLD = Update(at=at("08:30"), severity=Severity.CRITICAL, components=(Affected(component="copr"),))


def stores(tmp_path):
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents" / "call.md").write_text(FILE.format(more=""))
    folder = FolderStore(tmp_path, SITE)
    return folder, MemoryStore(SITE, folder.observe(at("09:00")).incidents)


def test_every_store_keeps_it_from_the_start(tmp_path):
    for store in stores(tmp_path):
        store.apply(PostUpdate(ref="call", update=TOLD))
        (found,) = store.observe(at("09:00")).incidents
        assert (found.components, found.severity, found.updates) == (affected(["copr"]), Severity.CRITICAL, (TOLD,))
        assert spans(found) == {("copr", "08:00", "major_outage")}
    assert "team_note: keep me" in (tmp_path / "incidents" / "call.md").read_text()


@pytest.mark.parametrize(
    "more",
    [
        "components: [typo]\nseverity: major\n",
        "components: [copr]\nseverity: bad\n",
        "components: [copr]\nseverity: minor\n",
        "eta: [a, b]\n",
        "title: Twice\n",
    ],
)
def test_a_file_that_says_something_stays_as_somebody_wrote_it(tmp_path, more):
    (tmp_path / "incidents").mkdir()
    path = tmp_path / "incidents" / "call.md"
    path.write_text(FILE.format(more=more))
    store = FolderStore(tmp_path, SITE)
    store.observe(at("09:00"))
    store.apply(PostUpdate(ref="call", update=TOLD))

    assert path.read_text().startswith(FILE.format(more=more).rstrip())
    assert document.parse(path.read_text(), where="", ref="call", names=Names(SITE.components)).incident.updates


def test_the_page_counts_the_whole_time_as_down():
    done = comment("/component +copr=major_outage\n/severity major", "08:30"), comment("Resolved: it runs.", "09:00")
    record = timeline.record(read(*done), at("12:00"), policy())
    (copr,) = uptime.measure([component()], [record], at("12:00"), policy())

    assert copr.days[-1].downtime == timedelta(hours=1)
