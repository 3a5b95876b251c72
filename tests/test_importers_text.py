"""Front matter, prose, words, names: the pieces that importers share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar import slug
from ghstatus.importers import cstate, folder, frontmatter, phrases, prose, times, values
from ghstatus.importers.result import Notes
from ghstatus.importers.roster import Roster
from ghstatus.importers.sites import Taken
from ghstatus.model import Kind, Link, Phase, Theme
from tests.builders import at, component, group, site

DAY = prose.Span(at("2024-05-07 11:00"), at("2024-05-07 14:00"))
DAYS = prose.Span(at("2024-05-07 11:00"), at("2024-05-09 14:00"))


def split(text):
    notes = Notes("x.md")
    return frontmatter.split(text, notes), [str(problem).removeprefix("x.md: ") for problem in notes.problems]


def told(text, span=DAY, kind=Kind.INCIDENT):
    rest, updates = prose.updates(text, span=span, kind=kind)
    return rest, [(f"{update.at:%m-%d %H:%M}", update.phase, update.text) for update in updates]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\nresolved: true\n---\nText",
        "\ufeff---\r\ntitle: A\r\nresolved: true\r\n---\r\nText",
        "\n--- yaml\nTitle: A\nresolved: true\n---\nText",
        "+++\ntitle = 'A'\nresolved = true\n+++\nText",
        "---toml\ntitle = 'A'\nresolved = true\n---\nText",
        '---json\n{"title": "A", "resolved": true}\n---\nText',
        '{"title": "A", "resolved": true}\nText',
    ],
)
def test_fields_are_read_in_every_format(text):
    document, remarks = split(text)

    assert {key.lower(): value for key, value in document.fields.items()} == {"title": "A", "resolved": "true"}
    assert (document.body.strip(), remarks) == ("Text", [])


def test_keys_count_whatever_their_case():
    assert split("---\nresolvedWhen: x\nTITLE: y\n---\n")[0].fields == {"resolvedwhen": "x", "title": "y"}


@pytest.mark.parametrize("text", ["---\n---\nText", "---\n- a\n---\nText"])
def test_front_matter_without_fields_is_empty(text):
    document, remarks = split(text)

    assert (document.fields, document.body) == ({}, "Text")
    assert remarks == ([] if "- a" not in text else ["the front matter holds no fields → read as if it were empty"])


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("title: A\n# so\naffected:\n  - B\n---\n\nText", "opening"),
        ("---\ntitle: A\naffected:\n  - B\n\nText", "closing"),
    ],
)
def test_a_missing_fence_is_mended(text, missing):
    document, remarks = split(text)

    assert (document.fields, document.body.strip()) == ({"title": "A", "affected": ["B"]}, "Text")
    assert remarks == [f"the front matter has no {missing} fence → its lines are read as fields"]


@pytest.mark.parametrize("text", ["Just text.\n", "title: A\nand so on\n---\nText", "{{< x >}} text", "- a\n---\n", ""])
def test_text_without_front_matter_is_only_text(text):
    document, remarks = split(text)

    assert (document.fields, document.body) == ({}, text.removeprefix("\ufeff"))
    assert remarks == ["there is no front matter → all of it is read as text"]


def test_front_matter_that_is_no_yaml_is_read_line_by_line():
    document, remarks = split(
        "---\ntitle: Copr: down\ndate: '2024-05-07'\naffected:\n  - \"A\"\n  - B\n  ?\nlink\n---\n"
    )

    assert document.fields == {"title": "Copr: down", "date": "2024-05-07", "affected": ["A", "B"]}
    assert remarks[0].startswith("the front matter is no YAML: ")
    assert remarks[0].endswith("→ read line by line")


@pytest.mark.parametrize("text", ['{"a": ' * 100_000, "+++\na = " + "[" * 100_000 + "\n+++\n"])
def test_front_matter_nested_without_end_is_told(text):
    assert len(split(text)[1]) == 1


@given(st.text())
def test_no_text_breaks_the_reading_of_front_matter(text):
    split(text)
    split(f"---\n{text}\n---\n")


@given(st.text(alphabet="Update:`*_- #\n0123456789TZUC"))
def test_no_text_breaks_the_search_for_updates(text):
    rest, updates = told(f"Updates:\n\n{text}")

    assert rest or updates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Update 2024-05-07 12:00 UTC: Better.", ("05-07 12:00", None, "Better.")),
        ("**Resolved (2024-05-07T14:00+02:00):** Done.", ("05-07 12:00", Phase.RESOLVED, "Done.")),
        ("_Update 12:00Z_: Better.", ("05-07 12:00", None, "Better.")),
        ("Monitoring: 13:30 UTC - Watching.", ("05-07 13:30", Phase.MONITORING, "Watching.")),
        ("Edit #2, May 7 12:00 UTC: Better.", ("05-07 12:00", None, "**Edit #2:** Better.")),
        ("Update: Tuesday, May 7, 12:00 UTC 2024: Better.", ("05-07 12:00", None, "Better.")),
        ("### Update - 2024-05-07 12:00 UTC\nBetter.\n\nMuch.", ("05-07 12:00", None, "Better.\n\nMuch.")),
        ("Update 2024-05-07 12:00UTC:\n\nBetter.\n\nMuch.", ("05-07 12:00", None, "Better.\n\nMuch.")),
        ("Updates:\n- 12:00 UTC: **Resolved:** Done.", ("05-07 12:00", Phase.RESOLVED, "Done.")),
    ],
)
def test_a_text_with_a_word_and_a_sure_time_is_an_update(text, expected):
    assert told(text) == ("", [expected])


@pytest.mark.parametrize(
    "text",
    [
        "Update: Better.",
        "2024-05-07 12:00 UTC: it broke.",
        "- 2024-05-07 12:00 UTC: it will begin.",
        "Update 2024-05-07 12:00: in which zone?",
        "Update 2024-02-31 12:00 UTC: no such day.",
        "Update Mon May 7 12:00 UTC: no Monday.",
        "Update 2024-05-07 12:00 UTC we look at it.",
        "Update 2023-05-07 25:00 UTC: no such hour.",
        "Update: May 7 12:00 UTC 2023: long before.",
        "```\nUpdate 12:00 UTC: in code.\n```",
        "Update 2024-05-07 12:00 UTC:",
        "### Update - 4th July\nMost works.",
    ],
)
def test_a_text_without_either_stays(text):
    assert told(text) == (text, [])


@pytest.mark.parametrize(
    ("span", "clock", "expected"),
    [
        (DAY, "12:00", ["05-07 12:00"]),
        (DAY, "15:00", ["05-07 15:00"]),
        (DAY, "10:00", []),
        (DAYS, "12:00", []),
        (prose.Span(at("2024-05-07 22:00"), at("2024-05-08 06:00")), "05:00", ["05-08 05:00"]),
        (prose.Span(at("2024-05-07 11:00"), None), "12:00", ["05-07 12:00"]),
        (prose.Span(at("2024-05-07 11:00"), None), "10:00", []),
    ],
)
def test_a_time_of_day_counts_where_it_means_one_moment(span, clock, expected):
    assert [time for time, _, _ in told(f"Update {clock} UTC: Better.", span)[1]] == expected


def test_a_day_without_a_year_may_be_in_the_next():
    span = prose.Span(at("2024-12-30 11:00"), None)

    assert told("Update: Thu Jan 2 12:00 UTC: Better.", span)[1] == [("01-02 12:00", None, "Better.")]


def test_updates_come_in_the_order_of_time():
    text = "Update 13:00 UTC: B.\nUpdate 12:00 UTC: A.\n\nSlow."

    assert told(text) == ("Slow.", [("05-07 12:00", None, "A."), ("05-07 13:00", None, "B.")])


def test_a_dated_line_alone_heads_what_follows_it():
    text = "Slow.\n\nUpdate 12:00 UTC:\n\nA.\n\nUpdate 13:00 UTC:\n\nB.\n\n## Help\n\nAsk."

    assert told(text) == ("Slow.\n\n## Help\n\nAsk.", [("05-07 12:00", None, "A."), ("05-07 13:00", None, "B.")])


@pytest.mark.parametrize("items", ["- 12:00 UTC: A.\n- later: B.", "- later: B.\n- 12:00 UTC: A."])
def test_a_heading_stays_while_something_stands_below_it(items):
    rest, updates = told(f"Slow.\n\n## Updates\n\n{items}\n\nThanks.")

    assert rest == "Slow.\n\n## Updates\n\n- later: B.\n\nThanks."
    assert updates == [("05-07 12:00", None, "A.")]


def test_a_list_that_is_not_below_a_heading_any_more_is_no_list_of_updates():
    text = "Updates:\n\n- 12:00 UTC: A.\n\nThe plan:\n\n- 13:00 UTC: B."

    assert told(text) == ("The plan:\n\n- 13:00 UTC: B.", [("05-07 12:00", None, "A.")])


@pytest.mark.parametrize(
    ("word", "kind", "expected"),
    [
        ("Resolved", Kind.INCIDENT, Phase.RESOLVED),
        ("resolved.", Kind.MAINTENANCE, Phase.COMPLETED),
        ("Completed", Kind.INCIDENT, Phase.RESOLVED),
        ("In progress", Kind.MAINTENANCE, Phase.IN_PROGRESS),
        ("In progress", Kind.INCIDENT, None),
        ("Cancelled", Kind.MAINTENANCE, Phase.CANCELLED),
        ("Resolved", Kind.ANNOUNCEMENT, None),
        ("Notes", Kind.INCIDENT, None),
    ],
)
def test_words_mean_phases(word, kind, expected):
    assert phrases.phase(word, kind) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*Investigating* - So.", (Phase.INVESTIGATING, "So.")),
        ("**Resolved:** So.", (Phase.RESOLVED, "So.")),
        ("***MONITORING*** - So.", (Phase.MONITORING, "So.")),
        ("Identified: So.", (Phase.IDENTIFIED, "So.")),
        ("UPDATE: So.", (None, "So.")),
        ("Edit #1: So.", (None, "Edit #1: So.")),
        ("Fixed wing planes fly.", (None, "Fixed wing planes fly.")),
        ("*Post-mortem* - So.", (None, "*Post-mortem* - So.")),
    ],
)
def test_a_text_may_open_with_its_phase(text, expected):
    assert phrases.opening(text, Kind.INCIDENT) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2024-05-07T9:30", "2024-05-07 09:30"),
        ("2024-05-15 17:50 ", "2024-05-15 17:50"),
        ("2024-05-07 11:00:00 -00:00", "2024-05-07 11:00"),
        ("2024-05-07 11:00:00 +0000 UTC", "2024-05-07 11:00"),
        ("2024-05-07 11:00+00", "2024-05-07 11:00"),
        ("2024-05-07  11:00:30", "2024-05-07 11:00:30"),
    ],
)
def test_times_are_read_as_they_are_typed(typed, expected):
    notes = Notes()

    assert times.read(typed, notes, key="date", otherwise="") == at(expected)
    assert notes.problems == []


@pytest.mark.parametrize(("name", "expected"), [("2021-07-56-vacation", None), ("x-2024-05-07", None)])
def test_not_every_name_holds_a_day(name, expected):
    assert times.in_name(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Testing Farm", "testing-farm"), ("Anitya (Release Monitoring)", "anitya-release-monitoring"), ("Café", "cafe")],
)
def test_a_slug_is_short_and_plain(name, expected):
    assert slug.slug(name) == expected


@given(st.text())
def test_a_slug_fits_every_address(name):
    short = slug.slug(name)

    assert set(short) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 0 < len(short) <= 67
    assert (short[0], short[-1]) != ("-", "-")


def test_names_that_lose_something_stay_apart():
    assert len({slug.slug(name) for name in ("数据库", "网络", "", "?" * 3, "a" * 61, "a" * 62)}) == 6


def test_a_ref_is_never_a_number():
    assert slug.ref("10780", taken=(), source="x") == "incident-10780"


@pytest.mark.parametrize(
    ("value", "expected"), [("Yes", True), ("on", True), ("False", False), ("0", False), ("", None), (["true"], None)]
)
def test_yes_and_no_are_understood(value, expected):
    assert values.truth(value) is expected


def test_a_value_of_another_shape_is_as_good_as_none():
    assert (values.mapping(["a"]), values.mappings({"a": "b"}), values.text(["a"])) == ({}, (), "")
    assert values.texts("a") == ("a",)


def test_a_line_can_be_seen():
    assert values.line(" Copr\x07\n is\u2028down ") == "Copr is down"


def test_json_and_toml_are_text():
    assert values.read('{"A": [1, null, true, {"B": 1.5}]}', "json") == {"a": ["1", "", "true", {"b": "1.5"}]}
    assert values.read("a = 2024-05-07T11:00:00Z", "toml") == {"a": "2024-05-07 11:00:00+00:00"}


def test_a_component_is_mentioned_as_a_whole_word():
    roster = Roster(site(component("copr", name="Copr", aliases=("builds",)), component("or")))

    assert roster.mentioned("COPR is down, or not") == ("Copr", "or")
    assert roster.mentioned("All builds coprocess") == ("Copr",)


def test_ids_and_names_are_given_once():
    taken = Taken((component("copr", aliases=("Builds",)), group("core")))

    assert [taken.give(name) for name in ("Copr!", "Core.", "builds.")] == ["copr-2", "core-2", "builds-2"]


def test_there_may_be_no_folder(tmp_path):
    assert folder.files(tmp_path / "gone") == []


@pytest.fixture
def configured(tmp_path):
    """`configured(name, text)` gives the site and the problems of a cState configuration."""

    def configure(name, text):
        (tmp_path / "content" / "issues").mkdir(parents=True)
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
        found = cstate.read(tmp_path)
        return found.site, [str(problem).removeprefix(f"{name}: ") for problem in found.problems]

    return configure


CONFIG = """\
title: Example
baseurl: https://status.example.org
params:
  description: How we do
  categories: [{name: Core, description: Ours}, {name: Core}, {description: nameless}, {name: Upstream}]
  systems:
    - {name: API, category: Core, description: The API}
    - {name: Copr, category: Upstream}
  customTabs: [{name: Docs, link: "https://example.org/docs"}]
  brand: "#123"
  ok: "#008000"
  down: "#E60001"
