"""What a configuration says about the team is read, or refused with what would be accepted."""

from datetime import UTC, datetime, timedelta

import pytest

from ghstatus.errors import ConfigError
from ghstatus.grammar import config
from ghstatus.grammar.teamvalues import turn
from ghstatus.languages import LANGUAGES
from ghstatus.model import Reminders, Severity

TURN = "accepted: day, week, or a number of them such as 3 days or 2 weeks, up to 366 days"
SPAN = "accepted: days, hours, minutes and seconds such as 30m, 4h, 2d or 1h30m, up to 366d"
TIME = "accepted: a date and time such as 2026-03-02 09:00, in the zone that holds here, or with UTC or +01:00"
LOGIN = "accepted: a login such as alice, with or without @"
RULE = "accepted: a rule such as FREQ=WEEKLY;BYDAY=TU or FREQ=MONTHLY;BYDAY=-1SU, at most once a day"


def parse(text):
    return config.parse(f"title: x\n{text}", where="ghstatus.yml")


def said(text):
    with pytest.raises(ConfigError) as caught:
        parse(text)
    return [str(problem) for problem in caught.value.problems]


def rota(**keys):
    keys = {"people": "[alice]", "start": "2026-03-02 09:00"} | keys
    return f"rota: {{{', '.join(f'{key}: {value}' for key, value in keys.items())}}}"


def maintenance(**keys):
    keys = {"id": "db", "title": "Db", "repeat": "FREQ=WEEKLY", "start": "2026-03-10 06:00", "duration": "1h"} | keys
    return f"maintenance: [{{{', '.join(f'{key}: {value}' for key, value in keys.items() if value)}}}]"


def component(objective):
    return f"components: [{{id: a, name: A, objective: {objective}}}]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("language: klingon", f"language: 'klingon' is no language that pages can be in; accepted: {', '.join(list(LANGUAGES)[:-1])} or zh-CN"),
        ("language: [cs]", "language: a list is no language; accepted: a tag such as cs or pt-BR"),
        ("language: c", "language: 'c' is no language that pages can be in; accepted: "),
        (component("0.999"), "components[0].objective: '0.999' is no objective; accepted: a percentage above 1 and up to 100, such as 99.9"),
        (component("100.01"), "components[0].objective: '100.01' is no objective; "),
        (component("nearly all"), "components[0].objective: 'nearly all' is no objective; "),
        (component("[99]"), "components[0].objective: a list is no objective; "),
        ("rota: alice", "rota: 'alice' stands where a mapping belongs; accepted: a mapping with the keys people, start, every, timezone, swaps"),
        ("rota: {people: [a]}", "rota.start: it is required, but missing or empty"),
        (rota(people="[]"), "rota.people: it is required, but missing or empty"),
        (rota(people="alice"), "rota.people: 'alice' stands where a list belongs; accepted: a list"),
        (rota(people="[a b]"), f"rota.people[0]: 'a b' is no login; {LOGIN}"),
        (rota(start="Monday"), f"rota.start: 'Monday' is no time; {TIME}"),
        (rota(start="1999-12-31"), f"rota.start: '1999-12-31' is no time; {TIME}"),
        (rota(start="2026-02-30"), f"rota.start: '2026-02-30' is no time; {TIME}"),
        (rota(every="month"), f"rota.every: 'month' is no length of a turn; {TURN}"),
        (rota(every="0 days"), f"rota.every: '0 days' is no length of a turn; {TURN}"),
        (rota(every="53 weeks"), f"rota.every: '53 weeks' is no length of a turn; {TURN}"),
        (rota(every="[week]"), f"rota.every: a list is no length of a turn; {TURN}"),
        (rota(timezone="Prag"), "rota.timezone: 'Prag' is no time zone; accepted: an IANA name such as Europe/Prague"),
        (rota(swaps="[{from: 2026-03-02, person: a}]"), "rota.swaps[0].until: it is required, but missing or empty"),
        (rota(swaps="[{from: , until: 2026-03-02, person: a}]"), "rota.swaps[0].from: it is required, but missing or empty"),
        (rota(swaps="[{frmo: 1}]"), "rota.swaps[0].from: it is required"),
        (rota(swaps="[{from: 2026-03-02, until: 2026-03-02, person: a}]"), "rota.swaps[0]: '2026-03-02' is not after '2026-03-02'; accepted: `until` after `from`"),
        ("reminders: sometimes", "reminders: 'sometimes' stands where a mapping belongs; accepted: a mapping with the keys update, lead, stale, major"),
        ("reminders: {update: {tiny: 1h}}", "reminders.update.tiny: 'tiny' is no key here; accepted: critical, major or minor"),
        ("reminders: {lead: 10}", f"reminders.lead: '10' has no unit: 10m, 10h or 10d?; {SPAN.replace('accepted: ', 'accepted: never, or ')}"),
        ("reminders: {stale: 367d}", "reminders.stale: '367d' is too long; accepted: never, or "),
        ("reminders: {stale: [1d]}", "reminders.stale: a list is no span of time; accepted: never, or "),
        (maintenance(id="Db"), "maintenance[0].id: 'Db' is no id; "),
        (maintenance(title=""), "maintenance[0].title: it is required, but missing or empty"),
        (maintenance(repeat="FREQ=HOURLY"), f"maintenance[0].repeat: 'FREQ=HOURLY' is no rule to repeat by: FREQ has to be DAILY, WEEKLY, MONTHLY or YEARLY; {RULE}"),
        (maintenance(repeat="[TU]"), f"maintenance[0].repeat: a list is no rule; {RULE}"),
        (maintenance(repeat="FREQ=DAILY;INTERVAL=7;BYDAY=MO"), "maintenance[0]: 'FREQ=DAILY;INTERVAL=7;BYDAY=MO' never comes round from '2026-03-10 06:00' on; accepted: a `start` on one of its days"),
        (maintenance(duration="0m"), f"maintenance[0].duration: '0m' is no time at all; {SPAN}"),
        (maintenance(duration="soon"), f"maintenance[0].duration: 'soon' is no span of time; {SPAN}"),
        (maintenance(announce="[7d]"), f"maintenance[0].announce: a list is no span of time; {SPAN}"),
        (maintenance(components="[web]"), "maintenance[0].components[0]: 'web' is no component; accepted: none, for there are no `components`"),
        (component("99") + "\n" + maintenance(components="[A, b]"), "maintenance[0].components[1]: 'b' is no component; accepted: a"),
        ("postmortem: {reviewers: [a/b]}", f"postmortem.reviewers[0]: 'a/b' is no login; {LOGIN}"),
        ("postmortem: {due_days: 0}", "postmortem.due_days: '0' is no number of days; accepted: a whole number from 1 to 365"),
    ],
)  # fmt: skip
def test_what_can_t_be_taken_is_said_with_what_can(text, message):
    assert any(message in one for one in said(text)), said(text)


