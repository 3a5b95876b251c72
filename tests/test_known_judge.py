"""The law of known failures, line by line."""

from datetime import timedelta

import pytest

from ghstatus.known import Known
from ghstatus.model import Evidence, Logs, Near, Surface, Text
from tests.builders import NOW, at, check, head, outage, pull, rule, signature

SWEEPING = outage(all_fail=True)
TESTS = {"url": "https://dashboard.packit.dev/jobs/testing-farm/1"}
MUTE = signature("RPMs failed to be built.", "incident", is_mute=True, remedy="/packit rebuild-failed")
NEVER = signature("Bad exit status", "never")
LIMITED = signature(
    "No success file", "never", surfaces=["copr_backend_log"], denies=["copr_backend_log"], id="ordinary"
)


def known(*signatures, outages=(), **said):
    rules = said.pop("rules", [rule(), rule("testing-farm", grace=4)])
    return Known(rules, signatures, outages, **{"now": NOW, **said})


def log(text, surface="copr_builder_live_log", **said):
    return Evidence(**{"texts": (Text(Surface(surface), text),), "is_complete": True, **said})


def kind(verdict):
    return verdict and verdict.kind.value


def judged(*signatures, outages=(), evidence=None, pull=None, since=None, **said):
    return known(*signatures, outages=outages).judge(check(**said), evidence, pull=pull, since=since)


@pytest.mark.parametrize("state", ["passed", "skipped", "pending"])
def test_what_neither_failed_nor_hangs_has_no_verdict(state):
    assert judged(signature(), outages=[outage()], title="Copr broke", state=state, started="11:30") is None


@pytest.mark.parametrize("state", ["failed", "stopped"])
def test_what_failed_or_was_stopped_has_one(state):
    assert kind(judged(signature(), outages=[outage()], title="Copr broke", state=state)) == "explained"


def test_a_check_that_nobody_watches_has_no_verdict():
    assert judged(signature(), outages=[outage()], title="Copr broke", app="stranger") is None


def test_a_never_wins_over_everything():
    every = [signature(), signature("Copr retries", "info"), signature("hm", "incident"), MUTE, NEVER]
    open_issue = signature("Copr sighs", origin="9", since=at("08:00"))

    verdict = judged(
        *every,
        open_issue,
        outages=[outage(match=["Copr broke"], all_fail=True)],
        title="RPMs failed to be built.\nCopr broke, Copr retries, Copr sighs, hm",
        evidence=log("Copr broke\nerror: Bad exit status from /var/tmp"),
    )

    assert (kind(verdict), verdict.signature, verdict.component) == ("own", "Bad exit status", "copr")
    assert verdict.quote == "error: Bad exit status from /var/tmp"
    assert Near("Copr broke", "Bad exit status overrules it") in verdict.nearly


def test_colours_and_line_endings_hide_no_never():
    evidence = log("Copr broke\r\n\x1b[31merror: \x1b[0mBad \x1b[1mexit\x1b[0m status\r\n")

    verdict = judged(signature(), NEVER, outages=[outage()], evidence=evidence)

    assert (kind(verdict), verdict.quote) == ("own", "error: Bad exit status")


def test_a_never_counts_on_checks_of_every_component():
    assert kind(judged(signature("nope", "never", service="packit", origin="ghstatus.yml"), title="nope")) == "own"


def test_an_own_failure_is_told_of_the_component_that_the_check_depends_on():
    verdict = judged(signature("nope", "never"), title="nope", **TESTS)

    assert (kind(verdict), verdict.component) == ("own", "testing-farm")


def test_a_limited_never_leaves_alone_what_stands_elsewhere():
    evidence = Evidence(
        texts=(Text(Surface.COPR_BACKEND_LOG, "No success file"), Text(Surface.COPR_BUILD_LOG, "Copr broke")),
        is_complete=True,
    )

    assert kind(judged(LIMITED, signature(), outages=[outage()], evidence=evidence)) == "explained"


def test_of_an_own_failure_the_builder_s_words_are_told_and_not_the_backend_s():
    evidence = Evidence(
        texts=(Text(Surface.COPR_BACKEND_LOG, "No success file"), Text(Surface.COPR_BUILD_LOG, "Worse: it broke")),
        is_complete=True,
    )

    assert judged(LIMITED, signature("worse", "never"), evidence=evidence).quote == "Worse: it broke"
    verdict = judged(LIMITED, evidence=evidence)
    assert kind(verdict) == "own"
    assert verdict.reason == "The builder says that the build failed, and nothing tells of a service's failure."


