"""Cassettes: what the store and a GitHub said to each other, to be played back where there is no GitHub.

They are recorded by `make record`, from a scratch repository on GitHub or from the loopback GitHub; tests/README.md
tells how. The head of each says which of the two it was.
"""

import os
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import yaml

GITHUB = "https://api.github.com"
CONFIG = {"match_on": ["method", "path", "query", "body"], "decode_compressed_response": True}
SENT = {"accept", "content-type", "x-github-api-version"}
ANSWERED = {"content-type", "link", "location", "retry-after"}
HEAD = "# {sentence}\n# Tokens and most headers were left out. `make record` records it anew; see tests/README.md.\n"
REFUSAL = """\
`make record` writes to a GitHub repository: it opens issues, labels, pins and closes them. So it wants to be told which:

    GHSTATUS_RECORD_TOKEN       a token with issues: write for that repository alone
    GHSTATUS_RECORD_REPOSITORY  owner/name; `scratch` has to be part of the name
    GHSTATUS_RECORD_API_URL     only for an Enterprise Server

`make record AGAINST=loopback` records what the loopback GitHub answers instead."""


class Refusal(Exception):  # noqa: N818  # said as it is
    """Nothing is recorded."""


class Tape:
    """One cassette on its way: whom to ask, by which token, and what time it is."""

    def __init__(self, path, *, is_recording, environment):
        self.path = Path(path)
        self.is_recording = is_recording
        self.github = None
        self.closing = ExitStack()
        if is_recording:
            self.now = datetime.now(UTC).replace(microsecond=0)
            self.begin(environment)
        else:
            self.replay(yaml.safe_load(self.path.read_text(encoding="utf-8"))["recorded"])

    def replay(self, recorded):
        self.api_url, self.token, self.repository = GITHUB, "played-back", recorded["repository"]
        self.now = recorded["at"].replace(tzinfo=UTC)

    def begin(self, environment):
        """Find a GitHub to record from; raise Refusal where nobody said which."""
        if environment.get("GHSTATUS_RECORD_AGAINST") == "loopback":
            self.loopback()
            return
        self.token = environment.get("GHSTATUS_RECORD_TOKEN", "")
        self.repository = environment.get("GHSTATUS_RECORD_REPOSITORY", "")
        self.api_url = environment.get("GHSTATUS_RECORD_API_URL") or GITHUB
        if not self.token or "scratch" not in self.repository.partition("/")[2]:
            raise Refusal(REFUSAL)

    def loopback(self):
        from tests.github.clients import running

        self.github = self.closing.enter_context(running())
        self.github.clock.set(self.now)
        self.repository = "example/scratch"
        self.token = self.github.token(self.repository, issues="write")
        self.api_url = self.github.url

    def config(self):
        """What pytest-recording wants to know. It copies that deeply, which functions survive and methods don't."""

        def asked(request):
            return self.asked(request)

        def answered(response):
            return self.answered(response)

        return {**CONFIG, "before_record_request": asked, "before_record_response": answered}

    def sleep(self, seconds):
        """Wait only where somebody is kept waiting."""
        if self.is_recording and self.github is None:
            time.sleep(seconds)

    @property
    def against(self):
        """What a reader has to know before believing a cassette."""
        if self.github is not None:
            return "the loopback GitHub (tests/github), not GitHub: it shows what ghstatus asks, and what we believe GitHub answers."
        return f"{self.api_url}, which is a GitHub."

    def asked(self, request):
        """A request as it is kept and compared: to GitHub, without its token."""
        request.uri = request.uri.replace(self.api_url, GITHUB, 1)
        request.headers = {name: value for name, value in request.headers.items() if name.lower() in SENT}
        return request

    def answered(self, response):
        """An answer as it is kept: with GitHub's address, and only the headers that mean something."""
        headers = {name: value for name, value in response["headers"].items() if name.lower() in ANSWERED}
        headers = {name: [self.public(one) for one in as_list(value)] for name, value in headers.items()}
        text = self.public(response["body"]["string"].decode())
        return {**response, "headers": headers, "body": {"string": text.encode()}}

    def public(self, text):
        """A text without the address of the server and without the token."""
        return text.replace(self.api_url, GITHUB).replace(self.token, "TOKEN")

    def end(self):
        """Write the head of what was recorded."""
        self.closing.close()
        if self.is_recording and self.path.is_file():
            text = self.path.read_text(encoding="utf-8")
            if self.token in text:
                self.path.unlink()
                raise Refusal(f"{self.path} held the token; it was removed")
            head = {
                "recorded": {
                    "against": self.against,
                    "at": self.now.replace(tzinfo=None),
                    "repository": self.repository,
                }
            }
            sentence = f"Recorded against {self.against}"
            self.path.write_text(
                HEAD.format(sentence=sentence) + yaml.safe_dump(head, sort_keys=False, width=200) + text,
                encoding="utf-8",
            )


def as_list(value):
    return value if isinstance(value, list) else [value]


def tape(path, mode):
    """The tape of one test, by pytest-recording's mode."""
    return Tape(path, is_recording=mode != "none", environment=os.environ)
