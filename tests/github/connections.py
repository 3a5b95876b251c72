"""Pages of GraphQL lists, and how much a query may ask for."""

import base64
import json
from bisect import bisect_left, bisect_right

from graphql import FieldNode, FragmentSpreadNode, IntValueNode, VariableNode

from tests.github.clock import stamp
from tests.github.people import Refused

MOST = 100
NODES = 500_000
DEPTH = 25
COUNTS = {"totalCount", "checkRunCount", "checkRunCountsByState", "statusContextCount", "statusContextCountsByState"}


def connection(info, items, *, key=None, first=None, last=None, after=None, before=None, **more):
    """One page of a list, which only counting needs no size for.

    A cursor means a place in the list. With a `key`, by which the list is sorted, it means the last item seen: a
    list that changes between two pages loses nothing.
    """
    name, items = info.field_name, list(items)
    begin = beyond(items, key, after, bisect_right) if after else 0
    end = beyond(items, key, before, bisect_left) if before else len(items)
    chosen = range(begin, max(begin, end))
    if first is None and last is None:
        if asks_for_rows(info):
            message = f"You must provide a `first` or `last` value to properly paginate the `{name}` connection."
            raise Refused(200, message, kind="MISSING_PAGINATION_BOUNDARIES")
        page = range(0)
    else:
        page = cut(cut(chosen, name, "first", first), name, "last", last)
    return {
        "nodes": items[page.start : page.stop],
        "edges": lambda: [{"cursor": cursor(items, key, place), "node": items[place]} for place in page],
        "total_count": len(items),
        "page_info": {
            "start_cursor": cursor(items, key, page[0]) if page else None,
            "end_cursor": cursor(items, key, page[-1]) if page else None,
            "has_next_page": bool(page) and page[-1] + 1 != len(items),
            "has_previous_page": bool(page) and page[0] != 0,
        },
        **more,
    }


def cursor(items, key, place):
    return written(key(items[place]) if key else place)


def written(place):
    return base64.b64encode(f"cursor:v2:{json.dumps(place, default=stamp)}".encode()).decode()


def place_of(text):
    try:
        return json.loads(base64.b64decode(text).decode().removeprefix("cursor:v2:"))
    except ValueError as error:
        message = f"`{text}` does not appear to be a valid cursor."
        raise Refused(200, message, kind="INVALID_CURSOR_ARGUMENTS") from error


def beyond(items, key, text, side):
    """Where a page starts after a cursor or ends before it; the item itself may be elsewhere by now."""
    wanted = place_of(text)
    places = range(len(items))
    if key is None:
        return side(places, wanted)

    def place(number):
        return place_of(cursor(items, key, number))

    if len(items) > 1 and place(0) > place(len(items) - 1):
        other = {bisect_left: bisect_right, bisect_right: bisect_left}[side]
        return len(items) - other(places[::-1], wanted, key=place)
    return side(places, wanted, key=place)


def cut(rows, name, side, size):
    """The first or the last places of a page, which are so many at most."""
    if size is None:
        return rows
    if size < 0:
        raise Refused(200, f"`{side}` on the `{name}` connection cannot be less than zero.", kind="INVALID_PAGINATION")
    if size > MOST:
        message = f"Requesting {size} records on the `{name}` connection exceeds the `{side}` limit of {MOST} records."
        raise Refused(200, message, kind="EXCESSIVE_PAGINATION")
    if side == "first":
        return rows[:size]
    return rows[len(rows) - min(size, len(rows)) :]


def asks_for_rows(info):
    selected = info.field_nodes[0].selection_set.selections
    return not all(isinstance(one, FieldNode) and one.name.value in COUNTS for one in selected)


def defaults(document):
    """The whole numbers that an operation gives its variables itself."""
    operations = [node for node in document.definitions if node.kind == "operation_definition"]
    given = [one for operation in operations for one in operation.variable_definitions or ()]
    return {
        one.variable.name.value: int(one.default_value.value)
        for one in given
        if isinstance(one.default_value, IntValueNode)
    }


class Measure:
    """How deep a query goes, how many nodes it may touch and what it costs, by GitHub's own arithmetic."""

    def __init__(self, document, variables):
        self.variables = {**defaults(document), **variables}
        self.fragments = {node.name.value: node for node in document.definitions if node.kind == "fragment_definition"}
        self.nodes, self.requests, self.depth = 0, 0, 0
        for node in document.definitions:
            if node.kind == "operation_definition":
                self.walk(node, 1, 0)

    def walk(self, node, times, depth):
        self.depth = max(self.depth, depth)
        for one in node.selection_set.selections if node.selection_set else ():
            if isinstance(one, FragmentSpreadNode):
                self.walk(self.fragments[one.name.value], times, depth)
            elif isinstance(one, FieldNode):
                self.field(one, times, depth + 1)
            else:
                self.walk(one, times, depth)

    def field(self, node, times, depth):
        size = next(
            (
                self.number(argument.value)
                for argument in node.arguments or ()
                if argument.name.value in {"first", "last"}
            ),
            None,
        )
        if size is not None:
            self.nodes += times * size
            self.requests += times
        self.walk(node, times * (1 if size is None else size), depth)

    def number(self, value):
        """A page size as it stands in the query or among the variables; what is neither is found out later."""
        if isinstance(value, VariableNode):
            found = self.variables.get(value.name.value)
            return found if isinstance(found, int) else 0
        return int(value.value) if isinstance(value, IntValueNode) else 0

    @property
    def cost(self):
        return max(round(self.requests / 100), 1)

    def refuse(self):
        """Refuse what is too big before anything of it is looked up."""
        if self.nodes > NODES:
            message = (
                f"This query requests up to {self.nodes:,} possible nodes which exceeds the maximum limit of {NODES:,}."
            )
            raise Refused(200, message, kind="MAX_NODE_LIMIT_EXCEEDED")
        if self.depth > DEPTH:
            raise Refused(
                200, f"Query has depth of {self.depth}, which exceeds max depth of {DEPTH}", kind="MAX_DEPTH_EXCEEDED"
            )
