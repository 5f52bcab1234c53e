"""The client file that an administrator uploads, as people get it wrong."""

from __future__ import annotations

import json

import pytest

from google_sync.google_api.oauth import Application, BadClientFile, parse_client_file

SECTION = {
    "client_id": "1.apps.googleusercontent.com",
    "project_id": "p",
    "client_secret": "GOCSPX-s",
}


@pytest.mark.parametrize("kind", ["web", "installed"])
def test_both_kinds_are_read(kind: str) -> None:
    application = parse_client_file(json.dumps({kind: SECTION}))
    assert application == Application("1.apps.googleusercontent.com", "GOCSPX-s", kind)


def test_byte_order_mark_and_blanks_do_not_matter() -> None:
    text = "\ufeff\n" + json.dumps({"web": SECTION}) + "\r\n"
    assert parse_client_file(text).kind == "web"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_json"),
        ("{'web': {}}", "not_json"),
        ("[]", "unknown_kind"),
        ("{}", "unknown_kind"),
        (json.dumps({"type": "authorized_user", **SECTION}), "unknown_kind"),
        (json.dumps({"type": "service_account", **SECTION}), "service_account"),
        ("[" * 30_000 + "]" * 30_000, "not_json"),
        ('{"web":' * 7000 + "1" + "}" * 7000, "not_json"),
        ("[" * 100_000, "unknown_kind"),
        (json.dumps({"web": {**SECTION, "client_id": "1\0"}}), "missing_field"),
        (json.dumps({"web": {**SECTION, "client_secret": "\ud800"}}), "missing_field"),
        ("AIza" + "x" * 35, "api_key"),
        ('"AIza' + "x" * 35 + '"\n', "api_key"),
        ('{"api_key": "AIzaX"}', "api_key"),
        (json.dumps({"web": {"client_id": "1"}}), "missing_field"),
        (json.dumps({"web": {**SECTION, "client_id": " "}}), "missing_field"),
        (json.dumps({"installed": {**SECTION, "client_secret": 5}}), "missing_field"),
    ],
)
def test_what_is_wrong_has_a_code(text: str, code: str) -> None:
    with pytest.raises(BadClientFile) as caught:
        parse_client_file(text)
    assert caught.value.code == code
    assert code in BadClientFile.CODES


def test_missing_field_is_named() -> None:
    with pytest.raises(BadClientFile) as caught:
        parse_client_file(json.dumps({"web": {"client_id": "1"}}))
    assert caught.value.name == "client_secret"


def test_broken_file_is_not_quoted() -> None:
    with pytest.raises(BadClientFile) as caught:
        parse_client_file('{"client_secret": "GOCSPX-s"')
    assert "GOCSPX" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
