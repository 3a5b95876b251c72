"""Who may publish, and what an issue's text says."""

from dataclasses import replace
from datetime import timedelta
from inspect import cleandoc

import pytest

from ghstatus.actions import Topic
from ghstatus.grammar import issue as grammar
from ghstatus.grammar import notes
from ghstatus.grammar.names import Names
from ghstatus.model import Affected, ComponentStatus, Kind, Label, Link, Phase, Severity
from tests.builders import NOW, START, VIEWER, at, comment, context, event, issue, update


def parse(*done, on=None, **said):
    return grammar.parse(issue(*done, **said), on or context())


def read(*done, **said):
    """The incident, where nothing is wrong with it."""
    reading = parse(*done, **said)
    assert reading.problems == ()
    assert reading.ignored == ()
    return reading.incident


def problem(*done, **said):
    """The incident, and the one thing that is wrong."""
    reading = parse(*done, **said)
    (found,) = reading.problems
    assert found.where == "#42"
    assert all((found.seen, found.accepted, found.outcome))
    return reading.incident, found


def text(markdown):
    return {"text": cleandoc(markdown).replace("\n", "\r\n")}


# --- Who may publish


def test_an_issue_by_somebody_trusted_is_published():
    found = read()

    assert (found.ref, found.number, found.title, found.started) == ("42", 42, "Builds stay pending", START)
    assert (found.kind, found.severity) == (Kind.INCIDENT, Severity.MAJOR)


def test_an_issue_without_a_label_of_a_kind_is_not_for_the_page():
    assert parse(labels=["reported", "severity/major", "postmortem", "known-failure"]) == grammar.Reading(None, (), ())


@pytest.mark.parametrize("login", ["mallory", "", "stale[bot]"])
def test_a_form_by_a_stranger_is_not_published(login):
    reading = parse(author=login, labels=["incident", "severity/critical"])

    (ignored,) = reading.ignored
    assert (reading.incident, reading.problems) == (None, ())
    assert (ignored.where, ignored.outcome) == ("#42", "not shown")
    assert login in ignored.seen


@pytest.mark.parametrize("by", ["mallory", "labeler[bot]", ""])
def test_a_label_that_a_stranger_put_vouches_for_nothing(by):
    assert parse(event("labeled", by=by, detail="incident"), author="mallory", labels=[]).incident is None


def test_whoever_labelled_a_stranger_s_issue_might_when_they_did():
    assert parse(event("labeled", by="left-the-team", detail="incident"), author="mallory", labels=[]).incident


def test_whoever_labelled_is_asked_about_where_the_author_s_account_is_gone():
    one = issue(event("labeled", by="jane", detail="incident"), event("closed", by="joe"), author="")

    assert grammar.people(one, context().dialect) == {"jane"}
    assert parse(event("labeled", by="jane", detail="incident"), author="", labels=[]).incident


def test_nobody_is_told_from_an_author_whose_account_is_gone():
    assert parse(event("labeled", by="ghost", detail="incident"), author="", labels=[]).incident is None


@pytest.mark.parametrize(("bots", "is_shown"), [((), False), ((VIEWER,), True)])
def test_another_workflow_that_labels_by_ghstatus_s_account_vouches_only_where_the_configuration_says_so(
    bots, is_shown
):
    done = event("labeled", by=VIEWER, detail="incident")
    reading = parse(done, author="mallory", labels=[], on=context(bots=bots))

    assert (reading.incident is not None) is is_shown


def test_a_label_that_nobody_is_known_to_have_put_vouches_for_nothing():
    assert parse(author="mallory", labels=[], unseen=["incident"]).incident is None


APP = "status-page[bot]"


@pytest.mark.parametrize(
    ("by", "topic", "is_shown"),
    [(APP, Topic.WELCOME, True), (APP, Topic.PROBLEMS, False), ("mallory", Topic.WELCOME, False)],
)
def test_what_ghstatus_welcomed_once_stays_when_its_author_has_left(by, topic, is_shown):
    note = comment(notes.write(topic, "It is on the page."), by=by)
    reading = parse(note, author="mallory", on=context(viewer=APP))

    assert (reading.incident is not None) is is_shown


def test_a_welcome_by_an_account_that_other_workflows_share_vouches_for_nothing():
    assert parse(comment(notes.write(Topic.WELCOME, ""), by=VIEWER), author="mallory").incident is None


