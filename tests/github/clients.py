"""A loopback GitHub for one test, with clients for it."""

from contextlib import ExitStack, contextmanager
from functools import lru_cache
from unittest import mock

from jwt.algorithms import RSAAlgorithm

from github import Auth, Github
from tests.github.server import Loopback

_prepared = lru_cache(RSAAlgorithm(RSAAlgorithm.SHA256).prepare_key)


class Clients(Loopback):
    """A loopback GitHub with clients that are closed in time and don't pace themselves."""

    def __init__(self, **options):
        super().__init__(**options)
        self.open = ExitStack()

    def client(self, token=None, **options):
        """A PyGithub for this server, with a token or an `Auth`; without pacing, and without retries unless asked."""
        auth = Auth.Token(token) if isinstance(token, str) else token
        settings = {
            "seconds_between_requests": None,
            "seconds_between_writes": None,
            "retry": None,
            "timeout": 60,
            **options,
        }
        made = Github(auth=auth, base_url=self.url, **settings)
        self.open.callback(made.close)
        return made

    def stop(self):
        self.open.close()
        super().stop()


def keys_made_sure_of_once():
    """Making sure that an App's key is one takes as long as fifty requests; most tests have the same key."""
    return mock.patch.object(RSAAlgorithm, "prepare_key", lambda _, key: _prepared(key))


@contextmanager
def running(**options):
    """A loopback GitHub that fails at the end if there were violations; whoever wants some clears them."""
    made = Clients(**options)
    try:
        with keys_made_sure_of_once():
            yield made
    finally:
        made.stop()
    assert made.violations == [], "GitHub would not have accepted this"
