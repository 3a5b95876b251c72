"""What a visitor's browser has to fetch for the home page: twenty components with ninety days each.

Run it with `python benchmarks/weight.py [--sizes 1000,10000]`.
"""

from __future__ import annotations

import argparse
import gzip
import re
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import content
from process import Runner, table

PEERS = {
    # Measured in November 2026 with a headless browser on other content of the same shape, 1,000 incidents:
    # requests, bytes, bytes with gzip -9 of what is text.
    "cState 6.0.1 (1fb3e0d), and Google's fonts": ("23", "876,564", "93,580"),
    "Statusfy 0.5.0 (7918adc)": ("13", "535,048", "150,648"),
    "Fedora's page (5211ab7), without bars": ("13", "487,641", "278,222"),
}


class References(HTMLParser):
    """The addresses that a browser fetches by itself for a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what is loaded, and leave what is only linked to."""
        values = dict(attrs)
        if tag == "link" and {"stylesheet", "icon", "preload", "preconnect"} & set((values.get("rel") or "").split()):
            self.found.append(values.get("href") or "")
        elif tag in {"script", "img", "iframe", "audio", "video", "source", "embed", "object", "input"}:
            self.found += [values[key] or "" for key in ("src", "srcset", "data") if key in values]


def fetched(out: Path) -> tuple[list[tuple[str, bytes]], list[str]]:
    """What the home page needs from its own site, and what it would ask others for."""
    page = (out / "index.html").read_bytes()
    references = References()
    references.feed(page.decode())
    styles = re.findall(r"<style>(.*?)</style>", page.decode(), re.DOTALL)
    own, foreign = [("index.html", page)], []
    for address in dict.fromkeys(references.found):
        parts = urlsplit(address)
        if parts.netloc:
            foreign.append(address)
        elif parts.scheme != "data":
            own.append((parts.path, (out / parts.path).read_bytes()))
    styles += [data.decode() for name, data in own if name.endswith(".css")]
    foreign += [address for style in styles for address in re.findall(r"(?:url\(|@import)[^;)]*//[^;)]*", style)]
    return own, foreign


def main() -> None:
    """Build, weigh and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ghstatus-benchmark-") as name:
        for size in options.sizes.split(","):
            weigh(Path(name), int(size))
    print("\nOthers, with 1,000 incidents, measured on other content of the same shape:\n")
    table(("", "requests", "bytes", "gzip -9"), [(name, *figures) for name, figures in PEERS.items()])


def weigh(folder: Path, count: int) -> None:
    """Build a site and print what its home page needs."""
    site, out = folder / f"site-{count}", folder / f"out-{count}"
    content.write(site, count)
    Runner(folder).ghstatus("build", str(site), "--out", str(out), "--now", f"{content.NOW:%Y-%m-%dT%H:%MZ}")
    own, foreign = fetched(out)
    rows = [(name, f"{len(data):,}", f"{len(packed(data)):,}") for name, data in own]
    rows.append(("in all", f"{sum(len(data) for _, data in own):,}", f"{sum(len(packed(data)) for _, data in own):,}"))
    print(f"The home page with {count:,} incidents, {len(own)} requests, {len(foreign)} more to others:\n")
    table(("", "bytes", "gzip -9"), rows)
    print()


def packed(data: bytes) -> bytes:
    """Compress as a web server might."""
    return gzip.compress(data, compresslevel=9, mtime=0)


if __name__ == "__main__":
    main()
