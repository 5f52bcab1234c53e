"""The page's forms on calendars: made, renamed, recoloured, shared and deleted."""

from types import SimpleNamespace

from . import events


def _asked(**json):
    return SimpleNamespace(json=json)


def create(world, form):
    name = form.get("name", "").strip()
    if not name:
        raise ValueError("A calendar has a name.")
    events.add_calendar(world, _asked(summary=name), form["account"])


def change(world, form):
    look = {"summary": form.get("name", "").strip(), "color_id": form.get("colour")}
    asked = _asked(**{name: value for name, value in look.items() if value})
    events.change_calendar(world, asked, form["account"], form["place"])


def remove(world, form):
    """For everybody, where the account owns it; else off that account's list."""
    events.delete_calendar(world, _asked(), form["account"], form["place"])


def share(world, form):
    """Without a role it is shared no more."""
    asked = _asked(**{"with": form["with"], "role": form.get("role") or None})
    events.share_calendar(world, asked, form["account"], form["place"])
