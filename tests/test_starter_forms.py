"""The issue forms: GitHub takes them, and what is typed into them reads back field by field."""

import re
import subprocess
import sys
from datetime import timedelta

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ghstatus.errors import ConfigError
from ghstatus.grammar import body, config, form, issue, knownfailure, moment, verbs
from ghstatus.grammar.answers import NO_RESPONSE
from ghstatus.grammar.names import fold
from ghstatus.model import Labels, Phrase, Scope, Severity, StoreKind
from ghstatus.starter import changes
from ghstatus.starter.choices import choices
from ghstatus.starter.forms import chooser, forms
from tests import strategies, submissions
from tests.builders import NOW, component, context, group, site
from tests.builders import issue as an_issue

HOSTILE = (
    *("Copr", "Copr (staging)", "Copr, Koji", "Copr (copr), Koji (koji)", "copr, koji", "Koji, Copr, Bodhi, OBS"),
    *("a", "b", "a, b", "a (a), b", "(a), b", 'Say "it\'s": #1', "{x: y}", "yes", "None", "none", "n/a", "-", "- a"),
    *(
        "[ ] a",
        "[x] b",
        "### Severity",
        "A \N{EN DASH} B",
        "A - B",
        "A | B",
        "\N{ROCKET}\N{FIRE}",
        "%&*!|>@`",
        "~",
        "1.0",
    ),
    *(
        "2026-03-02 20:10",
        "component = major_outage",
        "x" * 301,
        "\N{NO-BREAK SPACE}a  b",
        "_No response_",
        "<!-- a -->",
    ),
)
IDS = ("copr", "koji", "copr-staging", "bodhi", "obs", "a", "b", "none", "yes", "x")
LINE = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")


@st.composite
def sites(draw):
    """A page whose components bear names that mean something to YAML, to GitHub, or to each other."""
    names = st.sampled_from(HOSTILE) | st.text(LINE, min_size=1, max_size=20).map(str.strip).filter(bool)
    said = draw(st.lists(st.tuples(st.sampled_from(IDS), names), min_size=1, max_size=6, unique_by=lambda one: one[0]))
    found = site(*(component(ident, name=name) for ident, name in said), store=StoreKind.GITHUB)
    try:
        config.parse(config.write(found), where="")
    except ConfigError:
        assume(False)  # two of them share a name
    return found


PAGES = {
    "one": site(component("copr", name="Copr")),
    "thirty": site(*(component(f"c-{number}", name=f"Component {number}") for number in range(30))),
    "hostile": site(*(component(f"c-{number}", name=name) for number, name in enumerate(HOSTILE))),
    "none": site(component("old", hidden=True), base_url="https://status.example.org/"),
    "renamed": site(labels=Labels(incident="outage: now", reported="#maybe"), repository="o/r"),
}


def labels_of(text):
    return list(submissions.fields(text))


def options(text, label=form.COMPONENTS):
    found = submissions.fields(text)[label]["attributes"]["options"]
    return [one["label"] if isinstance(one, dict) else one for one in found]


def read(text, page, label="incident"):
    """What the grammar makes of an issue that jane, who may, opened through a form."""
    found = issue.parse(an_issue(text=text, labels=[label]), context(on=page))
    return found.incident, found.problems


@pytest.mark.parametrize("name", ["incident", "maintenance", "announcement", "report", "known-failure"])
def test_forms_look_like_this(golden, name):
    page = site(
        component("website", name="Website"),
        component("copr", name="Copr"),
        component("old", name="Old", hidden=True),
        base_url="https://status.example.org/",
    )

    golden(f"starter/{name}.yml", forms(page)[f"{name}.yml"])


@pytest.mark.parametrize("schema", ["issue-forms", "issue-config", "workflows"])
def test_github_s_schemas_take_every_file(schema, tmp_path):
    where = {"issue-forms": "TEMPLATE/", "issue-config": "config.yml", "workflows": "workflows/"}[schema]
    files = []
    for name, page in PAGES.items():
        for change in changes(page if name == "one" else _on_issues(page), ".", {}):
            is_config = change.path.endswith("config.yml")
            if where in change.path and is_config == (schema == "issue-config"):
                files.append(tmp_path / f"{name}-{change.path.rpartition('/')[2]}")
                files[-1].write_text(change.after, encoding="utf-8")
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.github-{schema}", *map(str, files)]

    checked = subprocess.run(check, capture_output=True, text=True, check=False)

    assert len(files) >= 4
    assert (checked.returncode, checked.stdout) == (0, "ok -- validation done\n"), checked.stdout