def test_two_maintenances_of_one_id_are_one_too_many():
    two = f"{maintenance()[:-1]}, {maintenance().partition('[')[2]}"

    assert said(two)[-1].endswith("maintenance[1].id: 'db' already stands in line 2; accepted: each once")
    assert parse(f"{maintenance(id='disk')}\ncomponents: [{{id: a, name: A}}]\n"
                 "known_failures: [{id: disk, component: a, text: No space left}]").recurring[0].id == "disk"  # fmt: skip


@pytest.mark.parametrize("typed", ["pt-BR", "pt_br", "PT-br", " pt-BR "])
def test_a_language_is_known_by_its_tag_however_it_is_typed(typed):
    assert parse(f"language: {typed}").language == "pt-BR"


def test_a_slip_of_the_finger_in_a_language_is_met_with_the_right_one():
    assert said("language: pt-BA")[0].endswith("(did you mean 'pt-BR'?)")


@pytest.mark.parametrize(
    ("typed", "share"), [("99.9", 0.999), ("99.9 %", 0.999), ("99%", 0.99), ("100", 1.0), ("99.995", 0.99995)]
)
def test_an_objective_is_a_percentage(typed, share):
    assert parse(component(typed)).components[0].objective == share
    assert parse(config.write(parse(component(typed))).partition("\n")[2]).components[0].objective == share


@pytest.mark.parametrize(
    ("typed", "days", "written"),
    [
        ("day", 1, "day"),
        ("daily", 1, "day"),
        ("every 3 days", 3, "3 days"),
        ("Week", 7, "week"),
        ("weekly", 7, "week"),
        ("7 days", 7, "week"),
        ("2 weeks", 14, "2 weeks"),
        ("366d", 366, "366 days"),
    ],
)
def test_a_turn_is_days_or_weeks(typed, days, written):
    assert parse(rota(every=typed)).rota.days == days
    assert turn(days) == written


def test_times_are_the_rota_s_zone_s_unless_they_say_otherwise():
    utc = datetime(2026, 3, 2, 9, tzinfo=UTC)

    assert parse(rota()).rota.start == utc
    assert parse(f"timezone: Europe/Prague\n{rota()}").rota.start == utc - timedelta(hours=1)
    assert parse(f"timezone: Europe/Prague\n{rota(timezone='Asia/Tokyo')}").rota.start == utc - timedelta(hours=9)
    assert parse(f"timezone: Europe/Prague\n{rota(start='2026-03-02 09:00 UTC')}").rota.start == utc


