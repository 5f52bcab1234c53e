"""What the demo says at the end, for a person who has never seen it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import contacts, users

# What was written where, by (side, action) of a line of the journal.
WRITTEN = {
    ("odoo", "create"): "created in Odoo",
    ("odoo", "update"): "changed in Odoo",
    ("odoo", "delete"): "deleted in Odoo",
    ("odoo", "decline"): "declined in Odoo",
    ("odoo", "put_back"): "put back in Odoo",
    ("google", "create"): "created in Google",
    ("google", "update"): "changed in Google",
    ("google", "delete"): "deleted in Google",
    ("google", "put_back"): "put back in Google",
}
MARGIN = "  "


def first_run(
    run: dict, left_alone: Sequence[str], outside: tuple[int, int, str]
) -> list[str]:
    """Counts and reasons; a first run writes too much to list it."""
    paired = [
        line["name"]
        for line in run["lines"]
        if line["action"] == "adopt" and line["res_model"] != contacts.PARTNER
    ]
    cards = contacts.summary(run)
    in_google, in_odoo, period = outside
    reasons = [
        *left_alone,
        f"Outside the period ({period}): {in_google} in Google, {in_odoo} in Odoo",
    ]
    rows = [
        ("Google to Odoo", run["pulled_display"] or "nothing new"),
        ("Odoo to Google", run["pushed_display"] or "nothing new"),
        ("Paired", ", ".join(paired) and f"{', '.join(paired)} (was on both sides)"),
        *([("Contacts", cards)] if cards else []),
        ("Left alone", reasons[0]),
        *(("", reason) for reason in reasons[1:]),
    ]
    head = _head("First synchronisation", run)
    return [head, *_rows(rows), *_troubles(run)]


def second_run(
    run: dict, in_odoo: Sequence[str], in_google: Sequence[str]
) -> list[str]:
    """Every edit and every line: here one sees what became of what."""
    rows = [("Edited in Odoo", in_odoo[0])] + [("", text) for text in in_odoo[1:]]
    rows += [("Edited in Google", in_google[0])] + [("", t) for t in in_google[1:]]
    head = _head("Second synchronisation, after edits on both sides", run)
    lines = [MARGIN * 2 + text for text in map(_line, run["lines"]) if text]
    return [
        head,
        *_rows(rows),
        f"{MARGIN}What the journal says",
        *lines,
        *_troubles(run),
    ]


def third_run(run: dict) -> list[str]:
    head = _head("Third synchronisation", run)
    silent = run["state"] == "done" and not run["lines"]
    said = "nothing to do" if silent else "NOT silent: see the journal"
    return [f"{head}: {said}", *_troubles(run)]


def _head(title: str, run: dict) -> str:
    requests = "1 request" if run["requests"] == 1 else f"{run['requests']} requests"
    return f"{title}: {requests} to Google, {run['duration']:.1f} s"


def _line(line: dict) -> str:
    if line["action"] == "conflict":
        odoo, google = _flat(line["before_display"]), _flat(line["after_display"])
        won = {"google": "; Odoo's stands", "odoo": "; Google's stands"}
        return (
            f"conflict on “{line['name']}”: in Odoo {odoo}, in Google {google}"
            f"{won.get(line['side'], '')}"
        )
    what = WRITTEN.get((line["side"], line["action"]))
    if not what:
        return ""
    details = _flat(line["after_display"]) if "changed" in what else ""
    return f"{what}: “{line['name']}”{f' ({details})' if details else ''}"


def _flat(text: str | bool) -> str:
    """On one line, and of a value that is no plain text the field's name only."""
    values = [re.sub(r":\s*[{\[].*", "", value) for value in (text or "").split("\n")]
    return "; ".join(values)[:120]


def _troubles(run: dict) -> list[str]:
    found = [run["message"]] if run["message"] else []
    found += [
        f"error: “{line['name']}”: {line['error']}"
        for line in run["lines"]
        if line["action"] == "error"
    ]
    return [MARGIN + text for text in found]


def _rows(rows: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{MARGIN}{name:<18}{text}" for name, text in rows if text]


def addresses(odoo: str, sandbox: str, marie_id: int) -> list[str]:
    marie, admin = "/".join(users.MARIE), "/".join(users.ADMIN)
    paul = "/".join(users.PAUL)
    rows = [
        ("Odoo", f"{odoo}/odoo/calendar"),
        ("", f"log in as {marie} (French), {admin} or {paul} (English)"),
        ("Her options", f"{odoo}/odoo/my-google-sync/{marie_id}"),
        ("The journal", f"{odoo}/odoo/google-sync-journal"),
        ("Google, simulated", f"{sandbox}/  (no login)"),
    ]
    return ["Where to look", *_rows(rows)]


def next_steps() -> list[str]:
    rows = [
        "Edit or delete an entry in Odoo as marie: it is in Google within seconds.",
        "Edit one on Google's page, then press “Synchroniser maintenant” in her options"
        " (by itself it comes within seconds).",
        "Edit the same entry on both sides: different fields merge, for the same field"
        " the latest edit wins; the journal shows both values.",
        "Connect paul through Google's consent page; untick a box there.",
        "Break Google (buttons on the left of its page), then synchronise.",
    ]
    return ["What to try", *(f"{MARGIN}- {row}" for row in rows)]
