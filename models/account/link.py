"""What the links of events and of contacts remember alike."""

from odoo import fields, models

from ...sync.events.values import UTC


class GoogleSyncLink(models.AbstractModel):
    _name = "google.sync.link"
    _inherit = "google.sync.discreet"
    _description = "One record of Odoo in Google: where it stands, what is agreed on"

    etag = fields.Char(readonly=True)
    base = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    base_version = fields.Integer(readonly=True)
    dirty = fields.Boolean("To compare with Google", readonly=True)
    edited_at = fields.Datetime("Last edited by a person", readonly=True)
    problem = fields.Char(readonly=True, help="The reason, a word for everybody")
    said = fields.Char(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Odoo's own words of refusal; they may quote the record",
    )
    seen = fields.Integer(
        readonly=True, help="Number of the last full listing that showed it"
    )
    contested = fields.Json(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Google's values of the fields whose conflict waits for a decision",
    )
    answer = fields.Char(readonly=True, help="What a person said about a deletion")

    def _problem_in_full(self):
        """As the engine wrote it, with Odoo's own words; "" without a problem."""
        raise NotImplementedError

    def _columns_alike(self):
        """What the engine's links of both kinds are told of this row."""
        self.ensure_one()
        return {
            "id": self.id,
            "etag": self.etag or "",
            "dirty": self.dirty,
            "edited_at": aware(self.edited_at),
            "problem": self._problem_in_full(),
            "seen": self.seen,
            "answer": self.answer or "",
        }

    def _stored_alike(self, link):
        """Values to store of what the engine's links of both kinds have."""
        return {
            "state": link.state.value,
            "etag": link.etag or False,
            "dirty": link.dirty,
            "edited_at": naive(link.edited_at),
            "seen": link.seen,
            "answer": link.answer or False,
        }


def aware(moment):
    """The engine's UTC of what Odoo stores."""
    return moment.replace(tzinfo=UTC) if moment else None


def naive(moment):
    """What Odoo stores of the engine's UTC."""
    return moment.replace(tzinfo=None) if moment else False
