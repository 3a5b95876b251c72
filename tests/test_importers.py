"""What holds for every importer."""

import pytest

from ghstatus import importers
from ghstatus.grammar import config, document
from ghstatus.grammar.names import Names
from tests.conftest import DATA

SOURCES = [("cstate", "packit"), ("statusfy", "stencila"), ("fedora", "fedora-changes"), ("fedora", "fedora-pelican")]


def test_every_kind_can_be_read():
    assert set(importers.KINDS) == {kind for kind, _ in SOURCES}


@pytest.mark.parametrize(("kind", "folder"), SOURCES)
def test_a_second_import_gives_the_same(kind, folder):
    first = importers.read(kind, DATA / "import" / folder)
    again = importers.read(kind, DATA / "import" / folder, known=first.site)

    assert (again.incidents, again.site) == (first.incidents, first.site)
    assert len({incident.ref for incident in first.incidents}) == len(first.incidents)
    assert len({incident.source for incident in first.incidents}) == len(first.incidents)


@pytest.mark.parametrize(("kind", "folder"), SOURCES)
def test_what_was_imported_can_be_written_down(kind, folder):
    found = importers.read(kind, DATA / "import" / folder)
    names = Names(found.site.components, found.site.groups)

    assert config.parse(config.write(found.site), where="ghstatus.yml") == found.site
    for incident in found.incidents:
        reading = document.parse(document.write(incident), where="x.md", ref=incident.ref, names=names)
        assert (reading.incident, reading.problems) == (incident, ())
