"""What makes two lines of the journal the same change, planned and done."""

from ..journal.words import as_text


def of_line(line):
    """An engine's line, comparable with one that was planned."""
    after = as_text(line.after)
    return _print(line.action, line.side, line.record_id, line.google_id, after)


def of_row(line):
    return _print(line.action, line.side, line.res_id, line.google_id, line.after)


def of_vals(vals):
    names = ("action", "side", "res_id", "google_id", "after")
    return _print(*(vals[name] for name in names))


def _print(action, side, record_id, google_id, after):
    """What Google is to create has a new id in each preview, what Odoo is to, none."""
    if action == "create" and side == "odoo":
        record_id = 0
    if side != "odoo":
        google_id = ""
    return (action, side or "", record_id or 0, google_id or "", after or "")
