"""What labels say over time."""

from dataclasses import replace

import pytest

from ghstatus.grammar import issue as grammar
from ghstatus.grammar.dialect import Meaning
from ghstatus.model import Affected, ComponentStatus, Kind, Phase, Severity
from tests.builders import VIEWER, at, comment, context, event, issue, update

FINE = "operational"


def read(*done, on=None, labels=("incident",), **said):
    return grammar.parse(issue(*done, labels=labels, **said), on or context(now=at("08:05"))).incident


def on(when, label, by="jane"):
    return event("labeled", when, by, label)


def off(when, label, by="jane"):
    return event("unlabeled", when, by, label)


def said(when, **words):
    return update(when, text="", **words)


def test_what_ghstatus_mirrored_counts_once_a_stranger_took_the_text_back():
    mirrored = [on("08:07", one, by=VIEWER) for one in ("severity/critical", "component/copr", "phase/identified")]
    done = (on("08:06", "incident"), *mirrored)
    story = {"author": "mallory", "labels": [], "editor": "mallory"}
    found = read(*done, edited_at="09:00", **story)

    assert (found.severity, found.components) == (Severity.CRITICAL, (Affected(component="copr"),))
    assert found.updates == ()
    unedited = read(*done, edited_at="08:05", **story)
    assert (unedited.severity, unedited.components) == (None, ())


# --- Severity


def test_the_first_severity_counts_from_the_start_whenever_it_was_put():
    found = read(on("09:40", "severity/minor"))

    assert (found.severity, found.updates) == (Severity.MINOR, ())


def test_each_later_severity_counts_from_its_time():
    found = read(
        on("08:10", "severity/minor"),
        on("10:20", "severity/critical"),
        off("10:20", "severity/minor"),
        on("11:00", "severity/major"),
        off("11:05", "severity/critical"),
    )

    assert found.severity is Severity.MINOR
    assert found.updates == (said("10:20", severity="critical"), said("11:05", severity="major"))


def test_the_worst_of_a_form_s_severities_counts():
    found = read(labels=["incident", "severity/minor", "severity/critical"])

    assert (found.severity, found.updates) == (Severity.CRITICAL, ())


def test_taking_the_last_severity_off_says_nothing():
    found = read(off("09:00", "severity/minor"), labels=["incident", "severity/minor"])

    assert (found.severity, found.updates) == (Severity.MINOR, ())


def test_putting_a_milder_label_beside_says_nothing():
    done = comment("Severity: minor\nBetter.", "09:00"), on("10:00", "severity/minor")
    found = read(*done, labels=["incident", "severity/major"])

    assert found.updates == (update("09:00", severity="minor", text="Better."),)


def test_what_is_known_already_is_no_update():
    found = read(comment("Severity: critical\nWorse.", "09:00"), on("09:10", "severity/critical"))

    assert found.updates == (update("09:00", severity="critical", text="Worse."),)


def test_a_severity_in_words_before_the_first_label_counts_from_the_start():
    found = read(comment("Severity: critical\nWorse.", "09:00"), on("09:10", "severity/minor"))

    assert found.severity is Severity.CRITICAL
    assert found.updates[1:] == (said("09:10", severity="minor"),)


def test_a_severity_only_in_words_counts_from_the_start():
    assert read(comment("Severity: critical\nBad.", "09:00")).severity is Severity.CRITICAL


def test_the_text_is_believed_over_the_form_s_label_but_not_over_a_later_one():
    markdown = "### Severity\n\nminor"
    found = read(labels=["incident", "severity/critical"], text=markdown)
    later = read(on("09:00", "severity/critical"), text=markdown)

    assert (found.severity, found.updates) == (Severity.MINOR, ())
    assert (later.severity, later.updates) == (Severity.MINOR, (said("09:00", severity="critical"),))


def test_a_label_without_an_event_counts_from_the_start():
    found = read(unseen=["severity/critical", "component/copr", "phase/identified"])

    assert (found.severity, found.components) == (Severity.CRITICAL, (Affected(component="copr"),))
    assert found.updates == (said("08:00", phase="identified"),)


def test_a_label_that_was_only_taken_off_was_there_from_the_start():
    assert read(off("09:00", "severity/critical")).severity is Severity.CRITICAL


# --- Whose labels count


def test_labels_that_a_strange_author_put_later_say_nothing():
    done = (
        on("08:02", "incident"),
        on("09:00", "severity/critical", "mallory"),
        on("09:00", "component/copr", "mallory"),
        on("09:00", "phase/resolved", ""),
        off("09:30", "severity/minor", "mallory"),
    )
    found = read(*done, author="mallory", labels=["severity/minor"])

    assert (found.severity, found.components, found.updates) == (Severity.MINOR, (), ())


def test_whoever_labelled_another_s_issue_might_when_they_did():
    found = read(on("09:00", "severity/critical", "left-the-team"), labels=["incident", "severity/minor"])

    assert found.updates == (said("09:00", severity="critical"),)


