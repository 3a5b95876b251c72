"""A post-mortem is begun for whoever asks, once."""

from ghstatus import board
from ghstatus.actions import OpenPostmortem
from ghstatus.model import Order, Postmortem, Response
from ghstatus.plan import postmortems
from tests.builders import NOW, at, incident, snapshot


def order(verb="postmortem", by="jane"):
    return Order(at("09:00"), by, 7, verb, "")


def decided(*orders, drafted=lambda story: (f"Why {story.record.ref}", "Because."), **said):
    one = incident("42", response=Response(orders=orders))
    return tuple(postmortems.decide(board.judge(snapshot(one, incident("43"), **said), NOW), drafted))


def test_what_somebody_asked_for_is_begun():
    (action,) = decided(order("help"), order(by="joe"), order())

    assert action == OpenPostmortem(incident="42", title="Why 42", text="Because.")
    assert action.why == "@joe asked for it"
    assert decided(order(by=""))[0].why == "somebody asked for it"


def test_what_nobody_asked_for_is_not():
    assert decided() == decided(order("help")) == ()


def test_what_has_been_begun_stays_as_it_is():
    assert decided(order(), postmortems=(Postmortem(incident="42", ref="50", text="", written=NOW),)) == ()


def test_without_words_nothing_is_begun():
    assert decided(order(), drafted=None) == ()