def test_a_time_that_clocks_show_twice_is_written_so_that_it_comes_back():
    text = f"timezone: Europe/Prague\n{rota(start='2026-10-25 01:30 UTC')}"

    assert "start: 2026-10-25 01:30 UTC" in config.write(parse(text))
    assert parse(config.write(parse(text)).partition("\n")[2]) == parse(text)


@pytest.mark.parametrize("word", ["off", "never", "no", "false", "'Off '"])
def test_reminders_can_be_silenced_all_at_once_or_one_by_one(word):
    never = timedelta()
    silent = dict.fromkeys(Severity, never)

    assert parse(f"reminders: {word}").reminders == Reminders(
        update_every=silent, lead_within=never, stale_after=never, major_after=never
    )
    assert parse(f"reminders: {{update: {word}}}").reminders == Reminders(update_every=silent)
    assert parse(f"reminders: {{lead: {word}}}").reminders == Reminders(lead_within=never)


def test_a_group_of_components_may_be_maintained_at_once():
    text = "components: [{id: a, name: A, group: g}, {id: b, name: B, group: g}]\ngroups: [{id: g, name: Ours}]\n"

    assert parse(text + maintenance(components="[ours, a]")).recurring[0].components == ("a", "b")


def test_what_is_usual_about_a_maintenance_is_not_written():
    written = config.write(parse(maintenance()))

    assert "announce" not in written
    assert "timezone" not in written
    assert parse(written.partition("\n")[2]) == parse(maintenance())


# What is left out so that users get their page all the same


def salvaged(text):
    return config.salvage(f"title: x\n{text}", where="ghstatus.yml")


OUT = "left out until it is mended; everything else counts"
NIGHTLY = "{id: x, title: X, repeat: FREQ=DAILY, start: 2026-03-10 01:00, duration: 1h}"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (rota(every="fortnight"), ["rota.every"]),
        (rota(peple="[bob]"), ["rota.peple"]),
        ("rota: alice", ["rota"]),
        (f"{rota()}\n{rota()}", ["rota"]),
        ("reminders: {lead: soon}", ["reminders.lead"]),
        (f"{rota(start='soon')}\nreminders: {{led: 1h}}", ["rota.start", "reminders.led"]),
        (maintenance(duration="long"), ["maintenance[0].duration"]),
        ("maintenance: often", ["maintenance"]),
    ],
)
def test_what_only_the_team_needs_is_left_out_where_it_is_wrong(text, keys):
    found = salvaged(text)

    assert [problem.key for problem in found.left_out] == keys
    assert {problem.outcome for problem in found.left_out} == {OUT}
    assert (found.rota, found.reminders, found.recurring) == (None, Reminders(), ())
    assert [str(problem).removesuffix(f" → {OUT}") for problem in found.left_out] == said(text)


def test_a_maintenance_that_is_right_stays_beside_one_that_is_wrong():
    found = salvaged(f"maintenance: [{NIGHTLY.replace('1h', 'long')}, {NIGHTLY.replace('id: x', 'id: y')}]")

    assert [one.id for one in found.recurring] == ["y"]


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        (rota(people="[alice, '@bob', 'no one']", every="x"), {"alice", "bob"}),
        (rota(every="x", swaps="[{from: a, until: b, person: carol, timezone: UTC}]"), {"alice", "carol"}),
        (rota(peple="[dave]"), {"alice", "dave"}),
        ("reminders: {lead: [alice]}", set()),
    ],
)
def test_who_stands_in_what_is_left_out_is_known(text, unread):
    assert salvaged(text).unread == unread


@pytest.mark.parametrize(
    "text",
    [
        f"{rota(every='x')}\nuptime: {{days: many}}",
        "postmortem: {reviewers: 3}",
        "rtoa: {}",
        "maintenance: [x]\nmaintenance: [1, 2",
    ],
)
def test_what_users_need_is_as_strict_as_ever(text):
    with pytest.raises(ConfigError) as caught:
        salvaged(text)

    assert [str(problem) for problem in caught.value.problems] == said(text)


def test_what_a_mistake_hides_is_told_with_it():
    twice = "components: [{id: copr, name: Copr, checks: [packit-copr, packit-copr]}]"
    with pytest.raises(ConfigError) as caught:
        salvaged(f"{twice}\n{rota(every='x')}")

    assert [problem.key for problem in caught.value.problems] == ["components[0].checks[1]", "rota.every"]


def test_a_configuration_without_mistakes_leaves_nothing_out():
    text = f"{rota()}\n{maintenance()}"

    assert salvaged(text) == parse(text)
