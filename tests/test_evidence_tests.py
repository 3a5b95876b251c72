"""What Packit and Testing Farm tell of failed tests."""

import pytest

from ghstatus.evidence import Reader
from ghstatus.model import Check, CheckKind, CheckState, Evidence, Logs, Rule, Surface, Text

PACKIT = Rule(id="packit-testing-farm", component="testing-farm", logs=Logs.PACKIT_TESTING_FARM)
SCLORG = Rule(id="sclorg-testing-farm", component="testing-farm", logs=Logs.TESTING_FARM)
NAME = "614d240a-1e27-4758-ad6a-000000000001"
OLDER = f"https://api.dev.testing-farm.io/v0.1/requests/{NAME}"
NEWER = f"https://api.testing-farm.io/v0.1/requests/{NAME}"
API = "https://prod.packit.dev/api/testing-farm/1"
WORDS = "Guest couldn't be provisioned: Artemis resource ended in 'error' state"
UNKNOWN = "Testing Farm's API answered what isn't understood"


def read(upstream, url, rule=PACKIT, **facts):
    facts = {"name": "testing-farm:fedora-40-x86_64", "title": "Error ...", "state": CheckState.FAILED} | facts
    return Reader(upstream.fetch, lambda: 0).read(Check(url=url, **facts), rule)


def read_status(upstream, url):
    description = "Build failed - Infra problems"
    return read(upstream, url, SCLORG, kind=CheckKind.STATUS, name="Testing Farm - x", title=description)


def read_request(upstream, state="error", *, is_dev=True, **told):
    name = upstream.request(state, is_dev=is_dev, **told)
    return read_status(upstream, upstream.artifacts(name, is_dev=is_dev))


def test_what_testing_farm_says_is_read_as_the_title_that_packit_would_make_of_it(upstream):
    found = read(upstream, upstream.tests(1, summary=f" {WORDS}\n", notes=["not that"]))

    assert found == Evidence(texts=(Text(Surface.TITLE, WORDS, OLDER),), is_complete=True)
    assert upstream.asked == [API, OLDER]


@pytest.mark.parametrize("title", ["", "Error ...", "Tests failed ...", "Installation failed", "A" * 250])
def test_a_title_that_gives_no_reason_is_not_enough(upstream, title):
    assert read(upstream, upstream.tests(1, summary="a"), title=title).texts != ()


@pytest.mark.parametrize(
    "title", [WORDS, "Failed to submit tests: Bad Gateway.", "Installation failed badly", "A" * 249]
)
def test_a_title_that_says_everything_asks_nobody(upstream, title):
    assert read(upstream, upstream.tests(1, summary="a"), title=title) == Evidence(is_complete=True)
    assert upstream.asked == []


@pytest.mark.parametrize(("length", "requests"), [(134, 0), (135, 2)])
def test_the_description_of_a_status_may_have_been_cut(upstream, length, requests):
    read(upstream, upstream.tests(1, summary="a"), title="A" * length, kind=CheckKind.STATUS)

    assert len(upstream.asked) == requests


def test_half_a_character_is_not_passed_on(upstream):
    (text,) = read_request(upstream, summary="a\ud800b").texts

    assert text.text == "a?b"


def test_the_notes_stand_in_for_a_summary(upstream):
    found = read_request(upstream, notes=["Artemis API call failed: a", "b"])

    assert [text.text for text in found.texts] == ["Artemis API call failed: a\nb"]
    assert found.is_complete


@pytest.mark.parametrize(
    ("state", "summary", "texts", "expected"),
    [
        ("complete", None, 0, Evidence(is_complete=True)),
        ("error", None, 0, Evidence(unread=("Testing Farm gives no reason",))),
        ("canceled", "", 0, Evidence(unread=("Testing Farm gives no reason",))),
        ("running", None, 0, Evidence(unread=("Testing Farm hasn't finished the request",))),
        ("new", "a", 1, Evidence(unread=("Testing Farm hasn't finished the request",))),
        ("queued", "a", 1, Evidence(unread=("Testing Farm hasn't finished the request",))),
        ("cancel-requested", "a", 1, Evidence(unread=("Testing Farm hasn't finished the request",))),
    ],
)
def test_what_is_known_is_complete_once_there_is_a_result(upstream, state, summary, texts, expected):
    found = read_request(upstream, state, summary=summary)

    assert (len(found.texts), found.unread, found.is_complete) == (texts, expected.unread, expected.is_complete)


@pytest.mark.parametrize(
    "changed",
    [
        {"result": None},
        {"result": []},
        {"result": {"summary": 5}},
        {"notes": None},
        {"notes": {"message": "a"}},
        {"notes": ["a", None, {"message": 5}, {"message": " "}, {}]},
    ],
)
def test_other_shapes_of_reasons_are_none(upstream, changed):
    upstream.page(OLDER, {"id": NAME, "state": "error", "result": None, "notes": []} | changed)

    assert read_status(upstream, upstream.artifacts(NAME)) == Evidence(unread=("Testing Farm gives no reason",))


