"""The fixture `upstream`: the services that ghstatus reads evidence from; see `tests/upstream/world.py`."""

import pytest


@pytest.fixture
def upstream():
    from tests.upstream.world import Upstream

    made = Upstream()
    yield made
    made.stop()
