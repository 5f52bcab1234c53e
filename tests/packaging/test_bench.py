"""The bench's parts are programs of their own: each is where it is called from."""

import re
from importlib.util import find_spec
from pathlib import Path

PLACE = Path(__file__).resolve().parents[2] / "script" / "lib" / "bench" / "place.py"


def test_what_the_bench_starts_is_there():
    started = set(re.findall(r'"(lib\.[\w.]+)"', PLACE.read_text()))
    assert len(started) == 2
    assert all(find_spec(name) for name in started), started
