"""The fixture `github`: a loopback GitHub for one test, which fails if the test asked what GitHub doesn't accept."""

import pytest


@pytest.fixture
def github():
    from tests.github.clients import running

    with running() as made:
        yield made