@pytest.mark.parametrize("by", ["labeler[bot]", ""])
def test_a_bot_s_labels_and_nobody_s_say_nothing(by):
    assert read(on("09:00", "severity/critical", by), labels=["incident", "severity/minor"]).updates == ()


def test_a_form_s_labels_count_whoever_opened_the_issue():
    found = read(
        on("08:20", "incident"), author="mallory", labels=["severity/minor", "component/copr", "phase/identified"]
    )

    assert (found.severity, found.components) == (Severity.MINOR, (Affected(component="copr"),))
    assert found.updates == (said("08:00", phase="identified"),)


def test_labels_by_ghstatus_say_nothing():
    done = (
        on("08:00", "severity/critical", VIEWER),
        on("08:00", "component/copr", VIEWER),
        on("09:00", "phase/identified", VIEWER),
        off("09:30", "severity/minor", VIEWER),
    )
    found = read(*done, labels=["incident", "severity/minor"])

    assert (found.severity, found.components, found.updates) == (Severity.MINOR, (), ())


def test_labels_by_ghstatus_count_on_what_it_opened_itself():
    assert read(author=VIEWER, labels=["incident", "severity/minor"]).severity is Severity.MINOR


def test_what_a_person_does_to_labels_of_ghstatus_counts():
    done = (
        on("08:20", "component/copr", VIEWER),
        on("08:20", "severity/critical", VIEWER),
        on("08:21", "severity/minor"),
        off("08:22", "component/copr"),
        off("08:22", "severity/critical"),
    )
    found = read(*done, text="<!-- ghstatus\ncomponents: [copr]\nseverity: critical\n-->")

    assert found.updates == (said("08:22", components={"copr": FINE}, severity="minor"),)


# --- Components


COPR, FARM = Affected(component="copr"), Affected(component="testing-farm")


@pytest.mark.parametrize(
    ("when", "start", "later"),
    [("08:05", (FARM, COPR), ()), ("08:06", (FARM,), (said("08:06", components=["copr"]),))],
)
def test_components_labelled_within_five_minutes_count_from_the_start(when, start, later):
    found = read(on(when, "component/copr"), labels=["incident", "component/testing-farm"])

    assert (found.components, found.updates) == (start, later)


def test_the_components_that_are_named_first_count_from_the_start_however_late():
    found = read(*(on(when, f"component/{one}") for when, one in (("09:00", "copr"), ("09:05", "testing-farm"))))

    assert (found.components, found.updates) == ((COPR, FARM), ())


def test_components_named_after_the_first_ones_count_from_their_time():
    found = read(on("09:00", "component/copr"), on("09:06", "component/testing-farm"))

    assert (found.components, found.updates) == ((COPR,), (said("09:06", components=["testing-farm"]),))


def test_a_label_adds_to_the_components_of_the_text_from_its_time():
    found = read(on("09:00", "component/copr"), text="<!-- ghstatus\ncomponents: [testing-farm]\n-->")

    assert (found.components, found.updates) == ((FARM,), (said("09:00", components=["copr"]),))


def test_a_label_adds_to_the_components_of_a_comment_from_its_time():
    told = comment("Update: more\nComponents: testing-farm", "08:30")
    found = read(told, on("09:00", "component/copr"))

    assert [[one.component for one in update.components] for update in found.updates] == [["testing-farm"], ["copr"]]


def test_a_first_component_s_severity_still_counts_from_its_time():
    done = on("09:00", "component/copr"), on("09:00", "severity/critical")
    found = read(*done, labels=["incident", "severity/minor"])

    assert (found.components, found.updates) == ((COPR,), (said("09:00", severity="critical"),))


def test_the_text_s_components_and_the_labels_count_together():
    found = read(text="<!-- ghstatus\ncomponents: {copr: major_outage}\n-->", labels=["incident", "component/services"])

    assert found.components == (
        Affected(component="copr", status=ComponentStatus.MAJOR_OUTAGE),
        Affected(component="testing-farm"),
    )


@pytest.mark.parametrize("added", ["08:02", "09:00"])
def test_a_component_taken_off_within_five_minutes_never_counted(added):
    found = read(on(added, "component/copr"), off(f"{added[:2]}:05", "component/copr"))

    assert (found.components, found.updates) == ((), ())


def test_a_component_taken_off_later_works_from_then():
    found = read(off("08:06", "component/copr"), labels=["incident", "component/copr"])

    assert found.components == (Affected(component="copr"),)
    assert found.updates == (said("08:06", components={"copr": FINE}),)


def test_a_component_put_on_again_is_hit_again():
    found = read(off("09:00", "component/copr"), on("10:00", "component/copr"), labels=["incident", "component/copr"])

    assert found.updates == (said("09:00", components={"copr": FINE}), said("10:00", components=["copr"]))


def test_a_component_under_two_labels_works_once_both_are_off():
    labels = ["incident", "component/services", "component/copr"]
    found = read(off("09:00", "component/services"), off("10:00", "component/copr"), labels=labels)

    assert found.updates == (said("09:00", components={"testing-farm": FINE}), said("10:00", components={"copr": FINE}))


