"""Tasks are written as a list with boxes, and what people tick in it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar import ticks
from ghstatus.model import Task
from tests.builders import NOW, at

START = at("08:00")
ROLL, ASK = Task(1, "Roll back", START, "jane", "joe"), Task(2, "Ask @copr about #7", START, "jane")


def written(*tasks):
    return "\n".join(map(ticks.write, tasks))


def test_a_task_is_an_item_with_a_box_and_tells_nobody():
    assert ticks.write(ROLL) == "- [ ] 1. Roll back (@&#8203;joe)"
    assert ticks.write(ASK._replace(done_at=at("09:00"))) == (
        "- [x] 2. Ask @&#8203;copr about #&#8203;7, done 2026-03-02 09:00 UTC"
    )


def test_what_nobody_ticked_is_not_done():
    assert ticks.counted((ROLL, ASK), written(ROLL, ASK), NOW) == (ROLL, ASK)


@pytest.mark.parametrize("box", ["[x]", "[X]"])
def test_what_somebody_ticked_is_done_as_of_then(box):
    text = written(ROLL, ASK).replace("[ ] 2", f"{box} 2").replace("\n", "\r\n")

    assert ticks.counted((ROLL, ASK), text, NOW) == (ROLL, ASK._replace(done_at=NOW))


def test_the_time_that_stands_there_counts():
    done = ROLL._replace(done_at=at("09:00"))

    assert ticks.counted((ROLL,), written(done), NOW) == (done,)


def test_times_are_told_to_the_minute():
    done = ROLL._replace(done_at=at("2026-03-02 09:00:42"))

    assert ticks.counted((ROLL,), written(done), NOW) == (ROLL._replace(done_at=at("09:00")),)


def test_what_is_done_by_command_stays_so():
    done = ROLL._replace(done_at=at("09:00"))

    assert ticks.counted((done,), written(ROLL), NOW) == (done,)


def test_a_tick_goes_with_its_words_where_numbers_moved():
    done = ASK._replace(done_at=at("09:00"))

    assert ticks.counted((ASK._replace(number=1),), written(ROLL, done), NOW) == (done._replace(number=1),)
    assert ticks.counted((ROLL._replace(number=2),), written(ROLL, done), NOW) == (ROLL._replace(number=2),)


def test_of_tasks_in_the_same_words_the_number_tells():
    again = ROLL._replace(number=2)
    text = written(ROLL._replace(done_at=at("09:00")), again._replace(done_at=at("10:00")))

    assert [one.done_at for one in ticks.counted((ROLL, again), text, NOW)] == [at("09:00"), at("10:00")]


@pytest.mark.parametrize("end", [", done 2026-13-45 99:99 UTC", ", done today", " and more", ", done 2026 UTC"])
def test_other_words_are_another_task(end):
    assert ticks.counted((ROLL,), f"- [x] 1. Roll back (@&#8203;joe){end}", NOW) == (ROLL,)


def test_words_that_look_like_a_time_stay_words():
    odd = ROLL._replace(text="Look at it, done 2026-03-02 09:00 UTC", owner="")
    text = written(odd).replace("[ ]", "[x]")

    assert ticks.counted((odd,), text, NOW) == (odd._replace(done_at=NOW),)


@given(
    st.lists(
        st.tuples(
            st.text(max_size=30).map(lambda text: " ".join(text.split())),
            st.sampled_from(["", "jane", "joe"]),
            st.one_of(
                st.none(),
                st.datetimes(min_value=at("2020-01-01").replace(tzinfo=None)).map(
                    lambda when: f"{when:%Y-%m-%d %H:%M}"
                ),
            ),
        ),
        max_size=5,
        unique_by=lambda one: one[0],
    )
)
def test_what_is_written_is_read_back(found):
    tasks = tuple(
        Task(number, text, START, "jane", owner, at(when) if when else None)
        for number, (text, owner, when) in enumerate(found, 1)
        if not any(0xD800 <= ord(sign) < 0xE000 for sign in text)
    )
    asked = tuple(one._replace(done_at=None) for one in tasks)

    assert ticks.counted(asked, written(*tasks), NOW) == tasks
