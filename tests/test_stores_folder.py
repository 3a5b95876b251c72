"""A folder of files, whatever somebody may have put there."""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from ghstatus import board, index
from ghstatus.actions import EditIncident, OpenIncident, PostUpdate
from ghstatus.errors import UsageError
from ghstatus.model import ComponentStatus, Severity
from ghstatus.stores import files
from ghstatus.stores.folder import FolderStore
from tests.builders import NOW, at, component, incident, site, update

SITE = site(component("copr"), component("koji"))
GOOD = b"---\ntitle: Good\nseverity: minor\ncomponents: [copr]\nstarted: 2026-03-02 08:00\n---\nIt is slow.\n"
OVER = GOOD.replace(b"---\nIt", b"ended: 2026-03-02 09:00\n---\nIt")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "incidents").mkdir()
    return tmp_path / "incidents"


def observe(folder, known=None):
    return FolderStore(folder.parent, SITE, known).observe(NOW)


def seen(folder):
    return [str(problem) for problem in observe(folder).problems]


def refs(folder):
    return [one.ref for one in observe(folder).incidents]


def apply(folder, *actions):
    store = FolderStore(folder.parent, SITE)
    for action in actions:
        store.apply(action)


def post(folder, ref="a", **said):
    apply(folder, PostUpdate(ref=ref, update=update("10:00", "resolved", text="Done.", **said)))


def test_a_site_without_incidents_is_empty(tmp_path):
    snapshot = FolderStore(tmp_path, SITE).observe(NOW)

    assert (snapshot.incidents, snapshot.problems, snapshot.unobserved) == ((), (), frozenset())


def test_a_folder_that_leads_nowhere_is_no_empty_site(tmp_path):
    (tmp_path / "incidents").symlink_to("gone")

    with pytest.raises(UsageError, match="incidents can't be read: No such file"):
        FolderStore(tmp_path, SITE).observe(NOW)


def test_a_file_in_the_folders_place_is_no_empty_site(tmp_path):
    (tmp_path / "incidents").write_text("", encoding="utf-8")

    with pytest.raises(UsageError, match="incidents can't be read: Not a directory"):
        FolderStore(tmp_path, SITE).observe(NOW)


def test_incidents_have_a_digest_of_their_text_and_name(folder):
    for name in ("a.md", "b.md"):
        (folder / name).write_bytes(GOOD)
    before = observe(folder).digests
    (folder / "b.md").write_bytes(OVER)

    assert len({*before.values(), *observe(folder).digests.values()}) == 3


@pytest.mark.parametrize(
    "data",
    [GOOD.replace(b"\n", b"\r\n"), GOOD.replace(b"\n", b"\r"), b"\xef\xbb\xbf" + GOOD, b"\n\n" + GOOD, GOOD.strip()],
    ids=["CRLF", "CR", "BOM", "blank lines above", "no end of line"],
)
def test_a_file_may_come_from_any_editor(folder, data):
    (folder / "a.md").write_bytes(data)
    (one,) = observe(folder).incidents

    assert (one.title, one.severity, one.text, seen(folder)) == ("Good", Severity.MINOR, "It is slow.", [])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            GOOD.replace(b"slow", b"sl\xf6w"),
            "incidents/a.md:7: byte 0xf6 is not UTF-8; accepted: text in UTF-8 → shown as �",
        ),
        (GOOD + b"." * files.LARGEST, "bytes; accepted: 1,048,576 at most → cut there"),
        (GOOD.replace(b"minor", b"mi\0nor"), "the front matter is no YAML"),
        (GOOD.replace(b"[copr]", b"[copr"), "the front matter is no YAML"),
        (GOOD.replace(b"\n---\n", b"\n", 1), "no `---` closes the front matter"),
        (GOOD.replace(b"copr", b"nothing"), "no component is called 'nothing'"),
    ],
    ids=["not UTF-8", "huge", "NUL", "broken YAML", "no end of the front matter", "unknown component"],
)
def test_a_file_with_a_fault_is_a_problem_and_still_shown(folder, data, expected):
    (folder / "a.md").write_bytes(data)
    snapshot = observe(folder)

    assert [str(problem) for problem in snapshot.problems if expected in str(problem)] != []
    assert [one.title for one in snapshot.incidents] == ["Good"]
    assert snapshot.unobserved == frozenset()


