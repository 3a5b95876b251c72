"""What takes longest in a command, and comes out alike each time, is made once for each worker of pytest-xdist.

That is Typer's reading of all commands' signatures, and Jinja's compiling of templates: without this, two thirds of the
suite's time. Processes of their own do both themselves, as they would for anybody.
"""

from functools import cache, wraps

import jinja2
import typer.main
from jinja2 import nodes

CONSTANT = nodes.Test.__base__
"""What filters and tests have in common in Jinja: `as_const` is their answer where they are asked for a constant."""


def pytest_configure(config):
    keep()


def keep():
    """From now on, in this process."""
    typer.main.get_command = cache(typer.main.get_command)
    jinja2.Environment.compile = kept(jinja2.Environment.compile)


def kept(compiled):
    """Jinja's way to make code of a template's text, which remembers what it made."""
    codes = {}

    @wraps(compiled)
    def compile_(environment, source, *args, **kwargs):
        # Texts without values are put in in their language when a template is compiled.
        kind = (type(environment), environment.autoescape, tuple(environment.extensions))
        key = (kind, environment.globals.get("language"), source, args, tuple(kwargs.items()))
        code, answers = codes.get(key, (None, ()))
        if code is None or not all(_holds(environment, *answer) for answer in answers):
            with _Answers() as answers:
                code = compiled(environment, source, *args, **kwargs)
            codes[key] = (code, tuple(answers))
        return code

    return compile_


def _holds(environment, node, answer):
    """Whether a filter or a test answers in this environment what it did in another."""
    try:
        now = node.as_const(nodes.EvalContext(environment))
    except nodes.Impossible:
        return False  # it is no constant there
    return (type(now), now) == (type(answer), answer)


class _Answers(list):
    """What filters and tests answered while Jinja compiled, because they were asked for a constant."""

    def __enter__(self):
        self._before = as_const = CONSTANT.as_const

        def asked(node, *args, **kwargs):
            answer = as_const(node, *args, **kwargs)
            self.append((node, answer))
            return answer

        CONSTANT.as_const = asked
        return self

    def __exit__(self, *_):
        CONSTANT.as_const = self._before
