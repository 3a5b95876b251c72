"""A small site with something of everything, compared byte for byte with tests/data/golden.

`pytest --refresh` writes the golden pages anew; read the difference before committing it.
"""

from datetime import date
from functools import cache

import html5lib
import pytest

from ghstatus import assets, board, uptime
from ghstatus.model import Link
from ghstatus.render import outputs
from ghstatus.render.looks.templates import Look, Templates
from tests.builders import component, group, incident, site, snapshot, tracker, update

SITE = site(
    component(
        "service",
        name="Packit Service",
        group="ours",
        description="Builds and tests pull requests.",
        objective=0.995,
    ),
    component("dashboard", name="Dashboard", group="ours", start_date=date(2026, 1, 20)),
    component("staging", name="Staging", group="ours", only_if_degraded=True),
    component("docs", name="Documentation", group="ours", only_if_degraded=True),
    component("copr", name="Copr", group="others", external=True, upstream="https://status.example.org/copr"),
    component("testing-farm", name="Testing Farm", group="others", external=True),
    component("koji", name="Koji", group="others", external=True, description="Builds <official> packages & images."),
    component("website", name="Website"),
    component("legacy", name="Old API", hidden=True),
    title="Packit status",
    description="Whether Packit & what it depends on works.",
    base_url="https://status.example.org/packit/",
    timezone="Europe/Prague",
    links=(Link(text="Source", url="https://example.org/packit"), Link(text="Help", url="mailto:help@example.org")),
    groups=(group("ours", name="Our services"), group("others", name="Run by others", description="We can't mend it.")),
)
OUTAGE = incident(
    "2026-03-02-copr-down",
    title="Copr builds stay pending",
    severity="major",
    components=["copr", "service"],
    text="No Copr build has finished since 8:00 UTC.\nThe queue grows: <https://example.org/queue>",
    affects="Everybody with a `copr_build` job, see [the list](https://example.org/jobs).",
    workaround="Build with mock:\n\n```console\n$ mock -r fedora-rawhide-x86_64 --rebuild packit.src.rpm\n```\n\nThen:\n\n"
    "- [x] wait\n- [ ] comment `/packit rebuild-failed`",
    eta="2026-03-02 16:00 UTC",
    links=[
        Link(text="Copr's own report", url="https://example.org/copr/1"),
        Link(text="#42", url="https://example.org/42"),
    ],
    updates=[
        update("08:20", "investigating", text="We look into it with the :heart: people of Copr."),
        update("09:05", "identified", severity="critical", text="> [!WARNING]\n> The database **disk is full**."),
        update("10:40", text="| queue | length |\n| :-- | --: |\n| x86 | 1200 |\n| s390x | 80 |"),
        update(
            "11:15",
            "monitoring",
            components={"service": "degraded_performance"},
            text="### Better\n\nIt ~~stands~~ moves.",
        ),
        update("19:00", "resolved", text="Not yet."),
    ],
)
INCIDENTS = (
    OUTAGE,
    incident("staging-slow", title="Staging is slow", severity="minor", components=["staging"], started="11:30"),
    incident(
        "database-upgrade",
        kind="maintenance",
        title="The database gets upgraded",
        components=["website"],
        started="11:00",
        scheduled_until="13:30",
        text="Pages may be read, not changed.",
        workaround="Come back after lunch.",
        updates=[update("11:00", "in_progress", text="Started.")],
    ),
    incident(
        "copr-disks",
        kind="maintenance",
        components=["copr", "testing-farm"],
        started="2026-03-07 06:00",
        scheduled_until="2026-03-07 10:30",
        text="Builds wait meanwhile; nothing is lost.",
    ),
    incident(
        "conference",
        kind="announcement",
        title="Answers take longer next week",
        components=[],
        started="2026-02-27 15:00",
        text="### DevConf\n\nThe team is at a conference until 8 March.",
    ),
    incident(
        "farm-nightmare",
        title="Testing Farm loses results",
        components=["testing-farm"],
        started="2026-02-25 07:00",
        false_alarm="The *viewer* was broken, the results were there.",
        updates=[update("2026-02-25 07:45", text="Found it.")],
    ),
    incident(
        "farm-down",
        title="Testing Farm answers with errors",
        components={"testing-farm": "major_outage"},
        started="2026-02-20 22:10",
        updates=[update("2026-02-21 03:40", "resolved", text="A certificate had run out.")],
    ),
    incident(
        "disks-swapped",
        kind="maintenance",
        title="New disks",
        components=["copr"],
        started="2026-02-10 06:00",
        scheduled_until="2026-02-10 09:00",
    ),
    incident(
        "no-move",
        kind="maintenance",
        title="Move to another data centre",
        components=["service"],
        started="2026-02-14 06:00",
        updates=[update("2026-02-12 10:00", "cancelled", text="Too much snow.")],
    ),
    incident(
        "old-api",
        title="The old API is slow",
        severity="minor",
        components=["legacy"],
        started="2026-01-09 09:00",
        ended="2026-01-09 17:30",
        eta="when the sun goes down",
    ),
    incident(
        "christmas",
        kind="announcement",
        title="Nobody is here at Christmas",
        components=[],
        started="2025-12-19 12:00",
        text="Happy holidays!",
    ),
    incident(
        "new-year",
        title="Certificates ran out at midnight",
        severity="critical",
        components=["service", "dashboard"],
        started="2025-12-31 23:00",
        ended="2026-01-01 08:15",
        text="HTTPS answered with\n\n    certificate has expired\n",
    ),
)
PAGES = (
    *("maintenance/index.html", "about/index.html", "metrics/index.html"),
    *("index.html", "404.html", "history/2026/index.html", "history/2025/index.html"),
    *("components/copr/index.html", "components/dashboard/index.html", "components/koji/index.html"),
    *("incidents/2026-03-02-copr-down/index.html", "incidents/staging-slow/index.html"),
    *("incidents/database-upgrade/index.html", "incidents/copr-disks/index.html", "incidents/conference/index.html"),
    *("incidents/farm-nightmare/index.html", "incidents/no-move/index.html", "incidents/new-year/index.html"),
)


