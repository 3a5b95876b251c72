"""cState's posts → incidents."""

import os

import pytest

from ghstatus import importers
from ghstatus.errors import UsageError
from ghstatus.importers import cstate
from ghstatus.model import Affected, Kind, Phase, Severity, Update
from tests.builders import at, component, group, site
from tests.conftest import DATA

PACKIT = DATA / "import" / "packit"
KNOWN = site(
    component("api", name="API", group="core"),
    component("workers", name="Workers", group="core"),
    component("copr", name="Copr", external=True, aliases=("copr builds",)),
    groups=(group("core"),),
)
FIELDS = {
    "title": "Outage",
    "date": "2024-05-07T13:00:00+02:00",
    "resolved": "true",
    "resolvedWhen": "2024-05-07T16:00:00+02:00",
    "severity": "disrupted",
    "affected": "[API]",
    "section": "issue",
}


def front(**said):
    fields = FIELDS | said
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items() if value is not None) + "---\n"


@pytest.fixture
def posted(tmp_path):
    """`posted(body, key=value)` writes one post and gives back its import; a key that is None is left out."""

    def post(body="All is slow.", *, text=None, name="2024-05-07-outage.md", known=KNOWN, **said):
        path = tmp_path / "content" / "issues" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = front(**said) + body if text is None else text
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return cstate.read(tmp_path, known=known)

    return post


def one(found):
    (incident,) = found.incidents
    return incident


def said(found):
    return [str(problem).removeprefix("content/issues/2024-05-07-outage.md: ") for problem in found.problems]


def test_a_post_is_an_incident(posted):
    incident = one(posted())

    assert (incident.kind, incident.severity, incident.title) == (Kind.INCIDENT, Severity.MAJOR, "Outage")
    assert (incident.started, incident.ended) == (at("2024-05-07 11:00"), at("2024-05-07 14:00"))
    assert (incident.ref, incident.source) == ("2024-05-07-outage", "cstate:content/issues/2024-05-07-outage.md")
    assert (incident.components, incident.text) == ((Affected(component="api"),), "All is slow.")


def test_a_clean_post_leaves_nothing_to_say(posted):
    assert posted().problems == ()


@pytest.mark.parametrize(
    ("severity", "title", "affected", "expected"),
    [
        ("down", "Outage", "[API]", (Kind.INCIDENT, Severity.CRITICAL)),
        ("Disrupted", "Outage", "[API]", (Kind.INCIDENT, Severity.MAJOR)),
        ("notice", "Cluster upgrade", "[API]", (Kind.MAINTENANCE, None)),
        ("notice", "Maintenance outage", "[API]", (Kind.MAINTENANCE, None)),
        ("notice", "Update center is not refreshed", "[API]", (Kind.INCIDENT, Severity.MINOR)),
        ("notice", "Moving production to a new cluster", "[API]", (Kind.MAINTENANCE, None)),
        ("notice", "Copr outage - stuck hypervisor", "[Copr]", (Kind.INCIDENT, Severity.MINOR)),
        ("notice", "Many Copr builds pending", "[Copr]", (Kind.INCIDENT, Severity.MINOR)),
        ("notice", "Summer is here ☀️", "", (Kind.ANNOUNCEMENT, None)),
        ("notice", "System upgrade scheduled", "", (Kind.ANNOUNCEMENT, None)),
        ("notice", "August 27th outage", "", (Kind.INCIDENT, Severity.MINOR)),
        ("notice", "Unscheduled pause", "[API]", (Kind.INCIDENT, Severity.MINOR)),
    ],
)
def test_severities_and_words_tell_what_a_post_is(posted, severity, title, affected, expected):
    incident = one(posted(severity=severity, title=title, affected=affected))

    assert (incident.kind, incident.severity) == expected


def test_a_notice_whose_text_plans_an_outage_is_a_maintenance(posted):
    incident = one(posted("Planned Outage:\n\nKoji upgrade", severity="notice", title="Koji Outage"))

    assert incident.kind is Kind.MAINTENANCE


