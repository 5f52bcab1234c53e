"""Failures as Google writes them, in both styles, and a call of each kind."""

from __future__ import annotations

import json

from google_sync.google_api.failure import Failure, read_failure
from google_sync.sync.ports import Delete, Get, Insert, Patch

INSERT = Insert({"id": "e1"})

PATCH = Patch("e1", {}, '"1"')

DELETE = Delete("e1", '"1"')

GET = Get("e1")


def classic(
    status: int, reason: str, message: str = "Sentence.", **more: str
) -> Failure:
    entry = {"domain": "global", "reason": reason, "message": message, **more}
    body = {"error": {"errors": [entry], "code": status, "message": message}}
    return read_failure(status, {}, json.dumps(body).encode())


def modern(status: int, name: str, reason: str = "") -> Failure:
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {"service": "calendar-json.googleapis.com"},
    }
    details = [info] if reason else []
    body = {"code": status, "message": "M.", "status": name, "details": details}
    return read_failure(status, {}, json.dumps({"error": body}).encode())


def a_days_limit(status: int, reason: str, date: str, message: str) -> Failure:
    entry = {"domain": "usageLimits", "reason": reason, "message": message}
    body = {"error": {"errors": [entry], "code": status, "message": message}}
    return read_failure(status, {"date": date}, json.dumps(body).encode())