@pytest.mark.parametrize("data", [b"", b"\0\0", b"\xff\xfe", b"It is slow.", b"---\n", b"---\n---\n"])
def test_a_file_that_says_nothing_leaves_the_page_unknown(folder, data):
    (folder / "a.md").write_bytes(data)
    snapshot = observe(folder)

    assert (snapshot.incidents, snapshot.unobserved) == ((), {"copr", "koji"})
    assert board.judge(snapshot, NOW).status is ComponentStatus.UNKNOWN


def test_what_is_beyond_the_limit_is_not_read(folder):
    (folder / "a.md").write_bytes(GOOD + b"." * 2 * files.LARGEST)
    (one,) = observe(folder).incidents

    assert len(one.text) < files.LARGEST


def a_folder(path):
    path.mkdir()


def a_pipe(path):
    os.mkfifo(path)


def a_broken_link(path):
    path.symlink_to("gone.md")


def a_loop(path):
    path.symlink_to(path)


def a_link_to_elsewhere(path):
    (path.parents[2] / "secret.md").write_bytes(GOOD)
    path.symlink_to("../../secret.md")


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (a_folder, "this is no file"),
        (a_pipe, "this is no file"),
        (a_broken_link, "the file can't be read: No such file or directory"),
        (a_loop, "the file can't be read: Too many levels of symbolic links"),
        (a_link_to_elsewhere, "this links to a file outside of the site's folder"),
    ],
)
def test_what_is_no_file_of_the_site_leaves_the_page_unknown(tmp_path, make, expected):
    folder = tmp_path / "site" / "incidents"
    folder.mkdir(parents=True)
    make(folder / "x.md")
    (folder / "good.md").write_bytes(GOOD)

    assert seen(folder) == [f"incidents/x.md: {expected} → not shown; the page says that its status is unknown"]
    assert (refs(folder), observe(folder).unobserved) == (["good"], {"copr", "koji"})


def test_a_link_inside_of_the_site_is_followed(folder):
    (folder.parent / "elsewhere.txt").write_bytes(GOOD)
    (folder / "a.md").symlink_to("../elsewhere.txt")

    assert (refs(folder), seen(folder)) == (["a"], [])