def test_a_maintenance_has_the_window_that_the_post_says(posted):
    incident = one(posted(severity="notice", title="Upgrade"))

    assert (incident.scheduled_for, incident.scheduled_until) == (at("2024-05-07 11:00"), at("2024-05-07 14:00"))


def test_an_informational_post_is_an_announcement(posted):
    found = posted(informational="true", severity=None, resolved=None, resolvedWhen=None)

    assert (one(found).kind, one(found).ended, found.problems) == (Kind.ANNOUNCEMENT, None, ())


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        (
            "dwon",
            "severity: 'dwon' is no severity; accepted: notice, disrupted or down (did you mean 'down'?) → counted as major",
        ),
        (None, "severity: there is no severity; accepted: notice, disrupted or down → counted as major"),
    ],
)
def test_an_unknown_severity_is_told_and_left_open(posted, severity, expected):
    found = posted(severity=severity)

    assert (one(found).kind, one(found).severity) == (Kind.INCIDENT, None)
    assert said(found) == [expected]


def test_what_is_not_resolved_has_not_ended(posted):
    assert one(posted(resolved="false", resolvedWhen='""')).ended is None


def test_an_end_beside_resolved_false_is_when_monitoring_began(posted):
    incident = one(posted(resolved="false"))

    assert incident.ended is None
    assert incident.updates == (Update(at=at("2024-05-07 14:00"), phase=Phase.MONITORING),)


def test_an_end_beside_resolved_false_is_a_maintenance_s_window(posted):
    incident = one(posted(resolved="false", severity="notice", title="Upgrade"))

    assert (incident.ended, incident.scheduled_until, incident.updates) == (None, at("2024-05-07 14:00"), ())


def test_an_announcement_that_is_not_resolved_stays_open(posted):
    found = posted(resolved="false", severity="notice", title="Holidays", affected=None)

    assert one(found).ended is None
    assert said(found) == ["resolvedWhen: stands beside resolved: false → left open"]


def test_an_announcement_that_does_not_say_ends_when_it_says(posted):
    found = posted(resolved=None, severity="notice", title="Holidays", affected=None)

    assert (one(found).ended, found.problems) == (at("2024-05-07 14:00"), ())


def test_resolved_without_a_time_ends_at_the_start(posted):
    found = posted(resolvedWhen=None)

    assert one(found).ended == at("2024-05-07 11:00")
    assert said(found) == ["resolvedWhen: resolved, and nobody said when → its end is set to its start"]


def test_resolved_that_is_neither_yes_nor_no_is_no(posted):
    found = posted(resolved="soon", resolvedWhen=None)

    assert one(found).ended is None
    assert said(found) == ["resolved: 'soon' is neither true nor false → counted as not resolved"]


def test_a_post_without_resolved_is_planned(posted):
    found = posted(resolved=None, severity="notice", title="Upgrade")

    assert (one(found).kind, one(found).ended) == (Kind.MAINTENANCE, None)
    assert (one(found).scheduled_for, one(found).scheduled_until) == (at("2024-05-07 11:00"), at("2024-05-07 14:00"))
    assert found.problems == ()


def test_taking_an_outage_without_resolved_for_planned_is_told(posted):
    found = posted(resolved=None)

    assert (one(found).kind, one(found).severity) == (Kind.MAINTENANCE, None)
    outcome = "taken as a maintenance, without severity"
    assert said(found) == [f"resolved: is absent, as in posts about planned work → {outcome}"]


def test_an_end_before_the_start_is_the_start(posted):
    found = posted(resolvedWhen="2024-05-07T08:00:00+02:00")

    assert one(found).ended == one(found).started
    assert said(found) == ["resolvedWhen: ends before it starts (-5 h) → its end is set to its start"]


def test_a_month_that_looks_like_a_slip_is_kept_and_told(posted):
    found = posted(resolvedWhen="2024-10-07T16:00:00+02:00")

    assert one(found).ended == at("2024-10-07 14:00")
    seen = "lasts 3675 h, to the same day of another month"
    assert said(found) == [f"resolvedWhen: {seen} → kept; is the month a slip?"]


