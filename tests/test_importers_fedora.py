"""Fedora's status pages → incidents."""

import json

import pytest

from ghstatus import importers
from ghstatus.errors import UsageError
from ghstatus.importers import fedora
from ghstatus.model import Kind, Link, Phase, Severity, Update
from tests.builders import affected, at, component, site
from tests.conftest import DATA

CHANGES = DATA / "import" / "fedora-changes"
PELICAN = DATA / "import" / "fedora-pelican"
OK = "Everything seems to be working."
HOUR = 3600


@pytest.fixture
def changed(tmp_path):
    """`changed((hours, services, status, message), …)` writes changes since 1970 and gives back their import."""

    def change(*records, now=None, known=None):
        now = now or dict.fromkeys("abc", "good")
        services = {ident: {"name": ident.upper(), "status": status} for ident, status in now.items()}
        changes = [
            {"changedate": hours * HOUR + 0.25, "services": services.split(), "status": status, "message": message}
            for hours, services, status, message in reversed(records)
        ]
        (tmp_path / "statuses.json").write_text(json.dumps({"services": services}), encoding="utf-8")
        (tmp_path / "changes.json").write_text(json.dumps(changes), encoding="utf-8")
        return fedora.read(tmp_path, known=known)

    return change


def hour(number):
    return at(f"1970-01-01 {number:02}:00")


def one(found):
    (incident,) = found.incidents
    return incident


def test_a_service_is_ill_until_it_is_good_again(changed):
    incident = one(changed((1, "a", "major", "Down"), (3, "a", "good", OK)))

    assert (incident.kind, incident.severity, incident.title) == (Kind.INCIDENT, Severity.CRITICAL, "Down")
    assert (incident.started, incident.ended) == (hour(1), hour(3))
    assert (incident.ref, incident.source) == ("1970-01-01-0100-a", "fedora:a@3600")
    assert incident.updates == (Update(at=hour(3), text=OK, phase=Phase.RESOLVED),)


@pytest.mark.parametrize(
    ("status", "kind", "severity", "phase"),
    [
        ("minor", Kind.INCIDENT, Severity.MINOR, Phase.RESOLVED),
        ("major", Kind.INCIDENT, Severity.CRITICAL, Phase.RESOLVED),
        ("scheduled", Kind.MAINTENANCE, None, Phase.COMPLETED),
    ],
)
def test_a_level_tells_what_it_is(changed, status, kind, severity, phase):
    incident = one(changed((1, "a", status, "So"), (3, "a", "good", OK)))

    assert (incident.kind, incident.severity, incident.updates[-1].phase) == (kind, severity, phase)
    assert incident.scheduled_for == (hour(1) if kind is Kind.MAINTENANCE else None)


def test_services_that_fall_ill_together_share_an_incident(changed):
    incident = one(changed((1, "a b", "major", "Down"), (3, "a b", "good", OK)))

    assert (incident.components, incident.ref) == (affected(["a", "b"]), "1970-01-01-0100-multiple")
    assert incident.source == "fedora:multiple@3600"


def test_the_same_words_at_the_same_moment_are_one_incident(changed):
    incident = one(changed((1, "a", "major", "Down"), (1, "b", "major", "Down"), (3, "a b", "good", OK)))

    assert (incident.components, incident.source) == (affected(["a", "b"]), "fedora:multiple@3600")


def test_other_words_are_another_incident(changed):
    found = changed((1, "a", "major", "Down"), (1, "b", "major", "Dead"), (3, "a b", "good", OK))

    assert [incident.ref for incident in found.incidents] == ["1970-01-01-0100-a", "1970-01-01-0100-b"]


def test_a_change_of_level_is_an_update(changed):
    incident = one(changed((1, "a", "minor", "Slow"), (2, "a", "major", "Down"), (3, "a", "good", OK)))

    assert incident.severity is Severity.MINOR
    worse = affected({"a": "major_outage"})
    assert incident.updates[0] == Update(at=hour(2), text="Down", severity=Severity.CRITICAL, components=worse)


