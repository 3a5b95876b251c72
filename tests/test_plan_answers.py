"""Answers to commands in comments."""

import re

import pytest

from ghstatus import board
from ghstatus.actions import React, RemoveNote, Topic, WriteNote
from ghstatus.errors import UsageError
from ghstatus.grammar import notes, verbs
from ghstatus.model import Kind, Order, Response, Review
from ghstatus.plan import answers
from ghstatus.saying import answers as words
from tests.builders import NOW, VIEWER, at, comment, event, incident, issue, snapshot, tracker

OLD = "2026-03-01 11:59"


def order(said, verb="lead", text=""):
    return Order(said.at, said.author, said.id, verb, text)


def messages(story, channel):
    if channel == "Mail":
        return f"{story.record.title} in {channel} ```"
    message = f"there is no channel {channel!r}; accepted: Mail"
    raise UsageError(message)


def decided(*done, orders=(), mistaken=(), viewer=VIEWER, kind="incident", given=messages):
    response = Response(orders=tuple(orders), mistaken=tuple(one.id for one in mistaken))
    judged = board.judge(snapshot(incident("42", kind=kind, response=response)), NOW)
    return list(answers.decide(judged, tracker(issue(*done), viewer=viewer), given))


def reactions(*done, **said):
    return [(one.comment, one.content, one.is_on) for one in decided(*done, **said) if isinstance(one, React)]


def reply(topic, key, when="09:30", by=VIEWER):
    return comment(notes.write(topic, "So.", key), when, by)


def test_a_comment_whose_commands_were_taken_is_told_so_once():
    said = comment("/lead me\n/task x")

    assert reactions(said, orders=[order(said), order(said, "task")]) == [(said.id, "+1", True)]
    assert reactions(said._replace(reactions=("+1",)), orders=[order(said)]) == []
    assert all(one.why for one in decided(said, orders=[order(said)]))


def test_a_comment_with_a_mistake_is_told_so_whatever_else_it_says():
    said = comment("/lead me\n/sverity x")

    assert reactions(said, orders=[order(said)], mistaken=[said]) == [(said.id, "confused", True)]
    assert reactions(said, mistaken=[said]) == [(said.id, "confused", True)]


def test_a_channel_that_is_not_there_is_a_mistake():
    said = comment("/announce fax\n/lead me")
    wrong, right = order(said, "announce", "fax"), order(said, "announce", "Mail")

    assert reactions(said, orders=[wrong, order(said)]) == [(said.id, "confused", True)]
    assert reactions(said, orders=[right, order(said)]) == [(said.id, "+1", True)]
    assert reactions(said, orders=[right, wrong]) == [(said.id, "confused", True)]
    assert reactions(said, orders=[wrong], given=None) == [(said.id, "+1", True)], "nobody knows the channels"


def test_a_channel_is_not_looked_for_after_days():
    asked = []
    old, new = comment("/announce fax", OLD), comment("/announce Mail")
    several = [order(old, "announce", "fax"), order(new, "announce", "Mail")]
    decided(
        old, reply(Topic.ANNOUNCEMENT, f"{new.id}-mail"), new, orders=several, given=lambda _, name: asked.append(name)
    )

    assert asked == ["Mail"]


def test_an_edit_changes_the_reaction():
    said = comment("/lead me", reactions=("confused",), edited_at="10:00")
    assert reactions(said, orders=[order(said)]) == [(said.id, "confused", False), (said.id, "+1", True)]
    assert reactions(said._replace(reactions=("+1",)), mistaken=[said]) == [
        (said.id, "confused", True),
        (said.id, "+1", False),
    ]
    assert reactions(said._replace(text="Never mind.")) == [(said.id, "confused", False)]


@pytest.mark.parametrize("said", [{}, {"edited_at": "10:00"}])
def test_a_person_s_own_reactions_stay(said):
    liked = comment("Nice!", reactions=("+1",), **said)

    assert reactions(liked, viewer="jane") == []
    assert (reactions(liked) == []) == (not said), "a program's own goes with the command"


