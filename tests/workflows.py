"""A runner of workflows in small: the `run:` steps by bash as GitHub Actions runs them, the actions by stand-ins."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
STARTED = f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m ghstatus "$@"\n'
"""The program `ghstatus` as it is; `prepared` gives one that does the same sooner."""

_TOKEN = re.compile(r"\s*(?:(?P<text>'[^']*')|(?P<sign>&&|\|\||==|!=|[!(),])|(?P<name>[A-Za-z_][\w.-]*))")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


def read(path):
    """A workflow or an action; YAML 1.1 takes `on` for a truth."""
    found = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in found.items()}


def expressions(text):
    return [found.strip() for found in _EXPRESSION.findall(text)]


class Expression:
    """As much of GitHub's expressions as the workflows use."""

    def __init__(self, text, contexts, functions):
        self.tokens = [found for found in _TOKEN.finditer(text) if found[0].strip()]
        assert "".join(found[0] for found in self.tokens).strip() == text.strip(), f"not understood: {text}"
        self.contexts, self.functions = contexts, functions

    def value(self):
        found = self.either()
        assert self.tokens == []
        return found

    def next(self, *signs):
        return self.tokens.pop(0)[0].strip() if self.tokens and self.tokens[0]["sign"] in signs else None

    def either(self):
        found = self.both()
        while self.next("||"):
            other = self.both()
            found = found or other
        return found

    def both(self):
        found = self.compared()
        while self.next("&&"):
            other = self.compared()
            found = found and other
        return found

    def compared(self):
        found = self.one()
        if sign := self.next("==", "!="):
            return (found == self.one()) is (sign == "==")
        return found

    def one(self):
        if self.next("!"):
            return not self.one()
        if self.next("("):
            found = self.either()
            assert self.next(")")
            return found
        token = self.tokens.pop(0)
        if token["text"]:
            return token["text"][1:-1]
        if self.next("("):
            return self.functions[token["name"]](*self.arguments())
        return self.looked_up(token["name"])

    def arguments(self):
        found = []
        while not self.next(")"):
            assert not found or self.next(",")
            found.append(self.either())
        return found

    def looked_up(self, name):
        found = self.contexts
        first, *_ = name.split(".")
        assert first in found, f"there is no context {first}"
        for part in name.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return "" if found is None else found


def outputs(path):
    """A file of outputs, read as the runner reads it."""
    found, lines = {}, iter(path.read_text(encoding="utf-8").splitlines() if path.exists() else [])
    for line in lines:
        if (mark := re.match(r"([^=]*?)<<(.*)", line)) and "=" not in mark[1]:
            value = []
            while (text := next(lines)) != mark[2]:
                value.append(text)
            found[mark[1]] = "\n".join(value)
        else:
            name, sign, value = line.partition("=")
            assert sign, f"not an output: {line!r}"
            found[name] = value
    return found


