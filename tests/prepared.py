"""A ghstatus that has started already, for tests that run commands by the dozen: each one is a fork of it.

Whoever calls its `program` gets a process of its own, with its arguments, environment, folder, streams and exit code.
What is left out is how Python starts and imports, which takes longer than the commands themselves; and nothing waits.
"""

import json
import os
import pkgutil
import selectors
import shlex
import socket
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import pytest
import typer.main

from tests import once

ROOT = Path(__file__).parent.parent
PROGRAM = """\
#!/bin/sh
''''exec {python} -ISB "$0" "$@" # '''
import json, os, socket, sys

with socket.socket(socket.AF_UNIX) as line:
    line.connect({address!r})
    call = json.dumps([sys.argv, os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(line, [len(call).to_bytes(4, "big")], [0, 1, 2])
    line.sendall(call)
    sys.exit(line.recv(1)[0])
"""


@pytest.fixture(scope="session")
def prepared():
    """The text of a program that stands for `ghstatus`; one process for each worker of pytest-xdist is behind it."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"{folder}/calls"
        command = [sys.executable, "-m", "tests.prepared", address]
        # The environment of the commands is their own; this one says how Python starts.
        environment = {"PYTHONPATH": str(ROOT), "PATH": os.defpath}
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout.readline() == "ready\n"
            # By way of a shell, because a first line with the interpreter's name takes no spaces in it.
            yield PROGRAM.format(python=shlex.quote(sys.executable), address=address)
            process.communicate()


def load():
    """Import whatever a command could import, and make what is made once."""
    package = import_module("ghstatus")
    for module in pkgutil.walk_packages(package.__path__, "ghstatus."):
        if not module.name.endswith(".__main__"):
            import_module(module.name)
    once.keep()
    typer.main.get_command(import_module("ghstatus.cli").app)
    golden = import_module("tests.test_site_golden")
    golden.made(golden.SITE, *golden.INCIDENTS)


def serve(address):
    """Take calls, one after the other, until standard input ends, as it does when the tests do."""
    with socket.socket(socket.AF_UNIX) as server, selectors.DefaultSelector() as selector:
        server.bind(address)
        server.listen()
        for one in (server, sys.stdin):
            selector.register(one, selectors.EVENT_READ)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while sys.stdin not in (key.fileobj for key, _ in selector.select()):
            line, _ = server.accept()
            with line:
                if os.fork() == 0:
                    try:
                        line.sendall(bytes([answer(line)]))
                    finally:
                        os._exit(0)
                os.wait()


def answer(line):
    """Be the process that was asked for; its exit code."""
    size, streams, *_ = socket.recv_fds(line, 4, 3)
    with line.makefile("rb") as call:
        sys.argv, folder, environment = json.loads(call.read(int.from_bytes(size, "big")))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    time.sleep = lambda _: None
    try:
        import_module("ghstatus.cli").main()
    except SystemExit as end:
        return end.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    load()
    serve(sys.argv[1])