def test_a_welcome_vouches_for_nothing_that_was_written_since_somebody_labelled_it():
    done = event("labeled", "08:30", detail="incident"), comment(notes.write(Topic.WELCOME, ""), "08:35", APP)
    said = {"labels": ["severity/minor"], "edited_at": "08:32", "editor": "mallory"}
    reading = parse(*done, author="mallory", on=context(viewer=APP), **said)

    assert reading.incident.text == ""


def test_somebody_trusted_vouches_by_a_label():
    done = event("labeled", detail="incident"), event("labeled", detail="severity/minor")

    assert read(*done, author="mallory", labels=["reported"]).severity is Severity.MINOR


def test_a_label_that_says_nothing_of_a_kind_vouches_for_nothing():
    done = event("labeled", by="mallory", detail="incident"), event("labeled", detail="severity/minor")

    assert parse(*done, author="mallory", labels=[]).incident is None


def test_who_put_the_label_last_decides():
    done = (
        event("unlabeled", "08:10", "jane", "incident"),
        event("labeled", "08:20", "mallory", "incident"),
        event("labeled", "08:10", "jane", "incident"),
    )

    assert parse(*done, author="mallory", labels=[]).incident is None


def test_a_voucher_holds_only_while_its_label_is_there():
    done = event("labeled", "08:10", "jane", "incident"), event("unlabeled", "08:20", "jane", "incident")

    assert parse(*done, author="mallory", labels=["reported"]).incident is None


@pytest.mark.parametrize("login", [VIEWER, "Checks[bot]"])
def test_ghstatus_and_the_bots_of_the_configuration_may_publish(login):
    assert parse(author=login, on=context(bots=("checks[bot]",))).incident


def test_an_account_that_is_gone_may_not_even_where_ghstatus_acts_as_nobody_known():
    assert parse(author="", on=context(viewer="")).incident is None


def test_a_private_member_is_simply_trusted():
    assert parse(author="joe", on=context("joe")).incident
    assert parse(author="joe", on=context("jane")).incident is None


# --- What somebody wrote who has left


def left(*done, until="09:00", **said):
    return parse(*done, author="eve", on=context(former={"eve": at(until)}), **said)


@pytest.mark.parametrize(("until", "is_shown"), [("08:00", True), ("07:59", False)])
def test_an_issue_stays_that_its_author_might_open_then(until, is_shown):
    assert (left(until=until).incident is not None) is is_shown


@pytest.mark.parametrize(("when", "is_shown"), [("08:59", True), ("09:00", False)])
def test_its_text_stays_as_it_was_then(when, is_shown):
    assert bool(left(text="Mine.", edited_at=when, editor="eve").incident.text) is is_shown


def test_a_label_by_somebody_else_does_not_take_away_what_its_author_wrote_after_that():
    done = event("labeled", "08:10", detail="incident")

    assert left(done, labels=["severity/major"], text="Mine.", edited_at="08:30", editor="eve").incident.text == "Mine."


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({"when": "09:00"}, True),
        ({"when": "09:01"}, False),
        ({"when": "08:30", "edited_at": "09:00"}, True),
        ({"when": "08:30", "edited_at": "09:01"}, False),
    ],
)
def test_comments_count_that_were_made_until_then(said, counts):
    reading = left(comment("Identified: a disk", by="eve", **said))

    assert (len(reading.incident.updates), len(reading.ignored)) == ((1, 0) if counts else (0, 1))


@pytest.mark.parametrize(("when", "counts"), [("09:00", True), ("09:01", False)])
def test_labels_count_that_were_put_until_then(when, counts):
    done = event("labeled", when, "eve", "severity/critical")

    assert bool(left(done, labels=["incident", "severity/minor"]).incident.updates) is counts


@pytest.mark.parametrize(("when", "is_over"), [("08:59", True), ("09:00", False)])
def test_closing_counts_that_was_done_until_then(when, is_over):
    assert bool(left(event("closed", when, "eve", "completed")).incident.updates) is is_over


def test_whoever_vouches_for_a_closed_issue_has_seen_that_it_is_closed():
    done = event("closed", "08:30", "mallory", "completed"), event("labeled", "08:40", detail="incident")

    assert [one.phase for one in parse(*done, author="mallory", labels=["severity/major"]).incident.updates] == [
        Phase.RESOLVED
    ]


