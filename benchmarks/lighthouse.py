"""What Lighthouse says of the home page and of an incident's page, on a phone and on a desktop.

The home page comes twice: built just now, and built so long ago that it warns.

Run it with `python benchmarks/lighthouse.py` after `make web-tools`. It wants Node and a Chromium: CHROME_PATH names
one that isn't found. It prints the four scores and what the score for performance is made of.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = ROOT / "tests" / "web" / "node_modules" / "lighthouse" / "cli" / "index.js"
FLAGS = "--headless=new --no-sandbox --disable-gpu"
TIMINGS = (
    "first-contentful-paint",
    "largest-contentful-paint",
    "total-blocking-time",
    "cumulative-layout-shift",
    "speed-index",
)


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def chromium() -> str:
    """The path of a Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, names)), "")


def look(address: str, *options: str) -> dict[str, Any]:
    """Lighthouse's report on one page."""
    command = ["node", str(LIGHTHOUSE), address, "--quiet", f"--chrome-flags={FLAGS}", "--output=json", *options]
    done = subprocess.run(
        command, env=os.environ | {"CHROME_PATH": chromium()}, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def tell(name: str, report: dict[str, Any]) -> None:
    """Print one page's scores."""
    scores = ", ".join(f"{key} {round(one['score'] * 100)}" for key, one in report["categories"].items())
    timings = ", ".join(f"{key} {report['audits'][key]['displayValue']}" for key in TIMINGS)
    print(f"{name}: {scores}\n    {timings}".replace("\N{NO-BREAK SPACE}", " "))


def main() -> None:
    """Build, serve, look."""
    if not LIGHTHOUSE.is_file() or not chromium():
        sys.exit("This wants Node, a Chromium, and `make web-tools`.")
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "site", Path(folder) / "out"
        shutil.copytree(ROOT / "site", source)
        for options in (["out"], ["out/old", "--now=2026-03-03T08:00:00Z"]):
            build = [sys.executable, "-m", "ghstatus", "build", "site", "--out", *options]
            subprocess.run(build, check=True, cwd=folder)
        newest = max(path.name for path in (out / "incidents").iterdir() if path.is_dir())
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(out)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name, path in {"home": "", "home that is old": "old/", "incident": f"incidents/{newest}/"}.items():
            address = f"http://127.0.0.1:{server.server_port}/{path}"
            tell(f"{name}, phone", look(address))
            tell(f"{name}, desktop", look(address, "--preset=desktop"))
        server.shutdown()


if __name__ == "__main__":
    main()