@pytest.mark.parametrize(
    "other", [signature(), signature(tier="incident"), signature(origin="9", since=at("08:00")), MUTE]
)
def test_a_limited_never_overrules_what_stands_on_the_same_surface(other):
    evidence = log("Copr broke\nNo success file", "copr_backend_log")

    assert kind(judged(LIMITED, other, outages=[SWEEPING], evidence=evidence)) == "own"


def test_a_limited_never_overrules_only_where_it_says():
    limited = signature("it is mine", "never", denies=["log"])

    assert kind(judged(limited, signature(), evidence=log("Copr broke\nit is mine", "log"))) == "own"
    assert kind(judged(limited, signature(), evidence=log("Copr broke\nit is mine"))) == "suspected"
    assert kind(judged(limited, signature(), title="Copr broke", evidence=log("it is mine"))) == "suspected"


def test_beside_a_limited_never_an_ambiguous_text_is_at_most_suspected():
    evidence = Evidence(
        texts=(Text(Surface.COPR_BACKEND_LOG, "No success file"), Text(Surface.COPR_BUILD_LOG, "Copr broke")),
        is_complete=True,
    )

    assert kind(judged(LIMITED, signature(tier="incident"), outages=[SWEEPING], evidence=evidence)) == "suspected"
    assert kind(judged(LIMITED, signature(tier="incident"), evidence=evidence)) == "unexplained"


def test_a_limited_never_silences_an_incident_s_own_words_on_its_surface():
    evidence = log("Copr broke\nNo success file", "copr_backend_log")

    assert kind(judged(LIMITED, outages=[outage(match=["Copr broke"])], evidence=evidence)) == "own"
    elsewhere = outage(match=["Copr broke"])
    assert kind(judged(LIMITED, outages=[elsewhere], title="Copr broke", evidence=evidence)) == "explained"


def test_a_service_that_tries_again_is_waited_for():
    verdict = judged(
        signature("will be retried", "info", service="packit"), signature(), title="Copr broke, will be retried"
    )

    assert kind(verdict) == "retrying"


def test_a_log_tells_of_tries_that_are_over():
    assert kind(judged(signature("let's retry", "info"), evidence=log("let's retry"))) == "unexplained"


def test_an_infra_text_with_an_outage_is_explained():
    verdict = judged(signature(remedy="/packit build"), outages=[outage(remedy="Wait.")], title="Hm: Copr broke!")

    assert (kind(verdict), verdict.outage.ref, verdict.component) == ("explained", "42", "copr")
    assert (verdict.quote, verdict.remedy, verdict.rule) == ("Hm: Copr broke!", "/packit build", "packit-copr")


def test_an_incident_s_advice_stands_in_for_a_signature_s():
    assert judged(signature(), outages=[outage(remedy="Wait.")], title="Copr broke").remedy == "Wait."


def test_an_infra_text_without_an_outage_is_suspected():
    verdict = judged(signature(), title="Copr broke")

    assert (kind(verdict), verdict.outage, verdict.component) == ("suspected", None, "copr")


def test_an_infra_text_that_needs_an_incident_says_nothing_without_one():
    verdict = judged(signature(needs_incident=True), title="Copr broke")

    assert (kind(verdict), verdict.signature) == ("unexplained", "")
    assert verdict.nearly == (Near("Copr broke", "no outage of copr is known at that time"),)
    assert kind(judged(signature(needs_incident=True), outages=[outage()], title="Copr broke")) == "explained"


def test_the_text_that_may_speak_alone_is_told_before_one_that_may_not():
    weak, strong = signature("Copr broke a", id="a", needs_incident=True), signature("Copr broke", id="b")

    verdict = judged(weak, strong, title="Copr broke a")

    assert (kind(verdict), verdict.signature) == ("suspected", "b")
    assert verdict.nearly == (Near("a", "no outage of copr is known at that time"),)


def test_a_text_may_blame_another_component():
    blaming = signature("Unable to GET copr")

    verdict = judged(blaming, outages=[outage()], title="Unable to GET copr", **TESTS)

    assert (kind(verdict), verdict.component, verdict.rule) == ("explained", "copr", "packit-testing-farm")
    assert (
        kind(judged(blaming, outages=[outage("43", "testing-farm")], title="Unable to GET copr", **TESTS))
        == "suspected"
    )


