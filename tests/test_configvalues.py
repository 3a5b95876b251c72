"""What a configuration's values may be, and the words for what they may not be."""

import json

import pytest

from ghstatus.errors import ConfigError
from ghstatus.grammar import config


def said(text):
    with pytest.raises(ConfigError) as caught:
        config.parse(text, where="ghstatus.yml")
    return [str(problem) for problem in caught.value.problems]


def titled(line):
    """What a configuration with this line and a title is refused for, without the place."""
    (message,) = said(f"title: x\n{line}")
    return message.split(": ", 1)[1]


def component(**keys):
    return f"components: [{json.dumps({'id': 'copr', 'name': 'Copr'} | keys)}]"


BAD_URLS = [
    "example.org",
    "//example.org",
    "javascript:alert(1)",
    "https://",
    "https:///path",
    "https://user@example.org",
    "https://user:pass@example.org",
    "https://example.org:99999",
    "https://[::zz]/",
    "https://example.org/a b",
    'https://example.org/"onload="x',
    "https://example.org/<b>",
    "https://example.org\\a",
    "https://example.org/\u202e",
    "https://example.org/\x00",
    "https://example.org/%zz",
    "HTTPS://example.org",
]


@pytest.mark.parametrize("url", [*BAD_URLS, "mailto:hello@example.org"])
def test_a_status_page_stands_on_the_web(url):
    assert " is no web address; accepted: a whole address such as " in titled(component(upstream=url))


@pytest.mark.parametrize("url", [*BAD_URLS, "mailto:nobody", "mailto:a@b.org\\n", "data:text/html,x", "ftp://a.org"])
def test_a_link_leads_to_the_web_or_to_a_mailbox(url):
    assert " is no address to link to; accepted: " in titled(f"links: {json.dumps([{'text': 'x', 'url': url}])}")


@pytest.mark.parametrize("url", [*BAD_URLS, "https://example.org/?", "https://example.org/#a", "https://a.org?b=c"])
def test_the_page_has_a_plain_address(url):
    assert " can't be the page's address; accepted: an address such as " in titled(f"base_url: {json.dumps(url)}")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://example.org", "https://example.org/"),
        ("http://localhost:8000//", "http://localhost:8000/"),
        ("https://[::1]:8000/a/b", "https://[::1]:8000/a/b/"),
        ("https://xn--bcher-kva.example/%C3%A9/", "https://xn--bcher-kva.example/%C3%A9/"),
    ],
)
def test_the_page_s_address_ends_with_a_slash(typed, read):
    assert config.parse(f"title: x\nbase_url: '{typed}'", where="").base_url == read


@pytest.mark.parametrize("colour", ["red", "#ff", "#ffff", "#ggg", "#fff;", "#fff\n}", "url(x)", "", "fff"])
def test_a_colour_is_hexadecimal(colour):
    expected = (
        f"theme.accent: {colour!r} is no colour; accepted: '#rgb' or '#rrggbb', in quotes because # starts a comment"
    )

    assert titled(f"theme: {json.dumps({'accent': colour})}") == expected


def test_a_colour_that_yaml_takes_for_a_comment_is_no_default():
    assert titled("theme:\n  accent: #0af").startswith("theme.accent: '' is no colour")


@pytest.mark.parametrize("name", ["a\nb", "a\tb", "a\x00b", "a\x1b[31mb", "a\x85b", "a\u2028b", "a\u202eb", "a\u2066b"])
def test_a_name_is_one_line_that_keeps_to_itself(name):
    assert titled(component(name=name)).split(" is ")[1].startswith("no name; accepted: one line of text")
    assert said(f"title: {json.dumps(name)}")[0].split(" is ")[1].startswith("no title; accepted: one line of text")


@pytest.mark.parametrize("text", ["a\x00b", "a\x1b[31mb", "a\rb"])
def test_a_description_holds_no_control_characters(text):
    assert " is no plain text; accepted: " in titled(f"description: {json.dumps(text)}")


TURNING = 'title: x\ndescription: "a\\n\\tb \\u202E c"'


def test_a_description_may_have_lines_and_turn_its_direction():
    assert config.parse(TURNING, where="").description == "a\n\tb \u202e c"


@pytest.mark.parametrize("ident", ["", "A", "a_b", "-a", "a-", "a--b", "a/b", "..", "é", "a\nb", "a\x00"])
def test_an_id_is_fit_for_addresses_and_labels(ident):
    *_, message = said(f"title: x\n{component(id=ident)}")

    assert ("is no id" in message) is bool(ident)
    assert ("required" in message) is not bool(ident)


@pytest.mark.parametrize("day", ["2026-02-30", "20260131", "2026-W05-6", "1769817600", "2026-01-31T00:00:00", "today"])
def test_a_start_date_is_a_day(day):
    assert titled(component(start_date=day)).endswith(f"{day!r} is no date; accepted: a day such as 2026-01-31")


@pytest.mark.parametrize("zone", ["Prague", "localtime", "posixrules", "posix/UTC", "../UTC", "/etc/passwd", "Europe"])
def test_a_time_zone_is_one_that_browsers_know(zone):
    assert f"{zone!r} is no time zone; accepted: an IANA name such as Europe/Prague" in titled(f"timezone: {zone}")


@pytest.mark.parametrize(
    ("line", "ending"),
    [
        ("uptime: {days: 366}", "from 1 to 365"),
        ("uptime: {days: 1.5}", "from 1 to 365"),
        ("history: {announcement_days: 0}", "from 1 to 365"),
        ("history: {recent_days: -1}", "from 0 to 90"),
        ("history: {recent_days: 91}", "from 0 to 90"),
        ("history: {stale_hours: -1}", "from 0 to 720"),
        ("history: {stale_hours: 721}", "from 0 to 720"),
        ("uptime: {weights: {major_outage: 1.1}}", "from 0 to 1"),
        ("uptime: {weights: {major_outage: nan}}", "from 0 to 1"),
        ("uptime: {weights: {major_outage: -.1}}", "from 0 to 1"),
    ],
)
def test_a_number_keeps_within_its_bounds(line, ending):
    assert titled(line).endswith(ending)


@pytest.mark.parametrize("status", ["operational", "unknown", "under_maintenance"])
def test_no_severity_means_that_all_is_well(status):
    assert f"{status!r} is no status that an incident may mean" in titled(f"severities: {{critical: {status}}}")
