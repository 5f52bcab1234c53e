"""Partial responses: the ``fields`` parameter, checked against the schema.

Grammar: ``a,b/c,d(e,f/g)`` and ``*``. What the mask leaves out is dropped silently,
tokens and etags included; a name that the schema does not know is refused.
"""

import re

from .errors import ApiError

TOKEN = re.compile(r"[\w*]+|[/(),]")


def apply(mask, schemas, schema_name, value):
    """``value`` cut down to ``mask``."""
    tree = parse(mask)
    _check(tree, schemas, {"$ref": schema_name})
    return _select(tree, value)


def parse(mask):
    """The mask as a tree of dicts; None stands for a whole field."""
    tokens = TOKEN.findall(mask)
    if "".join(tokens) != re.sub(r"\s", "", mask) or not tokens:
        raise _refusal(mask)
    tree = _selection(tokens, mask)
    if tokens:
        raise _refusal(mask)
    return tree


def _selection(tokens, mask):
    tree = {}
    while True:
        name, below = _path(tokens, mask)
        tree[name] = _merge(tree[name], below) if name in tree else below
        if not tokens or tokens[0] != ",":
            return tree
        tokens.pop(0)


def _path(tokens, mask):
    name = tokens.pop(0) if tokens else ""
    if not re.fullmatch(r"\w+|\*", name):
        raise _refusal(mask)
    if tokens and tokens[0] == "/":
        tokens.pop(0)
        below, deeper = _path(tokens, mask)
        return name, {below: deeper}
    if tokens and tokens[0] == "(":
        tokens.pop(0)
        tree = _selection(tokens, mask)
        if not tokens or tokens.pop(0) != ")":
            raise _refusal(mask)
        return name, tree
    return name, None


def _merge(left, right):
    if left is None or right is None:
        return None
    merged = dict(left)
    for name, below in right.items():
        merged[name] = _merge(merged[name], below) if name in merged else below
    return merged


def _check(tree, schemas, spec):
    while "$ref" in spec or spec.get("type") == "array":
        spec = schemas[spec["$ref"]] if "$ref" in spec else spec["items"]
    properties = spec.get("properties", {})
    extra = spec.get("additionalProperties")
    for name, below in tree.items():
        if name == "*":
            continue
        inner = properties.get(name, extra)
        if inner is None:
            raise _refusal(name)
        if below is not None:
            _check(below, schemas, inner)


def _select(tree, value):
    if isinstance(value, list):
        return [_select(tree, item) for item in value]
    if tree is None or not isinstance(value, dict):
        return value
    if "*" in tree:
        return {key: _select(tree["*"], item) for key, item in value.items()}
    return {key: _select(tree[key], value[key]) for key in value if key in tree}


def _refusal(name):
    return ApiError(
        400, "invalidParameter", f"Invalid field selection {name}", "parameter:fields"
    )
