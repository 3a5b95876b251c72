"""The references in docs/: what ghstatus itself says of its configuration and its commands, as Markdown.

They stand in docs/configuration.md and docs/commands.md between two marks; `pytest --refresh` writes them anew.
"""

import re
from pathlib import Path

import typer
import yaml

from ghstatus.cli import app
from ghstatus.errors import ConfigError
from ghstatus.grammar import config

EXAMPLE = Path(__file__).parent / "data" / "references" / "ghstatus.yml"
"""Every key once. The configuration's reference shows it in parts."""
START, END = "<!-- made by `pytest --refresh` -->", "<!-- made until here -->"
REQUIRED = "**Required.**"
SHARED = 3
"""An option that so many kinds of commands know is told of once."""
SAME = "The same, as an option."


def between(text):
    """The part of a page that is made."""
    return text.partition(f"{START}\n\n")[2].partition(f"\n\n{END}")[0]


def put(text, made):
    """A page with its made part anew."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n\n{made}\n\n{END}{rest.partition(END)[2]}"


def table(*rows):
    """A Markdown table; what holds a pipe can't break it."""
    lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    lines.insert(1, f"|{'|'.join('---' for _ in rows[0])}|")
    return "\n".join(lines)


# The configuration


def configuration():
    """Every key of `ghstatus.yml`: what it means, what it takes, what holds without it."""
    schema = config.schema()
    shapes = {"": schema} | dict(mappings(schema, schema["$defs"]))
    taken = accepted(schema, schema["$defs"])
    return "\n\n".join(section(name, shape, schema["$defs"], taken) for name, shape in shapes.items())


def mappings(shape, defs, path=""):
    """Each mapping below a shape, by its path, parents first."""
    for key, what in shape["properties"].items():
        if below := held(what, defs):
            name = f"{path}{key}"
            yield name, below
            yield from mappings(below, defs, f"{name}.")


def held(what, defs):
    """The shape of a key's mapping, or of the mappings in its list."""
    ref = mapping(what) or items(what).get("$ref", "")
    return defs.get(ref.rpartition("/")[2])


def mapping(what):
    """Where the shape of a key's mapping stands, if it is one, or may be."""
    shapes = [one["$ref"] for one in [what, *what.get("anyOf", ())] if "$ref" in one]
    return "".join(shapes[:1])


def items(what):
    """What stands in a key's list; where a word may stand for a mapping, the mapping."""
    one = what.get("items", {})
    return one.get("anyOf", [one])[-1]


def accepted(schema, defs):
    """What each key takes, in the words in which a wrong value of it is refused."""
    try:
        config.parse(yaml.safe_dump(wrong(schema, defs)), where="ghstatus.yml")
    except ConfigError as error:
        return {re.sub(r"\[0\]", "", one.key): one.accepted for one in error.problems}
    raise AssertionError


def wrong(shape, defs):
    """A configuration in which no value can be right."""
    found = {}
    for key, what in shape["properties"].items():
        below = held(what, defs)
        value = wrong(below, defs) if below else "\a"
        found[key] = [value] if what.get("type") == "array" else value
    return found


def section(name, shape, defs, taken):
    """One mapping: an example, then its keys."""
    prefix = f"{name}." if name else ""
    required = shape.get("required", ())
    rows = [
        (
            f'<a id="{anchor(prefix + key)}"></a>`{key}`',
            told(what, held(what, defs), takes(f"{prefix}{key}", what, taken), key in required),
        )
        for key, what in shape["properties"].items()
    ]
    heading = f"### `{name}`\n\n{shape['description']}" if name else "### The file"
    shown = f"```yaml\n{part(name, shape)}```"
    return f"{heading}\n\n{shown}\n\n{table(('key', 'what it is'), *rows)}"


def told(what, below, taken, is_required):
    """A key in words: what it is, what it takes, what holds without it."""
    meaning = what.get("description") or below["description"]
    return lines(meaning, taken, REQUIRED if is_required else without(what))


def lines(*parts):
    """The lines of a table's cell."""
    return "<br>".join(part for part in parts if part)


def anchor(path):
    """Where a key stands on the page."""
    return f"key-{path.replace('.', '-').replace('_', '-')}"


def takes(path, what, taken):
    """A key's values in words; a mapping's stand in a section of their own."""
    if mapping(what):
        words = "never, or " if "never" in what.get("anyOf", [{}])[0].get("enum", ()) else ""
        return f"Takes {words}[these keys](#{path.replace('.', '')})."
    if "$ref" in items(what):
        words = "a name, or " if "anyOf" in what["items"] else ""
        return f"Takes a list, each {words}with [these keys](#{path.replace('.', '')})."
    return f"Takes {'a list, each ' if what.get('type') == 'array' else ''}{taken[path]}."


