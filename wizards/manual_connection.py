"""Manual connection: Google's address to open anywhere, and the answer pasted back."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..google_api.application import INSTALLED
from ..google_api.oauth import read_pasted
from ..models.connection.consent import hash_state
from ..models.connection.res_company import MANUAL_URI
from ..models.connection.token import decrypt, encrypt
from ..models.tools.edge import engine_rows


class GoogleSyncManualConnection(models.TransientModel):
    _name = "google.sync.manual.connection"
    _inherit = "google.sync.dialog"
    # An address with a code and every scope in it.
    _longest = {"answer": 10_000}
    _description = "Manual connection with Google"

    google_login = fields.Char(related="account_id.google_login", related_sudo=False)
    state_hash = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    url = fields.Char("Google's address", compute="_compute_kept")
    address = fields.Char(
        readonly=True, groups=fields.NO_ACCESS, help="Google's, with the state"
    )
    redirect_uri = fields.Char("Redirect address", readonly=True)
    answer = fields.Char(
        "Address or code",
        compute="_compute_kept",
        inverse="_inverse_answer",
        help="The whole address that the browser ends on",
    )
    pasted = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    problem = fields.Text(readonly=True)

    def _closed(self):
        """With what is kept encrypted, in fields that are closed for all."""
        # sudo: those columns are for the server alone; each dialogue is its opener's.
        return self.sudo()

    def _check_account(self):
        for dialog in self:
            dialog.account_id._origin._check_is_mine()

    @api.depends("address", "pasted")
    def _compute_kept(self):
        """State and code are stored as tokens are, and shown to whoever opened it."""
        for dialog in self:
            kept = dialog._origin._closed()
            own = kept.create_uid == self.env.user
            dialog.url = decrypt(kept.address) if own else False
            dialog.answer = decrypt(kept.pasted) if own else False

    def _inverse_answer(self):
        for dialog in self:
            dialog._closed().pasted = encrypt(dialog.answer)

    def _begin(self):
        """A new consent, with its own address at Google."""
        account = self.account_id
        consent = account._begin_consent(MANUAL_URI)
        installed = account._consent_application().kind == INSTALLED
        self._closed().write(
            {
                "state_hash": hash_state(consent.state),
                "address": encrypt(consent.url),
                "redirect_uri": False if installed else MANUAL_URI,
            }
        )
        return self

    def _open(self):
        """The dialogue, as it stands."""
        return self._open_as(self.env._("Manual connection"))

    def action_connect(self):
        """Connect with what was pasted; what is wrong with it is said in place."""
        self.ensure_one()
        account = self.account_id
        mine = account._check_is_mine()
        pasted = read_pasted(self.answer or "")
        own = self._closed().state_hash
        self.answer = False
        problem = self._misplaced(pasted, own)
        if problem:
            # Nothing was used up: the same address at Google is still good.
            self.problem = problem
            return self._open()
        try:
            said = account._connect_by_hand(own, pasted)
        except UserError as error:
            self.problem = self.env._(
                "%s Open the new address below: the former one is used up.", error
            )
            return self._begin()._open()
        notice = account._notice("success", said)
        if mine._is_to_be_started():
            goes_on = self.env["google.sync.first.day"].action_open_mine()
        else:
            goes_on = {"type": "ir.actions.act_window_close"}
        notice["params"]["next"] = goes_on
        return notice

    def _misplaced(self, pasted, own):
        """Why the text is no answer to this dialogue, False when it is one."""
        if not pasted:
            return self.env._(
                "This is neither the address that the browser ended on nor a code. "
                "Allow the access on Google's page first; then copy the whole address "
                "of the page that does not load. It begins with %s.",
                MANUAL_URI,
            )
        if not pasted.state or hash_state(pasted.state) == own:
            return False
        consents = engine_rows(self.env, "google.sync.consent")
        other = consents.search([("state_hash", "=", hash_state(pasted.state))])
        if not other:
            return self.env._(
                "This address was used already, is older than half an hour, or comes "
                "from another attempt. Open the address below again and copy what you "
                "end on."
            )
        mine = other.started_by_id == self.env.user
        if mine and other.account_id == self.account_id:
            return self.env._(
                "This address belongs to another window with a connection of %s: "
                "paste it there, or open the address below and copy what you end on.",
                self.account_id._label(),
            )
        return self.env._(
            "This address belongs to somebody else's connection: nothing was "
            "connected. Open the address below and copy what you end on."
        )


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def action_connect_manually(self):
        """The dialogue with Google's address, and the place to paste the answer."""
        self.ensure_one()
        self._check_is_mine()._begin_first_day()
        wizard = self.env["google.sync.manual.connection"]
        return wizard.create({"account_id": self.id})._begin()._open()
