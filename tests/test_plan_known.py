"""An issue about a known failure gets one answer and one count, which change only when a fact does."""

import re
from dataclasses import replace
from datetime import timedelta

import comrak
import pytest

from ghstatus.actions import Topic
from ghstatus.errors import Problem
from ghstatus.grammar import hits, knownfailure, notes
from ghstatus.grammar.catalogue import shipped
from ghstatus.grammar.quoting import plain
from ghstatus.model import Mode, Pull, Report, Verdict, VerdictKind, Watch
from ghstatus.plan import known
from tests import builders
from tests.builders import NOW, VIEWER, comment, component, event, site

PAGE = site(component("copr", name="Copr"))
BLOCK = "<!-- ghstatus\ncomponent: copr\ntext: {}\n-->"
TEXT = "Giving up waiting for the mirror"
SAMPLED = BLOCK.format(f"{TEXT}\nsample: 'error: giving up waiting for the mirror'")
PULL = Pull(number=7, url="https://github.com/packit/ogr/pull/7")
DAY = timedelta(days=1)


def reading(text=None, *done, **said):
    said = {"labels": ["known-failure"], "created_at": NOW - timedelta(hours=2)} | said
    issue = builders.issue(*done, text=BLOCK.format(TEXT) if text is None else text, **said)
    return knownfailure.parse(issue, builders.context(on=PAGE, dialect=knownfailure.dialect(PAGE)))


def check(number=1, ago=timedelta(hours=1), **said):
    return builders.check(**{"id": number, "ended": NOW - ago} | said)


def report(*checks, signature="issue-42", repository="packit/ogr", pulls=(PULL,)):
    verdicts = [
        Verdict(check=one, kind=VerdictKind.EXPLAINED, component="copr", rule="x", signature=signature)
        for one in checks
    ]
    head = builders.head(repository=repository, pulls=tuple(pulls))
    return Report(head=head, mode=Mode.ANNOTATE, verdicts=tuple(verdicts))


def decide(one, *reports, now=NOW, page=PAGE, viewer=VIEWER, **said):
    issues = known.Issues(readings=(one,), viewer=viewer, **said)
    return known.decide(issues, reports, page, now, shipped())


def told(one, *reports, topic=Topic.SIGNATURE, **said):
    (note,) = (note for note in decide(one, *reports, **said) if note.topic is topic)
    return note.text


def answered(one, *actions):
    """The issue once the comments are written, whichever way its line endings come back."""
    comments = {notes.topic_of(note.text): note for note in one.issue.comments}
    for place, action in enumerate(actions):
        written = comment(notes.write(action.topic, action.text).replace("\n", "\r\n"), NOW, VIEWER, id=900 + place)
        comments[action.topic] = written
    return one._replace(issue=replace(one.issue, comments=tuple(comments.values())))


def html(text):
    return comrak.render_markdown(text, extension_options=comrak.ExtensionOptions())


def test_a_new_one_is_told_that_it_is_used():
    (action,) = decide(reading())

    assert (action.ref, action.topic, action.comment, action.why) == ("42", Topic.SIGNATURE, None, "it is used")
    assert action.text.partition("\n\n<!--")[0] == (
        "This known failure **is used**. As long as this issue is open, a failed check of Copr is explained by it "
        "where its title, summary, description or log holds this, in any case of letters:\n\n"
        "```text\nGiving up waiting for the mirror\n```\n\n"
        "- In the 24 hours up to 2026-03-02 12:00 UTC it was met in no check.\n\n"
        "If the issue is edited, this comment follows by itself. Closing the issue ends it."
    )


def test_a_pattern_its_conditions_and_its_places_are_told():
    text = "<!-- ghstatus\ncomponent: copr\npattern: 'HTTP 5\\d\\d from the mirror'\nwhere: log\n"
    found = told(reading(f"{text}requires: 'mock: build'\nunless: /exit (1|2)/\n-->"))

    assert "where its log holds what this pattern fits" in found
    assert "```text\nHTTP 5\\d\\d from the mirror\n```" in found
    assert "The same text must hold this, in any case of letters:\n\n```text\nmock: build\n```" in found
    assert "The same text must not hold what this pattern fits" in found
    assert "```text\nexit (1|2)\n```" in found


def test_one_that_is_too_broad_is_refused_with_the_reason():
    (action,) = decide(reading(BLOCK.format("timeout")))

    assert action.why == "it can't be used: it is too short: 7 characters, digits and spaces aside"
    assert action.text.startswith("This known failure is **not used**.\n\n- **text**: it is too short: 7 characters")
    assert "Accepted: at least 12 such characters" in action.text
    assert "Edit the issue to mend it" in action.text
    assert known.signatures([reading(BLOCK.format("timeout")), reading()], shipped()) == (reading().signature,)


def test_one_that_says_too_little_is_refused_with_the_line():
    found = told(reading("<!-- ghstatus\ncomponent: cpr\ntext: Giving up waiting for it\n-->"))

    assert "- **component** (line 2): 'cpr' is no component. Accepted: the name of one component" in found


