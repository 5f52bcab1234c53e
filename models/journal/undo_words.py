"""Why an undo leaves something as it is, and what a person can do about it."""

from odoo import models


def undo_advices(env):
    """What to do, by the undo's reason."""
    return {**_what_came_since(env), **_what_it_is(env)}


def _what_came_since(env):
    restore = env._("Restore it from the journal's line of then, if you still want to.")
    return {
        "taken_back": env._(
            "Taken back by an undo: no later synchronisation brings it again. Undo the "
            "undo to have it again."
        ),
        "undo_later": env._(
            "A later synchronisation, or somebody, did something to it since: it "
            "stays as it is now. Undo the later one first."
        ),
        "undo_waits": env._("A question about it waits: answer that first."),
        "undo_edited_google": env._(
            "It was edited in Google since: it stays as it is now. %s", restore
        ),
        "undo_edited_odoo": env._(
            "It was edited in Odoo since: it stays as it is now. %s", restore
        ),
        "undo_unknown": env._(
            "It is not linked with this calendar any more. %s", restore
        ),
        "undo_gone": env._("It is no longer there: there is nothing to take back."),
        "undo_others": env._(
            "Others take part in it or have it in their calendar: it stays as it is. "
            "Change it by hand if that is what everybody wants."
        ),
        "undo_worked_on": env._(
            "People wrote, filed or planned something there in Odoo: it stays. Delete "
            "it by hand if nobody needs it."
        ),
    }


def _what_it_is(env):
    return {
        "undo_private": env._(
            "It is private: only the owner of the agenda can have it undone."
        ),
        "undo_not_kept": env._("The journal kept no copy of it."),
        "undo_only_said": env._(
            "Only what Odoo tells Google anew each time was changed: change it in Odoo."
        ),
        "undo_contact_said": env._(
            "What Odoo says of a contact goes to Google again: change it in Odoo, or "
            "take the contact off the list."
        ),
        "undo_date": env._(
            "It is one date of a series: put it back by hand, in Odoo or in Google."
        ),
        "undo_moved": env._(
            "It went from one calendar to another: choose the former one in its form, "
            "or move it back in Google."
        ),
        "undo_read_only": env._(
            "This calendar is synchronised from Google only: change it there by hand."
        ),
        "undo_refused": env._("Google refused to take it back: do it there by hand."),
    }


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    def _skip_labels(self):
        return {
            **super()._skip_labels(),
            "taken_back": self.env._("Taken back by an undo"),
            "undo_private": self.env._("Not undone: private, for the owner only"),
            "undo_later": self.env._("Not undone: something happened to it since"),
            "undo_waits": self.env._("Not undone: a question about it waits"),
            "undo_edited_google": self.env._("Not undone: edited in Google since"),
            "undo_edited_odoo": self.env._("Not undone: edited in Odoo since"),
            "undo_unknown": self.env._("Not undone: not linked here any more"),
            "undo_gone": self.env._("Not undone: no longer there"),
            "undo_others": self.env._("Not undone: others take part in it"),
            "undo_worked_on": self.env._("Not undone: people worked on it in Odoo"),
            "undo_not_kept": self.env._("Not undone: no copy was kept"),
            "undo_only_said": self.env._("Not undone: Odoo says it to Google anew"),
            "undo_contact_said": self.env._("Not undone: contacts as Odoo has them"),
            "undo_date": self.env._("Not undone: a date of a series"),
            "undo_moved": self.env._("Not undone: moved between calendars"),
            "undo_read_only": self.env._("Not undone: Odoo only reads the calendar"),
            "undo_refused": self.env._("Not undone: Google refused"),
        }