"""


def test_a_configuration_becomes_a_site(configured):
    found, problems = configured("config.yml", CONFIG)

    assert (found.title, found.base_url, found.description) == ("Example", "https://status.example.org/", "How we do")
    assert found.groups == (group("core", name="Core", description="Ours"), group("upstream", name="Upstream"))
    assert found.components == (
        component("api", name="API", description="The API", group="core"),
        component("copr", name="Copr", group="upstream", external=True),
    )
    assert problems == ["params.systems: the category of Copr says that others run them → external: true"]


def test_links_and_chosen_colours_come_along(configured):
    found, _ = configured("config.yml", CONFIG)

    assert found.links == (Link(text="Docs", url="https://example.org/docs"),)
    assert found.theme == Theme(accent="#112233", major_outage="#e60001")


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ("systems: [{name: A}]", "params.systems.category: '' is no category → A stands in no group"),
        ("systems: [{category: A}]", "params.systems[0]: has no name → left out"),
        ("brand: blue", "params.brand: 'blue' is no #rrggbb → the page's own is used"),
        (
            "customTabs: [{name: A, link: /a}]",
            "params.customTabs: '/a' is no address to link to → the link 'A' is left out",
        ),
    ],
)
def test_every_flaw_of_a_configuration_is_told(configured, params, expected):
    assert configured("hugo.yaml", f"params: {{{params}}}")[1] == [expected]


def test_two_systems_of_one_name_are_one(configured):
    found, problems = configured(
        "config.yml", "params: {categories: [{name: B}], systems: [{name: A, category: B}, {name: a}]}"
    )

    assert found.components == (component("a", name="A", group="b"),)
    assert problems == ["params.systems[1]: 'a' stands there already → left out"]


def test_a_category_that_is_called_like_a_system_gets_another_name(configured):
    found, problems = configured("config.yml", "params: {categories: [{name: A}], systems: [{name: A, category: A}]}")

    assert found.groups == (group("a-group", name="A (group)"),)
    assert found.components == (component("a", name="A", group="a-group"),)
    assert problems == ["params.categories: 'A' is also a system's name → called 'A (group)'"]


def test_a_system_s_link_has_no_place(configured):
    text = "params: {categories: [{name: B}], systems: [{name: A, category: B, link: 'https://example.org'}]}"

    seen = "'https://example.org' has no place in component a"
    assert configured("config.yml", text)[1] == [f"params.systems.link: {seen} → left out"]


def test_toml_is_read_too(configured):
    text = "title = 'Example'\nbaseURL = '/'\n[params]\n[[params.systems]]\nname = 'API'\ncategory = ''"
    found, problems = configured("config.toml", text)

    assert (found.title, found.components) == ("Example", (component("api", name="API"),))
    assert problems[0] == "baseURL: '/' is no address of a page → left empty"


@pytest.mark.parametrize(("name", "text"), [("", ""), ("config.yml", "title: a: b"), ("config.json", "{")])
def test_a_configuration_is_not_needed(configured, name, text):
    found, (problem,) = configured(name, text)

    assert found.title == "Status"
    assert problem.endswith("→ components are made from the names in the posts")