def test_a_stranger_s_is_told_what_it_waits_for_and_nobody_is_notified():
    found = told(reading(author="mallory"))

    assert "opened by @&#8203;mallory, who may not publish" in found
    assert decide(reading(author="mallory"), report(check()))[0].topic is Topic.SIGNATURE


def test_whoever_could_not_be_asked_about_is_told_nothing():
    assert decide(reading(author="mallory")._replace(is_sure=False)) == ()


def test_whether_it_tells_the_sample_is_said():
    assert "- It tells the sample.\n" in told(reading(SAMPLED))
    assert "- **It doesn't tell the sample**" in told(reading(SAMPLED.replace("error: giving", "error: Giv ing")))


def test_whether_what_is_linked_shows_it_is_said_where_somebody_looked():
    assert "- What is linked shows it.\n" in told(reading(), linked={"issue-42": True})
    assert "- **What is linked doesn't show it** now.\n" in told(reading(), linked={"issue-42": False})
    assert "linked" not in told(reading(), linked={"issue-43": True})


def test_what_was_left_out_of_it_is_said():
    found = told(reading(BLOCK.format(f"{TEXT}\npatern: x")))

    assert "Left out:\n\n- **patern** (line 4): unknown key 'patern'. Accepted: component" in found


def test_what_it_matched_lately_is_told_and_what_it_matched_before_is_not():
    found = told(
        reading(), report(check(1, DAY), check(2, DAY + timedelta(seconds=1))), report(check(3), signature="issue-4")
    )

    assert "it was met in 1 check: [packit/ogr#&#8203;7](https://github.com/packit/ogr/runs/1) (rpm-build:" in found


def test_of_many_the_latest_are_shown():
    found = told(reading(), report(*(check(one, timedelta(minutes=one), name=f"c{one}") for one in range(1, 13))))

    assert "met in 12 checks: " in found
    assert ("(c10)" in found, "(c11)" in found) == (True, False)
    assert found.index("(c1)") < found.index("(c2)")


def test_an_answer_is_given_once():
    one = reading()
    again = answered(one, *decide(one, report(check())))

    assert decide(again, report(check(), check(2, timedelta(0))), now=NOW + timedelta(minutes=5)) != ()
    assert [note.topic for note in decide(again, report(check(), check(2)))] == [Topic.HITS]
    assert decide(again, report(check()), now=NOW + DAY) == ()


@pytest.mark.parametrize(
    "text", [f"{TEXT}s", f"{TEXT}\nremedy: Wait.", f"{TEXT}\nwhere: log", f"{TEXT}\nunless: mirror of mine", "timeout"]
)
def test_another_text_is_answered_anew_in_place(text):
    there = answered(reading(), *decide(reading()))
    changed = reading(BLOCK.format(text))
    changed = changed._replace(issue=replace(changed.issue, comments=there.issue.comments))
    (action,) = decide(changed)

    assert (action.topic, action.comment) == (Topic.SIGNATURE, 900)
    issues = known.Issues(readings=(changed,), viewer=VIEWER)
    assert known.unanswered(issues, shipped()) == (() if text == "timeout" else (changed.signature,))


def test_what_is_linked_is_looked_at_for_the_first_answer_alone():
    there = answered(reading(), *decide(reading()))

    assert known.unanswered(known.Issues(readings=(reading(),), viewer=VIEWER), shipped()) == (reading().signature,)
    assert known.unanswered(known.Issues(readings=(there,), viewer=VIEWER), shipped()) == ()
    assert known.unanswered(known.Issues(readings=(reading(author="eve"),), viewer=VIEWER), shipped()) == ()
    assert decide(there, linked={"issue-42": True}) == ()


def test_what_others_wrote_is_no_answer():
    (action,) = decide(reading())
    forged = reading(None, comment(notes.write(Topic.SIGNATURE, action.text), by="mallory"))

    assert decide(forged) == (action,)


def test_what_a_person_deleted_is_not_written_again_before_somebody_says_something():
    deleted = event("comment_deleted", NOW - timedelta(hours=1), "jane", VIEWER)

    assert decide(reading(None, deleted), report(check())) == ()
    assert len(decide(reading(None, deleted, comment(when=NOW, by="joe")), report(check()))) == 2


# How often it was met


def count(one, *reports, **said):
    return told(one, *reports, topic=Topic.HITS, **said)


def test_the_first_hit_is_told():
    found = count(reading(), report(check()))

    assert found.partition("\n\n<!--")[0] == (
        "Met in **1 check**, in packit/ogr: first 2026-03-02 11:00 UTC, last 2026-03-02 11:00 UTC.\n\n"
        "The latest:\n\n"
        "- 2026-03-02 11:00 UTC: [packit/ogr#&#8203;7](https://github.com/packit/ogr/runs/1) (rpm-build:fedora-41-x86\\_64)"
    )


def test_without_a_hit_there_is_no_count():
    assert [note.topic for note in decide(reading(), report(check(), signature="issue-43"))] == [Topic.SIGNATURE]


