"""Commands in comments."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar import orders, verbs
from ghstatus.grammar.asking import Asking, MisfitError
from ghstatus.model import Affected, ComponentStatus, Detector, Kind, Severity
from tests.builders import at
from tests.strategies import NAMES, markdown

ASKING = Asking(NAMES, at("2026-03-02 14:20"), "jane")


def said(text, kind=Kind.INCIDENT, asking=ASKING):
    return orders.read(text, kind, asking)


def values(text, kind=Kind.INCIDENT):
    found = said(text, kind)
    assert found.faults == ()
    return [one.value for one in found.commands]


def value(text, kind=Kind.INCIDENT):
    (found,) = values(text, kind)
    return found


def fault(text, kind=Kind.INCIDENT):
    found = said(text, kind)
    assert [one.verb.name for one in found.commands] == []
    (one,) = found.faults
    return one


def names(text, kind=Kind.INCIDENT):
    return [one.verb.name for one in said(text, kind).commands]


def test_many_commands_stand_between_words():
    found = said("We look.\n\n/severity critical\n/lead me\n\nMore soon.\n/call https://meet.example.org/x")

    assert [one.verb.name for one in found.commands] == ["severity", "lead", "call"]
    assert (found.above, found.prose, found.faults) == ("", "We look.\n\n\nMore soon.", ())


@pytest.mark.parametrize(
    "text",
    [
        "/severity major",
        "/Severity Major",
        "/ severity major",
        "  /severity: major",
        "/severity \N{LEFT DOUBLE QUOTATION MARK}major\N{RIGHT DOUBLE QUOTATION MARK}",
        "/severity\N{NO-BREAK SPACE}major",
        "/severity major <!-- as agreed -->",
        "/severity: **major**",
        "/severity, major.",
    ],
)
def test_a_phone_s_slips_do_not_matter(text):
    assert value(text).severity is Severity.MAJOR


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/false-alarm oops", "false-alarm"),
        ("/false\N{EN DASH}alarm oops", "false-alarm"),
        ("/false alarm: oops", "false-alarm"),
        ("/false_alarm oops", "false-alarm"),
        ("/RESOLVED", "resolve"),
        ("/Post mortem", "postmortem"),
        ("/workaround wait", "alternatives"),
    ],
)
def test_a_verb_is_known_by_all_its_spellings(text, name):
    assert names(text) == [name]


def test_in_progress_may_be_two_words():
    (found,) = said("/in progress we begin", Kind.MAINTENANCE).commands

    assert (found.verb.name, found.value.text) == ("start", "we begin")


@pytest.mark.parametrize(
    "text",
    [
        "`/resolve`",
        "    /resolve",
        "\t/resolve",
        "```\n/resolve\n```",
        "~~~\n/resolve",
        "> /resolve",
        "> They wrote:\n/resolve",
        "<!--\n/resolve\n-->",
        "<!-- a\n/resolve",
        "<pre>\n/resolve\n</pre>",
        "Say `a\n/resolve` then.",
        "\\/resolve",
        "- /resolve",
        "please /resolve",
        "//resolve",
        "/etc/passwd",
        "/resolve/x",
        "/usr/bin is full",
        "/packit test",
        "/packit rebuild-failed\n/cc @joe",
        "/retest",
        "/lgtm",
        "/approve",
        "/all",
        "/ghstatus ignore this",
        "/",
        "/ ",
        "/7",
        "and/or",
        "",
    ],
)
def test_what_is_no_command_stays_as_it_is(text):
    assert said(text) == ((), "", text, ())


def test_unbalanced_backticks_far_apart_hide_nothing():
    assert names("A ` sign\n\n/resolve\n\nand another ` sign") == ["resolve"]


def test_what_follows_a_hidden_comment_is_read():
    assert names("<!-- a form's words\n\nand more -->\n/resolve\n\n> quoted\n\n/lead") == ["resolve", "lead"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/sevrity major", "severity"),
        ("/Resolv", "resolve"),
        ("/taks x", "task"),
        ("/fixed", "resolve"),
        ("/close", "resolve"),
        ("/end", "resolve"),
        ("/dup #1", "duplicate"),
        ("/ack", "lead"),
        ("/don 1", "done"),
    ],
)
def test_a_near_miss_asks_what_was_meant(text, meant):
    found = fault(text)

    assert f"did you mean '/{meant}" in found.accepted
    assert found.outcome == "not carried out"
    assert said(text).prose == ""


def test_the_first_phase_tells_the_text_above():
    found = said("/lead me\n/identified the disk\nMore.\n/monitoring it is new\nEnd.")

    assert (found.above, found.prose) == ("the disk", "More.\nit is new\nEnd.")


def test_text_behind_a_phase_below_words_stays_in_its_place():
    assert said("Intro.\n/identified  the  disk \nMore.").prose == "Intro.\nthe  disk\nMore."


@pytest.mark.parametrize("text", ["/resolve 2026-03-02 10:00 UTC", "/resolve 10:00", "/resolve 4h20m ago"])
def test_a_phase_may_say_when(text):
    assert (value(text).time, said(text).above) == (at("10:00"), "")


@pytest.mark.parametrize(
    "text",
    ["/identified the disk", "/Identified: the disk", "/identified - the disk", "/identified \N{EN DASH} the disk"],
)
def test_what_stands_between_a_phase_and_its_words_is_no_part_of_them(text):
    assert (value(text).text, said(text).above) == ("the disk", "the disk")


def test_a_phase_s_text_may_hold_a_colon():
    assert value("/identified cause: the disk").text == "cause: the disk"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+copr", [("copr", None)]),
        ("copr", [("copr", None)]),
        ("+copr=major_outage -testing-farm", [("copr", "major_outage"), ("testing-farm", "operational")]),
        ("+Testing Farm: degraded, \N{MINUS SIGN}copr", [("testing-farm", None), ("copr", "operational")]),
        ("+ copr, testing farm = partial outage", [("copr", None), ("testing-farm", "partial_outage")]),
        ("\N{EN DASH}services", [("copr", "operational"), ("testing-farm", "operational")]),
    ],
)
def test_components_have_signs(text, expected):
    found = said(f"/component {text}").commands[0].value.components

    assert found == tuple(
        Affected(component=name, status=status and ComponentStatus(status)) for name, status in expected
    )


def test_components_that_are_known_count_beside_one_that_is_not():
    found = said("/component +copr -cpor -testing-farm=major_outage")

    assert [one.component for one in found.commands[0].value.components] == ["copr"]
    assert ["cpor" in found.faults[0].seen, "isn't hit" in found.faults[1].seen] == [True, True]
    assert found.faults[0].outcome == "the others count"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("/eta 16:00", Kind.INCIDENT, {"text": "2026-03-02 16:00 UTC"}),
        ("/eta in 2h", Kind.INCIDENT, {"text": "2026-03-02 16:20 UTC"}),
        ("/eta 4pm CET", Kind.INCIDENT, {"text": "2026-03-02 15:00 UTC"}),
        ("/eta when the disks arrive", Kind.INCIDENT, {"text": "when the disks arrive"}),
        ("/eta -", Kind.INCIDENT, {}),
        ("/started 20m ago", Kind.INCIDENT, {"time": at("14:00")}),
        ("/ended 14:05", Kind.ANNOUNCEMENT, {"time": at("14:05")}),
        ("/detected 14:05 by users", Kind.INCIDENT, {"time": at("14:05"), "detector": Detector.USERS}),
        ("/detected by Monitoring.", Kind.INCIDENT, {"detector": Detector.MONITORING}),
        ("/detected us", Kind.INCIDENT, {"detector": Detector.TEAM}),
        ("/detected 20m ago", Kind.INCIDENT, {"time": at("14:00")}),
        ("/extend 2h", Kind.MAINTENANCE, {"span": timedelta(hours=2)}),
        ("/extend 16:00", Kind.MAINTENANCE, {"time": at("16:00")}),
        ("/affects Everybody, *really*.", Kind.INCIDENT, {"text": "Everybody, *really*."}),
        ("/affects -", Kind.INCIDENT, {}),
        (
            "/upstream <https://x.example/1> Fedora status",
            Kind.INCIDENT,
            {"text": "https://x.example/1", "label": "Fedora status"},
        ),
        ("/call -", Kind.INCIDENT, {}),
        ("/lead", Kind.INCIDENT, {"person": "jane"}),
        ("/comms @me", Kind.INCIDENT, {"person": "jane"}),
        ("/ops @joe-x.", Kind.INCIDENT, {"person": "joe-x"}),
        ("/ops joe_corp", Kind.INCIDENT, {"person": "joe_corp"}),
        ("/lead nobody", Kind.INCIDENT, {}),
        ("/task restart it @joe", Kind.INCIDENT, {"text": "restart it", "person": "joe"}),
        ("/task @joe: restart it", Kind.INCIDENT, {"text": "restart it", "person": "joe"}),
        ("/task ask @joe about `x`", Kind.INCIDENT, {"text": "ask @joe about `x`"}),
        ("/task restart it @me", Kind.INCIDENT, {"text": "restart it", "person": "jane"}),
        ("/done #3.", Kind.INCIDENT, {"number": 3}),
        ("/announce Mail", Kind.ANNOUNCEMENT, {"text": "mail"}),
        ("/duplicate of #41", Kind.INCIDENT, {"text": "41"}),
        ("/duplicate https://github.com/packit/status/issues/41", Kind.INCIDENT, {"text": "41"}),
        ("/snooze 2h", Kind.INCIDENT, {"time": at("16:20")}),
        ("/snooze until 16:00", Kind.INCIDENT, {"time": at("16:00")}),
        ("/snooze off", Kind.INCIDENT, {}),
        ("/help me", Kind.ANNOUNCEMENT, {}),
    ],
)
def test_each_argument_is_read(text, kind, expected):
    assert value(text, kind)._asdict() == arguments_default() | expected


def arguments_default():
    return value("/help")._asdict()


@pytest.mark.parametrize(
    ("text", "seen", "accepted"),
    [
        ("/severity", "`/severity` needs something behind it", "`/severity SEVERITY`"),
        ("/severity hihg", "`/severity`: 'hihg' is no severity", "minor, major or critical"),
        ("/component +cpor", "no component is called 'cpor'", "did you mean 'copr'"),
        ("/component ,", "',' names nothing", "+copr"),
        ("/started soon", "'soon' is not a time", "20m ago"),
        ("/detected by customers", "'customers' is nobody who notices", "monitoring, team or users"),
        ("/detected soon by users", "'soon' is not a time", "14:05"),
        ("/affects " + "x" * 2001, "2,001 characters", "at most 2,000"),
        ("/eta 25:00", "is not a time", "2026-03-02 20:10 UTC, or words"),
        ("/eta 20m ago", "has passed", "or words"),
        ("/eta " + "x" * 301, "301 characters", "at most 300"),
        ("/upstream javascript:alert(1)", "is no address", "https://"),
        ("/call https://joe:pw@x.example", "is no address", "https://"),
        ("/call http://", "is no address", "https://"),
        ("/lead @packit/team", "'@packit/team' is no account", "`@login`"),
        ("/lead @-x", "is no account", "`me`"),
        ("/lead " + "x" * 40, "is no account", "`me`"),
        ("/lead @joe and @jane", "is no account", "`me`"),
        ("/task @joe", "says nobody what to do", "TEXT"),
        ("/done two", "'two' is no number", "from 1"),
        ("/done 0", "'0' is no number", "from 1"),
        ("/announce to all", "'to all' is no channel", "`mail`"),
        ("/duplicate ???", "'???' is no incident", "`#41`"),
        ("/snooze 20", "'20' has no unit", "30m"),
        ("/extend 2h", "`/extend` is for maintenances, not for this incident", "`/eta`"),
    ],
)
def test_what_cannot_be_taken_says_what_would_be(text, seen, accepted):
    found = fault(text)

    assert seen in found.seen
    assert found.seen.startswith("`/")
    assert accepted in found.accepted
    assert (found.outcome, said(text).prose) == ("not carried out", "")


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [("/complete All works.", Kind.INCIDENT, "resolve"), ("/Resolved: All works.", Kind.MAINTENANCE, "complete")],
)
def test_what_ends_another_kind_counts_as_what_is_meant_and_says_so(text, kind, name):
    found = said(f"{text}\n/lead me", kind)
    (one,) = found.faults

    assert [command.verb.name for command in found.commands] == [name, "lead"]
    assert (found.above, found.commands[0].value.text) == ("All works.", "All works.")
    assert (one.accepted, one.outcome) == (f"`/{name}`", f"counted as `/{name}`")
    assert f"not for this {kind}" in one.seen


@pytest.mark.parametrize("text", ["/resolve", "/complete Thanks!"])
def test_an_announcement_has_no_end_of_that_kind(text):
    found = said(text, Kind.ANNOUNCEMENT)

    assert found.commands == ()
    assert "`/ended`" in found.faults[0].accepted


@pytest.mark.parametrize("verb", verbs.ALL, ids=lambda verb: verb.name)
@pytest.mark.parametrize("kind", Kind)
def test_a_verb_for_others_names_one_for_this_kind(verb, kind):
    near = verbs.instead(verb, kind)

    assert near is None or (kind in near.kinds and kind not in verb.kinds)
    assert near or not verbs.is_meant(verb, kind)


def test_a_time_that_no_calendar_has_is_refused():
    late = ASKING._replace(at=at("9990-01-01"))
    texts = "/snooze 9999d", "/eta in 9999d", "/extend in 9999d"
    found = [said(text, kind, late) for text, kind in zip(texts, (*[Kind.INCIDENT] * 2, Kind.MAINTENANCE), strict=True)]

    assert "value out of range" in found[0].faults[0].seen
    assert found[1].commands[0].value.text == "in 9999d"
    assert "'in 9999d' is not a time" in found[2].faults[0].seen


def test_an_end_of_a_maintenance_that_is_no_time_is_told():
    assert "by how long" in fault("/extend a bit", Kind.MAINTENANCE).accepted


def test_text_behind_a_phase_of_another_kind_is_still_told():
    found = said("/identified the disk", Kind.ANNOUNCEMENT)

    assert (found.commands, found.above) == ((), "the disk")
    assert found.faults[0].outcome == "its text counts as text"
    assert "`/update`" in found.faults[0].accepted


def test_nobody_is_no_me():
    found = said("/lead me", asking=ASKING._replace(by=""))

    assert "nobody knows who says this" in found.faults[0].seen


@pytest.mark.parametrize("verb", verbs.ALL, ids=lambda verb: verb.name)
@pytest.mark.parametrize("kind", Kind)
def test_each_verb_is_for_its_kinds(verb, kind):
    if kind in verb.kinds:
        return
    with pytest.raises(MisfitError, match=f"`/{verb.name}` is for .*, not for this {kind}"):
        orders.command(verb, "1", kind, ASKING)


def test_more_commands_than_anybody_types_are_counted():
    found = said("/lead me\n" * 60)

    assert (len(found.commands), len(found.faults)) == (orders.MOST, 1)
    assert found.faults[0].seen == "60 commands"


@given(markdown)
def test_text_without_commands_stays_as_it_is(text):
    text = text.replace("\r", "").replace("/", "")

    assert said(text) == ((), "", text, ())


_WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=9)


@given(st.lists(_WORDS, min_size=1, max_size=5).map(" ".join))
def test_what_is_written_is_read_as_the_same(text):
    (found,) = said(orders.write(verbs.VERBS["task"], text)).commands

    assert (found.verb.name, found.value.text) == ("task", text[:300])


@given(st.lists(st.sampled_from(["/lead me", "words", "", "```", "> quote", "<!--", "-->", "`", "/sevrity x", "\t"])))
def test_every_line_is_a_command_a_mistake_or_words(lines):
    text = "\n".join(lines)
    found = said(text)
    taken = len(found.commands) + len(found.faults)

    assert len(found.prose.split("\n")) + taken == max(len(lines), 1) or taken > 0
    assert said(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "/" * 60_000,
        "/a" * 30_000,
        "\n/" * 30_000,
        "/task " + " " * 60_000,
        "/component " + "+a" * 30_000,
        "/lead\n" * 10_000,
        "/sevrity x\n" * 6_000,
        "\n".join(f"/severit{number}" for number in range(5_000)),
        "/resolve " + "<!--" * 15_000,
        "/resolve\n" + "`a" * 30_000,
        "`a\n\n/" * 12_000,
        "/duplicate https://" + "a/" * 30_000,
        "/detected " + "by " * 20_000,
        "/detected " + "a" * 290 + " by",
        "/lead" + " \N{NO-BREAK SPACE}" * 30_000,
    ],
)
def test_hostile_comments_cost_little(text):
    """Nothing here takes more than a moment, or the whole run of tests stops."""
    found = said(text)

    assert len(found.faults) <= 2 * orders.MOST + 1


def test_a_near_miss_asks_for_what_may_be_said_of_its_kind():
    (one,) = said("/close", Kind.MAINTENANCE).faults

    assert "did you mean '/complete'?" in one.accepted