class Job:
    """One run of a job, in folders of its own; what was cached and handed over lies in `kept` and `artifact`."""

    def __init__(self, runner, job, contexts):
        self.runner, self.job = runner, job
        self.temp, self.workspace = runner.folder / "temp", runner.folder / "workspace"
        for folder in (self.temp, self.workspace):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        self.contexts = {"steps": {}, "secrets": {}, "env": {}, "runner": {"temp": str(self.temp)}, **contexts}
        self.failed, self.paths, self.log, self.summary = False, [], [], ""
        self.artifact = None
        self.commands = []
        for step in job["steps"]:
            self.step(step, self.contexts, {})
        self.outputs = {name: self.said(text, self.contexts) for name, text in job["outputs"].items()}

    def value(self, text, contexts):
        functions = {
            "cancelled": lambda: False,
            "always": lambda: True,
            "success": lambda: not self.failed,
            "failure": lambda: self.failed,
            "startsWith": lambda text, start: text.casefold().startswith(start.casefold()),
        }
        return Expression(text, contexts, functions).value()

    def said(self, text, contexts):
        """A text with its expressions replaced."""
        return _EXPRESSION.sub(lambda found: _text(self.value(found[1].strip(), contexts)), str(text))

    def is_due(self, step, contexts):
        (condition,) = expressions(step["if"]) if "if" in step else ("success()",)
        due = bool(self.value(condition, contexts))
        return due if re.search(r"\b(always|cancelled|failure|success)\(", condition) else due and not self.failed

    def step(self, step, contexts, place):
        steps = contexts["steps"]
        if not self.is_due(step, contexts):
            found = ("skipped", {})
        elif "run" in step:
            found = self.run(step, contexts, place)
        else:
            given = {name: self.said(text, contexts) for name, text in step.get("with", {}).items()}
            found = self.use(step["uses"].partition("@")[0], given)
        if "id" in step:
            steps[step["id"]] = {"outcome": found[0], "outputs": found[1]}
        self.failed = self.failed or found[0] == "failure"

    def use(self, action, given):
        if action.startswith("./"):
            return self.compose(self.workspace / action, given)
        if action in self.runner.broken:
            return "failure", {}
        return "success", self.runner.stand_ins[action](self, given) or {}

    def compose(self, folder, given):
        action = read(folder / "action.yml")
        inputs = {name: given.get(name, one.get("default", "")) for name, one in action["inputs"].items()}
        contexts = self.contexts | {"inputs": inputs, "steps": {}}
        for step in action["runs"]["steps"]:
            self.step(step, contexts, {"GITHUB_ACTION_PATH": str(folder)})
        found = {name: self.said(one["value"], contexts) for name, one in action.get("outputs", {}).items()}
        return "failure" if self.failed else "success", found

    def run(self, step, contexts, place):
        files = {name: self.temp / f"file-{name}-{len(self.log)}" for name in ("OUTPUT", "ENV", "PATH", "STEP_SUMMARY")}
        said = {**self.job.get("env", {}), **step.get("env", {})}
        environment = {
            **self.runner.environment,
            **place,
            **{f"GITHUB_{name}": str(path) for name, path in files.items()},
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_WORKSPACE": str(self.workspace),
            "PATH": os.pathsep.join([*reversed(self.paths), "/usr/local/bin", "/usr/bin", "/bin"]),
            **{name: self.said(text, contexts) for name, text in said.items()},
        }
        assert "${{" not in step["run"], "an expression in a script"
        script = self.temp / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        options = ["--noprofile", "--norc", "-eo", "pipefail"] if "shell" in step else ["-e"]
        ran = subprocess.run(
            ["/bin/bash", *options, str(script)],
            cwd=self.workspace,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        self.log.append((step["name"], ran.stdout))
        self.commands += [line for line in ran.stdout.splitlines() if is_command(line)]
        assert not files["ENV"].exists(), "something was put into the environment"
        if files["PATH"].exists():
            self.paths += files["PATH"].read_text(encoding="utf-8").splitlines()
        if files["STEP_SUMMARY"].exists():
            self.summary += files["STEP_SUMMARY"].read_text(encoding="utf-8")
        return "failure" if ran.returncode else "success", outputs(files["OUTPUT"])

    @property
    def text(self):
        return "".join(text for _, text in self.log)

    def page(self, path="index.html"):
        return (self.artifact / path).read_text(encoding="utf-8")


def is_command(line):
    """Whether the runner obeys a line of a log."""
    return line.lstrip().startswith("::") or "##[" in line


def _text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


class Runner:
    """A machine on which jobs run one after the other, and what lies around it: repository, cache, Pages."""

    def __init__(self, folder, *, files, environment, page, program=STARTED):
        self.folder, self.files, self.page, self.program, self.number = folder, files, page, program, 0
        (folder / "home").mkdir(parents=True)
        self.environment = {"HOME": str(folder / "home"), "CI": "true", "GITHUB_ACTIONS": "true", **environment}
        self.kept, self.broken = {}, set()
        self.stand_ins = {
            "actions/checkout": self._checkout,
            "actions/setup-python": lambda *_: {"python-path": sys.executable},
            "actions/cache": self._installation,
            "actions/cache/restore": self._restore,
            "actions/cache/save": self._save,
            "actions/configure-pages": lambda *_: {"base_url": self.page},
            "actions/upload-pages-artifact": self._upload,
        }

    def run(self, job, event, payload, *, inputs=None, token="", secrets=None, **github):
        self.number += 1
        (self.folder / "event.json").write_text(json.dumps(payload), encoding="utf-8")
        self.environment |= {
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_RUN_ID": str(self.number),
            "GITHUB_RUN_ATTEMPT": "1",
        }
        contexts = {
            "github": {
                "event": payload,
                "event_name": event,
                "ref": "refs/heads/main",
                "token": token,
                "run_id": str(self.number),
            }
            | {"run_attempt": "1"}
            | github,
            "inputs": inputs or {},
            "secrets": secrets or {},
            "job": {"workflow_repository": "ghstatus/ghstatus", "workflow_sha": "f" * 40},
        }
        return Job(self, job, contexts)

    def _checkout(self, job, given):
        assert given["persist-credentials"] == "false" or given["persist-credentials"] == "False"
        if given.get("path"):
            assert (given["repository"], given["ref"]) == ("ghstatus/ghstatus", "f" * 40)
            (job.workspace / given["path"]).symlink_to(ROOT)
            return
        assert "repository" not in given
        assert given["ref"] in {"main", "refs/heads/main"}
        for name, text in self.files.items():
            (job.workspace / name).parent.mkdir(parents=True, exist_ok=True)
            (job.workspace / name).write_text(text, encoding="utf-8")

    def _installation(self, _, given):
        """The installation that an earlier run kept: installing takes a network."""
        assert re.fullmatch(r"ghstatus-[\w.-]+-[0-9a-f]{32}", given["key"])
        script = Path(given["path"]) / "bin" / "ghstatus"
        script.parent.mkdir(parents=True)
        script.write_text(self.program, encoding="utf-8")
        script.chmod(0o755)
        return {"cache-hit": "true"}

    def _restore(self, job, given):
        found = [key for key in self.kept if key.startswith(given["restore-keys"])]
        if found:
            shutil.copytree(self.kept[found[-1]], job.workspace / given["path"])

    def _save(self, job, given):
        """What isn't there isn't kept, which GitHub's action only warns of."""
        if not (job.workspace / given["path"]).exists():
            return
        self.kept[given["key"]] = self.folder / "kept" / given["key"]
        shutil.copytree(job.workspace / given["path"], self.kept[given["key"]])

    def _upload(self, job, given):
        assert Path(given["path"]).is_dir()
        job.artifact = self.folder / f"artifact-{self.number}"
        shutil.copytree(given["path"], job.artifact, ignore=shutil.ignore_patterns(".*"))
