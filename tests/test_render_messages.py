"""What is said about incidents elsewhere, in every channel and state."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus import assets, board
from ghstatus.model import Assignment, Component, Kind, Link, Response, Role, Severity, Task
from ghstatus.render.looks.overrides import Look
from ghstatus.render.messages import channels, rehearsal
from ghstatus.render.messages import facts as message_facts
from ghstatus.render.messages.facts import Place
from ghstatus.render.messages.messages import Message, Messages
from tests.builders import at, component, incident, site, snapshot, update

SHIPPED = {name: text.decode() for name, text in assets.files(assets.templates())}
TRACKER = "https://github.com/packit/status"
SITE = site(
    component("copr", name="Copr builds", external=True, upstream="https://www.fedorastatus.org/"),
    component("website", name="Website"),
    title="Packit Status",
    base_url="https://status.packit.dev/",
    timezone="Europe/Prague",
)
RESPONSE = Response(
    roles=(
        Assignment(at("08:10"), Role.LEAD, "lbarcziova", "lbarcziova"),
        Assignment(at("08:20"), Role.COMMS, "majamassarini", ""),
    ),
    call="https://meet.example.org/packit",
    tasks=(
        Task(1, "Ask the admins of Copr", at("08:30"), "lbarcziova", owner="nforro"),
        Task(2, "Look at the queue", at("08:30"), "lbarcziova", done_at=at("09:00")),
        Task(3, "Write to the list", at("08:40"), "lbarcziova"),
    ),
)
OUTAGE = {
    "number": 42,
    "ref": "42",
    "title": "Copr builders are down",
    "severity": "critical",
    "components": ["copr", "website"],
    "text": "Builds stay **pending**.",
    "affects": "Everybody who builds packages in pull requests.",
    "workaround": "Comment `/packit rebuild-failed` when it is over.",
    "links": (Link(text="The hypervisor", url="https://example.org/hypervisor"),),
    "response": RESPONSE,
}
WORK = {
    "number": 43,
    "ref": "43",
    "kind": "maintenance",
    "title": "Upgrade of the database",
    "components": ["website"],
    "started": "14:00",
    "scheduled_for": at("14:00"),
    "scheduled_until": at("16:00"),
    "text": "The website will be read-only.",
    "response": RESPONSE,
}
IDENTIFIED = update(
    "09:00", "identified", text="A hypervisor lost its disks.\n\n- half of the builders are back\n- the rest follows"
)
STORIES = {
    "investigating": (incident(**OUTAGE), "08:20"),
    "identified": (incident(**OUTAGE, eta="2026-03-02 18:00 UTC", updates=(IDENTIFIED,)), "09:10"),
    "monitoring": (
        incident(**OUTAGE, updates=(IDENTIFIED, update("10:00", "monitoring", text="All builders are back."))),
        "10:05",
    ),
    "resolved": (
        incident(**OUTAGE, updates=(IDENTIFIED, update("11:00", "resolved", text="All builders work again."))),
        "11:05",
    ),
    "duplicate": (incident(**OUTAGE, duplicate_of="41", updates=(update("08:30", "resolved"),)), "09:00"),
    "false-alarm": (
        incident(**OUTAGE, false_alarm="The alert looked at the wrong host.", updates=(update("08:30", "resolved"),)),
        "09:00",
    ),
    "scheduled": (incident(**WORK), "12:00"),
    "in-progress": (incident(**WORK), "14:30"),
    "in-progress-late": (
        incident(**WORK, updates=(update("16:10", "in_progress", text="One index is missing."),)),
        "16:30",
    ),
    "verifying": (incident(**WORK, updates=(update("15:30", "verifying", text="The new one runs."),)), "15:40"),
    "completed": (incident(**WORK, updates=(update("15:50", "completed", text="It is twice as fast."),)), "16:00"),
    "cancelled": (incident(**WORK, updates=(update("13:00", "cancelled", text="The disks didn't come."),)), "13:30"),
    "announcement": (
        incident(
            kind="announcement",
            number=44,
            ref="44",
            title="The team is away",
            components=[],
            text="Answers may take longer until 5 January. See [the calendar](https://example.org/calendar).",
        ),
        "12:00",
    ),
}
CHANNELS = ("chat", "mail", "post", "team", "team-engineering", "team-marketing", "team-relations")


def story(what, now="12:00", of=SITE):
    others = [incident(what.duplicate_of, started="08:00")] if what.duplicate_of else []
    judged = board.judge(snapshot(what, *others, taken=now, components=of.components), at(now))
    return judged.incidents[what.ref]


def written(name, channel, own=None, of=SITE):
    what, now = STORIES[name]
    place = Place(of, at(now), TRACKER)
    return Messages(Look(SHIPPED, own or {}), place).message(story(what, now, of), channel)


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_state_has_words_in_every_channel(channel, golden):
    found = "\n".join(f"=== {name}\n{written(name, channel).whole}\n" for name in STORIES)

    golden(f"messages/{channel}.txt", found)


PUBLIC = tuple(name for name in CHANNELS if not name.startswith("team"))


@pytest.mark.parametrize("channel", PUBLIC)
@pytest.mark.parametrize("name", STORIES)
def test_nobody_outside_the_team_reads_who_does_what(name, channel):
    text = written(name, channel).whole

    assert not [
        one for one in ("lbarcziova", "majamassarini", "nforro", "meet.example", "Ask the admins") if one in text
    ]


@pytest.mark.parametrize("name", STORIES)
def test_a_chat_gets_one_to_four_lines(name):
    assert 1 <= len(written(name, "chat").text.splitlines()) <= 4


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("kind", Kind)
def test_what_nobody_said_is_not_told(channel, kind):
    bare = incident("a", title="It is slow", kind=kind, components=[], severity=None, started="11:00")
    of = site(title="Status")
    text = Messages(Look(SHIPPED), Place(of, at("11:10"))).message(story(bare, "11:10", of), channel).whole

    assert "It is slow." in text
    assert not [
        word for word in ("Affected", "Fix expected", "Meanwhile", "http", "Known", "None", "()") if word in text
    ]
    assert text == text.strip()
    assert "  " not in text
    assert "\n\n\n" not in text


def facts(now="08:10", of=SITE, **said):
    what = incident(**OUTAGE | said)
    return message_facts.public(story(what, now, of), Place(of, at(now), TRACKER), str)


def test_a_time_is_told_in_utc_and_in_the_site_s_zone():
    assert message_facts.at(at("19:10"), "UTC") == "2 Mar 2026, 19:10 UTC"
    assert message_facts.at(at("19:10"), "Europe/Prague") == "2 Mar 2026, 19:10 UTC (20:10 CET)"
    assert message_facts.at(at("23:30"), "Europe/Prague") == "2 Mar 2026, 23:30 UTC (3 Mar 2026, 00:30 CET)"


def test_a_fix_is_expected_until_its_time_has_passed():
    assert facts(eta="2026-03-02 09:00 UTC")["eta"] == "by 2 Mar 2026, 09:00 UTC (10:00 CET)"
    assert facts("09:00", eta="2026-03-02 09:00 UTC")["eta"] == ""
    assert facts(eta="when *Fedora* is back")["eta"] == "when Fedora is back"
    assert facts("09:10", eta="soon", updates=(update("09:00", "resolved"),))["eta"] == ""


@pytest.mark.parametrize(
    ("other", "base_url", "address"),
    [
        ("41", "https://status.example.org/", "https://status.example.org/incidents/41/"),
        ("41", "", f"{TRACKER}/issues/41"),
        ("copr-down", "", ""),
        ("", "https://status.example.org/", ""),
    ],
)
def test_a_duplicate_leads_to_the_other(other, base_url, address):
    assert facts(duplicate_of=other, of=replace(SITE, base_url=base_url))["duplicate_of"] == address


def test_a_reason_is_a_sentence():
    assert facts(false_alarm="the alarm was broken")["reason"] == "The alarm was broken"


def test_the_next_update_is_told_as_long_as_it_is_due():
    quiet = site(reminders=SITE.reminders.__class__(update_every={Severity.CRITICAL: timedelta()}))

    assert facts("08:29")["next_update"] == "2 Mar 2026, 08:30 UTC (09:30 CET)"
    assert facts("08:30")["next_update"] == ""
    assert facts("08:41", updates=(update("08:20"),))["next_update"].startswith("2 Mar 2026, 08:50")
    assert facts("08:41", updates=(update("08:40", severity="minor"),))["next_update"].startswith("3 Mar 2026, 08:40")
    assert facts("08:05", quiet)["next_update"] == ""


TEXTS = [
    ((), "08:30", "Builds stay pending."),
    ((update("08:10", text="One."), update("08:20", text="Two.")), "08:30", "Two."),
    ((update("08:10", text="One."), update("08:20", "identified", text="")), "08:30", "Builds stay pending."),
    ((update("08:10", "resolved", text="All is well."), update("08:20", text="")), "08:30", "All is well."),
    ((update("08:10", text="It is slow."), update("08:20", "resolved", text="")), "08:30", ""),
    (
        (update("08:10", "resolved", text="Over."), update("08:20", "investigating", text="")),
        "08:30",
        "Builds stay pending.",
    ),
]


@pytest.mark.parametrize(("updates", "now", "text"), TEXTS)
def test_the_newest_words_about_the_present_state_count(updates, now, text):
    assert facts(now, updates=updates)["text"] == text


@pytest.mark.parametrize("phase", [None, "identified"])
def test_an_end_without_a_word_has_no_text(phase):
    assert facts("09:00", ended=at("08:30"), updates=(update("08:10", phase, text="It is slow."),))["text"] == ""


def test_a_maintenance_is_late_until_it_is_over():
    def late(now, *updates):
        what = incident(**WORK, updates=updates)
        return message_facts.public(story(what, now), Place(SITE, at(now)), str)["is_late"]

    going_on, done = update("16:10", "in_progress"), update("16:40", "completed")
    assert [late("15:00"), late("16:30", going_on), late("17:00", going_on, done)] == [False, True, False]


def test_links_lead_to_the_page_else_to_the_issue():
    assert facts()["link"] == "https://status.packit.dev/incidents/42/"
    assert facts(of=site())["link"] == f"{TRACKER}/issues/42"
    assert message_facts.link(story(incident(), of=site()), Place(site(), at("12:00"), TRACKER)) == ""
    assert message_facts.link(story(incident(number=1), of=site()), Place(site(), at("12:00"))) == ""


def test_other_services_pages_are_told_once():
    links = (
        Link(text="Status of *Fedora*", url="https://www.fedorastatus.org/"),
        Link(text="https://a.example", url="https://a.example"),
    )
    own = site(Component(id="copr", name="copr", upstream="https://b.example"))

    assert facts(links=links)["upstream"] == ("Status of *Fedora*: https://www.fedorastatus.org/", "https://a.example")
    assert facts(links=(), of=own)["upstream"] == ()
    assert facts(links=(Link(text="x", url="javascript:alert(1)"),), of=own)["upstream"] == ()


def test_who_leads_does_the_others_work_until_it_is_given_to_somebody():
    def held(*roles):
        what = incident(response=Response(roles=roles))
        told = message_facts.team(story(what), Place(SITE, at("12:00")), str)
        return told["lead"], told["comms"], told["ops"]

    assert held() == ("", "", "")
    assert held(Assignment(at("09:00"), Role.LEAD, "jane", "jane")) == ("jane", "jane", "jane")
    assert held(Assignment(at("09:00"), Role.OPS, "joe", ""), Assignment(at("09:10"), Role.OPS, "", "")) == ("", "", "")


def test_somebody_who_does_everything_is_named_once():
    what = incident(response=Response(roles=(Assignment(at("09:00"), Role.LEAD, "jane", "jane"),)))
    text = Messages(Look(SHIPPED), Place(SITE, at("12:00"))).message(story(what), "team").text

    assert text.count("jane") == 1
    assert "Lead, communications and operations: jane." in text


LONG = st.text(min_size=1, max_size=600).filter(lambda text: text.strip())


@given(title=LONG, affects=st.text(max_size=300), workaround=st.text(max_size=300), text=st.text(max_size=600))
def test_a_post_is_never_too_long_and_keeps_its_link(title, affects, workaround, text):
    what = incident(**OUTAGE | {"title": title, "affects": affects, "workaround": workaround, "text": text})
    post = Messages(Look(SHIPPED), Place(SITE, at("08:10"), TRACKER)).message(story(what, "08:10"), "post").text

    assert len(post) <= channels.length(post) <= 280
    assert post.splitlines()[-1] == "https://status.packit.dev/incidents/42/"


HOSTILE = "@jane\x1b[31m @here @channel <!here> <@U123> !here\u202e #1 &amp; @jane@example.org \uff20joe\r\nBcc: a@example.org"


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("name", STORIES)
def test_somebody_s_words_do_nothing_but_say_what_they_say(channel, name):
    what, now = STORIES[name]
    said = dict.fromkeys(("title", "affects", "workaround", "eta", "text"), HOSTILE)
    if what.false_alarm:
        said["false_alarm"] = HOSTILE
    values = {key: getattr(what, key) for key in what.__slots__} | said
    values["updates"] = tuple(update(one.at, one.phase, text=HOSTILE) for one in what.updates)
    values["response"] = Response(call=HOSTILE, tasks=(Task(1, HOSTILE, at("08:10"), "", owner="@here"),))
    found = Messages(Look(SHIPPED), Place(SITE, at(now))).message(story(type(what)(**values), now), channel)

    assert "\x1b" not in found.whole
    assert "\u202e" not in found.whole
    assert "\n" not in found.subject
    assert not found.text.startswith("Bcc")
    if channel != "mail":
        assert not [
            one for one in ("@jane", "@here", "@channel", "<!here", "<@U", " !here", "\uff20joe") if one in found.whole
        ]


@pytest.mark.parametrize("words", ["<!here>", "<@U1>", "<#C1>", "<https://a.example|b>"])
def test_words_between_angle_brackets_are_no_order_to_slack(words):
    assert channels.harmless("chat")(f"a {words}").startswith("a <\u200b")


@pytest.mark.parametrize("title", ["/part #packit", "!help me", ".quit"])
def test_a_title_is_no_command_to_a_chat(title):
    what = incident(title=title)
    own = {"messages/chat.j2": "{{ title }}\n{{ title }}"}
    found = Messages(Look(SHIPPED, own), Place(SITE, at("09:00"))).message(story(what), "chat").text

    assert found.replace("\u200b", "") == f"{title}\n{title}"
    assert not [line for line in found.splitlines() if line.startswith(title)]


def test_a_mail_steers_no_program_that_sends_it():
    what = incident(text="```\n~!rm -rf\nFrom here\n.\n..\n```\n@jane writes from a@example.org")
    lines = Messages(Look(SHIPPED), Place(SITE, at("09:00"))).message(story(what, "09:00"), "mail").text.splitlines()

    assert [line for line in lines if "rm -rf" in line or "From here" in line] == [" ~!rm -rf", " From here"]
    assert (" ." in lines, "." in lines, ".." in lines) == (True, False, True)
    assert "@jane writes from a@example.org" in lines


OWN = {
    "messages/post.resolved.j2": '{% extends "messages/post.j2" %}{% block end %}{{ link }} #packit\n{% endblock %}',
    "messages/sms.j2": "{{ title }}: {{ state_words | lower }}",
    "messages/mail-cs.identified.j2": "Subject: {{ site }}\n\nVíme, proč.",
    "messages/team-legal.j2": "{{ lead }}{% include 'ours/end.txt' %}",
    "messages/parts/ours.j2": "{{ nothing }}",
    "ours/end.txt": "!",
}


def test_a_site_has_channels_and_words_of_its_own():
    place = Place(SITE, at("12:00"))

    assert dict(Messages(Look(SHIPPED, OWN), place).channels) == {
        **dict.fromkeys(CHANNELS, False),
        **dict.fromkeys(("post", "sms", "mail-cs", "team-legal"), True),
    }
    assert written("resolved", "post", OWN).text.endswith("/incidents/42/ #packit")
    assert written("identified", "post", OWN) == written("identified", "post")
    assert written("resolved", "post-cs", OWN) == written("resolved", "post", OWN)
    assert written("identified", "sms", OWN) == Message("", "Copr builders are down: identified")
    assert written("identified", "mail-cs", OWN) == Message("Packit Status", "Víme, proč.")
    assert written("resolved", "mail-cs", OWN) == written("resolved", "mail")
    assert written("identified", "team-legal", OWN).text == "lbarcziova!"


BROKEN = {
    "messages/post.j2": (
        "{% if %}",
        "1: Expected an expression, got 'end of statement block' → the shipped one is used",
    ),
    "messages/mail.j2": ("\n{{ nothing }}", "2: 'nothing' is undefined → the shipped one is used"),
    "messages/chat.j2": ("{{ call }}", "1: 'call' is undefined → the shipped one is used"),
    "messages/chat.resolved.j2": ("{{ lead }}", "1: 'lead' is undefined → left out"),
    "messages/team.j2": (
        "{{ title.__class__ }}",
        "1: access to attribute '__class__' of 'str' object is unsafe. → the shipped one is used",
    ),
    "messages/sms.j2": ("{{ title | nice }}", "1: No filter named 'nice'. → left out"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_template_that_breaks_gives_way_and_is_told_of(name):
    text, words = BROKEN[name]
    channel = name.removeprefix("messages/").partition(".")[0]
    what, now = STORIES["resolved"]
    messages = Messages(Look(SHIPPED, {name: text, "messages/fax.j2": "{{ title }}"}), Place(SITE, at(now), TRACKER))

    shipped = "chat" if channel == "sms" else channel
    assert messages.message(story(what, now), channel) == written("resolved", shipped)
    assert [str(problem) for problem in messages.problems] == [f"templates/{name}:{words}"]
    assert messages.message(story(what, now), "fax").text == "Copr builders are down"


def test_a_link_that_fills_a_post_is_whole_and_the_words_give_way():
    link = f"https://status.example.org/{'a' * 270}"

    assert channels.fitted(f"Copr is down.\nMore: {link}", link) == link
    assert channels.fitted(f"Copr is down.\nMore: {link[:200]}", link[:200]) == f"Copr is down.\n{link[:200]}"
    assert channels.fitted("Copr is down.", link) == "Copr is down."
    assert channels.fitted("See a.b\nMore at a.b", "a.b") == "See a.b\nMore at a.b"


def test_a_post_has_as_many_lines_as_fit_the_first_before_the_others():
    lines = ("a" * 150, "b" * 150, "c" * 60)

    assert channels.fitted("\n".join(lines), "") == f"{lines[0]} {lines[2]}"
    assert channels.fitted("word " * 100, "") == f"{('word ' * 55).strip()} …"


def test_what_x_counts_twice_is_counted_twice():
    assert channels.length("aé\u2019…漢😀") == 3 + 2 * 3
    assert channels.fitted("漢" * 300, "") == f"{'漢' * 139}…"


def test_words_are_cut_whole_where_there_are_any():
    assert channels.cut("one two three", 9) == "one two …"
    assert channels.cut("onetwothree", 5) == "onet…"
    assert channels.cut("one two", 7) == "one two"


def test_a_list_is_one_line_with_semicolons():
    assert channels.line("We know:\n\n1. this\n2. that\n\nMore.") == "We know: This; that More."
    assert channels.line("- this\n- that") == "this; that"


@pytest.mark.parametrize(
    ("text", "words"), [("", ""), ("Down", "Down."), ("Down!", "Down!"), ("Down…", "Down…"), ("Down.", "Down.")]
)
def test_a_sentence_has_its_stop(text, words):
    assert channels.sentence(text) == words


def test_a_rehearsal_has_every_state_with_much_and_with_little():
    found = [
        (message_facts.state(one), bool(message_facts.public(one, Place(SITE, at("12:00")), str)["affects"]))
        for one in rehearsal.stories(SITE, at("12:00"))
    ]

    assert set(found) == {(state, much) for state in message_facts.STATES for much in (True, False)} - {
        ("false-alarm", True),
        ("duplicate", True),
    }


def test_shipped_templates_are_not_rehearsed():
    messages = Messages(Look(SHIPPED, {"messages/parts/ours.j2": "{{ nothing }}"}), Place(SITE, at("12:00")))
    messages.rehearse()

    assert messages.problems == ()


MIXED = incident(
    components={"copr": "partial_outage", "website": "under_maintenance"},
    updates=(update("09:00", components={"copr": "operational", "website": "degraded_performance"}),),
)


@pytest.mark.parametrize(
    ("now", "affected"),
    [
        ("08:30", "Affected: Copr builds (partial outage), Website (under maintenance)\n"),
        ("09:30", "Affected: Website (degraded performance)\n"),
    ],
)
def test_who_is_affected_is_told_as_it_is_now(now, affected):
    text = Messages(Look(SHIPPED), Place(SITE, at(now))).message(story(MIXED, now), "mail").whole

    assert affected in text
