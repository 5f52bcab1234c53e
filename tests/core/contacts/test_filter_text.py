"""Filters on contacts: what Odoo's editor writes is read, nothing is ever run."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from google_sync.sync.contacts.filter_text import BadFilter, read_filter

NOW = datetime(2026, 11, 30, 0, 30, tzinfo=ZoneInfo("Europe/Paris"))

READ = {
    "[]": [],
    "": [],
    '["&", ("a", "=", uid), ["b", "in", [1, -2, True, None, 1.5]]]': [
        "&",
        ("a", "=", 7),
        ["b", "in", [1, -2, True, None, 1.5]],
    ],
    '[("write_date", ">=", "today -30d")]': [("write_date", ">=", "today -30d")],
    '[("d", ">=", context_today().strftime("%Y-%m-%d"))]': [("d", ">=", "2026-11-30")],
    "[('d', '>=', "
    "(context_today() + relativedelta(days = -7)).strftime('%Y-%m-%d'))]": [
        ("d", ">=", "2026-11-23")
    ],
    "[('d','<',(context_today()+relativedelta(day = 1, months = -1))"
    ".strftime('%Y-%m-%d'))]": [("d", "<", "2026-10-01")],
    "[('t', '<', datetime.datetime.combine(context_today() + relativedelta(days = 1), "
    'datetime.time(0, 0, 0)).to_utc().strftime("%Y-%m-%d %H:%M:%S"))]': [
        ("t", "<", "2026-11-30 23:00:00")
    ],
    "[('t', '<', (datetime.datetime.now() - datetime.timedelta(days=1))"
    ".strftime('%Y-%m-%d'))]": [("t", "<", "2026-11-29")],
    "[('t', '<', time.strftime('%Y-%m-%d')), ('active', '=', true)]": [
        ("t", "<", "2026-11-30"),
        ("active", "=", True),
    ],
    "[('d', '=', today), ('child_ids', 'any', [('name', '=', 'x')])]": [
        ("d", "=", "2026-11-30"),
        ("child_ids", "any", [("name", "=", "x")]),
    ],
}

REFUSED = [
    "sum(range(10**9))",
    "[('id', '=', sum(range(100000000)))]",
    "[('id', '=', 9**9**9)]",
    "[('id', '=', 'x' * 10**9)]",
    "[('id', 'in', [x for x in (1, 2)])]",
    "[('id', '=', (lambda: 1)())]",
    "[('id', '=', ().__class__)]",
    "[('d', '=', context_today().strftime('%0999999999d'))]",
    "[('d', '=', context_today().replace(year=1))]",
    "[('d', '=', context_today() + relativedelta(days=10**9))]",
    "[('d', '=', context_today() + relativedelta(days=1000000))]",
    "[('d', '=', context_today() + relativedelta(years=9000))]",
    "[('d', '=', datetime.datetime(1, 1, 1, fold='x'))]",
    "[('d', '=', context_today(1))]",
    "[('d', '=', relativedelta(1, 2))]",
    "[('d', '=', context_today() - context_today())]",
    "[('d', '=', other)]",
    "[('d', '=', b'x')]",
    "[('d', '=', 1j)]",
    "[('d', '=', f'{uid}')]",
    "[('d', '=', {1: 2})]",
    "[('d', '=', ...)]",
    "[*[1]]",
    "[",
    "1",
    "()",
    "uid",
    "[\x00]",
    "[('d', '=', '\ud800')]" + "[",
    "[" * 150 + "]" * 150,
    "(" * 5000 + ")" * 5000,
    "-" * 9000 + "1",
    "[('d', '=', context_today()" + ".to_utc()" * 300 + ")]",
    "[('a', '=', 1), " * 1 + "('a', '=', 1), " * 300 + "]",
    "[('a', 'any', [" + "('a', '=', 1), " * 300 + "])]",
    "[('a', '=', '" + "x" * 20_000 + "')]",
    "[('a', '=', 1" + "+1" * 3000 + ")]",
    "[('a', '=', " + "9" * 6000 + ")]",
]


@pytest.mark.parametrize("text", READ)
def test_what_odoo_writes_is_read(text):
    assert read_filter(text, 7, NOW) == READ[text]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text[:60]))
def test_anything_else_is_refused_at_once(text):
    begun = time.process_time()
    with pytest.raises(BadFilter):
        read_filter(text, 7, NOW)
    assert time.process_time() - begun < 1