def test_a_known_failure_s_issue_explains_by_itself():
    verdict = judged(signature(origin="9", since=at("2026-03-03 10:00")), title="Copr broke")

    assert (kind(verdict), verdict.outage, verdict.signature) == ("explained", None, "Copr broke")
    assert "issue 9" in verdict.reason


def test_a_known_failure_s_issue_explains_nothing_a_day_before_it():
    verdict = judged(signature(origin="9", since=at("2026-03-03 11:01")), title="Copr broke")

    assert kind(verdict) == "unexplained"
    assert verdict.nearly == (Near("Copr broke", "the failure ended more than a day before its issue was opened"),)


def test_a_known_failure_s_issue_needs_more_than_a_mute_text():
    verdict = judged(MUTE, signature("failed to be built", origin="9", since=at("08:00")))

    assert kind(verdict) == "unexplained"


@pytest.mark.parametrize("origin", ["9", "ghstatus.yml"])
def test_a_page_s_own_signature_is_about_checks_of_its_component(origin):
    verdict = judged(signature(origin=origin, since=at("08:00")), outages=[outage()], title="Copr broke", **TESTS)

    assert kind(verdict) == "unexplained"
    assert verdict.nearly == (Near("Copr broke", "it is about checks of copr"),)


def test_a_page_s_own_signature_counts_like_a_shipped_one():
    own = signature(origin="ghstatus.yml")

    assert kind(judged(own, title="Copr broke")) == "suspected"
    assert kind(judged(own, outages=[outage()], title="Copr broke")) == "explained"


def test_an_issue_without_a_time_explains_nothing_by_itself():
    assert kind(judged(signature(origin="9"), title="Copr broke")) == "suspected"


def test_an_issue_s_incident_text_doesn_t_explain_by_itself():
    assert kind(judged(signature(tier="incident", origin="9", since=at("08:00")), title="Copr broke")) == "unexplained"


def test_an_incident_s_own_words_explain():
    verdict = judged(outages=[outage(match=["disk full"], remedy="Wait.")], title="E: DISK FULL.")

    assert (kind(verdict), verdict.quote, verdict.remedy, verdict.signature) == (
        "explained",
        "E: DISK FULL.",
        "Wait.",
        "",
    )


def test_an_incident_s_own_words_need_more_than_a_mute_text():
    assert kind(judged(MUTE, outages=[outage(match=["RPMs failed"])])) == "suspected"


def test_an_incident_s_own_words_are_about_its_components():
    assert kind(judged(outages=[outage("43", "testing-farm", match=["disk full"])], title="disk full")) == "unexplained"


def test_an_ambiguous_text_is_suspected_during_an_outage():
    ambiguous = signature(tier="incident")

    assert kind(judged(ambiguous, title="Copr broke")) == "unexplained"
    assert kind(judged(ambiguous, outages=[outage()], evidence=log("Copr broke"))) == "suspected"
    assert kind(judged(ambiguous, outages=[outage("43", "koji")], evidence=log("Copr broke"))) == "unexplained"


def test_an_ambiguous_text_is_explained_where_everything_fails_and_was_read():
    ambiguous = signature(tier="incident")

    assert kind(judged(ambiguous, outages=[SWEEPING], evidence=log("Copr broke"))) == "explained"
    assert kind(judged(ambiguous, outages=[SWEEPING], title="Copr broke")) == "suspected"
    narrow = outage(all_fail=True, match=["disk full"])
    assert kind(judged(ambiguous, outages=[narrow], evidence=log("Copr broke"))) == "suspected"


def test_the_outage_that_lets_everything_fail_is_told_before_a_newer_one():
    newer = outage("43", start="10:00")

    assert judged(signature(tier="incident"), outages=[newer, SWEEPING], evidence=log("Copr broke")).outage.ref == "42"
    assert judged(outages=[newer, SWEEPING], evidence=log("")).outage.ref == "42"


def test_an_outage_alone_explains_nothing_that_was_read():
    assert kind(judged(outages=[outage()], evidence=log("make: Error 1"))) == "unexplained"


@pytest.mark.parametrize(
    "evidence",
    [
        None,
        log("make: Error 1", is_complete=False),
        Evidence(unread=("Copr did not answer",)),
        log("make: Error 1", unread=("The backend's log did not come",)),
    ],
    ids=["nothing read", "a part read", "unread", "one log of two read"],
)
@pytest.mark.parametrize("one", [outage(), SWEEPING], ids=["ordinary", "sweeping"])
def test_what_was_not_read_is_suspected_during_an_outage(one, evidence):
    verdict = judged(MUTE, outages=[one], evidence=evidence)

    assert (kind(verdict), verdict.outage, verdict.remedy) == ("suspected", one, "/packit rebuild-failed")


