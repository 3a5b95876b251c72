"""What is posted about failed checks, and what isn't."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ghstatus.actions import NeutraliseRun, PostReport, WriteComment
from ghstatus.grammar import notes
from ghstatus.model import CheckState, Mode, Pull, Run, Watch
from ghstatus.plan.checks import NAMES, conclusion, decide, held
from ghstatus.plan.digest import digest
from ghstatus.plan.tally import tally
from tests.reports import APP, FARM, MAYBE, NEARLY, NOW, OWN, SAID, SLOW, UNKNOWN, ended, farm, head, report, verdict

WATCH = Watch()
AUTHOR = SAID._replace(may_write=False)
RETRYING = verdict("retrying")
GATE = Mode.GATE


def posted(shown, name=NAMES[Mode.ANNOTATE], external_id="old", ident=70):
    return Run(name, ident, external_id, shown)


def on(one, *runs, **said):
    """The same report on a head on which those runs were posted."""
    return replace(one, head=replace(one.head, posted=runs, **said))


def gate(*verdicts, was=None, **said):
    one = report(*verdicts, mode="gate", **said)
    return one if was is None else on(one, posted(was, NAMES[GATE]))


def after(actions, one):
    """The report as the next run sees it, once the actions were carried out."""
    runs, pulls = list(one.head.posted), list(one.head.pulls)
    for action in actions:
        if isinstance(action, PostReport):
            runs = [run for run in runs if run.name != action.name]
            runs.append(Run(action.name, 99, action.external_id, action.conclusion))
        elif isinstance(action, WriteComment):
            pulls = [
                replace(pull, comment=5, comment_text=notes.report(action.digest, "said"))
                if pull.number == action.number
                else pull
                for pull in pulls
            ]
    return replace(one, head=replace(one.head, posted=tuple(runs), pulls=tuple(pulls)))


def only(actions):
    (action,) = actions
    return action


def shown(one, watch=WATCH, **said):
    """The conclusions that are posted."""
    return [action.conclusion for action in decide([one], watch, NOW, **said)]


@pytest.mark.parametrize("verdicts", [(farm(),), (NEARLY,), (MAYBE,), (SLOW,), (farm(), OWN), (NEARLY, UNKNOWN)])
def test_a_note_is_posted_where_there_is_something_to_tell(verdicts):
    action = only(decide([report(*verdicts)], WATCH, NOW))

    assert action == PostReport(
        report=report(*verdicts),
        name="ghstatus/known-failures",
        conclusion="neutral",
        external_id=digest(report(*verdicts), "neutral"),
    )


@pytest.mark.parametrize("verdicts", [(), (OWN,), (UNKNOWN,), (OWN, UNKNOWN), (RETRYING,), (RETRYING, OWN)])
def test_nothing_is_posted_where_the_checks_say_it_all_themselves(verdicts):
    assert decide([report(*verdicts)], WATCH, NOW) == ()


@pytest.mark.parametrize("verdicts", [(), (OWN,), (UNKNOWN,), (farm(outage=ended(FARM)),), (NEARLY,), (farm(), OWN)])
def test_what_was_posted_is_written_anew_when_it_changes(verdicts):
    before = after(decide([report(farm())], WATCH, NOW), report(farm()))
    now = replace(report(*verdicts), head=before.head)

    action = only(decide([now], WATCH, NOW))

    assert (action.conclusion, action.run) == ("neutral", None)
    assert action.external_id != before.head.posted[0].external_id


@pytest.mark.parametrize(
    "said", [{"pending": 1}, {"verdicts": (RETRYING,)}, {"verdicts": (RETRYING,), "ignored": SAID}]
)
def test_what_was_posted_stays_while_the_check_runs_again(said):
    one = replace(on(report(), posted("neutral")), **said)

    assert decide([one], WATCH, NOW) == ()


def test_what_was_posted_is_written_anew_while_another_check_runs():
    assert shown(on(report(farm(), pending=1), posted("neutral"))) == ["neutral"]


def test_an_app_writes_its_run_anew_and_a_token_posts_another():
    one = on(report(farm()), posted("neutral", ident=70))

    assert only(decide([one], WATCH, NOW, can_update=True)).run == 70
    assert only(decide([one], WATCH, NOW, can_update=False)).run is None
    assert only(decide([report(farm())], WATCH, NOW, can_update=True)).run is None


def test_a_run_of_another_name_is_not_the_one():
    one = on(report(farm()), posted("neutral", name=NAMES[GATE], external_id=digest(report(farm()), "neutral")))

    assert shown(one, can_update=True) == ["neutral"]
    assert only(decide([one], WATCH, NOW, can_update=True)).run is None


ALL = [
    report(farm(), OWN),
    report(NEARLY),
    report(farm(outage=ended(FARM))),
    gate(),
    gate(farm()),
    gate(OWN, pending=0),
    gate(farm(), pending=1, was="success"),
    gate(farm(), ignored=SAID),
    gate(farm(), ignored=AUTHOR),
    gate(watched=0),
]


@pytest.mark.parametrize("one", ALL)
@pytest.mark.parametrize("can_update", [True, False])
@pytest.mark.parametrize("watch", [WATCH, Watch(comments=True, own_runs=True)])
def test_a_second_run_finds_nothing_to_do(one, can_update, watch):
    first = decide([one], watch, NOW, can_update=can_update)
    later = NOW + timedelta(minutes=15)

    assert [action for action in first if isinstance(action, PostReport)]
    assert decide([after(first, one)], watch, later, can_update=can_update) == ()


DIFFERENT = [
    report(farm()),
    report(farm("another")),
    report(farm(reason="Another.")),
    report(farm(quote="another")),
    report(farm(remedy="another")),
    report(farm(component="koji")),
    report(farm(is_hanging=True)),
    report(farm(outage=replace(FARM, ref="43"))),
    report(farm(outage=replace(FARM, title="Another"))),
    report(farm(outage=replace(FARM, url="https://example.org/"))),
    report(farm(outage=replace(FARM, start=NOW))),
    report(farm(outage=replace(FARM, eta="soon"))),
    report(farm(outage=replace(FARM, remedy="wait"))),
    report(farm(outage=ended(FARM))),
    replace(report(farm(outage=ended(FARM))), over=()),
    report(farm(outage=None)),
    report(farm(outage=None, signature="issue-7")),
    report(farm(), farm("another")),
    report(farm(), OWN),
    report(replace(farm(), check=replace(farm().check, url="https://example.org/"))),
    report(replace(farm(), check=replace(farm().check, app="another"))),
    report(farm(), ignored=SAID),
    report(farm(), ignored=AUTHOR),
    report(farm(), ignored=SAID._replace(reason="another")),
    report(farm(), ignored=SAID._replace(by="joe")),
    report(farm(), pending=1),
    report(farm(), head=head(is_partial=True)),
    report(farm(), is_early=True),
    report(farm(), missing=("a",)),
    report(),
    report(watched=7),
    replace(report(farm()), mode=GATE),
    replace(report(farm()), head=head(sha="f" * 40)),
]


def test_the_digest_tells_every_fact_apart():
    assert len({digest(one, "neutral") for one in DIFFERENT}) == len(DIFFERENT)


def test_the_digest_is_of_facts_that_the_text_tells_and_no_others():
    one = report(farm(), RETRYING, OWN, watched=9, ignored=None)
    checked = replace(farm(), check=replace(farm().check, ended=NOW, started=NOW, id=9, summary="…"))
    same = report(OWN, replace(checked, rule="r"), RETRYING, watched=12)

    assert digest(one, "neutral") == digest(same, "neutral")
    assert digest(one, "neutral") != digest(one, "failure")
    assert digest(report(farm(), pending=1), "") == digest(report(farm(), pending=2), "")
    assert len(digest(one, "neutral")) == 16


def test_an_order_of_verdicts_is_no_fact():
    docs, ci = (replace(farm(), check=replace(farm().check, workflow=name, url=name)) for name in ("Docs", "CI"))

    assert digest(report(docs, ci), "") == digest(report(ci, docs), "")
    assert digest(report(farm("a"), farm("b")), "") == digest(report(farm("b"), farm("a")), "")


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (gate(), "success"),
        (gate(farm()), "neutral"),
        (gate(SLOW), "neutral"),
        (gate(farm(), OWN), "failure"),
        (gate(farm(), UNKNOWN), "failure"),
        (gate(OWN), "failure"),
        (gate(farm(), NEARLY), "failure"),
        (gate(MAYBE), "failure"),
        (gate(pending=1), ""),
        (gate(farm(), pending=1), ""),
        (gate(OWN, pending=1), ""),
        (gate(RETRYING), ""),
        (gate(farm(), RETRYING), ""),
        (gate(farm(), head=head(is_partial=True)), ""),
        (gate(head=head(is_partial=True)), ""),
        (gate(OWN, head=head(is_partial=True)), ""),
        (gate(farm(), OWN, ignored=SAID), "neutral"),
        (gate(farm(), pending=1, ignored=SAID), "neutral"),
        (gate(ignored=SAID), "success"),
        (gate(farm(), ignored=AUTHOR), "failure"),
        (gate(farm(), pending=1, ignored=AUTHOR), ""),
        (gate(ignored=AUTHOR), "success"),
        (report(OWN), "neutral"),
        (report(pending=1), "neutral"),
    ],
)
def test_a_check_concludes_by_what_is_worst(one, expected):
    assert conclusion(one, WATCH) == expected


def test_a_repository_may_take_what_is_suspected_for_explained():
    assert conclusion(gate(NEARLY, farm()), Watch(accepts_suspected=True)) == "neutral"
    assert conclusion(gate(NEARLY, OWN), Watch(accepts_suspected=True)) == "failure"


@pytest.mark.parametrize(
    ("was", "can_update", "expected"),
    [
        (None, False, []),
        (None, True, []),
        ("failure", False, []),
        ("success", False, ["failure"]),
        ("neutral", False, ["failure"]),
        ("success", True, [""]),
        ("failure", True, [""]),
        ("", True, []),
        ("", False, []),
    ],
)
@pytest.mark.parametrize("verdicts", [(), (farm(),), (OWN,), (RETRYING,)])
def test_a_gate_that_waits_lets_nothing_pass(was, can_update, expected, verdicts):
    pending = 0 if verdicts == (RETRYING,) else 1

    assert shown(gate(*verdicts, was=was, pending=pending), can_update=can_update) == expected


def test_a_gate_passes_without_watched_checks_only_when_none_appears_for_a_while():
    pushed = head(since=NOW - WATCH.settle)
    young = head(since=NOW - WATCH.settle + timedelta(seconds=1))

    assert shown(gate(watched=0, head=pushed)) == ["success"]
    assert shown(gate(watched=0, head=young)) == []
    assert shown(replace(gate(watched=0, head=young), mode=Mode.ANNOTATE)) == []


YOUNG = head(since=NOW - timedelta(minutes=2))
EXPECTING = Watch(expects=("RPM-build:*", "testing-farm:*-x86_64"), settle=timedelta(0))
THERE = (replace(farm().check, state=CheckState.PASSED), replace(OWN.check, state=CheckState.PASSED))


@pytest.mark.parametrize("verdicts", [(), (farm(),), (SLOW,)])
def test_a_gate_doesn_t_pass_while_more_checks_may_appear(verdicts):
    one = gate(*verdicts, head=YOUNG)
    old = replace(one, head=head(since=NOW - WATCH.settle))

    assert shown(one) == shown(one, can_update=True) == []
    assert len(shown(old)) == 1
    assert shown(one, Watch(settle=timedelta(0))) == shown(old)
    assert shown(replace(gate(NEARLY), head=YOUNG), Watch(accepts_suspected=True)) == []


@pytest.mark.parametrize("verdicts", [(OWN,), (UNKNOWN, farm()), (NEARLY,)])
def test_a_gate_that_fails_waits_for_no_other_check(verdicts):
    assert shown(gate(*verdicts, head=YOUNG)) == ["failure"]
    assert shown(gate(*verdicts), EXPECTING) == ["failure"]


@pytest.mark.parametrize("verdicts", [(), (farm(),)])
def test_a_gate_passes_once_every_check_is_there_that_is_expected(verdicts):
    both = gate(*verdicts, head=replace(YOUNG, checks=THERE))

    assert len(shown(both, EXPECTING)) == 1
    for checks in ((), THERE[:1], THERE[1:], (THERE[0], replace(THERE[1], name="a rpm-build:x"))):
        one = gate(*verdicts, head=head(checks=checks))
        assert shown(one, EXPECTING) == []
        assert len(shown(one)) == 1


def test_a_name_in_two_lines_hides_no_check_that_is_expected():
    odd = replace(THERE[1], name="rpm-build:x\ny")

    assert shown(gate(head=head(checks=(THERE[0], odd))), EXPECTING) == ["success"]


@pytest.mark.parametrize("was", ["success", "neutral"])
def test_a_gate_that_passed_is_not_taken_back_because_a_check_is_expected(was):
    one = on(gate(farm(), head=YOUNG), posted(was, NAMES[GATE]))

    assert shown(one) == shown(one, EXPECTING) == ["neutral"]
    assert shown(on(gate(farm(), head=YOUNG), posted("failure", NAMES[GATE])), can_update=False) == []


def test_an_app_s_gate_that_failed_says_what_it_waits_for():
    one = on(gate(farm(), head=YOUNG), posted("failure", NAMES[GATE]))

    early, missing = (only(decide([one], watch, NOW, can_update=True)) for watch in (WATCH, EXPECTING))

    assert (early.conclusion, early.report.is_early, early.why) == ("", True, "not every check may be there")
    assert (missing.conclusion, missing.report.missing) == ("", EXPECTING.expects)
    assert len({early.external_id, missing.external_id, digest(gate(farm(), head=YOUNG), "")}) == 3


def test_whoever_may_write_opens_a_gate_before_every_check_is_there():
    assert shown(gate(head=YOUNG, ignored=SAID)) == shown(gate(ignored=SAID), EXPECTING) == ["neutral"]
    assert shown(gate(head=YOUNG, ignored=AUTHOR)) == []


@pytest.mark.parametrize("verdicts", [(), (farm(),), (OWN,)])
def test_a_gate_that_somebody_opened_early_goes_on_saying_so(verdicts):
    one = gate(*verdicts, head=YOUNG, ignored=SAID)
    again = after(decide([one], WATCH, NOW), one)

    assert [run.conclusion for run in again.head.posted] == ["neutral"]
    assert shown(again) == shown(again, EXPECTING) == []


def test_what_holds_a_gate_is_worked_out_twice_with_the_same_result():
    for watch in (WATCH, EXPECTING):
        for one in (gate(head=YOUNG), gate(OWN, head=YOUNG), gate(head=YOUNG, ignored=SAID), report(head=YOUNG)):
            once = held(one, watch, NOW)
            assert held(once, watch, NOW) == once
            assert (once == one) is (one in (gate(OWN, head=YOUNG), report(head=YOUNG)))


def test_what_somebody_ignores_is_not_posted_and_what_was_posted_says_so():
    assert decide([report(farm(), ignored=SAID)], WATCH, NOW) == ()
    assert only(decide([on(report(farm(), ignored=SAID), posted("neutral"))], WATCH, NOW)).why == "jane ignores it"
    assert only(decide([on(report(OWN, ignored=AUTHOR), posted("neutral"))], WATCH, NOW)).why == "jane ignores it"


def test_what_is_no_longer_ignored_is_told_again():
    ignored = report(farm(), ignored=SAID)
    before = after(decide([on(ignored, posted("neutral"))], WATCH, NOW), ignored)

    assert shown(replace(before, ignored=None)) == ["neutral"]


def test_what_passes_wrongly_comes_first_then_gates_then_what_is_required():
    required = report(replace(farm(), check=replace(farm().check, is_required=True)), head=head(sha="3"))
    several = [
        report(farm(), head=head(sha="4")),
        required,
        gate(OWN, head=head(sha="2", posted=(posted("failure", NAMES[GATE]),))),
        gate(OWN, head=head(sha="1", posted=(posted("neutral", NAMES[GATE]),))),
        report(NEARLY, head=head(sha="5")),
        gate(head=head(sha="2b", posted=(posted("success", NAMES[GATE]),))),
    ]

    order = [action.report.head.sha for action in decide(several, WATCH, NOW)]

    assert order == ["1", "2", "2b", "3", "4", "5"]


COMMENTS = Watch(comments=True)
PULLS = (Pull(number=12), Pull(number=13))


def comments(one, watch=COMMENTS):
    return [action for action in decide([one], watch, NOW) if isinstance(action, WriteComment)]


def test_a_comment_is_written_on_each_pull_request_before_the_check():
    one = report(farm(), head=head(pulls=PULLS))

    actions = decide([one], COMMENTS, NOW)

    mark = digest(one, "neutral")
    assert actions[:2] == tuple(WriteComment(report=one, number=number, digest=mark) for number in (12, 13))
    assert isinstance(actions[2], PostReport)


@pytest.mark.parametrize("one", [report(), report(OWN), gate(), gate(OWN), report(farm(), ignored=SAID)])
def test_no_comment_is_begun_where_nothing_is_worth_telling(one):
    assert comments(one) == []


def test_no_comment_is_written_where_nobody_wants_one():
    assert comments(report(farm()), WATCH) == []


def test_a_comment_that_somebody_deleted_stays_deleted_until_something_changes():
    one = report(farm())
    told = after(decide([one], WATCH, NOW), one)

    assert comments(told) == []
    assert len(comments(replace(told, verdicts=(farm(), OWN)))) == 1


def commented(one, digest="0ld"):
    pull = Pull(number=12, comment=5, comment_text=f"<!-- ghstatus:checks {digest} -->\r\nsaid")
    return replace(one, head=replace(one.head, pulls=(pull,)))


@pytest.mark.parametrize("one", [report(farm()), report(), report(OWN), report(farm(), ignored=SAID), gate(farm())])
def test_a_comment_is_edited_in_place(one):
    (action,) = comments(commented(one))

    assert (action.comment, action.why) == (5, "what it tells has changed")


@pytest.mark.parametrize("one", [report(pending=1), report(RETRYING), gate(farm(), pending=1)])
def test_a_comment_stays_while_checks_run(one):
    assert comments(commented(one)) == []


def test_a_comment_that_says_the_same_is_left_alone():
    assert comments(commented(report(farm()), digest(report(farm()), "neutral"))) == []


OWN_RUNS = Watch(own_runs=True)


def neutralised(one, watch=OWN_RUNS, app="Packit-as-a-Service", **said):
    found = decide([one], watch, NOW, **({"can_update": True, "app": app} | said))
    return [action for action in found if isinstance(action, NeutraliseRun)]


def test_explained_failures_of_the_app_s_own_become_neutral():
    assert neutralised(report(farm(), OWN, NEARLY)) == [NeutraliseRun(repository="packit/ogr", run=7, verdict=farm())]
    assert [one.why for one in neutralised(report(farm(), farm("x", outage=None)))] == [
        "explained by 42",
        "it is a known failure",
    ]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (report(farm()), {"watch": WATCH}),
        (report(farm()), {"can_update": False}),
        (report(farm()), {"app": ""}),
        (report(farm()), {"app": "another"}),
        (report(SLOW), {}),
        (report(farm(), ignored=SAID), {}),
        (report(replace(farm(), check=replace(farm().check, id=0))), {}),
        (report(replace(farm(), check=replace(farm().check, state=CheckState.STOPPED))), {}),
    ],
)
def test_no_other_run_becomes_neutral(one, said):
    assert neutralised(one, **said) == []


NEUTRAL = replace(farm().check, state=CheckState.SKIPPED, conclusion="neutral")


def test_what_was_made_neutral_never_counts_as_passed():
    one = gate(head=head(checks=(NEUTRAL,)), watched=3)

    assert shown(one, OWN_RUNS, can_update=True, app=APP) == ["neutral"]
    assert shown(on(one, posted("failure", NAMES[GATE])), OWN_RUNS, can_update=True, app=APP) == ["neutral"]
    assert shown(replace(one, verdicts=(OWN,)), OWN_RUNS, can_update=True, app=APP) == ["failure"]
    assert shown(replace(one, pending=1), OWN_RUNS, can_update=True, app=APP) == []
    assert shown(gate(head=head(checks=(replace(NEUTRAL, app=""),))), OWN_RUNS) == ["success"]
    assert shown(one, OWN_RUNS) == ["success"]
    assert shown(one, WATCH, app=APP) == ["success"]


@pytest.mark.parametrize("mode", Mode)
def test_why_a_run_was_made_neutral_stays_told(mode):
    one = report(mode=mode, head=head(checks=(NEUTRAL,), posted=(posted("neutral", NAMES[mode]),)), watched=3)

    assert shown(one, OWN_RUNS, can_update=True, app=APP) == []
    assert shown(one, WATCH, can_update=True, app=APP) != []
    assert shown(replace(one, verdicts=(farm(),)), OWN_RUNS, app=APP) == ["neutral"]


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (report(farm()), "of 1 failure: 1 explained"),
        (report(farm(), NEARLY, OWN, UNKNOWN), "of 4 failures: 1 explained, 1 suspected, 2 not excused"),
        (gate(), "no watched check fails"),
        (gate(pending=1, was="success"), "not every watched check has its result"),
        (report(farm(outage=ended(FARM))), "the outage is over"),
    ],
)
def test_the_reason_is_told(one, why):
    assert only(decide([one], WATCH, NOW)).why == why


def test_an_outage_with_an_end_ahead_is_not_over():
    ahead = replace(FARM, end=NOW + timedelta(hours=1))

    assert not tally(replace(report(farm(outage=ahead)), over=())).is_over
    assert tally(report(farm(outage=ended(FARM)))).is_over
    assert not tally(report(farm(outage=ended(FARM)), farm("x"))).is_over
    assert not tally(report(OWN)).is_over