# --- What a stranger does later


def vouched(*done, **said):
    return {"author": "mallory", "labels": ["severity/major"], "text": "Mine.", **said}, (
        event("labeled", "08:30", "jane", "incident"),
        *done,
    )


@pytest.mark.parametrize(
    ("when", "editor", "is_shown"),
    [
        ("08:29", "mallory", True),
        ("08:30", "mallory", False),
        ("09:00", "mallory", False),
        ("09:00", "", False),
        ("09:00", "tidy[bot]", False),
        ("09:00", "joe", True),
        ("09:00", "left-the-team", True),
    ],
)
def test_text_that_a_stranger_edited_after_somebody_vouched_is_not_shown(when, editor, is_shown):
    said, done = vouched(edited_at=when, editor=editor, text="Mine.\n\n### Severity\n\nminor")
    reading = parse(*done, **said)

    assert reading.incident.text == ("Mine." if is_shown else "")
    assert reading.incident.severity is (Severity.MINOR if is_shown else Severity.MAJOR)
    assert [found.outcome for found in reading.problems] == ([] if is_shown else ["the text isn't shown"])


def test_text_by_somebody_trusted_may_be_edited():
    assert read(text="Ours.", edited_at="09:00", editor="").text == "Ours."


@pytest.mark.parametrize(
    ("renames", "title"),
    [
        ([("08:10", "mallory", "Help")], "Buy now"),
        ([("09:00", "mallory", "Builds fail")], "Builds fail"),
        ([("08:30", "mallory", "Builds fail")], "Builds fail"),
        ([("09:00", "mallory", "Builds fail"), ("09:10", "mallory", "Buy")], "Builds fail"),
        ([("09:00", "mallory", "Builds fail"), ("09:10", "joe", "Buy")], "Buy now"),
        ([("09:00", "mallory", "Builds fail"), ("09:10", "left-the-team", "Buy")], "Buy now"),
        ([("09:00", "joe", "Builds fail"), ("09:10", "mallory", "Copr fails")], "Copr fails"),
    ],
)
def test_a_title_that_a_stranger_gave_after_somebody_vouched_is_not_shown(renames, title):
    said, done = vouched(*(event("renamed", *one) for one in renames), title="Buy now")
    reading = parse(*done, **said)

    assert reading.incident.title == title
    assert [found.seen for found in reading.problems] == (
        [] if title == "Buy now" else ["renamed by @mallory, who may not"]
    )


def test_a_title_from_before_all_labels_is_what_somebody_vouched_for():
    done = event("renamed", "08:10", "mallory", "Old"), event("labeled", "08:30", detail="incident")

    assert parse(*done, author="mallory", labels=[]).incident.title == "Builds stay pending"


def test_a_title_by_somebody_trusted_may_be_changed():
    assert read(event("renamed", "09:00", "eve", "Old"), title="New").title == "New"


def test_the_author_of_a_voucher_closes_nothing():
    said, done = vouched(event("closed", "09:00", "mallory"))
    found, wrong = problem(*done, **said)

    assert found.updates == ()
    assert wrong.seen == "closed by @mallory, who may not"
    assert wrong.outcome == "it goes on"


def test_only_who_writes_has_to_be_asked_about():
    done = (
        event("labeled", by="joe", detail="severity/minor"),
        event("closed", by="bob"),
        event("renamed", by="dora", detail="Old"),
        comment(by="eve"),
        comment(by="", text="Gone."),
        comment(by="spam", is_minimized=True),
        comment(by=VIEWER),
    )
    found = grammar.people(issue(*done, editor="ed"), context().dialect)

    assert found == {"jane", "eve"}


def test_nobody_decides_about_what_is_not_for_the_page():
    assert grammar.people(issue(labels=["bug"]), context().dialect) == frozenset()


# --- The order of belief


def test_the_hidden_block_is_believed_first_then_the_form_then_labels_then_github():
    form = "### Severity\r\n\r\nminor – it works\r\n\r\n### Started\r\n\r\n2026-03-02 07:00\r\n"
    block = "<!-- ghstatus\r\nseverity: critical\r\nstarted: 2026-03-02T07:30:00+01:00\r\n-->"

    assert read(text=f"{form}\n{block}").severity is Severity.CRITICAL
    assert read(text=f"{form}\n{block}").started == at("06:30")
    assert read(text=form).severity is Severity.MINOR
    assert read(text=form).started == at("07:00")
    assert read().severity is Severity.MAJOR
    assert read().started == START


