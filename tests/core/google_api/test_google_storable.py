"""What no database stores does not come in."""

from google_sync.google_api.failure import json_object
from google_sync.google_api.storable import storable


def test_only_what_cannot_be_stored_is_replaced() -> None:
    value = {"a\0": ["x\ud83d", 1, None, True, {"b": "é😀\t\n"}], "c": 1.5}
    expected = {"a\ufffd": ["x\ufffd", 1, None, True, {"b": "é😀\t\n"}], "c": 1.5}
    assert storable(value) == expected


def test_answers_of_the_token_endpoint_too() -> None:
    assert json_object(b'{"email": "a\\u0000b\\ud800"}') == {"email": "a\ufffdb\ufffd"}
    assert json_object("[" * 100_000) == {}