def test_an_incident_s_advice_is_told_before_a_mute_text_s():
    assert judged(MUTE, outages=[outage(remedy="Wait.")]).remedy == "Wait."


def test_a_mute_text_alone_is_never_enough():
    assert kind(judged(MUTE, outages=[SWEEPING], evidence=Evidence(is_complete=True))) == "suspected"
    assert kind(judged(MUTE, outages=[SWEEPING], evidence=log(" \n"))) == "suspected"
    again = log("RPMs failed to be built.", "title")
    assert kind(judged(MUTE, outages=[SWEEPING], evidence=again)) == "suspected"


def test_what_holds_no_proof_is_explained_where_everything_fails():
    verdict = judged(MUTE, outages=[SWEEPING], evidence=log("make: Error 1"))

    assert (kind(verdict), verdict.outage, verdict.quote) == ("explained", SWEEPING, "")


def test_without_an_outage_nothing_is_known():
    verdict = judged(MUTE, evidence=log("make: Error 1"))

    assert (kind(verdict), verdict.outage, verdict.remedy, verdict.nearly) == ("unexplained", None, "", ())


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"started": "09:59"}, "explained"),
        ({"started": "10:00"}, None),
        ({"started": None, "ended": None}, None),
    ],
)
def test_a_check_hangs_once_it_is_pending_for_longer_than_usual(said, expected):
    assert kind(judged(outages=[outage()], state="pending", **said)) == expected


def test_a_check_without_a_start_hangs_since_its_commit_was_pushed():
    said = {"state": "pending", "started": None}

    assert judged(outages=[outage()], since=at("09:00"), **said).is_hanging
    assert judged(outages=[outage()], since=at("11:00"), **said) is None


@pytest.mark.parametrize(
    "other",
    [outage(end="11:30"), outage("42", "koji"), outage(checks=("testing-farm:*",)), outage(start="2026-03-02 13:00")],
)
def test_a_check_hangs_for_nothing_known_without_an_open_outage_of_its_component(other):
    assert judged(outages=[other], state="pending", started="08:00") is None


@pytest.mark.parametrize(
    ("start", "begun", "expected"),
    [
        ("05:00", "11:59", None),
        ("05:00", "10:01", None),
        ("05:00", "10:00", "explained"),
        ("05:00", "07:30", "explained"),
        ("08:00", "10:30", "explained"),
        ("08:00", "10:31", None),
    ],
)
def test_an_outage_that_began_when_a_check_hung_already_is_not_why(start, begun, expected):
    verdict = judged(outages=[outage(start=begun)], state="pending", started=start)

    assert kind(verdict) == expected


def test_of_two_outages_the_one_is_told_that_may_be_why_a_check_hangs():
    late, early = outage("43", start="11:55"), outage()

    assert judged(outages=[late, early], state="pending", started="08:00").outage == early


def test_a_hanging_check_waits_for_the_outage():
    verdict = judged(outages=[outage()], state="pending", started="08:00")

    assert (kind(verdict), verdict.is_hanging, verdict.outage.ref) == ("explained", True, "42")
    assert verdict.remedy.startswith("Nothing:")


def test_a_pull_request_that_closes_the_incident_is_not_excused():
    mending = pull(7, "packit/status#42")

    assert kind(judged(signature(), outages=[outage()], title="Copr broke", pull=mending)) == "suspected"
    assert (
        kind(judged(signature(), outages=[outage()], title="Copr broke", pull=pull(7, "packit/status#4")))
        == "explained"
    )
    loud = pull(7, "PackIt/Status#42")
    assert kind(judged(signature(), outages=[outage()], title="Copr broke", pull=loud)) == "suspected"
    verdict = judged(outages=[SWEEPING], evidence=log("make"), pull=mending)
    assert (kind(verdict), verdict.nearly) == ("unexplained", (Near("42", "the pull request is to close it"),))


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({}, "the pull request is to close it"),
        ({"checks": ["koji-*"]}, "it is about other checks"),
        ({"start": "11:45"}, "the failure was over before it began"),
    ],
)
def test_of_an_outage_that_goes_on_and_is_not_why_that_is_said(about, why):
    one = outage(**about)
    closing = None if about else pull(7, "packit/status#42")

    verdict = judged(signature(), outages=[one], title="Copr broke", pull=closing)
    assert (kind(verdict), verdict.passed) == ("suspected", one)
    assert verdict.reason == f"The text tells of a failure of copr itself, but incident 42 isn't why: {why}."
    verdict = judged(outages=[one], evidence=log("make"), pull=closing)
    assert (kind(verdict), verdict.passed) == ("unexplained", None)
    assert verdict.reason.endswith(f"and incident 42 isn't why: {why}.")