@pytest.mark.parametrize("body", ["", "[]", "{}", {"state": "great"}, {"state": []}, {"id": "x", "state": "complete"}])
def test_an_answer_of_another_shape_tells_nothing(upstream, body):
    upstream.page(OLDER, body)
    upstream.page(NEWER, body)

    assert read_status(upstream, upstream.artifacts(NAME)) == Evidence(unread=(UNKNOWN,))
    assert upstream.asked == [OLDER, NEWER]


def test_an_answer_need_not_repeat_the_id(upstream):
    upstream.page(OLDER, {"state": "complete"})

    assert read_status(upstream, upstream.artifacts(NAME)).is_complete


@pytest.mark.parametrize(("is_dev", "asked"), [(True, [OLDER]), (False, [NEWER])])
def test_a_request_is_read_where_its_artifacts_are(upstream, is_dev, asked):
    assert read_request(upstream, summary="a", is_dev=is_dev).is_complete
    assert upstream.asked == asked

    upstream.asked.clear()
    assert read(upstream, upstream.tests(1, summary="a", is_dev=is_dev)).is_complete
    assert upstream.asked == [API, *asked]


def test_a_request_that_isn_t_there_is_looked_for_in_the_other_place(upstream):
    upstream.request(summary="a", is_dev=False)
    upstream.fail("https://api.dev.", 502)

    found = read_status(upstream, upstream.artifacts(NAME))

    assert found.texts == (Text(Surface.TITLE, "a", NEWER),)
    assert found.is_complete


def test_a_request_that_is_nowhere_is_said_once_for_each_reason(upstream):
    upstream.fail("https://api.dev.", 502)

    assert read_status(upstream, upstream.artifacts(NAME)) == Evidence(
        unread=("Testing Farm's API answered 502", "Testing Farm's API answered 404")
    )


@pytest.mark.parametrize("tail", ["", "/", "/results.xml", "?x", "#a"])
def test_a_status_may_lead_to_any_of_a_request_s_artifacts(upstream, tail):
    url = upstream.artifacts(upstream.request(summary="a"))

    assert read_status(upstream, url + tail).is_complete


@pytest.mark.parametrize(
    "url",
    [
        "",
        f"http://artifacts.dev.testing-farm.io/{NAME}",
        f"https://artifacts.dev.testing-farm.io/{NAME}0",
        f"https://artifacts.dev.testing-farm.io/{NAME}-1",
        f"https://artifacts.dev.testing-farm.io/{NAME.upper()}",
        f"https://artifacts.dev.testing-farm.io/../{NAME}",
        f"https://artifacts.dev.testing-farm.io.evil.example/{NAME}",
        f"https://evil.example/?https://artifacts.dev.testing-farm.io/{NAME}",
    ],
)
def test_nobody_is_asked_about_another_address(upstream, url):
    assert read_status(upstream, url) == Evidence(unread=("The check leads to no request in Testing Farm",))
    assert upstream.asked == []


@pytest.mark.parametrize("url", ["", "https://dashboard.packit.dev/jobs/copr/1", "https://x.example"])
def test_a_check_may_lead_to_no_tests(upstream, url):
    assert read(upstream, url) == Evidence(unread=("The check leads to no tests of Packit's",))
    assert upstream.asked == []


@pytest.mark.parametrize("is_dev", [True, False])
def test_without_packit_s_api_the_request_that_the_check_links_is_read(upstream, is_dev):
    url = upstream.tests(1, summary="a", is_dev=is_dev)
    upstream.fail("https://prod.packit.dev/", 503)

    link = upstream.artifacts(NAME, is_dev=is_dev)
    found = read(upstream, url, summary=f"[Dashboard]({url}) [Testing Farm]({link}) {link}")

    assert (found.unread, found.is_complete) == (("Packit's API answered 503",), True)
    assert upstream.asked[-1] == (OLDER if is_dev else NEWER)


def test_which_of_two_requests_is_meant_isn_t_guessed(upstream):
    url = upstream.tests(1, summary="a")
    upstream.fail("https://prod.packit.dev/", 503)

    found = read(upstream, url, summary=f"{upstream.artifacts(NAME)} {upstream.artifacts(upstream.request(number=2))}")

    assert found == Evidence(unread=("Packit's API answered 503",))


@pytest.mark.parametrize("name", [None, "", 5, [], "../../x", f"{NAME}/x", f"{NAME}\n.."])
def test_a_request_s_id_is_one_or_goes_into_no_address(upstream, name):
    url = upstream.job("testing-farm", "testing-farm", 1, {"pipeline_id": name})

    assert read(upstream, url) == Evidence(unread=("Packit knows no request in Testing Farm",))
    assert upstream.asked == [API]


@pytest.mark.parametrize("told", [{}, [], {"error": "No info about build stored in DB"}])
def test_packit_may_answer_in_another_shape(upstream, told):
    url = upstream.tests(1)
    upstream.page(API, told)

    assert read(upstream, url) == Evidence(unread=("Packit's API answered what isn't understood",))


@pytest.mark.parametrize("link", [None, 5, "https://artifacts.testing-farm.io/614d240a-1e27-4758-ad6a-000000000002"])
def test_where_artifacts_are_is_believed_of_the_same_request_only(upstream, link):
    upstream.request(summary="a")
    url = upstream.job("testing-farm", "testing-farm", 1, {"pipeline_id": NAME, "web_url": link})

    assert read(upstream, url).is_complete
    assert upstream.asked == [API, OLDER]
