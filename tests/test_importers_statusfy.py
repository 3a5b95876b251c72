"""Statusfy's posts → incidents."""

import pytest

from ghstatus import importers
from ghstatus.errors import UsageError
from ghstatus.importers import statusfy
from ghstatus.model import Affected, Kind, Link, Phase, Severity, Update
from tests.builders import at, component, site
from tests.conftest import DATA

STENCILA = DATA / "import" / "stencila"
KNOWN = site(component("router", name="Router"))
FIELDS = {
    "title": "Slow starts",
    "date": "'2024-05-07T11:00:00.000Z'",
    "severity": "partial-outage",
    "affectedsystems": "[router]",
    "resolved": "true",
    "modified": "'2024-05-07T14:00:00.000Z'",
}
RESOLVED = "\n\n::: update Resolved | 2024-05-07T13:00:00Z\nDone.\n:::\n"
CONFIG = {
    "title": "Example",
    "baseUrl": "https://status.example.org",
    "description": "How we do",
    "defaultLocale": "en",
    "content": {"systems": ["router", "db", "DB main", "router"]},
}


@pytest.fixture
def posted(tmp_path):
    """`posted(body, key=value)` writes one post and gives back its import; a key that is None is left out."""

    def post(body=RESOLVED, *, name="2024-05-07_slow.md", known=KNOWN, **said):
        (tmp_path / "content").mkdir(exist_ok=True)
        if not any(tmp_path.glob("config.*")):
            (tmp_path / "config.yml").write_text("title: Example\n", encoding="utf-8")
        fields = "".join(f"{key}: {value}\n" for key, value in (FIELDS | said).items() if value is not None)
        (tmp_path / "content" / name).write_text(f"---\n{fields}---\n{body}", encoding="utf-8")
        return statusfy.read(tmp_path, known=known)

    return post


def one(found):
    (incident,) = found.incidents
    return incident


def said(found):
    found = [str(problem).removeprefix("content/2024-05-07_slow.md: ") for problem in found.problems]
    return [text for text in found if not text.startswith("locales/en.json: isn't there")]


def test_a_post_is_an_incident(posted):
    incident = one(posted(f"Starts are slow.{RESOLVED}"))

    assert (incident.kind, incident.severity, incident.title) == (Kind.INCIDENT, Severity.MAJOR, "Slow starts")
    assert (incident.started, incident.ended) == (at("2024-05-07 11:00"), at("2024-05-07 13:00"))
    assert (incident.ref, incident.source) == ("2024-05-07-slow", "statusfy:content/2024-05-07_slow.md")
    assert (incident.components, incident.text) == ((Affected(component="router"),), "Starts are slow.")
    assert incident.updates == (Update(at=at("2024-05-07 13:00"), phase=Phase.RESOLVED, text="Done."),)


def test_a_clean_post_leaves_nothing_to_say(posted):
    assert said(posted()) == []


@pytest.mark.parametrize(
    ("severity", "kind", "expected"),
    [
        ("under-maintenance", Kind.MAINTENANCE, None),
        ("degraded-performance", Kind.INCIDENT, Severity.MINOR),
        ("partial-outage", Kind.INCIDENT, Severity.MAJOR),
        ("major-outage", Kind.INCIDENT, Severity.CRITICAL),
    ],
)
def test_severities_tell_what_a_post_is(posted, severity, kind, expected):
    assert (one(posted(severity=severity)).kind, one(posted(severity=severity)).severity) == (kind, expected)


@pytest.mark.parametrize(
    ("severity", "seen"), [("mayor-outage", "'mayor-outage' is no severity"), (None, "there is no severity")]
)
def test_an_unknown_severity_is_told_and_left_open(posted, severity, seen):
    found = posted(severity=severity)

    assert (one(found).kind, one(found).severity) == (Kind.INCIDENT, None)
    assert said(found)[0].startswith(f"severity: {seen}; accepted: under-maintenance, degraded-performance")


@pytest.mark.parametrize("resolved", [None, "false"])
def test_what_is_not_resolved_has_not_ended(posted, resolved):
    assert one(posted("Slow.", resolved=resolved)).ended is None


def test_an_update_that_resolves_what_is_not_resolved_only_watches_it(posted):
    found = posted(resolved="false")

    assert [update.phase for update in one(found).updates] == [Phase.MONITORING]
    assert said(found)[0].startswith("resolved: an update says resolved, yet resolved is false")


@pytest.mark.parametrize(
    ("fields", "end", "seen"),
    [
        ({}, "2024-05-07 14:00", "resolved, and no update says when → its end is taken from modified"),
        ({"modified": None}, "2024-05-07 11:00", "resolved, and nobody said when → its end is set to its start"),
    ],
)
def test_without_a_resolving_update_the_end_is_a_guess(posted, fields, end, seen):
    found = posted("Slow.", **fields)

    assert one(found).ended == at(end)
    assert said(found) == [f"resolved: {seen}"]


