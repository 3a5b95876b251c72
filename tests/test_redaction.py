"""Names are taken out of a text, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar.redaction import SOMEBODY, redacted

PEOPLE = ("jane", "joe-b", "mary_corp", "Ann Lee", "@otto", "x")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("@jane restarted it.", f"{SOMEBODY} restarted it."),
        ("Jane's fix, by JOE-B", f"{SOMEBODY}'s fix, by {SOMEBODY}"),
        ("_jane_ and **joe\\-b** and mary\\_corp", f"_{SOMEBODY}_ and **{SOMEBODY}** and {SOMEBODY}"),
        ("otto and @otto", f"{SOMEBODY} and {SOMEBODY}"),
        ("ask ann lee", f"ask {SOMEBODY}"),
        ("write to jane@example.org", f"write to {SOMEBODY}"),
        ("@somebody@mastodon.social says", f"{SOMEBODY} says"),
        ("\\@unknown and @&#8203;unknown2", f"{SOMEBODY} and {SOMEBODY}"),
        ("@&#8203;jane", SOMEBODY),
        ("`@jane` ran", f"`{SOMEBODY}` ran"),
        ("[@jane](https://github.com/jane)", f"[{SOMEBODY}](https://github.com/ghost)"),
        ("`curl https://github.com/jane`", "`curl https://github.com/ghost`"),
        ("github.com/jane, [mail](mailto:jane@example.org)", "github.com/ghost, [mail](mailto:ghost)"),
        ("jane.doe@example.org or us+jane@localhost", f"{SOMEBODY} or {SOMEBODY}"),
        ("(@unknown)", f"({SOMEBODY})"),
        ("```\njane@host $ ls\n```\njane", f"```\n{SOMEBODY}@host $ ls\n```\n{SOMEBODY}"),
    ],
)
def test_a_name_is_a_team_member(text, told):
    assert redacted(text, PEOPLE) == told


@pytest.mark.parametrize(
    "text",
    [
        "janet and jane-doe and mary",
        "load is @100 %",
        "the group @packit/packit-dev",
        "`@property` is code",
        "```py\n@property\n```",
        "somebody@example.org",
        "https://medium.com/@somebody/post",
        "x is short",
        "nothing at all",
    ],
)
def test_what_is_no_name_of_the_team_stays(text):
    assert redacted(text, PEOPLE) == text


def test_nobody_known_leaves_words_alone():
    assert redacted("jane restarted it") == "jane restarted it"
    assert redacted("@jane restarted it") == f"{SOMEBODY} restarted it"


@given(
    st.text(alphabet="jane @`~\\_*/\n.:-<>x#", max_size=80),
    st.sampled_from(["", "@jane", " jane ", "`jane`", "\njane\n"]),
)
def test_no_text_around_a_name_saves_it(text, name):
    found = redacted(f"{text} {name} {text}", ["jane"])

    words = found.replace("_", " ").split()
    assert not [word for word in words if word.strip("@`~\\*/.:<>#x") == "jane"]
    assert redacted(found, ["jane"]) == found
