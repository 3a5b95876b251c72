"""The services that ghstatus reads evidence from, as they would be: Packit, Copr and Testing Farm.

    def test_x(upstream):
        url = upstream.copr(1, live="error: ...", backend="...")   # → address of job 1 on Packit's dashboard
        url = upstream.srpm(2, live="...")
        url = upstream.tests(3, summary="Guest couldn't be provisioned: ...", state="error")
        url = upstream.artifacts(upstream.request("error", summary="..."))   # what sclorg's statuses lead to

A text that is None isn't there (404). Each of these is only a few pages, all of which can be made by hand or replaced:

        upstream.page("https://prod.packit.dev/api/copr-builds/1", {"any": "shape"})   # JSON, text or bytes
        upstream.page(url, b"...", headers={"Content-Encoding": "br"})
        upstream.moved("https://prod.packit.dev/api/copr-builds/1", "https://elsewhere.example/")
        upstream.page(log, bomb(mib=200))

Failures, for every address that begins so, and for so many requests, or for ever:

        upstream.fail("https://prod.packit.dev/", 503, times=1)
        upstream.fail("https://download.copr.fedorainfracloud.org/", "silent")   # takes the request and says nothing
        ... "drop" hangs up, "truncate" does so in the middle, "drip" sends a byte now and then
        upstream.mend()   # and all is well again

Two ways in:

        Reader(upstream.fetch, clock)             # without a network: most tests
        Reader(upstream.web(clock), clock)        # the real `Web` against a real server on this machine (`loopback`)

A command makes its own `Web`; give it `upstream.fetch` in place of that:

        monkeypatch.setattr("ghstatus.evidence.Web", lambda clock: upstream.fetch)

What was asked stands in `upstream.asked`, as the addresses in order, and in `upstream.counts` by host.
The shapes are those of packit-service's `service/api/`, of Copr's API 3, and of Testing Farm's API 0.1.
"""

import gzip
import json
import threading
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from ghstatus.evidence.services import SERVICES, Answer, Fate
from tests.upstream.wire import Wire

RESULTS = "https://download.copr.fedorainfracloud.org/results"
IMPORTS = "https://copr-dist-git.fedorainfracloud.org/per-task-logs"
COPR = "https://copr.fedorainfracloud.org"
HOSTS = sorted(host for service in SERVICES for host in service.hosts)
CHROOT = "fedora-rawhide-x86_64"
KEEP = 128 << 10


@dataclass
class Page:
    """What one address answers."""

    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)


@dataclass
class Fault:
    """A failure of every address that begins so; `times` is None for ever."""

    start: str
    kind: object
    times: int | None = None