def test_an_hour_with_three_digits_is_mended(posted):
    found = posted(date='"2024-05-07T013:00:00+02:00"')

    assert one(found).started == at("2024-05-07 11:00")
    assert said(found) == ["date: '2024-05-07T013:00:00+02:00' is not a time → read as 2024-05-07 11:00 UTC"]


def test_a_date_that_is_none_is_taken_from_the_file_s_name(posted):
    found = posted(date="yesterday")

    assert one(found).started == at("2024-05-07 00:00")
    (text,) = said(found)
    assert text.startswith("date: 'yesterday' is not a time; accepted: a date and time")
    assert text.endswith("→ taken from the file's name: 2024-05-07 00:00 UTC")


def test_a_missing_date_is_taken_from_the_file_s_name(posted):
    found = posted(date=None)

    assert one(found).started == at("2024-05-07 00:00")
    assert said(found) == ["date: there is no date → taken from the file's name: 2024-05-07 00:00 UTC"]


def test_a_post_without_any_date_is_left_out(posted):
    found = posted(name="outage.md", date=None)

    assert found.incidents == ()
    assert [str(problem) for problem in found.problems] == [
        "content/issues/outage.md: date: there is no date → left out"
    ]


def test_an_end_that_is_none_is_as_good_as_empty(posted):
    found = posted(resolvedWhen="noon", resolved="false")

    assert (one(found).ended, one(found).updates) == (None, ())
    assert said(found)[0].endswith("→ read as if it were empty")


def test_a_post_without_a_title_is_called_by_its_file(posted):
    found = posted(title=None)

    assert one(found).title == "2024-05-07-outage"
    assert said(found) == ["title: there is no title → the file's name is the title"]


@pytest.mark.parametrize(
    ("said_", "expected"),
    [
        ({"draft": "true"}, "draft: is a draft → left out"),
        ({"section": "page"}, "section: 'page' is no incident; accepted: issue → left out"),
    ],
)
def test_what_cstate_does_not_show_is_left_out(posted, said_, expected):
    found = posted(**said_)

    assert (found.incidents, said(found)) == ((), [expected])


def test_names_count_whatever_their_case(posted):
    found = posted(affected="[workers, COPR BUILDS, Workers]")

    assert one(found).components == (Affected(component="workers"), Affected(component="copr"))
    assert found.problems == ()


def test_an_unknown_name_becomes_a_hidden_component(posted):
    found = posted(affected="[Koji builds]")

    assert one(found).components == (Affected(component="koji-builds"),)
    assert found.site.components[-1] == component("koji-builds", name="Koji builds", hidden=True)
    accepted = "the name or an alias of a component (did you mean 'copr builds'?)"
    outcome = "kept as hidden component koji-builds"
    assert said(found) == [f"affected: no component is called 'Koji builds'; accepted: {accepted} → {outcome}"]


def test_an_unknown_name_is_told_on_every_post(posted):
    posted(affected="[GitHub]")
    found = posted(affected="[GitHub]", name="2024-05-09-outage.md")

    assert [problem.where[-13:] for problem in found.problems] == ["-07-outage.md", "-09-outage.md"]
    assert len(found.site.components) == len(KNOWN.components) + 1


def test_a_second_import_knows_the_hidden_components_of_the_first(posted):
    first = posted(affected="[GitHub]")
    again = posted(affected="[GitHub]", known=first.site)

    assert (again.incidents, again.site, again.problems) == (first.incidents, first.site, ())


@pytest.mark.parametrize("name", ["all", "All jobs", "all services", "everything"])
def test_a_catch_all_means_what_is_one_s_own(posted, name):
    found = posted(affected=f"[{name}]")

    assert one(found).components == (Affected(component="api"), Affected(component="workers"))
    assert said(found) == [f"affected: {name!r} is no component → taken as all 2 components of one's own"]


def test_a_catch_all_may_mean_the_only_component(posted):
    (problem,) = posted(affected="[all]", known=site(component("api"))).problems

    assert problem.outcome == "taken as all 1 component of one's own"


def test_a_catch_all_of_nothing_is_a_name(posted):
    found = posted(affected="[all]", known=site(component("copr", external=True)))

    assert one(found).components == (Affected(component="all"),)