def test_the_whole_folder_may_be_elsewhere(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.md").write_bytes(GOOD)
    (tmp_path / "elsewhere" / "b.md").symlink_to("a.md")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "incidents").symlink_to("../elsewhere")

    assert refs(tmp_path / "site" / "incidents") == ["a", "b"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_leaves_the_page_unknown(folder):
    (folder / "a.md").write_bytes(GOOD)
    (folder / "a.md").chmod(0)

    assert "the file can't be read: Permission denied" in seen(folder)[0]


def test_a_file_that_goes_while_it_is_read_leaves_the_page_unknown(folder, monkeypatch):
    def gone(*_):
        raise FileNotFoundError(2, "No such file or directory")

    (folder / "a.md").write_bytes(GOOD)
    monkeypatch.setattr(files, "read", gone)

    assert observe(folder).unobserved == {"copr", "koji"}


@pytest.mark.parametrize("name", ["a.markdown", "a.TXT", "a.mdown", "a.mdx", "a.md.txt", "a"])
def test_what_may_be_meant_as_an_incident_leaves_the_page_unknown(folder, name):
    (folder / name).write_bytes(GOOD)

    outcome = "not shown; the page says that its status is unknown"
    assert seen(folder) == [f"incidents/{name}: its name doesn't end in .md; accepted: a.md → {outcome}"]
    assert (refs(folder), observe(folder).unobserved) == ([], {"copr", "koji"})


def test_a_page_without_components_can_be_unknown(folder):
    (folder / "a.txt").write_bytes(GOOD)

    assert FolderStore(folder.parent, replace(SITE, components=())).observe(NOW).unobserved == {""}


def test_incidents_in_a_folder_further_down_leave_the_page_unknown(folder):
    (folder / "2026").mkdir()
    (folder / "2026" / "a.md").write_bytes(GOOD)

    (problem,) = seen(folder)
    assert problem.startswith("incidents/2026: incidents in a folder within this one aren't read; accepted: files")
    assert observe(folder).unobserved == {"copr", "koji"}


def test_a_folder_of_pictures_is_nobodys_business(folder):
    (folder / "pictures").mkdir()
    (folder / "pictures" / "a.png").write_bytes(b"")
    (folder / "CODEOWNERS").write_bytes(b"* @us\n")
    (folder / "gone").symlink_to("nowhere")

    assert [one.split(":")[0] for one in seen(folder)] == ["incidents/gone"]


def test_an_update_that_does_not_say_when_is_judged_anew_in_each_build(folder):
    (folder / "a.md").write_bytes(GOOD + b"\n## Resolved\n")
    snapshot = observe(folder)

    assert snapshot.incidents[0].updates[0].at == snapshot.taken
    assert snapshot.digests == {"a": ""}


@pytest.mark.parametrize(
    "name", ["README.md", "readme.MD", "README", "_draft.md", ".hidden.md", ".a.txt", "_a.txt", "a.png"]
)
def test_other_files_are_nobodys_business(folder, name):
    (folder / name).write_bytes(GOOD)

    assert (refs(folder), seen(folder)) == ([], [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Disk full.md", "Disk-full"),
        ("störung.md", "störung"),
        ("a..b.md", "a-b"),
        ("a.MD", "a"),
        ("1.5.md", "1.5"),
        ("a\nb.md", "a-b"),
        ("<b>&.md", "b"),
        ("!!!.md", "incident"),
    ],
)
def test_a_ref_is_the_name_as_it_may_stand_in_an_address(folder, name, expected):
    (folder / name).write_bytes(GOOD)

    assert refs(folder) == [expected]


def test_a_name_that_is_no_text_is_read_and_said(folder):
    with suppress(OSError):  # some file systems refuse it
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md")).write_bytes(GOOD.replace(b"minor", b"?"))

        assert refs(folder) == ["caf"]
        assert seen(folder)[0].startswith("incidents/caf�.md:3:1: severity: ")


def test_an_incident_is_named_by_its_number(folder):
    (folder / "a.md").write_bytes(GOOD.replace(b"title", b"number: 7\ntitle"))

    assert refs(folder) == ["7"]


def test_of_two_with_one_number_the_first_keeps_it(folder):
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_bytes(GOOD.replace(b"title", b"number: 7\ntitle"))

    assert refs(folder) == ["7", "7-2", "7-3"]
    assert seen(folder) == [
        f"incidents/{name}: number: another incident is '7' already → shown as '7-{count}'"
        for name, count in (("b.md", 2), ("c.md", 3))
    ]


def test_of_two_with_one_name_the_first_keeps_it(folder):
    for name in ("a b.md", "a-b.md"):
        (folder / name).write_bytes(GOOD)

    assert refs(folder) == ["a-b", "a-b-2"]
    assert seen(folder) == ["incidents/a-b.md: another incident is 'a-b' already → shown as 'a-b-2'"]


HARMFUL = ["../x", "..", ".", "", "a/b", "/x", "a\\b", "a\0b", "a b", ".x", "_x", "README", "a.", "x" * 300, "a\n"]


@pytest.mark.parametrize("ref", HARMFUL)
def test_a_ref_that_is_no_name_for_a_file_is_refused(tmp_path, ref):
    with pytest.raises(UsageError, match="is no name for an incident"):
        apply(tmp_path / "site" / "incidents", OpenIncident(incident=incident(ref)))
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("ref", HARMFUL)
def test_a_ref_that_is_no_name_for_a_file_changes_none(folder, ref):
    (folder / "_x.md").write_bytes(GOOD)
    (folder.parent / "x.md").write_bytes(GOOD)

    with pytest.raises(UsageError, match="there is no incident"):
        post(folder, ref)
    assert {path.read_bytes() for path in folder.parent.rglob("*.md")} == {GOOD}


def test_opening_makes_the_folder(tmp_path):
    apply(tmp_path / "new" / "site" / "incidents", OpenIncident(incident=incident()))

    assert refs(tmp_path / "new" / "site" / "incidents") == ["builds-pending"]


@pytest.mark.parametrize(
    ("name", "front", "one"),
    [
        ("a.md", b"title", incident("a")),
        ("a.md", b"number: 7\ntitle", incident("7")),
        ("a.md", b"number: 7\ntitle", incident("other", number=7)),
        ("a..b.md", b"title", incident("a-b")),
    ],
    ids=["its file", "its number", "a number", "its name in addresses"],
)
def test_what_another_file_has_is_not_opened(folder, name, front, one):
    (folder / name).write_bytes(GOOD.replace(b"title", front))

    with pytest.raises(UsageError, match=f"already: .*{name}"):
        apply(folder, OpenIncident(incident=one))
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("make", [a_folder, a_broken_link])
def test_what_is_in_the_way_is_not_replaced(folder, make):
    make(folder / "x.md")

    with pytest.raises(UsageError, match="there is an incident 'x' already"):
        apply(folder, OpenIncident(incident=incident("x")))


@pytest.mark.parametrize(
    "before",
    [
        GOOD,
        GOOD.rstrip(),
        GOOD + b"\n",
        GOOD + b"  \n \n\n",
        GOOD.replace(b"slow", b"sl\xf6w\0"),
        b"\xef\xbb\xbf" + GOOD,
    ],
    ids=["usual", "no end of line", "blank line", "spaces", "not UTF-8", "BOM"],
)
def test_posting_leaves_the_file_as_it_was_byte_for_byte(folder, before):
    (folder / "a.md").write_bytes(before)
    post(folder)
    after = (folder / "a.md").read_bytes()

    assert after.startswith(before)
    assert after[len(before) :].lstrip() == "## Resolved – 2026-03-02 10:00 UTC\n\nDone.\n".encode()
    assert [one.at for one in observe(folder).incidents[0].updates] == [at("10:00")]


def test_posting_keeps_to_the_files_line_endings(folder):
    (folder / "a.md").write_bytes(GOOD.replace(b"\n", b"\r\n"))
    post(folder)

    assert (folder / "a.md").read_bytes().replace(b"\r\n", b"").count(b"\n") == 0


def test_posting_to_an_empty_file_is_its_first_update(folder):
    (folder / "a.md").touch()
    post(folder)

    assert observe(folder).incidents[0].started == at("10:00")


def test_posting_goes_to_the_incident_of_that_number_before_the_file_of_that_name(folder):
    (folder / "5.md").write_bytes(GOOD.replace(b"title", b"number: 7\ntitle"))
    (folder / "x.md").write_bytes(GOOD.replace(b"title", b"number: 5\ntitle"))
    post(folder, "5")

    assert [(one.ref, len(one.updates)) for one in observe(folder).incidents] == [("7", 0), ("5", 1)]


def test_an_incident_with_a_number_also_goes_by_its_files_name(folder):
    (folder / "a.md").write_bytes(GOOD.replace(b"title", b"number: 7\ntitle"))
    post(folder, "a")

    assert len(observe(folder).incidents[0].updates) == 1


def test_posting_to_a_file_beyond_the_limit_is_refused(folder):
    (folder / "a.md").write_bytes(GOOD + b"." * files.LARGEST)

    with pytest.raises(UsageError, match=r"a.md is too large: 1,048,669 bytes; 1,048,576 at most are read"):
        post(folder)


def test_a_file_that_is_gone_since_is_not_changed(folder):
    (folder / "a.md").write_bytes(GOOD)
    store = FolderStore(folder.parent, SITE)
    store.observe(NOW)
    (folder / "a.md").unlink()

    with pytest.raises(UsageError, match=r"a.md can't be read: No such file"):
        store.apply(PostUpdate(ref="a", update=update()))
    assert list(folder.iterdir()) == []


def test_editing_keeps_the_keys_of_others(folder):
    (folder / "a.md").write_bytes(GOOD.replace(b"title", b"owner: {team: infra}\ntitle"))
    apply(folder, EditIncident(incident=incident("a", title="Better")))

    assert b"owner:\n  team: infra\n" in (folder / "a.md").read_bytes()
    assert observe(folder).incidents == (incident("a", title="Better"),)


@pytest.mark.parametrize(
    "action",
    [EditIncident(incident=incident("a")), PostUpdate(ref="a", update=update())],
    ids=["edit", "post"],
)
def test_a_write_that_fails_leaves_the_old_file(folder, monkeypatch, action):
    def full(*_):
        raise OSError(28, "No space left on device")

    (folder / "a.md").write_bytes(GOOD)
    monkeypatch.setattr(Path, "replace", full)

    with pytest.raises(UsageError, match=r"a.md can't be written: No space left on device"):
        apply(folder, action)
    assert (folder / "a.md").read_bytes() == GOOD
    assert refs(folder) == ["a"]


def known(folder, *, seconds=10):
    """What a build leaves behind, `seconds` after the files were written."""
    store = FolderStore(folder.parent, SITE)
    entries = store.entries(board.judge(store.observe(NOW), NOW))
    return index.Index(
        context="",
        site="",
        taken=NOW,
        entries=entries,
        written_ns=max((entry.mtime_ns for entry in entries.values()), default=0) + seconds * 10**9,
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (OVER, {"a.md"}),
        (GOOD, set()),
        (OVER.replace(b"minor", b"hihg"), set()),
        (OVER + "\n## Update – 2026-03-02 13:00\n".encode(), set()),
        (b"", set()),
    ],
    ids=["over", "going on", "with a problem", "with an update to come", "unreadable"],
)
def test_only_what_is_over_and_without_fault_need_not_be_read_again(folder, data, expected):
    (folder / "a.md").write_bytes(data)

    assert known(folder).entries.keys() == expected


