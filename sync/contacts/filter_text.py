"""A filter on contacts as a person's browser writes it: read, and never run.

Literals, the reader's id, and the few calls by which Odoo's own filter editor says
"today" and "thirty days ago". Whatever else stands there is refused, and so is what is
so large that reading or searching it would hold a server up.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

LONGEST = 20_000
"""Characters of a filter."""
MOST = 200
"""Conditions of a filter; each may be a search of its own."""
_DEEPEST = 20
_FURTHEST = 10_000
_FORMAT = re.compile(r"(?:%[YmdHMS]|[-/:., T])*")
_RELATIVE = frozenset(
    f"{unit}{s}"
    for unit in ("year", "month", "day", "hour", "minute", "second")
    for s in ("", "s")
) | {"weeks", "weekday"}
_TIMEDELTA = frozenset(("days", "hours", "minutes", "seconds", "weeks"))


class BadFilter(ValueError):
    """The text is no filter, or asks for too much."""


def read_filter(text: str, uid: int, now: datetime) -> list[Any]:
    """The domain in `text`, as a list, or BadFilter. `now`: in the reader's zone."""
    if len(text) > LONGEST:
        raise BadFilter(f"longer than {LONGEST} characters")
    try:
        tree = ast.parse(text.strip() or "[]", mode="eval")
        domain = _Reader(uid, now).value(tree.body, 0)
    except (SyntaxError, ValueError, OverflowError) as error:
        raise BadFilter(str(error)) from None
    except (RecursionError, MemoryError):
        raise BadFilter("nested too deeply") from None
    except (TypeError, AttributeError, KeyError):
        raise BadFilter("not a filter") from None
    if not isinstance(domain, list):
        raise BadFilter("not a list of conditions")
    if _conditions(domain) > MOST:
        raise BadFilter(f"more than {MOST} conditions")
    return domain


def _conditions(domain: list[Any]) -> int:
    """How many there are, those on related records included."""
    count = 0
    for item in domain:
        if isinstance(item, (list, tuple)):
            count += 1 + (_conditions(list(item[2])) if _is_nested(item) else 0)
    return count


def _is_nested(item: Any) -> bool:
    return len(item) == 3 and item[1] in ("any", "not any", "any!", "not any!")


class _Reader:
    """Reads one expression; nothing in it is called but what is named here."""

    def __init__(self, uid: int, now: datetime) -> None:
        self.now = now.replace(microsecond=0)
        here = self.now.replace(tzinfo=None)
        self.names: Mapping[str, Any] = {
            "uid": uid,
            "true": True,
            "false": False,
            "today": str(here.date()),
            "current_date": str(here.date()),
            "now": str(here),
        }
        self.calls: Mapping[str, Callable[..., Any]] = {
            "context_today": here.date,
            "datetime.date.today": here.date,
            "datetime.datetime.now": lambda: here,
            "datetime.datetime.combine": _combined,
            "datetime.time": time,
            "datetime.date": date,
            "datetime.datetime": datetime,
            "datetime.timedelta": lambda **size: timedelta(**_shift(size, _TIMEDELTA)),
            "relativedelta": lambda **size: relativedelta(**_shift(size, _RELATIVE)),
            "time.strftime": lambda text: _formatted(here, text),
        }

    def value(self, node: ast.expr, depth: int) -> Any:
        """What the expression stands for."""
        if depth > _DEEPEST:
            raise RecursionError
        match node:
            case ast.Constant(value=bool() | int() | float() | str() | None as plain):
                return plain
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as size)):
                return -size
            case ast.UnaryOp(
                op=ast.USub(), operand=ast.Constant(value=float() as part)
            ):
                return -part
            case ast.List(elts=items):
                return [self.value(item, depth + 1) for item in items]
            case ast.Tuple(elts=items):
                return tuple(self.value(item, depth + 1) for item in items)
            case ast.Name(id=name) if name in self.names:
                return self.names[name]
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as sign, right=right):
                return self._moved(
                    self.value(left, depth + 1), sign, self.value(right, depth + 1)
                )
            case ast.Call(func=function):
                return self._called(function, node, depth)
        raise BadFilter("only values, uid and dates can stand in a filter")

    @staticmethod
    def _moved(moment: Any, sign: ast.operator, shift: Any) -> Any:
        """A date some time earlier or later; no other sum is done."""
        if not isinstance(moment, date) or not isinstance(
            shift, (timedelta, relativedelta)
        ):
            raise BadFilter("only a date can be moved")
        return moment + shift if isinstance(sign, ast.Add) else moment - shift

    def _called(self, function: ast.expr, node: ast.Call, depth: int) -> Any:
        positional = [self.value(item, depth + 1) for item in node.args]
        named = {
            str(item.arg): self.value(item.value, depth + 1) for item in node.keywords
        }
        known = self.calls.get(_dotted(function))
        if known:
            return known(*positional, **named)
        if not isinstance(function, ast.Attribute) or named:
            raise BadFilter("not a filter")
        return self._of_a_date(
            self.value(function.value, depth + 1), function.attr, positional
        )

    def _of_a_date(self, moment: Any, name: str, positional: list[Any]) -> Any:
        if not isinstance(moment, date):
            raise BadFilter("only dates have methods")
        if name == "strftime" and len(positional) == 1:
            return _formatted(moment, positional[0])
        if name == "to_utc" and isinstance(moment, datetime) and not positional:
            local = moment.replace(tzinfo=self.now.tzinfo)
            return local.astimezone(timezone.utc).replace(tzinfo=None)
        raise BadFilter(f"dates have no {name}")


def _dotted(node: ast.expr) -> str:
    """`a.b.c`, or "" for what is no plain name."""
    names: list[str] = []
    while isinstance(node, ast.Attribute) and len(names) < 3:
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


def _combined(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock)


def _shift(named: Mapping[str, Any], known: frozenset[str]) -> dict[str, int]:
    for name, size in named.items():
        if name not in known or not isinstance(size, int) or abs(size) > _FURTHEST:
            raise BadFilter(f"no date is moved by {name}={str(size)[:20]}")
    return dict(named)


def _formatted(moment: date, text: Any) -> str:
    # A width in a format fills the memory: `%999999999d`.
    if not isinstance(text, str) or not _FORMAT.fullmatch(text):
        raise BadFilter("dates are written as %Y-%m-%d %H:%M:%S")
    return moment.strftime(text)