def test_nothing_is_nothing(posted):
    found = posted(affected="[nothing]")

    assert (one(found).components, found.problems) == ((), ())


TRACKED = """\
*Resolved* - All is well. {{< track "2024-05-07 14:00:00" >}}

**Monitoring:** A fix is out.

We watch it. {{<track 2024-05-07T15:30:00+02:00>}}

---

*Investigating* - It is slow. {{% track "2024-05-07 11:10" %}}

Ask us.
"""


def test_track_tells_an_update_s_time(posted):
    incident = one(posted(TRACKED))

    assert incident.text == "Ask us."
    assert incident.updates == (
        Update(at=at("2024-05-07 11:10"), text="It is slow.", phase=Phase.INVESTIGATING),
        Update(at=at("2024-05-07 13:30"), text="A fix is out.\n\nWe watch it.", phase=Phase.MONITORING),
        Update(at=at("2024-05-07 14:00"), text="All is well.", phase=Phase.RESOLVED),
    )


def test_text_before_an_update_s_word_stays(posted):
    incident = one(posted('Builds hang.\n\n*Resolved* - Done. {{< track "2024-05-07 14:00" >}}'))

    assert (incident.text, incident.updates[0].text) == ("Builds hang.", "Done.")


def test_track_may_stand_first(posted):
    body = '{{< track "2024-05-07 14:00" >}} Done.\n\n{{< track "2024-05-07 12:00" >}} Slow.\n'

    assert [update.text for update in one(posted(body)).updates] == ["Slow.", "Done."]


def test_the_first_words_are_what_is_broken_if_nothing_else_says(posted):
    incident = one(posted('*Investigating* - It is slow. {{< track "2024-05-07 11:00" >}}'))

    assert (incident.text, incident.updates) == ("It is slow.", ())


def test_an_update_whose_time_is_none_stays_in_the_text(posted):
    found = posted('Slow. {{< track "2024-09-31 10:00" >}}')

    assert (one(found).text, one(found).updates) == ("Slow. (2024-09-31 10:00)", ())
    assert said(found)[0].endswith("→ the update stays in the text")


def test_an_update_that_forgot_its_time_stays_in_the_text(posted):
    found = posted('Slow. {{< track "" >}}')

    assert (one(found).text, one(found).updates, found.problems) == ("Slow.", (), ())


def test_an_update_that_resolves_what_is_not_resolved_only_watches_it(posted):
    found = posted('*Resolved* - Done. {{< track "2024-05-07 13:00" >}}', resolved="false", resolvedWhen=None)

    assert [update.phase for update in one(found).updates] == [Phase.MONITORING]
    seen = "an update says resolved, yet resolved is false"
    assert said(found) == [f"resolved: {seen} → kept open; the update says monitoring"]


def test_other_shortcodes_shrink_to_their_text(posted):
    found = posted("{{< alert >}}Mind{{< /alert >}} the gap.")

    assert one(found).text == "Mind the gap."
    assert said(found) == ["holds Hugo's shortcodes alert → reduced to the text they enclose"]


def test_comments_are_dropped_but_not_from_code(posted):
    assert one(posted("A<!-- no -->B `<!-- yes -->`\n")).text == "AB `<!-- yes -->`"


def test_a_commented_update_is_none(posted):
    body = '<!-- **Resolved:** {{< track "2024-05-07 13:00:00" >}} -->\n\nSlow.'

    assert (one(posted(body)).text, one(posted(body)).updates) == ("Slow.", ())


def test_a_list_of_dated_updates_is_taken_apart(posted):
    body = (
        "Slow.\n\nUpdates:\n\n- Tue May 7 12:24:02 UTC: Better.\n  Be patient.\n- `2024-05-07T15:35:00+02:00`: Well.\n"
    )
    incident = one(posted(body))

    assert incident.text == "Slow."
    assert [(update.at, update.text) for update in incident.updates] == [
        (at("2024-05-07 12:24:02"), "Better.\nBe patient."),
        (at("2024-05-07 13:35"), "Well."),
    ]