def test_an_incident_that_has_yet_to_begin_is_read_again(folder):
    cancelled = OVER.replace(b"ended: 2026-03-02 09:00\n", b"kind: maintenance\n").replace(b"03-02", b"03-05")
    (folder / "a.md").write_bytes(cancelled + "\n## Cancelled – 2026-03-01 13:00\n".encode())

    assert [record.ref for record in board.judge(observe(folder), NOW).past] == ["a"]
    assert known(folder).entries == {}


def test_a_known_file_is_not_read(folder, monkeypatch):
    (folder / "a.md").write_bytes(OVER)
    notes = known(folder)
    monkeypatch.setattr(files, "read", None)

    assert [record.ref for record in observe(folder, notes).settled] == ["a"]


def test_a_file_as_young_as_the_index_is_looked_at(folder, monkeypatch):
    (folder / "a.md").write_bytes(OVER)
    notes = known(folder, seconds=1)
    reads = []
    monkeypatch.setattr(files, "read", lambda *seen, read=files.read: reads.append(seen) or read(*seen))

    assert [record.ref for record in observe(folder, notes).settled] == ["a"]
    assert len(reads) == 1


def test_a_file_of_the_same_time_and_size_is_no_known_file(folder):
    (folder / "a.md").write_bytes(OVER)
    before, notes = (folder / "a.md").stat(), known(folder)
    while (folder / "a.md").stat().st_ctime_ns == before.st_ctime_ns:
        (folder / "a.md").write_bytes(OVER.replace(b"09:00", b"09:30"))
        os.utime(folder / "a.md", ns=(before.st_mtime_ns, before.st_mtime_ns))

    assert [one.ended for one in observe(folder, notes).incidents] == [at("09:30")]