class Upstream:
    """A small world of services; nothing is in it but what a test puts there."""

    def __init__(self):
        self.pages = {}
        self.faults = []
        self.asked = []
        self.agents = set()
        self.lock = threading.Lock()
        self.wire = None

    @property
    def counts(self):
        """How many requests there were, by host."""
        return Counter(urlsplit(url).netloc for url in self.asked)

    def page(self, url, body="", status=200, headers=None):
        """Put a page at an address: JSON for what is neither text nor bytes."""
        if not isinstance(body, bytes):
            body = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.pages[url] = Page(body, status, headers or {})
        return url

    def moved(self, url, to, status=302):
        """Let an address lead to another."""
        return self.page(url, status=status, headers={"Location": to})

    def fail(self, start, kind, times=None):
        """Let every address that begins so fail: an HTTP status, or `drop`, `truncate`, `silent`, `drip`."""
        self.faults.append(Fault(start, kind, times))

    def mend(self):
        """Let nothing fail any more."""
        self.faults.clear()

    def log(self, url, text, *, is_packed=True):
        """Put a log where Copr keeps it: packed, once the build is over."""
        if text is not None and is_packed:
            self.page(f"{url}.gz", gzip.compress(text.encode()), headers={"Content-Encoding": "gzip"})
        elif text is not None:
            self.page(url, text)

    def build(self, number, *, chroot=CHROOT, live=None, backend=None, imported=None, is_packed=True):
        """A build in Copr as its logs and its API tell of it; answers the folder of its logs."""
        package = "" if chroot == "srpm-builds" else "-python-ogr"
        folder = f"{RESULTS}/packit/packit-ogr-900/{chroot}/{number:08d}{package}"
        self.log(f"{folder}/builder-live.log", live, is_packed=is_packed)
        self.log(f"{folder}/backend.log", backend, is_packed=is_packed)
        self.log(f"{IMPORTS}/{number}.log", imported, is_packed=False)
        place = f"build-chroot/?build_id={number}&chrootname={chroot.replace('+', '%2B')}"
        if not package:
            place = f"build/source-chroot/{number}"
        self.page(f"{COPR}/api_3/{place}", {"name": chroot, "state": "failed", "result_url": f"{folder}/"})
        return folder

    def copr(self, job, number=10158589, *, chroot=CHROOT, stage="", **logs):
        """A failed build as Packit knows it, and in Copr; answers the job's address on Packit's dashboard."""
        folder = self.build(number, chroot=chroot, **logs)
        told = {
            "build_id": str(number),
            "status": "failure",
            "chroot": chroot,
            "build_submitted_time": 1767700000,
            "build_start_time": 1767700060,
            "build_finished_time": 1767700600,
            "commit_sha": "c" * 40,
            "web_url": f"{COPR}/coprs/build/{number}/",
            "build_logs_url": f"{folder}/builder-live.log",
            "copr_project": "packit-ogr-900",
            "copr_owner": "packit",
            "srpm_build_id": 77,
            "run_ids": [1, 2],
            "built_packages": None,
        }
        return self.job("copr", "copr-builds", job, told, stage)

    def srpm(self, job, number=10158588, *, stage="", **logs):
        """A failed build of a source package."""
        folder = self.build(number, chroot="srpm-builds", **logs)
        told = {
            "status": "failure",
            "build_submitted_time": 1767700000,
            "url": None,
            "logs": None,
            "logs_url": f"{folder}/builder-live.log",
            "copr_build_id": str(number),
            "copr_web_url": f"{COPR}/coprs/build/{number}/",
            "run_ids": [1],
        }
        return self.job("srpm", "srpm-builds", job, told, stage)

    def request(self, state="error", *, number=1, summary=None, notes=(), is_dev=True):
        """A request in Testing Farm; answers its id."""
        name = f"614d240a-1e27-4758-ad6a-{number:012x}"
        told = {
            "id": name,
            "state": state,
            "result": {"overall": "error", "summary": summary, "xunit": None},
            "run": {"artifacts": self.artifacts(name, is_dev=is_dev)},
            "notes": [{"level": "info", "message": note} for note in notes],
            "created": "2026-01-06T12:00:00",
        }
        self.page(f"https://api{'.dev' * is_dev}.testing-farm.io/v0.1/requests/{name}", told)
        return name

    def artifacts(self, name, *, is_dev=True):
        """The address of a request's artifacts."""
        return f"https://artifacts{'.dev' * is_dev}.testing-farm.io/{name}"

    def tests(self, job, state="error", *, stage="", is_dev=True, **told):
        """Tests as Packit knows them, and in Testing Farm; answers the job's address on Packit's dashboard."""
        name = self.request(state, number=job, is_dev=is_dev, **told)
        told = {
            "pipeline_id": name,
            "status": "error",
            "chroot": CHROOT,
            "commit_sha": "c" * 40,
            "web_url": self.artifacts(name, is_dev=is_dev),
            "copr_build_ids": [3],
            "run_ids": [1],
            "submitted_time": 1767700000,
        }
        return self.job("testing-farm", "testing-farm", job, told, stage)

    def job(self, kind, page, job, told, stage=""):
        """A job on Packit's dashboard, and what Packit's API tells of it."""
        told = told | {"repo_namespace": "packit", "repo_name": "ogr", "pr_id": 900, "branch_name": None}
        self.page(f"https://{stage or 'prod'}.packit.dev/api/{page}/{job}", told)
        return f"https://dashboard.{f'{stage}.' if stage else ''}packit.dev/jobs/{kind}/{job}"

    def take(self, url):
        """A request: what is at its address, and what goes wrong; without an address, 404."""
        with self.lock:
            self.asked.append(url)
            for fault in self.faults:
                if url.startswith(fault.start) and fault.times != 0:
                    fault.times = None if fault.times is None else fault.times - 1
                    if isinstance(fault.kind, int):
                        return Page(b"<html>Sorry</html>", fault.kind), None
                    return self.pages.get(url, Page(status=404)), fault.kind
            return self.pages.get(url, Page(b"<html>404</html>", 404)), None

    def fetch(self, want):
        """What `Web` would answer, without a network."""
        url, hops = want.url, []
        for _ in range(4):
            host = urlsplit(url).netloc
            if host not in want.service.hosts:
                return Answer(Fate.REFUSED, "leads to a place that isn't its own", tuple(hops[1:]))
            hops.append(host)
            page, fault = self.take(url)
            if fault or page.status not in {301, 302, 303, 307, 308}:
                return told(page, fault, want)._replace(hops=tuple(hops[1:]))
            url = urljoin(url, page.headers["Location"])
        return Answer(Fate.REFUSED, "redirects too often", tuple(hops[1:]))

    @property
    def origins(self):
        """Where each service's host is on this machine; the server starts with the first look."""
        if self.wire is None:
            self.wire = Wire(self)
        return {f"https://{host}": f"http://127.0.0.1:{self.wire.port}/{host}" for host in HOSTS}

    def web(self, clock, bounds=None):
        """The real `Web`, against this world."""
        from ghstatus.evidence import Web

        return Web(clock, self.origins, bounds)

    def stop(self):
        if self.wire is not None:
            self.wire.stop()


def told(page, fault, want):
    """A page, as `Web` would see it."""
    if fault in {"silent", "drip"}:
        return Answer(Fate.DOWN, "did not answer within 10 s")
    if fault:
        return Answer(Fate.BROKEN, "broke off its answer")
    if page.status != 200:
        fates = {404: Fate.MISSING, 410: Fate.MISSING, 429: Fate.DOWN}
        return Answer(
            fates.get(page.status, Fate.BROKEN if page.status >= 500 else Fate.REFUSED), f"answered {page.status}"
        )
    body = gzip.decompress(page.body) if page.body.startswith(b"\x1f\x8b") else page.body
    text = body[-KEEP:].decode("utf-8", "replace")
    return Answer(Fate.GOT, text if len(body) <= KEEP else text.partition("\n")[2])


def bomb(mib):
    """Few bytes that unpack to so many MiB of zeros."""
    return gzip.compress(bytes(mib << 20), mtime=0)