def test_of_a_failure_that_is_not_told_for_sure_it_is_said_what_could_not_be_read():
    lost = Evidence(texts=(Text(Surface.COPR_BUILD_LOG, "make"),), unread=("Copr's API answered 502",))

    assert judged(outages=[outage()], evidence=lost).unread == ("Copr's API answered 502",)
    assert judged(evidence=lost).unread == ("Copr's API answered 502",)
    assert judged(signature(), outages=[outage()], title="Copr broke", evidence=lost).unread == ()
    assert judged(NEVER, evidence=lost, title="Bad exit status").unread == ()


@pytest.mark.parametrize("one", [outage(end="08:00", start="07:00"), outage("42", "koji", checks=["koji-*"])])
def test_of_one_that_is_over_or_another_s_it_isn_t(one):
    verdict = judged(signature(), outages=[one], title="Copr broke")

    assert (kind(verdict), verdict.passed) == ("suspected", None)
    assert verdict.reason.endswith("but no outage of it is known at that time.")


def test_a_pull_request_that_closes_the_known_failure_is_not_excused():
    issue = signature(origin="9", since=at("08:00"))
    mending = pull(7, "packit/status#9")
    elsewhere = known(issue, tracker="fedora/status")
    nearly = known(issue, tracker="it/status")

    verdict = judged(issue, title="Copr broke", pull=mending)

    assert (kind(verdict), verdict.nearly) == (
        "unexplained",
        (Near("Copr broke", "the pull request is to close its issue"),),
    )
    assert kind(judged(issue, title="Copr broke", pull=pull(7, "packit/status#19"))) == "explained"
    assert kind(known(issue, tracker="Packit/Status").judge(check(title="Copr broke"), pull=mending)) == "unexplained"
    assert kind(elsewhere.judge(check(title="Copr broke"), pull=mending)) == "explained"
    assert kind(nearly.judge(check(title="Copr broke"), pull=mending)) == "explained"


def test_a_failure_of_a_day_before_is_not_due_to_today_s_outage():
    said = {"title": "Copr broke", "started": "2026-03-01 10:00", "ended": "2026-03-01 11:00"}

    verdict = judged(signature(), outages=[outage()], **said)

    assert kind(verdict) == "suspected"
    assert Near("42", "the failure was over before it began") in verdict.nearly


def test_testing_farm_may_fail_four_hours_late():
    over = outage("42", "testing-farm", start="2026-03-01 20:00", end="06:00")
    late = signature("TF broke", service="testing-farm")

    assert kind(judged(late, outages=[over], title="TF broke", started="10:00", **TESTS)) == "explained"
    assert kind(judged(late, outages=[over], title="TF broke", started="10:01", **TESTS)) == "suspected"
    assert kind(judged(signature(), outages=[outage(end="08:59")], title="Copr broke", started="10:00")) == "suspected"


def test_the_newest_open_outage_is_told():
    over = outage("44", start="10:30", end="11:30")
    several = [over, outage("41", start="08:00"), outage("43", start="10:00"), outage("45", "koji")]

    assert judged(signature(), outages=several, title="Copr broke").outage.ref == "43"
    assert judged(signature(), outages=[over], title="Copr broke").outage.ref == "44"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, True),
        ({"title": "hm"}, True),
        ({"title": "Copr broke"}, False),
        ({"title": "Bad exit status"}, False),
        ({"title": "will be retried"}, False),
        ({"state": "passed"}, False),
        ({"state": "pending", "started": "08:00"}, False),
        ({"app": "stranger"}, False),
        (TESTS, False),
    ],
)
def test_logs_are_wanted_where_a_check_s_own_words_settle_nothing(said, wanted):
    rules = [rule(logs=Logs.PACKIT_COPR), rule("testing-farm")]
    everything = known(
        signature(), NEVER, signature("will be retried", "info"), MUTE, rules=rules, outages=[outage(match=["hm"])]
    )

    assert bool(everything.wants(check(**said), pull=pull())) is wanted
    assert bool(everything.wants(check(**said))) is wanted