def test_other_words_for_the_same_level_are_an_update(changed):
    incident = one(changed((1, "a", "major", "Down"), (2, "a", "major", "Dead"), (3, "a", "good", OK)))

    assert incident.updates[0] == Update(at=hour(2), text="Dead")


def test_the_same_again_is_nothing(changed):
    incident = one(changed((1, "a", "major", "Down"), (2, "a", "major", "Down"), (3, "a", "good", OK)))

    assert len(incident.updates) == 1


def test_a_maintenance_that_goes_wrong_stays_one(changed):
    incident = one(changed((1, "a", "scheduled", "Disks"), (2, "a", "major", "Down"), (3, "a", "good", OK)))

    assert (incident.kind, incident.updates[0].severity) == (Kind.MAINTENANCE, None)
    assert incident.updates[0].components == affected({"a": "major_outage"})


def test_one_of_two_gets_well_first(changed):
    incident = one(changed((1, "a b", "major", "Down"), (2, "a", "good", "A is well"), (3, "b", "good", OK)))

    assert incident.ended == hour(3)
    assert incident.updates[0] == Update(at=hour(2), text="A is well", components=affected({"a": "operational"}))


def test_what_falls_ill_again_meanwhile_comes_back(changed):
    records = [(1, "a b", "major", "Down"), (2, "a", "good", OK), (3, "a b", "major", "Again"), (4, "a b", "good", OK)]
    incident = one(changed(*records))

    assert incident.updates[1] == Update(at=hour(3), text="Again", components=affected({"a": "major_outage"}))
    assert incident.ended == hour(4)


def test_a_wider_change_is_an_incident_of_its_own(changed):
    found = changed((1, "a", "major", "Failed"), (2, "a b", "scheduled", "Reboot of all"), (3, "a b", "good", OK))
    first, second = found.incidents

    assert first.updates[0].components == affected({"a": "under_maintenance"})
    assert (second.kind, second.components) == (Kind.MAINTENANCE, affected(["a", "b"]))
    assert first.ended == second.ended == hour(3)


def test_good_without_having_been_ill_is_nothing(changed):
    found = changed((1, "a", "good", OK))

    assert (found.incidents, found.problems) == ((), ())


def test_what_is_still_ill_goes_on(changed):
    found = changed((1, "a", "major", "Down"), now={"a": "major"})

    assert (one(found).ended, found.problems) == (None, ())


def test_what_is_good_today_was_over_with_its_last_change(changed):
    found = changed((1, "a", "major", "Down"), (2, "a", "major", "Dead"))

    assert one(found).ended == hour(2)
    (problem,) = found.problems
    assert problem.seen == "a: no change says when 'Down' was over, yet all is good today"
    assert problem.outcome == "taken as over since the last change, 1970-01-01 02:00 UTC"


def test_what_is_partly_good_today_goes_on_with_the_rest(changed):
    found = changed((1, "a b", "major", "Down"), now={"a": "good", "b": "minor"})

    assert one(found).ended is None
    assert one(found).updates == (Update(at=hour(1), components=affected({"a": "operational"})),)


def test_a_status_without_a_change_is_told(changed):
    (problem,) = changed(now={"a": "major"}).problems

    assert str(problem) == "statuses.json: services.a: a is major, and no change says since when → left out"


def test_addresses_become_links(changed):
    message = "Upgrade, https://tickets.example.org/issue/12 and https://example.org/a."
    incident = one(changed((1, "a", "scheduled", message), (2, "a", "good", OK)))

    assert incident.links == (
        Link(text="Ticket 12", url="https://tickets.example.org/issue/12"),
        Link(text="https://example.org/a", url="https://example.org/a"),
    )
    assert (incident.title, incident.text) == ("Upgrade, and .", message)