def templates(configured, *, tracker=""):
    """The project's own, with a name for the style sheet that doesn't change with it."""
    texts = {name: text.decode() for name, text in assets.files(assets.templates())}
    return Templates(Look(texts, style="0"), configured, tracker=tracker)


def made(configured, *incidents, **said):
    """Path → bytes of every file of a site."""
    values = {"components": configured.components, "groups": configured.groups, "policy": configured.policy} | said
    judged = board.judge(snapshot(*incidents, **values), snapshot(**said).taken)
    records = [story.record for story in judged.incidents.values()]
    measured = uptime.measure(configured.components, records, judged.now, configured.policy)
    compiled = templates(configured, tracker=judged.tracker)
    built = {}
    for page in outputs.files(judged, measured, configured, compiled):
        beside = {f"{page.path.removesuffix('/index.html')}.{twin.kind}": twin for twin in page.twins}
        built |= {path: one.render() for path, one in ({page.path: page} | beside).items()}
    static = {page.path: page.render() for page in outputs.static(dict(assets.files(assets.static())))}
    return built | static | {f"schemas/{name}": data for name, data in assets.files(assets.schemas())}


@cache
def golden_site():
    return made(SITE, *INCIDENTS, unobserved=frozenset({"koji"}))


def put(files, folder):
    """Write a site's files where a browser can get at them."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def html_pages(files):
    return {path: data for path, data in files.items() if path.endswith(".html")}


def test_the_site_has_these_pages(golden):
    golden("golden/pages.txt", "".join(f"{path}\n" for path in golden_site()))


@pytest.mark.parametrize("path", ["index.html", "incidents/42/index.html"])
def test_a_page_of_issues_leads_to_them(path, golden):
    down = incident("42", number=42, title="Copr builds stay pending", components=["copr"], text="Nothing builds.")
    built = made(site(component("copr", name="Copr")), down, tracker=tracker())[path].decode()

    golden(f"golden/github-{path.replace('/index.html', '.html').replace('/', '-')}", built)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_as_it_was_when_somebody_read_it(path, golden):
    golden(f"golden/{path.replace('/index.html', '.html').replace('/', '-')}", golden_site()[path].decode())


def test_the_newest_year_is_the_history():
    built = golden_site()

    assert built["history/index.html"] == built["history/2026/index.html"].replace(b'="../../', b'="../')


@pytest.mark.parametrize("path", [path for path in golden_site() if path.endswith(".html")])
def test_every_page_parses_without_an_error(path):
    html5lib.HTMLParser(strict=True).parse(golden_site()[path])


def test_every_page_is_valid_html(tmp_path, validate_html):
    folder = put(html_pages(golden_site()), tmp_path)

    validate_html(folder.rglob("*.html"))