WINDOW = {"severity": "under-maintenance", "scheduled": "'2024-05-08T20:00:00Z'", "duration": "'90'"}


def test_a_scheduled_maintenance_has_a_window(posted):
    incident = one(posted("New disks.", **WINDOW, resolved="false"))

    assert (incident.started, incident.ended) == (at("2024-05-08 20:00"), None)
    assert (incident.scheduled_for, incident.scheduled_until) == (at("2024-05-08 20:00"), at("2024-05-08 21:30"))
    assert incident.updates == (Update(at=at("2024-05-07 11:00"), phase=Phase.SCHEDULED),)


def test_a_maintenance_that_is_over_may_have_ended_with_its_window(posted):
    found = posted("New disks.", **WINDOW, modified=None)

    assert one(found).ended == at("2024-05-08 21:30")
    outcome = "its end is taken from scheduled + duration"
    assert said(found) == [f"resolved: resolved, and no update says when → {outcome}"]


def test_a_maintenance_without_a_duration_has_an_open_window(posted):
    incident = one(posted("New disks.", **WINDOW | {"duration": None}, resolved="false"))

    assert (incident.scheduled_for, incident.scheduled_until) == (at("2024-05-08 20:00"), None)


def test_a_duration_that_is_none_is_told(posted):
    found = posted("New disks.", **WINDOW | {"duration": "an hour"}, resolved="false")

    assert said(found) == ["duration: 'an hour' is no number of minutes → read as if it were empty"]


def test_an_empty_schedule_is_none(posted):
    incident = one(posted(severity="under-maintenance", scheduled='""', duration=60))

    assert (incident.started, incident.scheduled_until) == (at("2024-05-07 11:00"), None)


def test_only_a_maintenance_is_scheduled(posted):
    found = posted(scheduled="2024-05-08T20:00:00Z")

    assert (one(found).started, one(found).scheduled_for) == (at("2024-05-07 11:00"), None)
    accepted = "accepted: severity: under-maintenance"
    assert said(found) == [f"scheduled: only a maintenance is scheduled; {accepted} → left out"]


def test_an_end_before_the_start_is_the_start(posted):
    found = posted("Slow.", modified="2024-05-07T09:00:00Z")

    assert one(found).ended == one(found).started
    assert said(found)[1] == "modified: ends before it starts (-2 h) → its end is set to its start"


@pytest.mark.parametrize(
    ("title", "phase", "text"),
    [
        ("Investigating", Phase.INVESTIGATING, "So."),
        ("Fix", Phase.MONITORING, "So."),
        ("已解决", Phase.RESOLVED, "So."),
        ("恢复中", Phase.MONITORING, "So."),
        ("Update", None, "So."),
        ("Infrastructure", None, "**Infrastructure**\n\nSo."),
    ],
)
def test_an_update_s_title_is_its_phase_or_its_first_line(posted, title, phase, text):
    (update,) = one(posted(f"::: update {title} | 2024-05-07T13:00:00+00:00\nSo.\n:::")).updates

    assert (update.phase, update.text) == (phase, text)


def test_a_maintenance_has_phases_of_its_own(posted):
    body = "::: update Completed | 2024-05-07 13:00\n:::\n::: update Fix | 2024-05-07 12:00\nSo.\n:::"
    first, second = one(posted(body, severity="under-maintenance")).updates

    assert (first.phase, first.text) == (None, "**Fix**\n\nSo.")
    assert (second.phase, second.text) == (Phase.COMPLETED, "")


def test_an_update_whose_date_is_none_stays_in_the_text(posted):
    body = "::: update Fix | 2021-03-097T16:00:00Z\nSo.\n:::"
    found = posted(body)

    assert (one(found).text, one(found).updates) == (body, ())
    assert said(found)[0].endswith("→ the update stays in the text")


def test_an_update_without_an_end_goes_on_to_the_end_of_the_file(posted):
    (update,) = one(posted("::: update Resolved | 2024-05-07T13:00:00Z\nDone.\n\nReally.")).updates

    assert update.text == "Done.\n\nReally."


def test_comments_are_dropped_and_a_description_comes_first(posted):
    incident = one(posted(f"Slow.\n\n<!--- language code: en -->{RESOLVED}", description="In short: slow"))

    assert incident.text == "In short: slow\n\nSlow."


@pytest.mark.parametrize(("name", "starts"), [("2024-05-07_slow.md", [at("2024-05-07 00:00")]), ("slow.md", [])])
@pytest.mark.parametrize("date", [None, "2020-09-31T10:00:00Z"])
def test_without_a_date_the_file_s_name_tells_the_day(posted, name, starts, date):
    found = posted(name=name, date=date)

    assert [incident.started for incident in found.incidents] == starts
    assert found.problems[-1].outcome.startswith("taken from the file's name" if starts else "left out")