def _on_issues(page):
    return site(*page.components, store=StoreKind.GITHUB, labels=page.labels, repository=page.repository)


@given(sites())
def test_github_s_rules_that_no_schema_tells_are_kept(page):
    found = {name: submissions.load(text) for name, text in forms(page).items()}
    names = [one["name"] for one in found.values()]

    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) > 3 for name in names)
    for one in found.values():
        inputs = [field for field in one["body"] if field["type"] != "markdown"]
        assert len({field["id"] for field in inputs}) == len(inputs)
        assert len({fold(field["attributes"]["label"]) for field in inputs}) == len(inputs)
        assert not any("password" in field["attributes"]["label"].lower() for field in inputs)
        for field in inputs:
            choice = [
                one["label"] if field["type"] == "checkboxes" else one
                for one in field["attributes"].get("options", ["-"])
            ]
            assert len({fold(option) for option in choice}) == len(choice)
            assert all(isinstance(option, str) and option.strip() for option in choice)
            assert "none" not in map(fold, choice)
            assert not (field["attributes"].get("multiple") and any("," in option for option in choice))


def test_a_choice_says_name_and_id():
    assert choices(site(component("copr", name="Copr"), component("a", name=" The  A "))) == (
        "Copr (copr)",
        "The A (a)",
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"copr": "Copr", "staging": "Copr (staging)"}, ("Copr (copr)", "Copr (staging) (staging)")),
        ({"a": "A", "b": "B", "c": "A, B"}, ("A (a)", "B (b)", "c")),
        ({"a": "x", "b": "y", "c": "x (a), y (b)"}, ("x", "y", "c")),
        ({"none": "None, really"}, ("(none)",)),
        ({"a": "x" * 301}, (f"{'x' * 301} (a)",)),
        ({"a": "None, a", "b": "(a), b"}, ("a (a)", "(b)")),
    ],
)
def test_a_choice_that_would_mean_something_else_is_shortened(names, expected):
    page = site(*(component(ident, name=name) for ident, name in names.items()))

    assert choices(page) == expected


def test_what_is_hidden_is_no_choice_and_without_choices_nothing_is_asked():
    page = PAGES["none"]

    assert choices(page) == ()
    assert [form.COMPONENTS in labels_of(text) for text in forms(page).values()] == [False] * 5


def test_a_group_s_name_is_taken_into_account():
    page = site(component("a", name="A"), component("b", name="B"), groups=(group("g", name="A (a), B (b)"),))

    assert choices(page) == ("A", "B")


@given(sites(), st.data())
def test_every_choice_reads_back_alone_and_beside_others(page, data):
    given_ = dict(zip(choices(page), (one.id for one in page.components), strict=True))
    chosen = data.draw(st.lists(st.sampled_from(list(given_)), min_size=1, unique=True))

    incident, problems = read(submissions.submit(forms(page)["incident.yml"], {form.COMPONENTS: chosen}), page)

    assert [one.component for one in incident.components] == [given_[one] for one in chosen]
    assert not [problem for problem in problems if problem.key.startswith("components")]


def _is_plain(text):
    """Whether a text holds nothing that the grammar looks for: no field's heading, no update, no hidden block."""
    tidied = body.tidy(text)
    is_text = tidied.strip().lower() not in NO_RESPONSE
    return is_text and form.escaped(tidied) == tidied == body.write(tidied, ()) and "<!-- ghstatus" not in tidied


TEXTS = (
    st.lists(
        st.text(LINE, max_size=30)
        | st.sampled_from(
            ["### Steps", "#### Severity of it", "# Severity", "```", "- [x] done", "", "_No response_", "---"]
        ),
        max_size=6,
    )
    .map("\n".join)
    .filter(_is_plain)
)
TIMES = st.datetimes(NOW.replace(year=2000, tzinfo=None), NOW.replace(year=2100, tzinfo=None)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=NOW.tzinfo)
)
ADDRESSES = st.lists(st.sampled_from(["https://a.example/1?b=c#d", "http://b.example/x_(y"]), unique=True)
SCOPES = st.builds(
    Scope,
    match=st.lists(
        st.sampled_from(["@jane: no space left", "/srv/spool/ is full", "### Severity", "\\/srv/cache/", "- [x] done"]),
        max_size=3,
    ).map(lambda found: tuple(map(Phrase, found))),
    all_fail=st.booleans(),
)
NOTHING = st.sampled_from(["_No response_", "None"])
PAGE = site(component("copr", name="Copr, the builder"), component("koji", name="Koji"))


