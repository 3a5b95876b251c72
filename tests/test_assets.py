"""The templates and static files are found, read and named by their contents."""

import pytest

from ghstatus import assets


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "style.css").write_bytes(b"body {}")
    (tmp_path / "a.svg").write_bytes(b"<svg/>")
    (tmp_path / "c.html").write_bytes(b"\xff")
    return tmp_path


@pytest.fixture
def digest_of(monkeypatch):
    def digest(templates, static):
        monkeypatch.setattr(assets, "templates", lambda: templates)
        monkeypatch.setattr(assets, "static", lambda: static)
        return assets.digest()

    return digest


def test_the_checkout_has_templates_and_static_files(request):
    root = request.config.rootpath

    assert (str(assets.templates()), str(assets.static())) == (str(root / "templates"), str(root / "site" / "static"))


def test_files_come_in_order_with_names_below_the_folder(folder):
    assert list(assets.files(folder)) == [("a.svg", b"<svg/>"), ("b/style.css", b"body {}"), ("c.html", b"\xff")]


def test_a_digest_stays_while_nothing_changes(folder, digest_of):
    assert digest_of(folder, folder / "b") == digest_of(folder, folder / "b")


def test_a_digest_tells_templates_from_static_files(folder, digest_of):
    assert digest_of(folder, folder / "b") != digest_of(folder / "b", folder)


@pytest.mark.parametrize("name", ["a.svg", "b/style.css", "new.txt"])
def test_a_digest_changes_with_every_file(folder, digest_of, name):
    before = digest_of(folder, folder / "b")

    (folder / name).write_bytes(b"changed")

    assert digest_of(folder, folder / "b") != before


def test_a_digest_changes_with_a_name(folder, digest_of):
    before = digest_of(folder, folder)

    (folder / "a.svg").rename(folder / "A.svg")

    assert digest_of(folder, folder) != before


def test_the_digest_is_that_of_the_files_in_place():
    assert assets.digest() == assets.digest()