def test_the_logs_of_a_commit_are_wanted_as_its_report_looks_at_them():
    limited = signature("Copr", "never", denies=["copr_backend_log"])
    everything = known(limited, signature(origin="9", since=at("08:00")), rules=[rule(logs=Logs.PACKIT_COPR)])
    before, failed = check(id=1, title="hm"), check(id=2, title="Copr broke", started="11:00")
    mending = pull(8, "packit/status#9")

    assert everything.wanted(head(before, failed, pulls=(pull(),))) == {failed: everything.rules[0]}
    assert everything.wanted(head(before, failed, pulls=(pull(), mending))) == {}
    assert everything.wanted(head(before, check("lint", app="stranger"))) == {before: everything.rules[0]}


@pytest.mark.parametrize("tier", ["infra", "incident", "info"])
def test_a_page_s_own_signature_of_a_mute_text_excuses_nothing(tier):
    own = signature("failed to be built", tier, origin="ghstatus.yml")
    title = "RPMs failed to be built."

    assert kind(judged(MUTE, own, outages=[SWEEPING], title=title, evidence=log("make"))) == "explained"
    assert kind(judged(MUTE, own, outages=[outage()], title=title)) == "suspected"
    assert kind(judged(MUTE, own, outages=[outage()], title=title, evidence=log("make"))) == "unexplained"
    assert kind(judged(MUTE, own, title=title)) == "unexplained"
    assert kind(judged(MUTE, signature(title, "never", origin="ghstatus.yml"), title=title)) == "own"


def test_a_page_s_own_signature_of_a_title_keeps_no_log_from_being_read():
    everything = known(signature(origin="ghstatus.yml"), NEVER, rules=[rule(logs=Logs.PACKIT_COPR)], outages=[outage()])
    failed = check(title="Copr broke")

    assert everything.wants(failed)
    assert kind(everything.judge(failed, log("error: Bad exit status"))) == "own"


def test_reasons_hold_no_stranger_s_words():
    outages = [outage("evil-ref", title="evil", remedy="evil", match=["evil text"])]
    everything = [signature("evil text", id="evil-id"), signature("evil", "incident", id="evil-id")]

    for said in ({"title": "evil text"}, {"title": "evil"}, {}, {"state": "pending", "started": "08:00"}):
        assert "evil" not in judged(*everything, outages=outages, **said).reason


def test_outages_of_other_components_are_not_told_of():
    assert judged(outages=[outage("43", "koji", start="11:45")]).nearly == ()


LATER = "\nmore" * 30
FAR = "it stands far above the end of the log"


@pytest.mark.parametrize(
    ("one", "strong"),
    [
        (signature(), "explained"),
        (signature(tier="incident"), "suspected"),
        (signature(origin="9", since=at("08:00"), id="issue-9"), "explained"),
    ],
)
def test_what_a_plain_log_tells_long_before_its_end_is_no_excuse(one, strong):
    near, far = (judged(one, outages=[outage()], evidence=log(f"Copr broke{more}", "log")) for more in ("", LATER))

    assert (kind(near), kind(far)) == (strong, "unexplained")
    assert Near(one.id, FAR) in far.nearly
    assert kind(judged(one, outages=[outage()], evidence=log(f"Copr broke{LATER}"))) == strong


def test_neither_is_what_an_incident_names():
    named = [outage(match=["disk full"])]
    near, far = (judged(outages=named, evidence=log(f"disk full{more}", "log")) for more in ("", LATER))

    assert (kind(near), kind(far)) == ("explained", "unexplained")
    assert far.nearly == (Near("42", FAR),)
    assert near.nearly == ()


def test_an_own_failure_counts_wherever_a_plain_log_tells_it():
    evidence = log(f"Bad exit status{LATER}\nCopr broke", "log")

    assert kind(judged(signature(), NEVER, outages=[outage()], evidence=evidence)) == "own"


def test_what_matched_in_one_text_did_not_nearly_match_in_another():
    evidence = log("Copr broke")

    assert judged(signature(surfaces=["title"]), title="Copr broke", evidence=evidence).nearly == ()


def test_nearly_is_kept_short():
    many = [signature(f"Copr broke {n}", id=f"n{n}", unless="Copr") for n in range(20)]
    text = " ".join(f"Copr broke {n}" for n in range(20))

    assert len(judged(*many, title=text).nearly) == 8


def test_judging_needs_no_time_that_github_doesn_t_tell():
    verdict = known(signature(), outages=[outage(start=NOW - timedelta(minutes=5))]).judge(
        check(title="Copr broke", started=None, ended=None)
    )

    assert kind(verdict) == "explained"