@pytest.mark.parametrize(
    ("status", "message", "title"),
    [
        ("major", "", "Outage"),
        ("scheduled", "https://example.org/", "Maintenance"),
        ("major", "down " * 30, "down " * 20 + "…"),
    ],
)
def test_a_title_is_short_and_never_empty(changed, status, message, title):
    assert one(changed((1, "a", status, message), (2, "a", "good", OK))).title == title


def test_names_that_are_known_count(changed):
    known = site(component("forge", name="A"), component("b"))
    found = changed((1, "a b", "major", "Down"), (2, "a b", "good", OK), known=known)

    assert (one(found).components, found.site) == (affected(["forge", "b"]), known)


def test_changes_with_every_flaw_come_over():
    found = importers.read("fedora", CHANGES)

    assert [(incident.ref, incident.ended is None) for incident in found.incidents] == [
        ("2020-09-13-1316-mail", False),
        ("2020-09-13-1350-multiple", False),
        ("2020-09-13-1440-wiki", False),
        ("2020-09-13-1456-mail", True),
    ]
    assert found.incidents[1].components == affected(["forge", "wiki"])


def test_every_flaw_of_changes_is_told():
    keys = [(problem.where, problem.key) for problem in importers.read("fedora", CHANGES).problems]

    assert keys == [
        ("wsgi/statuses.json", "global_info"),
        ("wsgi/changes.json", "[6]"),
        ("wsgi/changes.json", "[8]"),
        ("wsgi/changes.json", "[9]"),
        ("wsgi/changes.json", "[10]"),
        ("wsgi/statuses.json", ""),
        ("wsgi/statuses.json", "services.paste"),
    ]


@pytest.mark.parametrize("text", ["{", "[" * 100_000])
def test_files_that_are_no_json_are_told(tmp_path, text):
    for name in ("statuses.json", "changes.json"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = fedora.read(tmp_path)

    assert (found.incidents, [problem.where for problem in found.problems]) == ((), ["statuses.json", "changes.json"])


def test_a_folder_of_another_kind_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"is no Fedora status page: there is neither wsgi/statuses\.json with"):
        fedora.read(tmp_path)


def outage(ref, known=None):
    found = importers.read("fedora", PELICAN, known=known)
    (incident,) = (incident for incident in found.incidents if incident.ref == ref)
    return incident


def test_every_file_in_the_folders_is_an_outage():
    found = importers.read("fedora", PELICAN)

    assert found.site.title == "Example Status"
    assert [(incident.source, incident.kind.value) for incident in found.incidents] == [
        ("fedora:2024-05-07-forge", "incident"),
        ("fedora:2024-05-19-host02-outage", "incident"),
        ("fedora:2024-06-01.example.im", "incident"),
        ("fedora:2024-06-03-search", "incident"),
        ("fedora:2024-07-01-mail", "incident"),
        ("fedora:2024-08-01-disks", "maintenance"),
    ]


def test_what_had_to_be_guessed_is_told():
    assert [str(problem).rpartition("content")[2] for problem in importers.read("fedora", PELICAN).problems] == [
        "/resolved/2024-05-19-host02-outage: OutageFinish: resolved, and nobody said when → its end is set to its start",
        "/resolved/2024-06-03-search.rst: is reStructuredText → its text is kept as it is, and shown as Markdown",
        ": no outage says how severe it was → incidents are taken as major",
    ]


def test_an_update_with_a_sure_time_is_taken_out():
    incident = outage("2024-05-07-forge")

    assert incident.updates == (Update(at=at("2024-05-07 17:00"), text="It gets better."),)
    assert incident.text == "The forge is slow.\n\nUPDATE we look at the database now."