def test_a_label_that_ghstatus_put_beside_a_group_s_holds_nothing_down():
    done = on("08:10", "component/copr", VIEWER), off("09:00", "component/services")
    found = read(*done, labels=["incident", "component/services"])

    assert found.updates == (said("09:00", components={"copr": FINE, "testing-farm": FINE}),)


def test_a_label_that_came_with_the_text_takes_back_what_the_text_says():
    text = "<!-- ghstatus\ncomponents: [copr, testing-farm]\n-->"
    found = read(off("08:02", "component/copr"), text=text, labels=["incident", "component/copr"])

    assert found.updates == (said("08:02", components={"copr": FINE}),)


def test_a_label_put_on_by_mistake_takes_nothing_back():
    text = "<!-- ghstatus\ncomponents: [copr]\n-->"

    assert read(on("09:00", "component/copr"), off("09:01", "component/copr"), text=text).updates == ()


def test_a_component_that_is_hit_already_is_no_update():
    assert read(on("09:00", "component/copr"), text="<!-- ghstatus\ncomponents: [copr]\n-->").updates == ()


# --- Phases


def test_a_phase_counts_from_its_label_on():
    done = on("09:00", "phase/identified"), on("10:00", "phase/monitoring"), off("10:00", "phase/identified")

    assert read(*done).updates == (said("09:00", phase="identified"), said("10:00", phase="monitoring"))


def test_a_phase_that_is_known_already_is_no_update():
    assert read(on("08:20", "phase/investigating")).updates == ()
    assert len(read(comment("Identified: disk", "09:00"), on("09:10", "phase/identified")).updates) == 1


def test_a_phase_of_another_kind_says_nothing():
    assert read(on("09:00", "phase/identified"), labels=["maintenance"]).updates == ()
    assert read(on("09:00", "phase/in progress"), labels=["maintenance"]).updates[0].phase is Phase.IN_PROGRESS


def test_a_phase_label_put_on_after_the_closing_reopens_nothing():
    found = read(event("closed", "09:00"), on("10:00", "phase/monitoring"))

    assert found.updates == (said("09:00", phase="resolved"),)


def test_a_phase_label_that_is_over_ends_it():
    assert read(on("09:00", "phase/resolved")).updates == (said("09:00", phase="resolved"),)


# --- False alarms, and labels that tell a status


def test_a_label_says_that_it_was_none():
    assert read(on("09:00", "false-alarm")).false_alarm == "labelled false-alarm"
    assert read(unseen=["False-Alarm"]).false_alarm == "labelled False-Alarm"


def test_a_label_that_is_gone_or_a_stranger_s_does_not():
    assert read(on("09:00", "false-alarm"), off("09:10", "false-alarm")).false_alarm == ""
    assert read(on("09:00", "false-alarm", "labeler[bot]")).false_alarm == ""
    assert read(on("09:00", "false-alarm"), on("09:10", "false-alarm", VIEWER)).false_alarm == ""


def test_the_text_s_reason_is_better_than_a_label():
    text = "<!-- ghstatus\nfalse_alarm: A cable.\n-->"

    assert read(on("09:00", "false-alarm"), text=text).false_alarm == "A cable."


def test_a_label_may_tell_the_status_of_all_components():
    statuses = {"down": ComponentStatus.MAJOR_OUTAGE, "slow": ComponentStatus.DEGRADED_PERFORMANCE}
    known = context().dialect
    dialect = replace(
        known,
        label=lambda one: Meaning(status=statuses[one.name]) if one.name in statuses else known.label(one),
        kind=lambda *_: Kind.INCIDENT,
    )
    done = on("09:00", "slow"), off("09:00", "down"), on("10:00", "component/testing-farm")
    reading = grammar.parse(issue(*done, labels=["down", "component/copr"]), context(dialect=dialect))

    assert reading.problems == ()
    assert reading.incident.components == (Affected(component="copr", status=ComponentStatus.MAJOR_OUTAGE),)
    assert reading.incident.updates == (
        said("09:00", components={"copr": "degraded_performance"}),
        said("10:00", components=["testing-farm"]),
    )


@pytest.mark.parametrize(("by", "viewer", "told"), [("jane", VIEWER, 1), (VIEWER, VIEWER, 0), ("jane", "", 1)])
def test_an_unknown_component_is_reported_unless_ghstatus_itself_put_its_label(by, viewer, told):
    one = issue(on("09:00", "component/gone", by), labels=["incident", "severity/major"])

    assert len(grammar.parse(one, context(viewer=viewer)).problems) == told


def test_an_unknown_component_under_a_label_that_nobody_is_known_to_have_put_is_reported():
    one = issue(labels=["severity/major", "incident"], unseen=["component/gone"])

    (problem,) = grammar.parse(one, context()).problems
    assert "no component is called 'gone'" in problem.seen