def test_everything_that_a_block_can_say_is_read():
    found = read(
        **text("""
            We look into it.

            <!-- ghstatus
            title: Copr gets new disks
            kind: maintenance
            components: {copr: major_outage}
            scheduled_for: 2026-03-03 08:00
            scheduled_until: 2026-03-03 10:00 UTC
            ended: 2026-03-03 09:00 UTC
            affects: Everybody.
            workaround: Wait.
            eta: soon
            links: [{text: Why, url: https://example.org}]
            false_alarm: It was a test.
            source: folder:disks.md
            -->
            """)
    )

    assert (found.title, found.kind, found.text) == ("Copr gets new disks", Kind.MAINTENANCE, "We look into it.")
    assert found.components == (Affected(component="copr", status=ComponentStatus.MAJOR_OUTAGE),)
    assert (found.started, found.scheduled_for, found.scheduled_until, found.ended) == tuple(
        at(f"2026-03-03 {hour}:00") for hour in ("08", "08", "10", "09")
    )
    assert (found.affects, found.workaround, found.eta) == ("Everybody.", "Wait.", "soon")
    assert found.links == (Link(text="Why", url="https://example.org"),)
    assert (found.false_alarm, found.source) == ("It was a test.", "folder:disks.md")


def test_a_form_of_a_maintenance_is_read():
    found = read(
        labels=["maintenance"],
        **text("""
            ### What is planned?

            New disks.

            ### Components

            - [x] Copr
            - [ ] Testing Farm

            ### Start of the maintenance

            2026-03-03 08:00

            ### End of the maintenance

            _No response_
            """),
    )

    assert (found.kind, found.text, found.started) == (Kind.MAINTENANCE, "New disks.", at("2026-03-03 08:00"))
    assert (found.scheduled_until, found.components) == (None, (Affected(component="copr"),))


NOBODY_KNOWS = "not shown before it says when, or somebody says `/start`; what it hits is unknown"


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("We upgrade.", "nothing says when the maintenance starts"),
        ("### Start\n\n2026-03-03 08:00", "nothing says when the maintenance starts"),
        ("### End of the maintenance\n\n2026-03-03 08:00", "nothing says when the maintenance starts"),
        ("### Start of the maintenance\n\nat dawn", "'at dawn' is not a time"),
        ("### Started\n\nat dawn", "'at dawn' is not a time"),
    ],
)
def test_a_maintenance_that_says_no_start_has_not_begun(markdown, seen):
    said = {"labels": ["maintenance"], **text(markdown)}

    found, wrong = problem(**said)
    assert found.is_undated
    assert (wrong.seen, wrong.outcome) == (seen, NOBODY_KNOWS)


@pytest.mark.parametrize(
    ("done", "started"),
    [
        (comment("/start", "09:10"), "09:10"),
        (comment("Verifying: done.", "09:10"), "09:10"),
        (comment("/cancel", "09:10"), "09:10"),
        (event("closed", "09:10", detail="not_planned"), "09:10"),
        (event("closed", "09:10", detail="completed"), START),
    ],
)
def test_a_maintenance_that_says_no_start_begins_when_somebody_says_so(done, started):
    found = read(done, labels=["maintenance"], **text("We upgrade."))

    assert (found.is_undated, found.started) == (False, at(started))


def test_a_start_that_nobody_can_read_is_told_of_though_it_was_begun():
    said = text("### Start of the maintenance\n\nat dawn")

    _, wrong = problem(comment("/start", "09:10"), labels=["maintenance"], **said)
    assert wrong.outcome == "counted as started 2026-03-02 09:10 UTC"


def test_what_stands_below_a_time_is_text():
    found = read(
        labels=["maintenance"],
        **text("""
            ### Start of the maintenance

            2026-03-03 08:00

            ### What

            Read only.
            """),
    )

    assert (found.started, found.text) == (at("2026-03-03 08:00"), "### What\n\nRead only.")


def test_an_issue_that_is_labelled_as_two_kinds_is_told_so():
    labels = ["incident", "severity/major", "maintenance"]

    _, wrong = problem(labels=labels, **text("We upgrade."))
    assert (wrong.key, wrong.seen) == ("a label", "it is labelled 'incident' and 'maintenance'")
    assert wrong.outcome == "counted as an incident"
    assert read(labels=labels, **text("<!-- ghstatus\nkind: incident\n-->")).kind is Kind.INCIDENT


