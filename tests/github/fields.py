"""How a GraphQL field finds its resolver; one without is the attribute of its name."""

import re
from functools import cache

RESOLVERS = {}


@cache
def snake(name):
    return re.sub(r"([A-Z])", lambda found: f"_{found[1].lower()}", name)


@cache
def attribute_name(field):
    return {"id": "node_id", "databaseId": "id"}.get(field, snake(field))


def word(text):
    """A word of REST as an enum's: `off-topic` is OFF_TOPIC."""
    return None if text is None else re.sub(r"[ -]", "_", text).upper()


def resolver(*names):
    """Register for `Type.field` names."""

    def register(function):
        RESOLVERS.update(dict.fromkeys(names, function))
        return function

    return register


def says(function, *names):
    """Register a function of the source alone."""
    RESOLVERS.update(dict.fromkeys(names, lambda source, _info, **_args: function(source)))


def resolve(source, info, **args):
    """What graphql-core calls for every field."""
    known = RESOLVERS.get(f"{info.parent_type.name}.{info.field_name}", attribute)
    return known(source, info, **{snake(name): value for name, value in args.items()}) if args else known(source, info)


def attribute(source, info, **args):
    """An item or an attribute of the field's name; `id` is the node id. An item may be made when it is asked for."""
    if isinstance(source, dict):
        found = source.get(snake(info.field_name), source.get(info.field_name))
        return found() if callable(found) else found
    return getattr(source, attribute_name(info.field_name))


def ordered(items, order_by, keys):
    if order_by is None:
        return list(items)
    return sorted(items, key=keys[order_by["field"]], reverse=order_by["direction"] == "DESC")
