"""docs/library.md: every example gives what it shows, and every name it promises is there."""

import doctest
import inspect
import re
from pathlib import Path

import ghstatus.known

PAGE = (Path(__file__).parent.parent / "docs" / "library.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CALLS = re.findall(r"^\| `(\w+)\((.*?)\)` \|", PAGE, re.MULTILINE)


def test_the_examples_give_what_they_show():
    test = doctest.DocTestParser().get_doctest("".join(EXAMPLES), {}, "docs/library.md", "docs/library.md", 0)
    told = []

    result = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(test, out=told.append)

    assert (result.failed, "".join(told)) == (0, "")
    assert result.attempted >= 20


def test_every_name_is_told_of_and_there():
    assert {name for name, _ in CALLS} == set(ghstatus.known.__all__)


def test_every_call_takes_what_is_told():
    told = {name: re.findall(r"(\w+)(?:=|,|$)", re.sub(r'=("[^"]*"|\(\)|\w+)', "=", args)) for name, args in CALLS}
    taken = {name: [*inspect.signature(getattr(ghstatus.known, name)).parameters] for name in told}

    assert {name: args for name, args in taken.items() if set(args) - {"since"} != set(told[name]) - {"since"}} == {}