@settings(max_examples=20)
@given(
    st.none() | st.sampled_from(Severity),
    st.none() | TIMES,
    TEXTS,
    st.tuples(st.none() | TEXTS, st.none() | TEXTS),
    st.none() | SCOPES,
    NOTHING,
)
def test_an_incident_reads_back_field_by_field(severity, started, text, more, scope, nothing):
    affects, workaround = more
    asked = forms(PAGE)["incident.yml"]
    chosen = severity and next(one for one in options(asked, form.SEVERITY) if one.startswith(severity))
    answers = {
        form.COMPONENTS: options(asked),
        form.SEVERITY: chosen,
        form.STARTED: started and moment.write(started),
        form.BROKEN: text,
        form.AFFECTS: affects,
        form.WORKAROUND: workaround,
        form.MATCH: scope and "\n\n".join(one.text for one in scope.match),
        form.ALL_FAIL: options(asked, form.ALL_FAIL)[:1] if scope and scope.all_fail else (),
    }

    incident, problems = read(submissions.submit(asked, answers, empty_choice=nothing), PAGE)

    assert {problem.key for problem in problems} <= {"severity"} - {severity and "severity"}
    assert [one.component for one in incident.components] == ["copr", "koji"]
    assert (incident.severity, incident.started) == (severity, started or an_issue().created_at)
    assert incident.text == body.tidy(text)
    assert (incident.affects, incident.workaround) == (_tidied(affects), _tidied(workaround))
    assert incident.scope == (scope or Scope())


def _tidied(text):
    return body.tidy(text or "").strip()


@settings(max_examples=20)
@given(TIMES, st.integers(0, 10_000), TEXTS, st.none() | TEXTS, ADDRESSES)
def test_a_maintenance_reads_back_field_by_field(start, minutes, text, affects, addresses):
    asked, end = forms(PAGE)["maintenance.yml"], start + timedelta(minutes=minutes)
    answers = {
        form.COMPONENTS: options(asked)[1:],
        form.SCHEDULED_FOR: moment.write(start),
        form.SCHEDULED_UNTIL: moment.write(end),
        form.PLANNED: text,
        form.AFFECTS: affects,
        form.LINKS: "\n".join(addresses),
    }

    found, problems = read(submissions.submit(asked, answers), PAGE, "maintenance")

    assert problems == ()
    assert [one.component for one in found.components] == ["koji"]
    assert (found.scheduled_for, found.scheduled_until) == (start, end)
    assert (found.text, found.affects, found.workaround) == (body.tidy(text), _tidied(affects), "")
    assert [link.url for link in found.links] == addresses


@pytest.mark.parametrize(
    ("name", "label", "field"), [("announcement", "announcement", form.NEWS), ("report", "incident", form.BROKEN)]
)
@settings(max_examples=20)
@given(text=TEXTS, addresses=ADDRESSES, nothing=NOTHING)
def test_news_and_reports_read_back_field_by_field(name, label, field, text, addresses, nothing):
    asked = forms(PAGE)[f"{name}.yml"]
    answers = {field: text, form.LINKS: "\n".join(addresses)}

    found, problems = read(submissions.submit(asked, answers, empty_choice=nothing), PAGE, label)

    assert {problem.key for problem in problems} <= {"severity"}  # of a report, maintainers say it
    assert (found.components, found.text) == ((), body.tidy(text))
    assert [link.url for link in found.links] == addresses


@settings(max_examples=20)
@given(strategies.markdown.filter(lambda text: "<!-- ghstatus" not in text), strategies.markdown)
@example("### Severity\n\nminor\n\n### Components\n\nKoji\n\n### Started\n\n1999-01-01 00:00", "x")
def test_headings_in_a_text_change_no_choice_and_no_time(text, affects):
    asked = forms(PAGE)["incident.yml"]
    assume("<!-- ghstatus" not in affects)
    chosen = {
        form.COMPONENTS: options(asked)[:1],
        form.SEVERITY: options(asked, form.SEVERITY)[2],
        form.STARTED: "2026-03-02 07:00 UTC",
    }

    incident, _ = read(submissions.submit(asked, {**chosen, form.BROKEN: text, form.AFFECTS: affects}), PAGE)

    assert [one.component for one in incident.components] == ["copr"]
    assert (incident.severity, moment.write(incident.started)) == (Severity.CRITICAL, "2026-03-02 07:00 UTC")


