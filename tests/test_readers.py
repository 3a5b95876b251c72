"""Programs that others wrote for other status pages read ours, unmodified, over HTTP."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import whadup

from tests.browser import NODE_MODULES, missing
from tests.test_render_outputs import built
from tests.test_site_golden import INCIDENTS, SITE, put

EXPORTER = Path(sys.executable).with_name("statuspage-prometheus-exporter")
CLIENT = NODE_MODULES / "statuspage.io"
ASK = """
const { Statuspage } = require(process.argv[1]);
const page = new Statuspage("ours");
page.setApiUrl(process.argv[2]);
const { getComponents, getStatus, getSummary, incidents, scheduledMaintenances } = page.api;
const questions = {
    components: getComponents, status: getStatus, summary: getSummary,
    incidents: () => incidents.getAll(), unresolved: () => incidents.getUnresolved(),
    upcoming: () => scheduledMaintenances.getUpcoming(),
};
Promise.all(Object.entries(questions).map(async ([name, ask]) => [name, await ask()]))
    .then(answers => console.log(JSON.stringify(Object.fromEntries(answers))));
"""


@pytest.fixture(params=["", "/status"], ids=["at the root", "below a path"])
def page(request, serve, tmp_path):
    """The address of the small site with something of everything."""
    folder = tmp_path / "site"
    url = serve(folder, below=request.param)
    put(built(replace(SITE, base_url=url), *INCIDENTS, unobserved=frozenset({"koji"})), folder)
    return url


@pytest.fixture
def exporter(tmp_path):
    """`exporter(url)` → what it says of the page: for each metric, its labels and its value.

    It falls back on its cache where a page doesn't answer, so it starts in an empty folder.
    """

    def run(url):
        cwd = tmp_path / "exporter"
        cwd.mkdir()
        services = {"ours": {"url": f"{url}api/v2/summary.json", "name": "Ours"}}
        (cwd / "services.json").write_text(json.dumps(services), encoding="utf-8")
        environment = {
            "HOME": str(cwd), "SERVICES_JSON_PATH": "services.json", "RUN_MODE": "once", "METRICS_TEXTFILE_PATH": "metrics",
        }  # fmt: skip
        ran = subprocess.run(
            [EXPORTER], cwd=cwd, env=environment, capture_output=True, check=True, timeout=60, text=True
        )
        assert " - ERROR - " not in ran.stderr
        lines = re.findall(
            r"^statuspage_(\w+)\{(.*)\} (\S+)$", (cwd / "metrics").read_text(encoding="utf-8"), re.MULTILINE
        )
        return [(name, dict(re.findall(r'(\w+)="([^"]*)"', labels)), float(value)) for name, labels, value in lines]

    return run


def test_the_prometheus_exporter_sees_what_goes_on(page, exporter):
    metrics = exporter(page)
    incidents = {labels["incident_id"]: labels for name, labels, _ in metrics if name == "incident_info"}
    maintenance = {labels["maintenance_id"]: labels for name, labels, _ in metrics if name == "maintenance_info"}
    components = {labels["component_name"]: value for name, labels, value in metrics if name == "component_status"}

    assert incidents.keys() == {"2026-03-02-copr-down", "staging-slow"}
    copr = incidents["2026-03-02-copr-down"]
    assert copr["shortlink"] == f"{page}incidents/2026-03-02-copr-down/"
    assert (copr["impact"], copr["affected_components"]) == ("critical", "Copr, Packit Service")
    assert "database-upgrade" in maintenance
    assert (components["Copr"], components["Koji"], components["Dashboard"]) == (0, 0, 1)


def test_whadup_reads_all_eight_files(page, monkeypatch):
    monkeypatch.setattr(whadup, "API_BASE_URL", f"{page}api/")
    github = whadup.GithubStatus()

    assert github.summary()["page"]["name"] == "Packit status"
    assert github.status()["status"]["indicator"] == "critical"
    assert len(github.components()["components"]) == 10
    assert [one["name"] for one in github.Incidents.unresolved()["incidents"]] == [
        *("Staging is slow", "Copr builds stay pending")
    ]
    assert {one["id"] for one in github.Incidents()["incidents"]} >= {"new-year", "farm-down"}
    assert [one["id"] for one in github.Maintenances.upcoming()["scheduled_maintenances"]] == ["copr-disks"]
    assert [one["id"] for one in github.Maintenances.active()["scheduled_maintenances"]] == ["database-upgrade"]
    assert {one["id"] for one in github.Maintenances()["scheduled_maintenances"]} >= {"no-move", "disks-swapped"}


def test_the_client_for_node_reads_what_it_asks_for(page):
    node = shutil.which("node")
    if not node or not CLIENT.is_dir():
        missing("statuspage.io, the client for Node, is not installed", "It needs Node; then run `make web-tools`.")
    asked = subprocess.run([node, "-e", ASK, CLIENT, page], capture_output=True, check=False, timeout=60, text=True)
    assert asked.stderr == ""
    told = json.loads(asked.stdout)

    assert told["status"]["status"]["indicator"] == "critical"
    assert [one["id"] for one in told["unresolved"]["incidents"]] == ["staging-slow", "2026-03-02-copr-down"]
    assert [one["id"] for one in told["upcoming"]["scheduled_maintenances"]] == ["copr-disks"]
    assert len(told["components"]["components"]) == 10
    assert told["summary"].keys() == {"page", "components", "incidents", "scheduled_maintenances", "status"}
    assert "new-year" in [one["id"] for one in told["incidents"]["incidents"]]
