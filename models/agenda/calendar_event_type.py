"""The types of action and their colours in Google."""

from odoo import api, fields, models

from ...sync.events.colours import LABEL, index_nearest_to, nearest_of_index
from ..rights.sense import check_ids, check_ours
from ..tools.edge import engine_rows
from ..tools.plural import plural

MODULE = "google_sync"


#: Short names (for the xml ids) and colours of the standard types.
STANDARD = {
    "i": "11",
    "ts": "9",
    "tl": "7",
    "r": "10",
    "f": "3",
    "ru": "6",
    "e": "4",
    "p": "5",
    "ch": "1",
    "cg": "2",
    "t": "8",
}


def _selection(env):
    """Google's colours by the names its own pages give them."""
    names = {
        "1": env._("Lavender"),
        "2": env._("Sage"),
        "3": env._("Grape"),
        "4": env._("Flamingo"),
        "5": env._("Banana"),
        "6": env._("Tangerine"),
        "7": env._("Peacock"),
        "8": env._("Graphite"),
        "9": env._("Blueberry"),
        "10": env._("Basil"),
        "11": env._("Tomato"),
    }
    return list(names.items())


class CalendarEventType(models.Model):
    _inherit = "calendar.event.type"

    google_color = fields.Selection(
        lambda self: _selection(self.env),
        "Colour in Google",
        help="The colour of this type's events in Google Calendar. Empty: the "
        "calendar's own colour.",
    )
    google_color_proposal = fields.Selection(
        lambda self: _selection(self.env),
        "Nearest colour",
        compute="_compute_google_color_proposal",
        help="Google's colour that looks most like this type's colour in Odoo",
    )

    @api.depends("color")
    def _compute_google_color_proposal(self):
        for kind in self:
            kind.google_color_proposal = nearest_of_index(kind.color) or False

    # -- names -------------------------------------------------------------------

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """A standard type that keeps its name is read in each reader's language."""
        result = super()._compute_display_name()
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        known = {
            name: short
            for lang in {"en_US", *languages}
            for short, name in self.with_context(lang=lang)
            ._google_sync_standard_names()
            .items()
        }
        named = self.filtered(lambda kind: kind.name in known)
        standard = self._google_sync_standard_ids() if named else ()
        mine = self._google_sync_standard_names()
        for kind in named.filtered(lambda kind: kind._origin.id in standard):
            kind.display_name = mine[known[kind.name]]
        return result

    # -- what a changed colour does to the events --------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            check_ours(self, vals)
        return super().create(vals_list)

    def write(self, vals):
        check_ours(self, vals)
        changed = self.browse()
        if "google_color" in vals:
            changed = self.filtered(lambda t: t.google_color != vals["google_color"])
        result = super().write(vals)
        changed._google_sync_recolour()
        return result

    @api.ondelete(at_uninstall=False)
    def _google_sync_forget_colour(self):
        """Which events had the type is not known afterwards: compare them all."""
        if self.filtered("google_color"):
            accounts = self._google_sync_coloured_accounts()
            accounts.last_sweep_at = False
            accounts._wake_pull()

    def _google_sync_recolour(self):
        """Queue one row a type and account, however many events there are."""
        accounts = self._google_sync_coloured_accounts() if self else None
        if accounts:
            engine_rows(self.env, "google.sync.pending")._queue_types(accounts, self)

    @api.model
    def _google_sync_coloured_accounts(self):
        # Types are everybody's: their colours go to all accounts.
        accounts = engine_rows(self.env, "google.sync.account")
        ids = accounts._google_sync_by_partner().values()
        return accounts.browse(ids).filtered("transfer_colors")

    # -- from a colour to a type -------------------------------------------------

    @api.model
    def _google_sync_by_colour(self):
        """{colorId: type id}; of several types the standard one, else the oldest."""
        standard = self._google_sync_standard_ids()
        found = {}
        for kind in self.search([("google_color", "!=", False)], order="id"):
            if kind.google_color not in found or kind.id in standard:
                found.setdefault(kind.google_color, kind.id)
                if kind.id in standard:
                    found[kind.google_color] = kind.id
        return found

    # -- the standard types ------------------------------------------------------

    @api.model
    def _google_sync_standard_names(self):
        return {
            "i": self.env._("Intervention"),
            "ts": self.env._("Outgoing call"),
            "tl": self.env._("Incoming call"),
            "r": self.env._("Appointment"),
            "f": self.env._("Training"),
            "ru": self.env._("Meeting"),
            "e": self.env._("Event"),
            "p": self.env._("Personal"),
            "ch": self.env._("Chat"),
            "cg": self.env._("Time off"),
            "t": self.env._("Task"),
        }

    @api.model
    def _google_sync_standard_ids(self):
        # sudo: only which types the addon brought.
        return set(
            self.env["ir.model.data"]
            .sudo()
            .search([("module", "=", MODULE), ("model", "=", self._name)])
            .mapped("res_id")
        )

    def action_google_sync_standard_types(self):
        """Create the missing standard types; a namesake becomes one of them."""
        self.browse().check_access("create")
        made = joined = 0
        for short, name in self._google_sync_standard_names().items():
            colour = STANDARD[short]
            xml_id = f"{MODULE}.event_type_{short}"
            if self.env.ref(xml_id, raise_if_not_found=False):
                continue
            kind = self.search([("name", "=ilike", name)], limit=1)
            if kind:
                joined += 1
                kind.google_color = kind.google_color or colour
            else:
                made += 1
                here = index_nearest_to(colour)
                kind = self.create(
                    {"name": name, "google_color": colour, "color": here}
                )
            data = {"xml_id": xml_id, "record": kind, "noupdate": True}
            self.env["ir.model.data"]._update_xmlids([data])
        return self._google_sync_notice(
            self.env._(
                "Standard types: %(made)s created, %(joined)s found under the same "
                "name.",
                made=made,
                joined=joined,
            )
        )

    def action_google_sync_nearest(self):
        """Give these types (none chosen: all without a colour) the nearest one."""
        check_ids(self)
        without = self.search([("google_color", "=", False)])
        kinds = (self & without if self else without).filtered("google_color_proposal")
        for kind in kinds:
            kind.google_color = kind.google_color_proposal
        return self._google_sync_notice(
            plural(
                self.env,
                len(kinds),
                self.env._("%s type was given the nearest colour.", len(kinds)),
                self.env._("%s types were given the nearest colour.", len(kinds)),
            )
        )

    def _google_sync_notice(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def _google_sync_color(self):
        """The colour of the first type that has one."""
        mapped = (kind.google_color for kind in self.categ_ids if kind.google_color)
        return next(mapped, "")

    def _google_sync_type_vals(self, color, types):
        """For a new event: the type that Google's colour stands for, if wanted."""
        kind = types.get((color or "").removeprefix(LABEL))
        return {"categ_ids": [fields.Command.set([kind])]} if kind else {}