def test_an_incident_that_was_planned_stays_an_incident():
    found = read(**text("### Start of the maintenance\n\n2026-03-03 08:00"))

    assert (found.kind, found.started) == (Kind.INCIDENT, START)


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (["announcement", "incident"], Kind.INCIDENT),
        (["announcement", "maintenance"], Kind.MAINTENANCE),
        (["announcement"], Kind.ANNOUNCEMENT),
        (["Incident", "SEVERITY/Major"], Kind.INCIDENT),
    ],
)
def test_the_worst_kind_counts(labels, kind):
    assert parse(labels=labels).incident.kind is kind


def test_an_issue_without_a_title_is_shown_by_its_number():
    assert read(title="").title == "#42"


# --- What is wrong is one message


@pytest.mark.parametrize(
    ("key", "value", "line", "seen", "outcome"),
    [
        ("severity", "hihg", 4, "'hihg' is unknown", "counted as major"),
        ("started", "yesterday", 4, "'yesterday' is not a time", "counted as started 2026-03-02 08:00 UTC"),
        ("ended", "2026-03-01", 4, "2026-03-01 00:00 UTC is before the start", "counted as ended at its start"),
        ("components", "[copr, cpor]", 4, "no component is called 'cpor'", "ignored; the others count"),
        ("kind", "party", 4, "'party' is unknown", "counted as incident"),
        ("scheduled_until", "2026-03-01", 4, "is before the planned start", "ignored"),
        ("colour", "red", 4, "unknown key 'colour'", "ignored"),
    ],
)
def test_a_mistake_in_the_block_is_named_with_its_line(key, value, line, seen, outcome):
    found, wrong = problem(text=f"Text.\n\n<!-- ghstatus\n{key}: {value}\n-->\n", labels=["incident", "severity/major"])

    assert (wrong.line, wrong.outcome) == (line, outcome)
    assert seen in wrong.seen
    assert found.text == "Text."


MANY = [f"tetsing-farm {number}" for number in range(30)]


@pytest.mark.parametrize(
    "said",
    [
        {"text": f"### Components\n\n{', '.join(MANY)}"},
        {"text": f"<!-- ghstatus\ncomponents: {', '.join(MANY)}\n-->"},
        {"text": f"## Identified – 2026-03-02 09:00 UTC\nComponents: {', '.join(MANY)}"},
        {"text": "## Identified – 2026-03-02 09:00 UTC\n" + "".join(f"Components: {one}\n" for one in MANY)},
        {"text": "".join(f"## Identified – 2026-03-02 09:00 UTC\nComponents: {one}\n" for one in MANY)},
        {"labels": ["incident", "severity/major", *(f"component/{one}" for one in MANY)]},
    ],
    ids=["form", "block", "update", "lines", "updates", "labels"],
)
def test_of_many_unknown_names_the_first_are_told_with_a_hint(said, monkeypatch):
    compared = []
    monkeypatch.setattr(Names, "suggest", lambda _, text: compared.append(text) or "did you mean 'x'?")
    found = parse(**said)

    assert compared == MANY[:20]
    assert [one.seen for one in found.problems[-2:]] == ["no component is called 'tetsing-farm 19'", "and 10 more"]
    assert "did you mean" in found.problems[-2].accepted


def test_of_many_unknown_names_in_a_comment_the_first_are_told():
    found = parse(comment(f"Identified: a cable.\nComponents: {', '.join(MANY)}", "09:00"))

    assert len(found.problems) == 21
    assert found.problems[-1].seen == "and 10 more"


def test_a_severity_that_is_unknown_leaves_it_to_the_labels():
    found, wrong = problem(text="### Severity\n\nhihg", labels=["incident", "severity/critical"])

    assert (found.severity, wrong.outcome, wrong.line) == (Severity.CRITICAL, "counted as critical", 3)


@pytest.mark.parametrize("label", ["severity/majro", "phase/resovled", "component/cpor"])
def test_a_label_that_means_nothing_is_named(label):
    _, wrong = problem(labels=["incident", "severity/major", label])

    assert label.partition("/")[2] in wrong.seen
    assert "did you mean" in wrong.accepted
    assert wrong.line is None


