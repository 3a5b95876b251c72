"""What Lighthouse finds on the home page and on an incident's; how fast they are is for `benchmarks/lighthouse.py`."""

import json
import os
import subprocess

import pytest

from tests import browser
from tests.test_site_golden import golden_site, put

LIGHTHOUSE = browser.NODE_MODULES / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("accessibility", "best-practices", "seo")
SETTINGS = {
    "onlyCategories": CATEGORIES,
    "disableFullPageScreenshot": True,
    # How long nothing happens before it looks; whoever measures speed has to wait for a second.
    "networkQuietThresholdMs": 100,
    "cpuQuietThresholdMs": 100,
}


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "incidents/2026-03-02-copr-down/"], ids=["home", "incident"])
def test_lighthouse_has_nothing_to_say(serve, tmp_path, path):
    if not LIGHTHOUSE.is_file():
        browser.missing("Lighthouse is not installed", "Run `make web-tools`.")
    chromium = browser.find_chromium() or browser.missing("No Chromium on the PATH", "Install it.")
    base = serve(put(golden_site(), tmp_path), below="/packit")
    config = tmp_path / "lighthouse.json"
    config.write_text(json.dumps({"extends": "lighthouse:default", "settings": SETTINGS}), encoding="utf-8")
    command = ["node", str(LIGHTHOUSE), base + path, "--quiet", "--output=json", f"--config-path={config}"]
    flags = f"--chrome-flags=--headless=new {' '.join(browser.CHROMIUM_FLAGS)}"
    done = subprocess.run(
        [*command, flags],
        check=False,
        env=os.environ | {"CHROME_PATH": chromium},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    bad = {name: one["title"] for name, one in report["audits"].items() if one["score"] not in {None, 1}}
    assert {name: report["categories"][name]["score"] for name in CATEGORIES} == dict.fromkeys(CATEGORIES, 1), bad
