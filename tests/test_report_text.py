"""What a check and a comment say, as Markdown."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from ghstatus import report as voice
from ghstatus.grammar import notes
from ghstatus.model import Phrase, Pull, Scope
from ghstatus.report import Setting, reporting
from tests.builders import component, site
from tests.reports import (
    COPR,
    FARM,
    MAYBE,
    NEARLY,
    NOW,
    OWN,
    SAID,
    SETTING,
    SLOW,
    STATES,
    UNKNOWN,
    ended,
    farm,
    head,
    report,
)

PULL = "https://github.com/packit/ogr/pull/12"


def said(*verdicts, **more):
    return voice.summary(report(*verdicts, **more), SETTING)


def rows(text):
    return [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| Check")]


@pytest.mark.parametrize("name", [name for name in STATES if name != "many"])
def test_each_state_is_told_as_it_was_read_and_found_good(name, golden):
    one = STATES[name]

    golden(f"reports/{name}.md", f"# {voice.title(one, SETTING)}\n\n{voice.summary(one, SETTING)}\n")
    golden(f"reports/{name}-comment.md", f"{voice.comment(one, '0123456789abcdef', SETTING)}\n")


@pytest.mark.parametrize("name", STATES)
def test_the_first_line_leads_to_the_outage_or_to_the_status_page(name):
    first, _, _ = voice.summary(STATES[name], SETTING).partition("\n")

    assert "](https://status.packit.dev/" in first


@pytest.mark.parametrize("name", STATES)
def test_a_text_tells_why_it_is_there_and_of_when_it_is(name):
    text = voice.summary(STATES[name], SETTING)

    assert "(https://ghstatus.github.io/ghstatus/neutral-checks/)" in text
    assert text.endswith("as of 2026-03-02 12:00 UTC</sub>")


def test_what_isn_t_known_isn_t_told():
    text = voice.summary(report(NEARLY))

    assert text.startswith("**Perhaps not your fault.**")
    assert "issues/new" not in text
    assert "Status page" not in text
    assert "as of" not in text


@pytest.mark.parametrize("name", [name for name in STATES if STATES[name].verdicts and not STATES[name].ignored])
def test_it_is_said_that_nothing_changes_and_nothing_is_tested(name):
    text = voice.summary(STATES[name], SETTING)

    assert "changes nothing about the check" in text
    assert "to test is untested" in text


def test_two_hundred_checks_are_told_and_the_others_counted():
    text = voice.summary(STATES["many"], SETTING)

    assert len(text.encode()) <= 65_535
    assert len(rows(text)) == 201
    assert rows(text)[-1] == "| and 100 more | | | |"


def test_more_than_two_hundred_short_rows_are_counted():
    short = replace(farm(outage=None, remedy="", reason=""), check=replace(farm().check, url="", app=""))
    many = report(*(replace(short, check=replace(short.check, name=f"{number}")) for number in range(250)))

    assert rows(voice.summary(many, SETTING))[-1] == "| and 50 more | | | |"


def test_a_text_never_outgrows_what_github_takes():
    wide = "\N{CJK UNIFIED IDEOGRAPH-4E2D}" * 9_999
    outages = [
        replace(
            FARM, ref=f"{number}", title=wide, eta=wide, remedy=wide, url=f"https://example.org/{number}{'x' * 1900}"
        )
        for number in range(40)
    ]
    one = report(
        *(farm(wide, outage=outage, quote=f"{outage.ref}{wide}", remedy=wide, reason=wide) for outage in outages)
    )

    assert len(voice.summary(one, SETTING).encode()) <= 65_535
    assert len(voice.comment(one, "0", SETTING).encode()) <= 65_535
    assert "and 35 more" in voice.summary(one, SETTING)
    assert rows(voice.summary(one, SETTING))[-1].endswith(" more | | | |")


def test_the_author_s_own_failures_come_first():
    assert [row.split("**")[1] for row in rows(said(farm(), NEARLY, UNKNOWN, OWN))] == [
        "Yours",
        "Not explained",
        "Perhaps Copr's",
        "Testing Farm's",
    ]


@pytest.mark.parametrize(
    ("one", "todo"),
    [
        (OWN, "Mend it"),
        (UNKNOWN, "Look at its log"),
        (SLOW, "Nothing"),
        (farm(), "Once it is over: `/packit retest-failed`"),
        (farm(remedy=""), "Once it is over: `/packit retest-failed`"),
        (farm(remedy="/packit test once `it` is *well*"), "`/packit test` once it is well"),
        (farm(remedy="ask [them](https://example.org)"), "Ask them"),
        (farm(outage=ended(FARM), remedy="wait, then /packit test"), "Now: `/packit test`"),
        (farm(outage=ended(FARM), is_hanging=True), "Now: `/packit retest-failed`"),
        (NEARLY, "Wait for the Copr incident, then `/packit rebuild-failed`"),
        (replace(NEARLY, remedy=""), "Later: `/packit rebuild-failed`"),
        (replace(MAYBE, remedy=COPR.remedy), "Once it is over: `/packit rebuild-failed`"),
        (replace(MAYBE, check=replace(MAYBE.check, app="circleci")), "Once it is over: run it again"),
        (replace(SLOW, outage=ended(FARM), check=replace(SLOW.check, name="x")), "Now: `/packit retest-failed`"),
    ],
)
def test_each_check_says_what_to_do(one, todo):
    assert rows(said(one))[0].endswith(f" | {todo} |")


@pytest.mark.parametrize(
    ("one", "incident"),
    [
        (farm(), "[#&#8203;42](https://status.packit.dev/incidents/42/)"),
        (farm(outage=ended(FARM)), "[#&#8203;42](https://status.packit.dev/incidents/42/)<br>over"),
        (farm(outage=replace(FARM, url="")), "#&#8203;42"),
        (farm(outage=None, signature="issue-7"), "[#&#8203;7](https://github.com/packit/status/issues/7)"),
        (farm(outage=None), ""),
        (NEARLY, "none open"),
        (replace(NEARLY, passed=COPR), "[#&#8203;43](https://status.packit.dev/incidents/43/)<br>isn't why"),
        (OWN, ""),
    ],
)
def test_each_check_names_its_incident(one, incident):
    assert rows(said(one))[0].split(" | ")[2] == incident


def test_the_issue_of_a_known_failure_is_told_first():
    assert said(farm(outage=None, signature="issue-7")).startswith(
        "**[#&#8203;7 A known failure](https://github.com/packit/status/issues/7)**\n\n**Not your fault.**"
    )


def test_an_outage_is_over_once_its_end_has_come():
    until = replace(FARM, end=NOW + timedelta(hours=1))
    ahead = replace(report(farm(outage=until)), over=())

    assert ", since 2026-03-02 08:00 UTC; fix expected: 2026-03-02 16:00 UTC\n" in voice.summary(ahead, SETTING)
    assert ", **over** since 2026-03-02 13:00 UTC\n" in said(farm(outage=until))


def test_a_check_without_a_name_and_an_address_is_told_all_the_same():
    bare = replace(OWN, check=replace(OWN.check, name=" ", url="javascript:alert()"))

    assert rows(said(bare))[0].startswith("| a check without a name | **Yours**")


def test_a_reason_calls_the_service_by_its_name():
    assert "<br>An outage of Koji overlaps a koji-build and Koji. |" in said(
        farm(component="koji", reason="An outage of koji overlaps a koji-build and koji.")
    )
    assert "<br>So. |" in said(farm(component="", reason="So."))


def test_what_the_same_line_says_is_quoted_once_and_three_lines_at_most():
    assert said(farm("a"), farm("b")).count("Said by") == 1
    assert said(*(farm(f"{number}", quote=f"line {number}") for number in range(9))).count("Said by") == 3
    assert said(farm(quote="")).count("Said by") == 0


def test_what_the_incident_advises_is_told_while_it_goes_on():
    meanwhile = "Meanwhile, says [the incident](https://status.packit.dev/incidents/43/): Builds for x86\\_64 work, see the queue."

    assert meanwhile in said(MAYBE)
    assert "Meanwhile" not in said(replace(MAYBE, outage=ended(COPR)))
    assert "Meanwhile" not in said(farm())


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (
            report(SLOW, replace(SLOW, component="copr")),
            "Testing Farm and Copr are slow; the checks go on by themselves.",
        ),
        (report(farm(), SLOW), "**Not your fault.** These 2 failures are Testing Farm's."),
        (report(NEARLY, farm()), "1 of 2 looks like trouble at Copr"),
        (report(NEARLY, replace(NEARLY, rule="x")), "These look like trouble at Copr"),
        (report(MAYBE, replace(MAYBE, rule="x")), "proves that that is why 2 checks fail: look at the log."),
        (report(MAYBE, replace(MAYBE, component="koji")), "Copr and Koji have an outage"),
        (
            report(*(farm(component=name) for name in "abcd")),
            "These 4 failures are a's, b's and 2 more.",
        ),
        (report(farm(component="actions")), "This failure is actions'."),
        (report(OWN, replace(OWN, rule="x")), "**These 2 failures are yours**, not an outage's."),
        (report(OWN), "**This failure is yours**, not an outage's."),
        (report(UNKNOWN, replace(UNKNOWN, rule="x")), "look at their logs."),
        (
            report(farm(outage=ended(FARM)), replace(MAYBE, kind=farm().kind, outage=ended(COPR))),
            "The outages are over, so it is time to try again.",
        ),
        (
            report(mode="gate", is_early=True),
            "this commit is so new that more checks may appear. This check is written anew",
        ),
        (
            report(mode="gate", missing=("a*",)),
            "of the checks that are expected, none is here that is called `a*`. This",
        ),
        (report(mode="gate", missing=("a", "<b>")), "none is here that is called `a` and `<b>`. This"),
        (
            report(farm(), head=head(is_partial=True)),
            "Farm's. But this commit has more checks than can be read in full: more",
        ),
        (
            report(head=head(is_partial=True)),
            "fails any more. But this commit has more checks than can be read in full",
        ),
        (report(mode="gate", head=head(is_partial=True)), "this commit has more checks than can be read in full."),
        (report(mode="gate", pending=2, watched=3), "2 watched checks have no result."),
        (report(farm(), ignored=SAID._replace(reason=" ")), "**Ignored by jane**."),
    ],
)
def test_a_sentence_says_what_it_means(one, sentence):
    assert sentence in voice.summary(one, SETTING)


def test_what_goes_on_by_itself_is_not_to_be_run_again():
    assert "/packit" not in said(SLOW)
    assert "Comment `/packit retest-failed` to run again" in said(replace(SLOW, outage=ended(FARM)))


def test_what_was_taken_back_is_not_told_again():
    assert rows(said(farm(), ignored=SAID)) == []
    assert rows(said(farm(), ignored=SAID._replace(may_write=False), mode="gate")) == []
    assert len(rows(said(farm(), ignored=SAID, mode="gate"))) == 1


def form(one=NEARLY, setting=SETTING, **more):
    return reporting.form(one, report(one, **more), setting)


def test_whoever_sees_it_first_gets_a_form_that_is_filled_in():
    address = urlsplit(form())

    assert address.path == "/packit/status/issues/new"
    assert parse_qs(address.query) == {
        "template": ["incident.yml"],
        "title": ["Copr: rpm-build:fedora-rawhide-x86_64 fails"],
        "components": ["Copr (copr)"],
        "started": ["2026-03-02 11:00 UTC"],
        "broken": [f"Seen at {PULL}"],
        "match": [NEARLY.quote],
    }
    assert f"Then [report it]({form().replace('&', '&amp;')})" in said(NEARLY)


@pytest.mark.parametrize(
    ("quote", "match"),
    [
        ("[2026-03-02 11:00:20,957][ ERROR][PID:34] Backend process error: no", "Backend process error: no"),
        ("[MIRROR] no", "no"),
        ("no [at all]", "no [at all]"),
    ],
)
def test_the_times_in_front_of_a_log_s_line_are_left_out(quote, match):
    assert parse_qs(urlsplit(form(replace(NEARLY, quote=quote))).query)["match"] == [match]


def test_what_an_incident_that_goes_on_doesn_t_explain_is_nothing_to_report():
    text = said(replace(NEARLY, passed=COPR))

    assert text.startswith(
        "**[#&#8203;43 Builders are unreachable](https://status.packit.dev/incidents/43/)** isn't why\n"
    )
    assert "looks like trouble at Copr, but no incident explains it: look at the log." in text
    assert "issues/new" not in text


def test_seconds_are_nobody_s_business():
    late = replace(FARM, start=FARM.start.replace(second=7), end=ended(FARM).end.replace(second=59))

    assert "**over** since 2026-03-02 11:30 UTC" in said(farm(outage=late))
    assert "Testing Farm, since 2026-03-02 08:00 UTC" in said(farm(outage=replace(late, end=None)))


@pytest.mark.parametrize(("verdicts", "told"), [([OWN], "that one does"), ([OWN, UNKNOWN], "those do")])
def test_a_gate_that_nothing_excuses_says_when_it_passes(verdicts, told):
    assert f"\n\nThis check passes once {told}.\n\n" in said(*verdicts, mode="gate")
    assert "untested" not in said(*verdicts, mode="gate")


def test_what_could_not_be_read_is_told():
    one = replace(MAYBE, unread=("Copr's log server did not answer within 10 s", "Copr's API answered 502"))

    assert "why it failed was not read. Copr's log server did not answer within 10 s. |" in said(one)
    assert voice.lines(report(one), SETTING)[1].endswith("within 10 s. Copr's API answered 502.")
    assert "| **Perhaps Copr's**<br>Copr's log server did not answer within 10 s. |" in said(replace(one, reason=""))


def test_each_service_has_one_form():
    text = said(NEARLY, replace(NEARLY, rule="x"), replace(NEARLY, component="koji"))

    assert text.count("issues/new") == 2


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({}, PULL),
        ({"head": head(pulls=(Pull(number=1),))}, NEARLY.check.url),
        ({"head": head(pulls=())}, NEARLY.check.url),
    ],
)
def test_the_form_tells_where_it_was_seen(more, place):
    assert parse_qs(urlsplit(form(**more)).query)["broken"] == [f"Seen at {place}"]


def test_the_form_tells_of_the_commit_where_nothing_has_an_address():
    one = replace(NEARLY, check=replace(NEARLY.check, url="", ended=None))

    query = parse_qs(urlsplit(form(one, head=head(pulls=()))).query)

    assert query["broken"] == [f"Seen at packit/ogr@{head().sha}"]
    assert "started" not in query


@pytest.mark.parametrize(
    ("quote", "url", "kept"),
    [
        ("x" * 1000, PULL, {"template", "title", "components", "started", "broken", "match"}),
        ("x" * 5000, PULL, {"template", "title", "components", "started", "broken"}),
        ("x" * 5000, PULL + "x" * 5000, {"template", "title", "components", "started"}),
    ],
)
def test_the_form_s_address_stays_short(quote, url, kept):
    one = replace(NEARLY, quote=quote)

    address = form(one, head=head(pulls=(Pull(number=1, url=url),)))

    assert len(address) <= 2000
    assert set(parse_qs(urlsplit(address).query)) == kept


def test_there_is_a_form_whatever_the_names_and_none_where_nobody_knows_where():
    long = f"https://example.org/{'x' * 1900}"

    assert form(setting=SETTING._replace(tracker=long)) == f"{long}/issues/new?template=incident.yml"
    assert form(setting=SETTING._replace(tracker="")) == ""
    assert form(setting=SETTING._replace(tracker="https://example.org/" + "x" * 2000)) == ""


def test_a_setting_is_a_site_s():
    one = site(component("copr", name="Copr"), base_url="https://status.example.org/", repository="")

    assert Setting.of(one, now=NOW, repository="a/b", server="https://ghe.example.org") == Setting(
        names={"copr": "Copr"}, page="https://status.example.org/", tracker="https://ghe.example.org/a/b", now=NOW
    )
    assert Setting.of(one).tracker == ""
    assert Setting.of(replace(one, repository="c/d"), repository="a/b").tracker == "https://github.com/c/d"


def test_a_comment_carries_the_digest():
    text = voice.comment(report(farm()), "0123456789abcdef", SETTING)

    assert notes.digest_of(text) == "0123456789abcdef"
    assert notes.digest_of(text.replace("\n", "\r\n")) == "0123456789abcdef"
    assert notes.digest_of(f"> {text}") == ""


def test_a_comment_lists_ten_checks_and_tells_the_commit():
    text = voice.comment(STATES["many"], "0", SETTING)

    assert text.count("\n- ") == 11
    assert "\n- and 290 more\n" in text
    assert "<sub>About 0123456789. [Why" in text


def test_a_comment_gives_no_order_to_a_bot():
    for one in STATES.values():
        lines = voice.comment(one, "0", SETTING).splitlines()[1:]
        assert [line for line in lines if line.startswith(("/", "`", "@"))] == []


def test_a_run_of_the_app_s_own_tells_why_it_is_neutral():
    one = farm()

    text = voice.excuse(one, report(one), SETTING)

    assert text.startswith("**[#&#8203;42 Guests can't be provisioned](https://status.packit.dev/incidents/42/)**")
    assert "This check failed and was made neutral because of that." in text
    assert one.quote in text
    assert "Why: The text tells of a failure of Testing Farm itself, during an outage of it." in text
    assert "Why:" not in voice.excuse(replace(one, reason=""), report(replace(one, reason="")), SETTING)


def test_a_scope_is_no_part_of_what_is_told():
    scoped = replace(FARM, scope=Scope(match=(Phrase("secret"),)))

    assert "secret" not in said(farm(outage=scoped))