def test_a_post_without_a_title_is_called_by_its_file(posted):
    found = posted(title=None)

    assert one(found).title == "2024-05-07_slow"
    assert said(found) == ["title: there is no title → the file's name is the title"]


def test_other_files_are_left_out(posted, tmp_path):
    (tmp_path / "content" / "es").mkdir(parents=True)
    for name in ("README.md", "image.png", "gone.md/x", "es/2024-05-07_slow.md"):
        (tmp_path / "content" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "content" / name).touch()

    assert said(posted()) == [
        "content/es: holds 1 posts of another locale → left out",
        "content/image.png: is no Markdown → left out",
        "content/gone.md: is a folder → left out",
    ]


def test_a_chinese_file_name_gets_a_ref_that_stays(posted):
    ref = one(posted(name="2024-05-07_数据库.md")).ref

    assert ref == one(posted(name="2024-05-07_数据库.md")).ref
    assert ref.startswith("2024-05-07-")
    assert ref.isascii()


@pytest.mark.parametrize("files", [["config.yml"], ["content/x.md"], []])
def test_a_folder_of_another_kind_is_refused(tmp_path, files):
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    with pytest.raises(UsageError, match=r"is no Statusfy site: it takes a folder content/ and one of config.js, "):
        statusfy.read(tmp_path)


@pytest.fixture
def configured(tmp_path):
    """`configured(name, text, locale)` writes a configuration and gives back its import."""

    def configure(name, text, locale=None):
        (tmp_path / "content").mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
        if locale is not None:
            (tmp_path / "locales").mkdir()
            (tmp_path / "locales" / "en.json").write_text(locale, encoding="utf-8")
        return statusfy.read(tmp_path)

    return configure


SCRIPT = """\
// title: "No"
module.exports = {
  'title': "Example",  // the page's "name"
  description: `How we do`, baseUrl: process.env.BASE || 'https://status.example.org/',
  content: { systems: ["router", 'db'] },
}
"""
LOCALE = '{"systems": {"items": {"db": {"title": "Database", "description": "Holds data"}, "old": {}}}}'


def test_javascript_is_searched_for_its_literals(configured):
    found = configured("config.js", SCRIPT, LOCALE)

    assert (found.site.title, found.site.base_url) == ("Example", "https://status.example.org/")
    assert (found.site.description, found.site.components[0]) == ("How we do", component("router"))
    assert found.site.components[1] == component("db", name="Database", description="Holds data")
    outcome = "read by pattern: title, description, baseUrl, content; everything else is left out"
    assert said(found) == [f"config.js: is JavaScript, which is not run → {outcome}"]


def test_javascript_that_holds_no_literals_is_told(configured):
    found = configured("config.js", "export default make()")

    assert (found.site.title, found.site.components) == ("Status", ())
    assert "read by pattern: nothing;" in said(found)[0]


DATA_CONFIG = """\
name: example
baseUrl: /status
content: {systems: [router, DB main, Router]}
theme: {links: {en: {home: "https://example.org", support: "nowhere"}}}
"""


def test_other_formats_are_read_whole(configured):
    found = configured("config.yaml", DATA_CONFIG, "{}")

    assert (found.site.title, found.site.base_url) == ("example", "")
    assert found.site.components == (component("router"), component("db-main", name="DB main", aliases=()))
    assert found.site.links == (Link(text="Home", url="https://example.org"),)
    assert said(found) == [
        "config.yaml: baseUrl: '/status' is no address of a page → left empty",
        "config.yaml: theme.links: 'nowhere' is no address to link to → the link 'Support' is left out",
        "config.yaml: Router: 'Router' stands there already → left out",
    ]


def test_a_missing_locale_is_told(configured):
    (problem,) = configured("config.json", '{"title": "Example"}').problems

    assert str(problem) == "locales/en.json: isn't there → systems are called by their ids"


def test_a_configuration_that_can_not_be_read_is_told(configured):
    found = configured("config.toml", "title = ", "[")

    assert [problem.where for problem in found.problems] == ["config.toml", "locales/en.json"]
    assert all(problem.seen.startswith("can't be read: ") for problem in found.problems)


def test_a_system_that_is_not_listed_any_more_is_called_as_people_read_it():
    found = importers.read("statusfy", STENCILA)

    assert found.site.components[-1] == component("cluster-us-ce-1", name="Cluster US-CE-1", hidden=True)


def test_stencila_s_page_comes_over_whole():
    found = importers.read("statusfy", STENCILA)

    assert [(incident.ref[:10], f"{incident.ended - incident.started}"[:8]) for incident in found.incidents] == [
        ("2020-04-24", "9 days, "),
        ("2020-07-14", "0:00:00"),
        ("2020-08-17", "8:09:06."),
        ("2021-05-03", "4:11:30."),
    ]
