"""Google's discovery documents as the judge of requests.

Methods, paths, parameters and bodies are checked against the documents that
google-api-python-client ships; nothing about them is repeated here.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import googleapiclient

from .errors import bad_request, invalid, not_found, required

DOCUMENTS = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
RFC3339 = re.compile(
    r"(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(?:\.\d+)?([Zz]|[+-][01]\d:[0-5]\d)$",
    re.ASCII,
)


def is_rfc3339(text):
    """Whether this is a time with an offset, in a year that can be computed with."""
    found = RFC3339.match(text)
    try:
        return bool(found) and 1 < datetime.fromisoformat(found[1]).year < 9999
    except ValueError:
        return False


@cache
def document(name):
    """The ``Document`` of for example ``calendar.v3``."""
    return Document(json.loads((DOCUMENTS / f"{name}.json").read_text("utf-8")))


@dataclass(frozen=True)
class Method:
    """One method of an API, for example ``calendar.events.list``."""

    id: str
    http_method: str
    pattern: re.Pattern
    raw: dict

    @property
    def scopes(self):
        return self.raw.get("scopes", [])

    @property
    def request_schema(self):
        return self.raw.get("request", {}).get("$ref")

    @property
    def response_schema(self):
        return self.raw.get("response", {}).get("$ref")


class Document:
    """A discovery document with its methods compiled for matching."""

    def __init__(self, raw):
        self.raw = raw
        self.schemas = raw["schemas"]
        self.service_path = "/" + raw["servicePath"]
        self.batch_path = "/" + raw["batchPath"]
        self.methods = sorted(_methods(raw), key=lambda m: len(m.pattern.groupindex))

    def match(self, http_method, path):
        """The method and path parameters of a path below the service path."""
        for method in self.methods:
            found = method.pattern.fullmatch(path)
            if found and method.http_method == http_method:
                return method, found.groupdict()
        raise not_found()

    def parameters(self, method, args):
        """Checked and converted query parameters; repeated ones are lists."""
        known = {**self.raw["parameters"], **method.raw.get("parameters", {})}
        values = {}
        for name in args:
            spec = known.get(name)
            if not spec or spec.get("location") != "query":
                raise bad_request(
                    f'Invalid JSON payload received. Unknown name "{name}": '
                    "Cannot bind query parameter. Field could not be found in "
                    "request message.",
                    f"parameter:{name}",
                )
            values[name] = _convert(name, spec, args.getlist(name))
        for name, spec in known.items():
            missing = spec.get("required") and spec["location"] == "query"
            if missing and name not in values:
                raise required(f"Required parameter: {name}", f"parameter:{name}")
        return values

    def check_body(self, method, body):
        """The body of ``method``, refused when it breaks the request's schema."""
        if not method.request_schema:
            return None
        if body is None:
            raise required("Missing request body.")
        self.check_schema(method.request_schema, body)
        return body

    def check_schema(self, schema_name, value):
        """ApiError 400 when ``value`` breaks the schema of this name."""
        self._check({"$ref": schema_name}, value, "")

    def _check(self, spec, value, path):
        if value is None:
            return  # JSON null: the field's absence
        if "$ref" in spec:
            spec = self.schemas[spec["$ref"]]
        kind = spec.get("type", "any")
        if not _is(kind, value):
            raise bad_request(
                f"Invalid value at '{path or 'body'}' (expected {kind}).", path
            )
        if kind == "array":
            for index, item in enumerate(value):
                if item is None:
                    raise bad_request(f"Invalid value at '{path}' (null).", path)
                self._check(spec["items"], item, f"{path}[{index}]")
        elif kind == "object":
            self._check_object(spec, value, path)
        elif "enum" in spec and value not in spec["enum"]:
            raise invalid(f"Invalid value for: {value} is not valid.", path)

    def _check_object(self, spec, value, path):
        properties = spec.get("properties", {})
        extra = spec.get("additionalProperties")
        for key, item in value.items():
            where = f"{path}.{key}" if path else key
            if key not in properties and extra is None:
                raise bad_request(
                    f'Invalid JSON payload received. Unknown name "{key}" at '
                    f"'{path or 'body'}': Cannot find field.",
                    where,
                )
            self._check(properties.get(key, extra), item, where)


def _methods(raw):
    for resource in raw.get("resources", {}).values():
        for spec in resource.get("methods", {}).values():
            yield Method(spec["id"], spec["httpMethod"], _pattern(spec), spec)
        yield from _methods(resource)


def _pattern(spec):
    """``calendars/{calendarId}`` or ``v1/{+resourceName}`` as a pattern."""
    pattern = ""
    for text, plus, name in re.findall(r"([^{]+)|\{(\+?)(\w+)\}", spec["path"]):
        if text:
            pattern += re.escape(text)
            continue
        own = spec["parameters"][name].get("pattern", "").strip("^$")
        pattern += f"(?P<{name}>{own or ('.+' if plus else '[^/]+')})"
    return re.compile(pattern)


def _is(kind, value):
    if kind == "any":
        return True
    if kind in ("integer", "number"):
        types = (int,) if kind == "integer" else (int, float)
        return isinstance(value, types) and not isinstance(value, bool)
    expected = {"string": str, "boolean": bool, "array": list, "object": dict}
    return isinstance(value, expected[kind])


def _convert(name, spec, texts):
    if spec.get("repeated"):
        return [_convert_one(name, spec, text) for text in texts]
    if len(texts) > 1:
        raise invalid(f"Parameter {name} given twice.", f"parameter:{name}")
    return _convert_one(name, spec, texts[0])


def _convert_one(name, spec, text):
    problem = _problem(spec, text)
    if problem:
        raise invalid(
            f"Invalid value for {name}: {problem}",
            f"parameter:{name}",
            "invalidParameter",
        )
    if spec["type"] == "boolean":
        return text == "true"
    return int(text) if spec["type"] == "integer" else text


def _problem(spec, text):
    """Why ``text`` is no value of the parameter, or None."""
    if spec["type"] == "boolean":
        return None if text in ("true", "false") else f"'{text}' is no boolean"
    if spec["type"] == "integer":
        return _integer_problem(spec, text)
    if spec.get("format") == "date-time" and not is_rfc3339(text):
        return f"'{text}' is no RFC 3339 time with an offset"
    if "enum" in spec and text not in spec["enum"]:
        return f"'{text}' is not one of {', '.join(spec['enum'])}"
    if "pattern" in spec and not re.fullmatch(spec["pattern"], text):
        return f"'{text}' does not match {spec['pattern']}"
    return None


def _integer_problem(spec, text):
    if not re.fullmatch(r"-?\d{1,10}", text, re.ASCII):
        return f"'{text}' is no integer"
    low = int(spec.get("minimum", -(2**31)))
    high = int(spec.get("maximum", 2**31 - 1))
    return None if low <= int(text) <= high else f"values must be within {low}, {high}"
