"""A site is written whole or not at all."""

import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from ghstatus import publish
from ghstatus.errors import UsageError
from ghstatus.publish import MARKER
from ghstatus.render.page import Page, Twin


def page(path, text="text", key="key"):
    return Page(path, key, partial(str.encode, text))


def broken(path="b/index.html", error=RuntimeError):
    def render():
        raise error

    return Page(path, "", render)


def tree(folder):
    """Every file below, with its text, but the marker."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MARKER)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def out(tmp_path):
    """A site with two pages."""
    publish.write(tmp_path / "_site", [page("a/index.html"), page("index.html", key="")])
    return tmp_path / "_site"


def test_a_site_is_written_with_its_marker(tmp_path):
    done = []
    published = publish.write(tmp_path / "x" / "_site", [page("a/b.html", "b"), page("c", key="")], seen=done.append)

    assert tree(tmp_path / "x" / "_site") == {"a/b.html": "b", "c": "text"}
    assert (published.pages, published.written, done) == ({"a/b.html": "key", "c": ""}, 2, [1, 2])
    assert publish.holds(tmp_path / "x" / "_site") == published.site
    assert names(tmp_path / "x") == ["_site"]


def test_a_site_without_pages_is_a_site(tmp_path):
    publish.write(tmp_path / "_site", [])

    assert publish.holds(tmp_path / "_site")


def test_a_full_build_leaves_nothing_of_the_old_site(out):
    publish.write(out, [page("new.html")])

    assert tree(out) == {"new.html": "text"}
    assert names(out.parent) == ["_site"]


def test_the_marker_tells_sites_apart(tmp_path):
    sites = [
        publish.write(tmp_path / "_site", pages, context=context).site
        for pages, context in [
            ([page("a")], ""),
            ([page("b")], ""),
            ([page("a", key="other")], ""),
            ([page("a")], "context"),
            ([], ""),
        ]
    ]

    assert len(set(sites)) == len(sites)


def test_both_ways_of_building_name_a_site_alike(out):
    pages = [page("a/index.html"), page("b")]

    assert publish.rewrite(out, pages, {}, context="c").site == publish.write(out, pages, context="c").site


@pytest.mark.parametrize("data", [None, b"\xff"])
def test_a_folder_without_a_readable_marker_holds_no_site(tmp_path, data):
    if data:
        (tmp_path / MARKER).write_bytes(data)

    assert publish.holds(tmp_path) is None


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_full_build_that_fails_leaves_the_old_site_and_no_litter(out, error):
    before = tree(out.parent)

    with pytest.raises(error):
        publish.write(out, [page("a/index.html", "new"), broken(error=error)])
    assert tree(out.parent) == before
    assert (names(out.parent), publish.holds(out) is None) == (["_site"], False)


def test_the_first_build_leaves_no_litter_when_it_fails(tmp_path):
    with pytest.raises(RuntimeError):
        publish.write(tmp_path / "_site", [page("a"), broken()])
    assert names(tmp_path) == []


def test_what_a_killed_build_left_beside_does_not_matter(out):
    for name in ("._site.new", "._site.old"):
        shutil.copytree(out, out.with_name(name))
    publish.write(out, [page("new.html")])

    assert (tree(out), names(out.parent)) == ({"new.html": "text"}, ["_site"])


def test_a_build_killed_between_its_renames_is_mended_even_by_one_that_fails(out):
    before = tree(out)
    out.rename(out.with_name("._site.old"))

    with pytest.raises(RuntimeError):
        publish.write(out, [broken()])
    assert (tree(out), names(out.parent)) == (before, ["_site"])


@pytest.mark.parametrize("fails", [1, 2])
def test_a_swap_that_fails_leaves_the_old_site(out, monkeypatch, fails):
    before, calls = tree(out), []

    def rename(path, target, rename=Path.rename):
        calls.append(target)
        if len(calls) == fails:
            raise OSError(16, "Device or resource busy")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(UsageError, match="_site can't be replaced: Device or resource busy"):
        publish.write(out, [page("new.html")])
    assert (tree(out), names(out.parent)) == (before, ["_site"])


def test_a_folder_of_others_is_left_alone(tmp_path):
    (tmp_path / "precious").touch()

    with pytest.raises(UsageError, match="holds files that ghstatus did not write"):
        publish.write(tmp_path, [page("a")])
    assert names(tmp_path) == ["precious"]


def test_a_checkout_is_left_alone_though_its_files_are_a_site(out):
    (out / ".git").touch()

    with pytest.raises(UsageError, match="holds files that ghstatus did not write"):
        publish.write(out, [page("a")])


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "_site").mkdir()
    publish.write(tmp_path / "_site", [page("a")])

    assert tree(tmp_path / "_site") == {"a": "text"}


@pytest.mark.parametrize("below", ["", "below/_site"])
def test_a_file_is_no_folder(tmp_path, below):
    (tmp_path / "file").write_text("precious", encoding="utf-8")

    with pytest.raises(UsageError, match=r"is a file; --out takes a folder|can't be written: Not a directory"):
        publish.write(tmp_path / "file" / below, [page("a")])
    assert tree(tmp_path) == {"file": "precious"}


@pytest.mark.parametrize("name", [".", "..", "../here", "../../"])
def test_the_folder_where_we_are_is_not_replaced(tmp_path, monkeypatch, name):
    (tmp_path / "top" / "here").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "top" / "here")

    with pytest.raises(UsageError, match="is where you are"):
        publish.write(Path(name), [page("a")])
    assert (tmp_path / "top" / "here").is_dir()


@pytest.mark.parametrize("name", ["_site", "_site/", "./_site", "x/../_site", "x/_site"])
def test_a_folder_may_be_named_in_any_way(tmp_path, monkeypatch, name):
    (tmp_path / "x").mkdir()
    monkeypatch.chdir(tmp_path)
    for text in ("old", "new"):
        publish.write(Path(name), [page("a", text)])

    assert tree(Path(name)) == {"a": "new"}
    assert len(list(tmp_path.rglob("*"))) == 4


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_a_link(tmp_path, is_there):
    (tmp_path / "_site").symlink_to("elsewhere/site")
    if is_there:
        publish.write(tmp_path / "elsewhere" / "site", [page("old")])
    publish.write(tmp_path / "_site", [page("new")])

    assert (tmp_path / "_site").is_symlink()
    assert tree(tmp_path / "elsewhere") == {"site/new": "text"}
    assert names(tmp_path / "elsewhere") == ["site"]


def test_a_second_build_writes_only_what_changed(out):
    before = {"a/index.html": "key", "index.html": "", "c": "old"}
    published = publish.rewrite(
        out, [page("a/index.html", "other"), page("index.html", "new", ""), page("c", "c")], before
    )

    assert tree(out) == {"a/index.html": "text", "index.html": "new", "c": "c"}
    assert (published.written, publish.holds(out)) == (2, published.site)
    assert published.pages == {"a/index.html": "key", "index.html": "", "c": "key"}


def test_a_page_that_is_no_more_goes_with_its_folders(out):
    before = {"a/index.html": "key", "index.html": ""}
    publish.rewrite(out, [page("index.html", key="")], before)

    assert names(out) == [MARKER, "index.html"]


def test_a_folder_that_holds_something_else_stays(out):
    (out / "a" / "b").mkdir()
    publish.rewrite(out, [page("index.html", key="")], {"a/index.html": "key"})

    assert names(out) == [MARKER, "a", "index.html"]


def test_a_page_that_is_gone_already_does_not_matter(out):
    shutil.rmtree(out / "a")
    publish.rewrite(out, [page("index.html", key="")], {"a/index.html": "key"})

    assert names(out) == [MARKER, "index.html"]


@pytest.mark.parametrize("path", ["../precious", "{}/precious", "", "a/../../precious"])
def test_nothing_outside_of_the_site_is_removed(out, path):
    (out.parent / "precious").touch()
    publish.rewrite(out, [page("index.html")], {path.format(out.parent): ""})

    assert names(out.parent) == ["_site", "precious"]


def test_a_second_build_that_cannot_render_changes_nothing(out):
    before, marker = tree(out), publish.holds(out)

    with pytest.raises(RuntimeError):
        publish.rewrite(out, [page("a/index.html", "new", ""), broken()], {})
    assert (tree(out), publish.holds(out), names(out)) == (before, marker, [MARKER, "a", "index.html"])


@pytest.mark.parametrize("count", range(4))
def test_a_second_build_killed_at_any_write_is_followed_by_a_full_one(out, monkeypatch, count):
    pages, calls = [page("a/index.html", "new", ""), page("b"), page("index.html", "new", "")], []
    marker = publish.holds(out)

    def killed(*arguments, replace=os.replace):
        calls.append(arguments)
        if len(calls) > count:
            raise KeyboardInterrupt
        replace(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            publish.rewrite(out, pages, {})
    assert publish.holds(out) == ("" if count else marker)
    publish.write(out, pages)
    assert tree(out) == {"a/index.html": "new", "b": "text", "index.html": "new"}
    assert names(out.parent) == ["_site"]


def test_a_full_disk_is_said(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(UsageError, match="a can't be written: No space left on device"):
        publish.write(tmp_path / "_site", [page("a")])
    assert names(tmp_path) == []


def test_a_page_is_written_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "write", lambda file, data, write=os.write: write(file, data[:3]))
    publish.write(tmp_path / "_site", [page("a", "0123456789")])

    assert tree(tmp_path / "_site") == {"a": "0123456789"}


def with_twins(path, *kinds, key="key", text="text"):
    return page(path, text, key)._replace(
        twins=tuple(Twin(kind, partial(str.encode, f"{text} {kind}")) for kind in kinds)
    )


def test_twins_stand_beside_their_page(tmp_path):
    done = []
    pages = [with_twins("a/42/index.html", "json", "md"), page("b")]
    published = publish.write(tmp_path / "_site", pages, seen=done.append)

    assert tree(tmp_path / "_site") == {
        "a/42/index.html": "text",
        "a/42.json": "text json",
        "a/42.md": "text md",
        "b": "text",
    }
    assert (published.pages, published.files, published.written) == (
        {"a/42/index.html": "key json md", "b": "key"},
        4,
        4,
    )
    assert done == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("after", "written", "left"),
    [
        (
            [with_twins("a/index.html", "json", "md", text="new")],
            0,
            {"a/index.html": "text", "a.json": "text json", "a.md": "text md"},
        ),
        (
            [with_twins("a/index.html", "json", "md", key="", text="x")],
            3,
            {"a/index.html": "x", "a.json": "x json", "a.md": "x md"},
        ),
        ([with_twins("a/index.html", "md", text="x")], 2, {"a/index.html": "x", "a.md": "x md"}),
        ([with_twins("a/index.html", text="x")], 1, {"a/index.html": "x"}),
        (
            [page("a.json/index.html", "x"), with_twins("a/index.html", "md", text="y")],
            3,
            {"a.json/index.html": "x", "a/index.html": "y", "a.md": "y md"},
        ),
        ([], 0, {}),
    ],
    ids=["the same", "of the moment", "one less", "none", "another page where one was", "gone with the page"],
)
def test_twins_come_change_and_go_with_their_page(tmp_path, after, written, left):
    out = tmp_path / "_site"
    before = publish.write(out, [with_twins("a/index.html", "json", "md")])
    published = publish.rewrite(out, after, before.pages)

    assert tree(out) == left
    assert (published.written, published.files) == (written, len(left))
    assert published.site == publish.write(tmp_path / "cold", after).site


def test_noted_twins_never_lead_out_of_the_folder(out):
    (out.parent / "precious.json").touch()
    publish.rewrite(out, [], {"index.html": " /../../precious.json", "../precious/index.html": "key json"})

    assert (out.parent / "precious.json").exists()


def test_nothing_is_away_for_a_moment_that_is_there_afterwards(out, monkeypatch):
    removed = []
    monkeypatch.setattr(Path, "unlink", lambda path, **_: removed.append(path.name))
    before = {"a/index.html": "key json md", "b.md": "key", "c/index.html": "key md"}
    after = [with_twins("a/index.html", key=""), page("a.json"), with_twins("b/index.html", "md"), page("c/index.html")]
    publish.rewrite(out, after, before)

    assert sorted(removed) == ["a.md", "c.md"]