def test_a_known_file_that_became_something_else_is_a_problem(folder):
    (folder / "a.md").write_bytes(OVER)
    notes = known(folder)
    (folder / "a.md").unlink()
    (folder / "a.md").mkdir()

    assert observe(folder, notes).unobserved == {"copr", "koji"}


def test_a_known_file_that_goes_while_it_is_read_leaves_the_page_unknown(folder, monkeypatch):
    (folder / "a.md").write_bytes(OVER)
    notes = known(folder, seconds=1)

    def gone(*_):
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(files, "read", gone)

    assert observe(folder, notes).unobserved == {"copr", "koji"}


def test_notes_that_are_none_are_ignored(folder):
    (folder / "a.md").write_bytes(OVER)
    notes = known(folder)
    damaged = notes.entries["a.md"]._replace(row=["a"])

    assert observe(folder, index.Index(context="", site="", taken=NOW, entries={"a.md": damaged})).settled == ()


def test_a_known_incident_whose_ref_is_taken_is_read_again(folder):
    (folder / "b.md").write_bytes(OVER.replace(b"title", b"number: 7\ntitle"))
    notes = known(folder)
    (folder / "a.md").write_bytes(GOOD.replace(b"title", b"number: 7\ntitle"))
    snapshot = observe(folder, notes)

    assert ([one.ref for one in snapshot.incidents], snapshot.settled) == (["7", "7-2"], ())


def test_a_known_incident_stays_known(folder):
    (folder / "a.md").write_bytes(OVER)
    notes = known(folder)
    store = FolderStore(folder.parent, SITE, notes)

    assert store.entries(board.judge(store.observe(NOW), NOW)) == notes.entries


def test_a_known_incident_can_be_changed(folder):
    (folder / "a.md").write_bytes(OVER)
    FolderStore(folder.parent, SITE, known(folder)).apply(PostUpdate(ref="a", update=update("11:00", "identified")))

    assert len(observe(folder).incidents[0].updates) == 1
