"""The configuration of a site folder."""

import pytest

from ghstatus.errors import ConfigError, UsageError
from ghstatus.grammar import config
from ghstatus.stores import settings
from tests.builders import site


def put(folder, data=b"title: Status\n"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ghstatus.yml").write_bytes(data)


@pytest.mark.parametrize("name", [".", "site"])
def test_a_site_is_found_here_or_below(tmp_path, name):
    put(tmp_path / name)

    assert settings.find(tmp_path) == tmp_path / name


def test_the_site_that_is_here_goes_first(tmp_path):
    put(tmp_path)
    put(tmp_path / "site")

    assert settings.find(tmp_path) == tmp_path


def test_a_folder_of_that_name_is_no_configuration(tmp_path):
    (tmp_path / "site" / "ghstatus.yml").mkdir(parents=True)

    with pytest.raises(UsageError, match=r"no site here: looked for .*/ghstatus.yml and .*/site/ghstatus.yml; name"):
        settings.find(tmp_path)


def test_settings_are_the_folder_its_site_and_a_digest(tmp_path):
    put(tmp_path)
    found = settings.read(tmp_path)
    put(tmp_path, b"title: Status\n\n")
    other = settings.read(tmp_path)

    assert (found.folder, found.site.title) == (tmp_path, "Status")
    assert found.site == other.site
    assert found.digest != other.digest


@pytest.mark.parametrize("data", [b"\xef\xbb\xbftitle: Caf\xc3\xa9\n", b"title: Caf\xc3\xa9\r\n"], ids=["BOM", "CRLF"])
def test_a_configuration_may_come_from_any_editor(tmp_path, data):
    put(tmp_path, data)

    assert settings.read(tmp_path).site.title == "Café"


@pytest.mark.parametrize("name", ["nothing", "."])
def test_a_folder_without_configuration_is_no_site(tmp_path, name):
    with pytest.raises(UsageError, match=r"is no site folder: it holds no ghstatus.yml"):
        settings.read(tmp_path / name)


def test_a_configuration_that_is_a_folder_cannot_be_read(tmp_path):
    (tmp_path / "ghstatus.yml").mkdir()

    with pytest.raises(UsageError, match=r"ghstatus.yml can't be read: Is a directory"):
        settings.read(tmp_path)


def test_a_file_is_no_site_folder(tmp_path):
    (tmp_path / "site").touch()

    with pytest.raises(UsageError, match=r"ghstatus.yml can't be read: Not a directory"):
        settings.read(tmp_path / "site")


def test_a_configuration_that_is_not_utf8_is_refused_with_its_line(tmp_path):
    put(tmp_path, b"title: Status\ndescription: Caf\xe9\n")

    with pytest.raises(ConfigError, match=r"ghstatus.yml:2: byte 0xe9 is not UTF-8; accepted: text in UTF-8$"):
        settings.read(tmp_path)


def test_what_is_wrong_with_a_configuration_names_its_file(tmp_path):
    put(tmp_path, b"titel: Status\n")

    with pytest.raises(ConfigError, match=r"ghstatus.yml:1:1: titel: 'titel' is no key here"):
        settings.read(tmp_path)


def test_what_was_written_is_read(tmp_path):
    one = site(policy=config.POLICY)
    settings.write(tmp_path / "new" / "site", one)

    assert settings.read(tmp_path / "new" / "site").site == one


def test_a_configuration_that_is_there_is_not_written_over(tmp_path):
    put(tmp_path)

    with pytest.raises(FileExistsError):
        settings.write(tmp_path, site())
    assert (tmp_path / "ghstatus.yml").read_bytes() == b"title: Status\n"


def test_a_site_that_cannot_be_written_leaves_no_file(tmp_path):
    with pytest.raises(TypeError):
        settings.write(tmp_path, None)
    assert list(tmp_path.iterdir()) == []