def test_a_title_is_all_that_an_incident_needs():
    needed = {name: [] for name in forms(PAGE)}
    for name, text in forms(PAGE).items():
        needed[name] += [label for label, one in submissions.fields(text).items() if one.get("validations")]

    assert needed == {
        "incident.yml": [],
        "maintenance.yml": [form.SCHEDULED_FOR, form.SCHEDULED_UNTIL],
        "announcement.yml": [],
        "report.yml": [form.BROKEN],
        "known-failure.yml": [knownfailure.COMPONENT, knownfailure.WORDS],
    }
    found, problems = read(submissions.submit(forms(PAGE)["incident.yml"], {}), PAGE)
    assert (found.severity, found.components, found.text) == (None, (), "")
    assert [problem.key for problem in problems] in ([], ["severity"])


def test_what_is_needed_most_is_asked_first_and_a_form_is_short():
    asked = {name: labels_of(text) for name, text in forms(PAGE).items()}

    assert asked["incident.yml"][:3] == [form.COMPONENTS, form.SEVERITY, form.STARTED]
    assert {name: len(labels) for name, labels in asked.items()} == {
        "incident.yml": 8,
        "maintenance.yml": 7,
        "announcement.yml": 4,
        "report.yml": 4,
        "known-failure.yml": 7,
    }


def test_a_form_says_only_commands_that_there_are():
    said = re.findall(r"`/([a-z-]+)", forms(PAGE)["incident.yml"])

    assert len(said) >= 5
    assert set(said) <= set(verbs.VERBS)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_each_form_s_label_makes_it_what_it_is(page):
    labels = [submissions.load(text)["labels"] for text in forms(page).values()]

    assert labels == [
        [page.labels.incident],
        [page.labels.maintenance],
        [page.labels.announcement],
        [page.labels.reported],
        [page.labels.known_failure],
    ]


def test_every_question_is_one_that_the_grammar_knows():
    for name, text in forms(PAGE).items():
        known = knownfailure.LABELS if name == "known-failure.yml" else form.LABELS
        assert set(labels_of(text)) <= set(known)


@settings(max_examples=20)
@given(sites(), st.data(), TEXTS, st.booleans())
def test_a_known_failure_reads_back_field_by_field(page, data, text, is_pattern):
    asked = forms(page)["known-failure.yml"]
    given_ = dict(zip(choices(page), (one.id for one in page.components), strict=True))
    chosen = data.draw(st.sampled_from(list(given_)))
    places = data.draw(st.lists(st.sampled_from(options(asked, knownfailure.WHERE)), unique=True))
    assume(not text.startswith("/") and text.strip())
    answers = {
        knownfailure.COMPONENT: chosen,
        knownfailure.IS_PATTERN: options(asked, knownfailure.IS_PATTERN) if is_pattern else (),
        knownfailure.WHERE: places,
        knownfailure.WORDS: text,
        knownfailure.REMEDY: text,
        knownfailure.LINK: "https://github.com/packit/ogr/pull/42",
        knownfailure.SAMPLE: f"{text}\n### Component",
    }

    opened = an_issue(text=submissions.submit(asked, answers), labels=[page.labels.known_failure])
    found = knownfailure.parse(opened, context(on=page, dialect=knownfailure.dialect(page)))

    assert found.problems == ()
    assert found.signature.service == given_[chosen]
    assert found.signature.phrase == Phrase(text.strip(), is_pattern=is_pattern)
    assert {one.value for one in found.signature.surfaces} == {place.split()[0] for place in places} or not places
    assert found.signature.remedy == body.tidy(text).strip()
    assert found.signature.evidence == "https://github.com/packit/ogr/pull/42"
    assert found.signature.samples == (f"{text}\n### Component".strip(),)


@pytest.mark.parametrize(
    ("page", "links"),
    [
        (site(base_url="https://status.example.org/"), ["https://status.example.org/"]),
        (site(repository="Packit/status"), ["https://packit.github.io/status/"]),
        (site(repository="packit/Packit.github.io"), ["https://packit.github.io/"]),
        (site(), []),
    ],
)
def test_beside_the_forms_stands_the_page(page, links):
    found = yaml.safe_load(chooser(page))

    assert found["blank_issues_enabled"] is True
    assert [link["url"] for link in found.get("contact_links", [])] == links
    assert [link in forms(page)["report.yml"] for link in links] == [True] * len(links)
