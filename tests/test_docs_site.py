"""The documentation as a site: every page is in its menu, every link leads somewhere, and it asks nobody for anything."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
import yaml

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
CODE = re.compile(r"^(```|~~~).*?^\1$|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL)


class Settings(yaml.SafeLoader):
    """Reads mkdocs.yml, whose tags mean something to the program that builds the site only."""


Settings.add_multi_constructor("!", lambda *_: "")
Settings.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: "")


def in_menu(entries):
    for entry in entries:
        for what in entry.values():
            yield from [what] if isinstance(what, str) else in_menu(what)


def test_every_page_is_in_the_menu_once():
    settings = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Settings)  # noqa: S506 - a SafeLoader

    assert sorted(in_menu(settings["nav"])) == sorted(page.name for page in DOCS.glob("*.md"))


def plain(page):
    """A page without its code, in which nothing is a link or a heading."""
    return CODE.sub(lambda found: re.sub(r"[^\n]", "", found[0]) if found[1] else found[0], text_of(page))


def text_of(page):
    return page.read_text(encoding="utf-8")


def slug(heading):
    """The anchor of a heading, as GitHub makes it, and the site likewise."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


def anchors(page):
    text = plain(page)
    found = [slug(heading) for heading in re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)]
    again = [found[:place].count(name) for place, name in enumerate(found)]
    numbered = [f"{name}-{count}" if count else name for name, count in zip(found, again, strict=True)]
    return {*numbered, *re.findall(r'<a id="([^"]+)">', text)}


def links(page):
    """Each link of a page that leads to a place in the repository: its file and its anchor."""
    text = CODE.sub("", text_of(page))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not urlsplit(target).scheme:
            path, _, anchor = target.partition("#")
            yield target, (page.parent / path).resolve() if path else page, anchor


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    dead = [target for target, file, _ in links(page) if not file.exists()]
    lost = [target for target, file, anchor in links(page) if anchor and anchor not in anchors(file)]

    assert (dead, lost) == ([], [])


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_a_page_of_the_site_links_only_what_is_on_the_site(page):
    assert [target for target, file, _ in links(page) if not file.is_relative_to(DOCS)] == []


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("A second host, for the day GitHub is down", "a-second-host-for-the-day-github-is-down"),
        ("`uptime.weights`", "uptimeweights"),
        ("What [ghstatus](x.md) can't do", "what-ghstatus-cant-do"),
        ("A – B", "a--b"),
    ],
)
def test_an_anchor_is_what_github_makes_of_a_heading(heading, anchor):
    assert slug(heading) == anchor


def test_headings_and_links_in_code_are_none(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A\n\n```console\n# B\n[x](y.md)\n```\n\n## A\n\n`[x](z.md)` [x](#a-1)\n")

    assert anchors(page) == {"a", "a-1"}
    assert [target for target, *_ in links(page)] == ["#a-1"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_fence_says_its_language_and_at_most_a_file(page):
    fences = re.findall(r"^```(.*)$", text_of(page), re.MULTILINE)

    assert [fence for fence in fences[::2] if not re.fullmatch(r"\w+( [\w./-]+)?", fence)] == []
    assert [fence for fence in fences[1::2] if fence] == []


def test_what_a_page_names_as_its_proof_exists():
    named = re.findall(r"`(test_\w+\.py)(?:::(\w+))?`", text_of(DOCS / "security.md"))
    files = {name: text_of(ROOT / "tests" / name) for name, _ in named}

    assert len(named) > 40
    assert [f"{file}::{test}" for file, test in named if test and f"def {test}(" not in files[file]] == []


# The built site


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the built site; skips where `make docs` has not installed what builds it."""
    if not importlib.util.find_spec("zensical"):
        pytest.skip("Zensical is not installed. Run `make docs`.")
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(DOCS, folder / "docs")
    for file in (*ROOT.glob("*.md"), ROOT / "mkdocs.yml"):
        shutil.copy(file, folder)
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (built.returncode, "No issues found" in built.stderr) == (0, True), built.stdout + built.stderr
    return folder / "_docs"


def elements(file):
    tree = html5lib.parse(file.read_bytes(), transport_encoding="utf-8", namespaceHTMLElements=False)
    return [element for element in tree.iter() if isinstance(element.tag, str)]


def test_every_page_is_built_and_every_link_within_the_site_leads_somewhere(site):
    pages = {file: elements(file) for file in site.rglob("*.html") if file.name != "404.html"}
    ids = {file: {element.get("id") for element in found} for file, found in pages.items()}
    dead = []
    for file, found in pages.items():
        for element in found:
            address = urlsplit(element.get("href") or element.get("src") or "")
            if address.scheme or address.netloc:
                continue
            target = (file.parent / unquote(address.path)).resolve() if address.path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.exists() or (address.fragment not in {"", "__skip"} and address.fragment not in ids[target]):
                dead.append(f"{file.parent.name}: {address.geturl()}")

    assert {file.parent.name for file in pages} >= {page.stem for page in DOCS.glob("*.md")} - {"index"}
    assert sorted(set(dead)) == []


def test_a_page_of_the_site_loads_nothing_from_elsewhere(site):
    for file in site.rglob("*.html"):
        loading = [element for element in elements(file) if element.tag != "a" and element.get("rel") != "canonical"]
        loaded = [element.get("src") or element.get("href") for element in loading]
        assert [address for address in loaded if address and "//" in address] == []


def test_what_stands_outside_of_docs_is_on_the_site(site):
    contributing, changes = ((site / name / "index.html").read_text() for name in ("contributing", "changelog"))

    assert '<a href="../architecture/">' in contributing
    assert "tests/github</a>" not in contributing
    assert "Unreleased" in changes


def test_a_fence_with_a_file_shows_its_name(site):
    text = (site / "configuration" / "index.html").read_text()

    assert '<span class="filename">ghstatus.yml</span>' in text
    assert "```" not in text


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_site_fits_a_phone_and_asks_no_other_machine(site, serve, open_page, scheme):
    base = serve(site, below="/docs")
    page = open_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    for folder in ("", *sorted(f"{found.stem}/" for found in DOCS.glob("*.md") if found.stem != "index")):
        page.goto(f"{base}{folder}")
        assert (folder, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (folder, True)


@pytest.mark.browser
@pytest.mark.parametrize("folder", ["", "configuration/", "security/"])
def test_the_site_is_accessible_in_both_modes(site, serve, page, axe, folder):
    page.goto(f"{serve(site, below='/docs')}{folder}")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert (scheme, axe(page, ignore=["landmark-unique"])) == (scheme, [])  # each block's button to copy it is one


@pytest.mark.browser
def test_the_site_can_be_searched(site, serve, page):
    page.goto(serve(site, below="/docs"))
    opened = "document.activeElement.shadowRoot !== null || document.querySelector('.md-search__button').click()"
    page.wait_for_function(opened, polling=500)  # a click before the script has run does nothing
    page.get_by_role("combobox", name="Search").fill("Days before it count neither")

    page.get_by_role("option").and_(page.locator("a[href*='configuration/']")).first.wait_for(timeout=10_000)