def test_hits_add_up_from_run_to_run_and_none_counts_twice():
    one = reading()
    first = answered(one, *decide(one, report(check(1), check(2, timedelta(minutes=50)))))
    second_run = decide(first, report(check(2), check(3, timedelta(0))), report(check(4), repository="packit/packit"))
    (action,) = second_run
    second = answered(first, action)

    assert (action.topic, action.comment, action.why) == (Topic.HITS, 901, "it was met 4 times")
    assert (
        "Met in **4 checks**, in packit/ogr, packit/packit: first 2026-03-02 11:00 UTC, last 2026-03-02 12:00 UTC"
        in (action.text)
    )
    assert decide(second, report(check(1), check(2), check(3), check(4))) == ()
    assert decide(second) == ()


def test_one_hit_is_said_in_one_word():
    one = answered(reading(), *decide(reading()))
    (action,) = decide(one, report(check(1)))

    assert (action.topic, action.why) == (Topic.HITS, "it was met once")


def test_a_refused_one_is_not_counted():
    assert [note.topic for note in decide(reading(BLOCK.format("timeout")), report(check()))] == [Topic.SIGNATURE]


def test_what_is_private_counts_and_is_not_named():
    found = count(reading(), report(check(name="secret")), private=frozenset({"packit/ogr"}))

    assert found.startswith("Met in **1 check**: first ")
    assert "- 2026-03-02 11:00 UTC: in a repository that isn't named here" in found
    assert "ogr" not in found
    assert "secret" not in found


def test_one_without_a_pull_request_is_named_by_its_repository():
    assert "UTC: packit/ogr (rpm-build" in count(reading(), report(check(), pulls=()))


def test_many_repositories_are_named_in_part():
    several = [report(check(one), repository=f"packit/r{one:03}") for one in range(25)]
    assert "packit/r019 and 5 others: first" in count(reading(), *several)

    many = [report(check(one), repository=f"packit/r{one:03}") for one in range(120)]
    assert "packit/r019 and 80 or more others: first" in count(reading(), *many)


def test_what_was_not_met_for_long_is_proposed_for_closing():
    page = replace(PAGE, watch=Watch(unhit_days=10))
    (action,) = decide(answered(reading(), *decide(reading())), now=NOW + 10 * DAY, page=page)

    assert (action.topic, action.why) == (Topic.HITS, "nothing matched it for long")
    assert action.text.startswith(
        "Nothing has matched this for more than 10 days. If it is mended, **close this issue**; while it is open, it "
        "goes on explaining what it matches.\n\nIt was never met since 2026-03-02 10:00 UTC."
    )
    assert decide(answered(reading(), *decide(reading())), now=NOW + 9 * DAY, page=page) == ()


def test_a_hit_puts_that_off():
    met = answered(reading(), *decide(reading(), report(check(1, timedelta(0)))))

    assert decide(met, now=NOW + 30 * DAY) == ()
    (action,) = decide(met, now=NOW + 31 * DAY)
    stale = answered(met, action)
    assert action.text.startswith("Nothing has matched this for more than 30 days.")
    assert "Met in **1 check**" in action.text
    assert decide(stale, now=NOW + 32 * DAY) == ()

    (again,) = decide(stale, report(check(2, -31 * DAY)), now=NOW + 32 * DAY)
    assert again.text.startswith("Met in **2 checks**")


@pytest.mark.parametrize("damage", ["", '{"total":1}', "{]", '{"total":1e999}', "[" * 9999, '{"first":9e99}'])
def test_a_count_that_somebody_damaged_starts_anew(damage):
    one = reading()
    notes_ = decide(one, report(check()))
    text = notes_[1].text.partition("<!--")[0] + f"<!-- ghstatus:count {damage} -->"
    there = answered(one, notes_[0], replace(notes_[1], text=text))
    (action,) = decide(there, report(check(2)))

    assert "Met in **1 check**" in action.text


@pytest.mark.parametrize("hostile", ["--> <script>", "@jane #7 [x](https://a.example)", "a\n\n# b", "`|~*_<!--"])
def test_strangers_words_stay_words(hostile):
    found = report(check(name=hostile), repository="packit/ogr", pulls=[replace(PULL, url="javascript:alert(1)")])
    one = reading(BLOCK.format(f"'{TEXT} {hostile.replace(chr(10), ' ')}'"))
    actions = decide(one, found)
    assert decide(answered(one, *actions), found) == ()
    assert f"({plain(hostile)})" in actions[1].text
    for action in actions:
        shown = html(action.text)
        assert not re.search(r"<(?:script|h\d|img)|href=.(?!https://github.com/packit/)", shown)
        assert shown.count("<!--") == shown.count("-->") == 1
    assert hits.read(actions[1].text).shown[0].check == hostile


def test_a_title_s_problem_names_no_key():
    broken = reading()._replace(signature=None, problems=(Problem(where="#42", seen="it is broken"),))

    assert "\n\n- it is broken.\n\n" in told(broken)