def without(what):
    """What holds when a key is left out."""
    default = what.get("default")
    if default is None or isinstance(default, dict):
        return ""
    if isinstance(default, list):
        return f"Without it: {', '.join(f'`{one}`' for one in default)}."
    return f"Without it: `{str(default).lower() if isinstance(default, bool) else default}`."


def part(name, shape):
    """The lines of the example that belong to a mapping: for the file itself, all that are no mapping."""
    parts = re.findall(r"^\w+:.*\n(?:[ -].*\n)*", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    by_key = {one.partition(":")[0]: one for one in parts}
    if name:
        return by_key[name.partition(".")[0]]
    return "".join(by_key[key] for key, what in shape["properties"].items() if "$ref" not in str(what))


# The commands


def commands():
    """Every command: an example, its arguments and options, what holds without them."""
    found = dict(all_commands(typer.main.get_command(app), "ghstatus"))
    shared = often(found)
    rows = [(f"[`{name}`](#{name.replace(' ', '-')})", first(command)) for name, command in found.items()]
    return "\n\n".join(
        [
            table(("command", "what it does"), *rows),
            "### Options that many commands know",
            options(shared.values()),
            *(entry(name, command, shared) for name, command in found.items()),
        ]
    )


def all_commands(command, name):
    """Each command that does something, by its whole name."""
    if not hasattr(command, "commands"):
        yield name, command
    for below, one in getattr(command, "commands", {}).items():
        yield from all_commands(one, f"{name} {below}")


def often(found):
    """The parameters that several kinds of commands have alike, by their titles."""
    all_ = [(name.split()[1], one) for name, command in found.items() for one in command.params]
    told = {title(one): one for _, one in reversed(all_) if one.help != SAME}
    kinds = {name: {kind for kind, other in all_ if is_shared(other, {name: one})} for name, one in told.items()}
    return {title(one): told[title(one)] for _, one in all_ if len(kinds[title(one)]) >= SHARED}


def first(command):
    """What a command does, in a sentence."""
    return command.help.partition("\n")[0]


def entry(name, command, shared):
    """One command."""
    own = [one for one in command.params if not is_shared(one, shared)]
    others = [f"`{name_of(one)}`" for one in command.params if is_shared(one, shared)]
    known = "[Like many commands](#options-that-many-commands-know)"
    arguments = [title(one) for one in command.params if one.param_type_name == "argument"]
    parts = [*arguments, *(["[OPTIONS]"] if command.params else [])]
    usage = " ".join(
        [
            name,
            *(parts if command.context_settings.get("allow_interspersed_args", True) else ("[OPTIONS] --", *arguments)),
        ]
    )
    parts = [
        f"### {name}",
        command.help,
        f"    {usage}",
        options(own) if own else "",
        f"{known}: {', '.join(others)}." if others else "",
        f"```console\n$ {command.epilog.removeprefix('Example: ')}\n```",
    ]
    return "\n\n".join(part for part in parts if part)


def is_shared(parameter, shared):
    """Whether a parameter is told of with those of many commands."""
    known = shared.get(title(parameter))
    return known is not None and parameter.help in {known.help, SAME}


def title(parameter):
    """An argument or option as it is typed: `SITE`, `--out FOLDER`, `--verbose, -v`."""
    if parameter.param_type_name == "argument":
        name = bare(parameter.metavar)
        return name if parameter.required else f"[{name}]"
    is_flag = getattr(parameter, "is_flag", False)
    shape = "" if is_flag else f" {parameter.metavar or parameter.name.upper()}"
    return f"{', '.join([*parameter.opts, *parameter.secondary_opts])}{shape}"


def name_of(parameter):
    """A parameter without the brackets that say in a command line that it may be left out."""
    return bare(parameter.metavar) if parameter.param_type_name == "argument" else title(parameter)


def bare(metavar):
    """What an argument is called, without the pair of brackets around all of it."""
    is_whole = metavar.startswith("[") and metavar.find("]") == len(metavar) - 1
    return metavar[1:-1] if is_whole else metavar


def options(parameters):
    """A table of parameters."""
    rows = [(f"`{name_of(one)}`", lines(one.help, default(one))) for one in parameters]
    return table(("argument or option", "what it means"), *rows)


def default(parameter):
    """What holds without a parameter, where its own words don't say so."""
    if parameter.required:
        return REQUIRED
    is_told = parameter.show_default and parameter.default not in {None, False}
    return f"Without it: `{parameter.default}`." if is_told else ""


PAGES = {"configuration.md": configuration, "commands.md": commands}
"""Each page with what makes its part."""