@pytest.mark.parametrize(("minutes", "is_told"), [(9, False), (10, True)])
def test_a_missing_severity_is_told_once_people_had_time_to_label(minutes, is_told):
    reading = parse(labels=["incident"], on=context(now=START + timedelta(minutes=minutes)))

    assert reading.incident.severity is None
    assert [found.seen for found in reading.problems] == (["no severity is given"] if is_told else [])


@pytest.mark.parametrize("label", ["maintenance", "announcement"])
def test_only_an_incident_has_to_say_its_severity(label):
    assert read(labels=[label], **text("### Started\n\n2026-03-02 08:00")).severity is None


def test_an_update_in_the_text_before_the_start_is_named():
    found, wrong = problem(text="## Resolved – 2026-03-02 07:00 UTC")

    assert wrong.seen.startswith("an update ends it at 2026-03-02 07:00 UTC")
    assert found.updates[0].phase is Phase.RESOLVED


def test_what_ends_at_its_start_is_no_mistake():
    assert read(text="## Resolved – 2026-03-02 08:00 UTC").updates[0].at == START
    assert read(text="<!-- ghstatus\nended: 2026-03-02 08:00\n-->").ended == START


def test_problems_of_the_text_come_in_the_order_of_their_lines_before_all_others():
    markdown = "## Identified – 25:00\n\n<!-- ghstatus\nseverity: hihg\n-->"
    reading = parse(event("closed", by="stale[bot]"), labels=["incident", "phase/foo"], text=markdown)

    assert [found.line for found in reading.problems] == [1, 4, None, None]


def test_a_block_that_is_no_yaml_is_one_message_and_the_rest_counts():
    found, wrong = problem(text="<!-- ghstatus\nseverity: critical\neta: [a\n-->")

    assert wrong.seen.startswith("the hidden block is no YAML")
    assert wrong.line
    assert found.severity is Severity.CRITICAL


# --- Updates in the text, and dialects


def test_updates_stand_in_the_text_too():
    markdown = "Text.\n\n## Identified – 2026-03-02 08:30 UTC\n\nThe disk.\n\n### Severity\n\nminor"

    assert read(text=markdown).updates == (update("08:30", "identified", text="The disk."),)
    assert read(text=markdown).severity is Severity.MINOR


def test_a_form_s_last_section_ends_at_an_update():
    markdown = "### Who is affected?\n\nAll.\n\n## Resolved – 2026-03-02 08:30 UTC\n\nDone."

    assert (read(text=markdown).affects, read(text=markdown).updates) == (
        "All.",
        (update("08:30", "resolved", text="Done."),),
    )


def test_a_dialect_may_know_severity_and_components_by_the_title():
    known = replace(context().dialect, severity=lambda _: Severity.MINOR, components=lambda _: ("Copr", "nothing"))
    found = read(labels=["incident"], on=context(dialect=known))

    assert (found.severity, found.components) == (Severity.MINOR, (Affected(component="copr"),))
    labelled = read(labels=["incident", "component/testing-farm", "severity/major"], on=context(dialect=known))
    assert (labelled.severity, labelled.components) == (Severity.MAJOR, (Affected(component="testing-farm"),))


def test_a_dialect_may_change_the_title_and_view_one_of_many_incidents():
    known = replace(context().dialect, title=str.upper, view=lambda one: replace(one, created_at=NOW))
    found = read(on=context(dialect=known))

    assert (found.title, found.started) == ("BUILDS STAY PENDING", NOW)


def test_labels_keep_their_colours_for_a_dialect():
    seen = []
    known = context().dialect
    spy = replace(known, label=lambda one: seen.append(one) or known.label(one))
    read(labels=[Label("incident", "aabbcc"), "severity/major"], on=context(dialect=spy))

    assert {one.color for one in seen if one.name == "incident"} == {"aabbcc"}


def test_what_only_looks_like_a_time_is_told_of():
    found, wrong = problem(**text("### When is a fix expected?\n\n25:00"))

    assert (found.eta, wrong.key, wrong.seen) == ("25:00", "eta", "'25:00' is not a time")
    assert wrong.outcome == "shown as it stands, and nobody is reminded of it"
    assert read(**text("### When is a fix expected?\n\n2026-03-02 20:10 CET")).eta == "2026-03-02 20:10 CET"