@pytest.mark.parametrize(
    ("ref", "links"),
    [
        ("2024-05-07-forge", [("Ticket 10780", "https://pagure.io/fedora-infrastructure/issue/10780")]),
        ("2024-05-19-host02-outage", []),
        ("2024-06-01-example-im", [("Ticket", "https://tickets.example.org/4")]),
        ("2024-06-03-search", [("Ticket", "https://tickets.example.org/5")]),
    ],
)
def test_a_ticket_is_a_link(ref, links):
    assert [(link.text, link.url) for link in outage(ref).links] == links


def test_restructured_text_is_read():
    incident = outage("2024-06-03-search")

    assert (incident.title, incident.text) == ("Search is down", "Search gave *nothing*.")
    assert (incident.started, incident.ended) == (at("2024-06-03 07:30"), at("2024-06-03 08:00"))


def test_what_is_ongoing_goes_on():
    assert outage("2024-07-01-mail").ended is None


def test_what_is_planned_has_a_window():
    incident = outage("2024-08-01-disks")

    assert (incident.ended, incident.severity) == (None, None)
    assert (incident.scheduled_for, incident.scheduled_until) == (at("2024-08-01 21:00"), at("2024-08-01 23:00"))


def test_a_component_that_the_title_mentions_is_affected():
    known = site(component("forge", name="Forge"), component("or"))

    assert outage("2024-05-07-forge", known).components == affected(["forge"])


@pytest.fixture
def filed(tmp_path):
    """`filed(state, name, text)` puts a file into a state's folder and gives back the import of all."""

    def file(state, name, text):
        (tmp_path / state).mkdir(exist_ok=True)
        (tmp_path / state / name).write_text(text, encoding="utf-8")
        return fedora.read(tmp_path)

    return file


def test_an_outage_in_two_folders_counts_where_it_is_further_along(filed):
    filed("ongoing", "2024-05-07-x.md", "Title: X\nDate: 2024-05-07 10:00\n\nX")
    found = filed("resolved", "2024-05-07-x.md", "Title: X\nDate: 2024-05-07 10:00\nOutageFinish: 2024-05-07 11:00\n")

    assert one(found).ended == at("2024-05-07 11:00")
    assert str(found.problems[0]) == "ongoing/2024-05-07-x.md: is also resolved/2024-05-07-x.md → left out"


def test_an_ongoing_outage_is_not_over_whatever_its_updates_say(filed):
    text = "Title: X\nDate: 2024-05-07 10:00\n\nResolved (2024-05-07 11:00 UTC): Done."

    assert [update.phase for update in one(filed("ongoing", "x.md", text)).updates] == [Phase.MONITORING]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Title: X\nDate: 2024-05-07 10:00\nTicket: see the list", "'see the list' is no ticket"),
        ("Title: X\nDate: 2024-05-07 10:00\nStatus: draft", "is a draft"),
        ("Date: 2024-05-07 10:00", "there is no title"),
        ("Title: X\n\nX", "there is no date"),
        ("Title: X\nDate: Tuesday\n\nX", "'Tuesday' is not a time"),
        ("Title: X\nDate: 2024-05-07 10:00\nOutageFinish: 2024-05-07 09:00", "ends before it starts (-1 h)"),
    ],
)
def test_every_flaw_of_a_file_is_told(filed, text, seen):
    assert filed("ongoing", "x", text).problems[0].seen == seen


def test_fences_around_the_fields_are_passed_over(filed):
    incident = one(filed("ongoing", "x", "---\nTitle: X\nDate: 2024-05-07 10:00\n---\nSlow."))

    assert (incident.title, incident.text) == ("X", "Slow.")


def test_restructured_text_needs_no_title(filed):
    found = filed("ongoing", "x.rst", ":title: X\n:date: 2024-05-07 10:00\n")

    assert (one(found).title, one(found).text, found.site.title) == ("X", "", "Status")


def test_readmes_and_empty_files_are_no_outages(filed):
    filed("ongoing", "README.md", "Title: X")
    found = filed("ongoing", "empty.md", "")

    assert (found.incidents, found.problems) == ((), ())