def test_what_is_old_is_left_alone_unless_somebody_edits_it():
    said = comment("/lead me", OLD)
    assert reactions(said, orders=[order(said)]) == []
    assert reactions(said._replace(edited_at=at("10:00")), orders=[order(said)]) == [(said.id, "+1", True)]


def test_whoever_asks_for_help_gets_one_reply():
    said = comment("/help")
    found = decided(said._replace(reactions=("+1",)), orders=[order(said, "help")])

    assert found == [WriteNote(ref="42", topic=Topic.HELP, text=words.help_on(Kind.INCIDENT), key=str(said.id))]
    assert found[0].why == "jane asks for it"
    there = reply(Topic.HELP, str(said.id))
    assert decided(said._replace(reactions=("+1",)), there, orders=[order(said, "help")]) == []


@pytest.mark.parametrize("kind", Kind)
def test_help_tells_what_fits(kind):
    text = words.help_on(kind)

    for verb in verbs.ALL:
        assert bool(re.search(rf"`/{verb.name}[ `]", text)) == (kind in verb.kinds)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert all(line.replace("\\|", "").count("|") == 3 for line in rows)


def test_a_text_for_a_channel_is_for_copying():
    said = comment("/announce Mail\n/announce Fax @all")
    orders = [order(said, "announce", "Mail"), order(said, "announce", "Fax @all")]
    mail, fax = decided(said._replace(reactions=("confused",)), orders=orders)

    assert (mail.topic, mail.key) == (Topic.ANNOUNCEMENT, f"{said.id}-mail")
    assert mail.text == "For `Mail`:\n\n````text\nBuilds stay pending in Mail ```\n````"
    assert (fax.key, fax.text) == (f"{said.id}-fax-all", "There is no channel 'Fax @&#8203;all'; accepted: Mail.")
    assert decided(said._replace(reactions=("+1",)), orders=orders, given=None) == []


def test_a_reply_goes_with_its_command():
    said, there = comment("/help"), reply(Topic.ANNOUNCEMENT, "7-mail")

    assert decided(there) == [RemoveNote(ref="42", topic=Topic.ANNOUNCEMENT, comment=there.id, key="7-mail")]
    assert decided(reply(Topic.HELP, "7", by="mallory")) == []
    assert decided(reply(Topic.HELP, "7", OLD)) == [], "what is old is no news"
    assert decided(reply(Topic.REMINDER, "7")) == []
    assert said.id != 7


def test_a_reply_that_somebody_deleted_is_not_written_again():
    said = comment("/help", "10:00", reactions=("+1",))
    gone = event("comment_deleted", "10:30", "jane", VIEWER)

    assert decided(said, gone, orders=[order(said, "help")]) == []
    assert decided(said, comment("Thanks", "11:00"), gone, orders=[order(said, "help")]) == []
    assert decided(said._replace(edited_at=at("10:30")), gone, orders=[order(said, "help")]) == []
    later = said._replace(edited_at=at("10:31"))
    assert len(decided(later, gone, orders=[order(said, "help")])) == 1


def test_what_was_asked_long_ago_is_not_answered():
    said = comment("/help", OLD)

    assert decided(said, orders=[order(said, "help")]) == []


def test_a_reply_is_given_also_where_the_comment_is_gone_meanwhile():
    said = comment("/help")

    assert len(decided(orders=[order(said, "help")])) == 1


def test_what_is_said_to_approve_of_a_post_mortem_is_answered():
    said, meant, other = comment("/approve", by="rita"), comment("/approve", by="joe"), comment("Fine.")
    one = issue(said, meant, other, number=50)
    review = Review(one, frozenset({said.id}), frozenset({meant.id}))
    judged = board.judge(snapshot(), NOW)

    found = list(answers.decide(judged, tracker(reviews=(review,))))
    assert [(one.ref, one.comment, one.content) for one in found] == [
        ("50", said.id, "+1"),
        ("50", meant.id, "confused"),
    ]