@pytest.mark.parametrize("words", ["**Resolved:** All is well.", "Resolved: All is well.", "__Fixed__: All is well."])
def test_words_about_the_end_happened_at_the_end(posted, words):
    found = one(posted(f"Slow.\n\n{words}"))

    assert found.text == "Slow."
    assert found.updates == (Update(at=found.ended, text="All is well.", phase=Phase.RESOLVED),)


@pytest.mark.parametrize(
    "body",
    [
        "Slow.\n\nResolved issues come back.",
        "Slow.\n\nUPDATE: Better.",
        "_Update_: Better.\n\nSlow.",
        "_Edit #1_: Better.",
        "[Final Message] It is over.",
        "Slow.\n\n### Update - 4th July\nMost works.",
    ],
)
def test_an_update_without_a_sure_time_stays_as_it_is(posted, body):
    found = posted(body)

    assert (one(found).text, one(found).updates, found.problems) == (body, (), ())


def test_files_in_folders_are_posts_too(posted):
    posted(name="2023/x.md")
    posted(name="2024-05-08-bundle/index.md")
    found = posted(name="2024/X.md", date="2024-06-01", resolvedWhen=None, resolved="false")

    bundle, first, second = (incident.ref for incident in found.incidents)
    assert (bundle, first, second[:-6]) == ("2024-05-08-bundle", "x", "x-")


def test_incidents_come_in_the_order_of_their_start(posted):
    posted(name="a.md", date="2024-05-07 10:00")
    found = posted(name="b.md", date="2024-05-07 9:30")

    assert [incident.ref for incident in found.incidents] == ["b", "a"]


def test_a_bad_file_does_not_stop_the_others(posted, tmp_path):
    posted(name="x.markdown")
    (tmp_path / "content/issues/folder.md").mkdir()
    (tmp_path / "content/issues/image.png").touch()
    (tmp_path / "content/issues/_index.md").touch()
    (tmp_path / "content/issues/.gitkeep").touch()
    (tmp_path / "content/issues/gone.md").symlink_to("nowhere.md")
    found = posted(text=front(title="Gr\xfc\xdfe").encode("latin-1"))

    assert [incident.title for incident in found.incidents] == ["Gr\ufffd\ufffde", "Outage"]
    assert [str(problem).removeprefix("content/issues/") for problem in found.problems] == [
        "image.png: is no Markdown → left out",
        "2024-05-07-outage.md: is not UTF-8 (byte 14) → what can't be read is replaced by \ufffd",
        "folder.md: is a folder → left out",
        "gone.md: is a link to nothing → left out",
    ]


def test_a_file_that_may_not_be_read_is_left_out(posted, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)

    assert said(posted()) == ["can't be read: Permission denied → left out"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_file(posted, tmp_path):
    posted()
    os.mkfifo(tmp_path / "content/issues/pipe.md")

    assert [str(problem) for problem in posted().problems] == ["content/issues/pipe.md: is no file → left out"]


def test_a_folder_of_another_kind_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"is no cState site: there is no folder content/issues/$"):
        cstate.read(tmp_path)


def test_packit_s_page_comes_over_whole():
    found = importers.read("cstate", PACKIT)

    assert len(found.incidents) == 10
    assert [(problem.key, problem.seen) for problem in found.problems[1:]] == [
        ("resolvedWhen", "ends before it starts (-3670 h)"),
        ("", "the front matter has no opening fence"),
        ("affected", "no component is called 'Koji builds'"),
        ("affected", "'all' is no component"),
        ("date", "'2024-08-13T015:00:00+02:00' is not a time"),
        ("affected", "no component is called 'GitHub'"),
    ]


def test_packit_s_dated_list_becomes_updates():
    (incident,) = (one for one in importers.read("cstate", PACKIT).incidents if one.ref == "2022-10-11-outage")

    assert [update.at for update in incident.updates] == [
        at("2022-10-11 12:24:02"),
        at("2022-10-11 13:12:36"),
        at("2022-10-12 05:27:46"),
    ]
    assert incident.text.endswith("as soon as possible.")
