"""A channel: Google's promise to tell of changes in one calendar, for a week.

Rows are written by the scheduled action alone. Google's messages only read them.
"""

import hashlib
import hmac
import re
import secrets
import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: What we ask for, and what Google gives anyway.
LIFE = timedelta(days=7)
#: A new one is opened so long before the end, or at three quarters of a short life.
BEFORE_END = timedelta(days=1)
#: What Google refused is tried again after so long, or at another address.
REFUSED_FOR = timedelta(days=1)
_UUID = re.compile(r"[0-9a-f]{32}")
#: Larger is no number that the database takes: it counts as not said.
_LARGEST = 2**31 - 1


class GoogleSyncChannel(models.Model):
    _name = "google.sync.channel"
    _description = "Google Push Channel"
    _log_access = False
    _order = "id"

    account_id = fields.Many2one(
        "google.sync.account",
        required=True,
        index=True,
        ondelete="cascade",
        groups=fields.NO_ACCESS,
    )
    calendar_id = fields.Many2one(
        "google.sync.calendar",
        required=True,
        index=True,
        ondelete="cascade",
        groups=fields.NO_ACCESS,
    )
    channel_id = fields.Char(required=True, groups=fields.NO_ACCESS)
    token_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    resource_id = fields.Char(groups=fields.NO_ACCESS)
    address = fields.Char(required=True, groups=fields.NO_ACCESS)
    state = fields.Selection(
        [("opening", "Being opened"), ("open", "Open"), ("refused", "Refused")],
        required=True,
        default="opening",
        groups=fields.NO_ACCESS,
    )
    reason = fields.Char(groups=fields.NO_ACCESS, help="Google's word for a refusal")
    opened_at = fields.Datetime(required=True, groups=fields.NO_ACCESS)
    expires_at = fields.Datetime(groups=fields.NO_ACCESS)
    renew_at = fields.Datetime(
        groups=fields.NO_ACCESS, help="When another one is opened in its place"
    )
    heard_at = fields.Datetime(
        groups=fields.NO_ACCESS, help="When Google's last message came"
    )
    message_number = fields.Integer(groups=fields.NO_ACCESS)

    _channel_id_uniq = models.UniqueIndex("(channel_id)")

    # -- opening ---------------------------------------------------------------

    @api.model
    def _prepare(self, calendar, address):
        """(channel, its token): to be committed before Google is asked.

        The first message may come before the answer. Only the token's hash is kept.
        """
        token = secrets.token_urlsafe(32)
        channel = self.create(
            {
                "account_id": calendar.account_id.id,
                "calendar_id": calendar.id,
                "channel_id": uuid.uuid4().hex,
                "token_hash": _hash(token),
                "address": address,
                "opened_at": fields.Datetime.now(),
            }
        )
        return channel, token

    def _opened(self, resource_id, expires_at):
        now = fields.Datetime.now()
        rest = min(BEFORE_END, max(expires_at - now, timedelta(0)) / 4)
        self.write(
            {
                "state": "open",
                "resource_id": resource_id,
                "expires_at": expires_at,
                "renew_at": expires_at - rest,
            }
        )

    def _refused(self, stop, rest):
        until = fields.Datetime.now() + rest
        self.write(
            {
                "state": "refused",
                "reason": stop.reason,
                "expires_at": until,
                "renew_at": until,
            }
        )

    @api.model
    def _standing(self, address, now):
        """Open, or refused for the time being, at this address: nothing to do."""
        return [
            ("state", "in", ("open", "refused")),
            ("address", "=", address),
            ("renew_at", ">", now),
        ]

    def _is_trusted(self, now):
        """Google's messages come through: a poll now and then is enough."""
        return self.state == "open" and self.heard_at and self.expires_at > now

    # -- Google's messages -----------------------------------------------------

    @api.model
    def _heard(self, headers):
        """Google says that something changed: note that a look is wanted, or not.

        Whatever comes in from the street: a channel that is not ours, a wrong token
        and a message that was heard already leave nothing behind. Nothing is locked
        and nothing changed but one new row, if none waits.
        """
        channel_id = headers.get("X-Goog-Channel-ID") or ""
        if not _UUID.fullmatch(channel_id):
            return
        self.env.cr.execute(
            SQL(
                "SELECT channel.id, channel.account_id, channel.token_hash,"
                " channel.message_number FROM google_sync_channel AS channel"
                " JOIN google_sync_account AS account"
                " ON account.id = channel.account_id"
                " WHERE channel.channel_id = %s"
                " AND account.state IN ('connected', 'error')",
                channel_id,
            )
        )
        known = self.env.cr.fetchone()
        token = _hash(headers.get("X-Goog-Channel-Token") or "")
        if not known or not hmac.compare_digest(token, known[2]):
            return
        number = _number(headers.get("X-Goog-Message-Number"))
        if number and known[3] and number <= known[3]:
            return
        self.env["google.sync.knock"]._leave(known[1], known[0], number)

    def _note_heard(self, knocks):
        """Take over what the run found at the door: {channel id: (number, moment)}."""
        for channel in self.browse(knocks).exists():
            number, moment = knocks[channel.id]
            channel.write(
                {
                    "heard_at": moment,
                    "message_number": max(channel.message_number, number),
                }
            )


def _hash(token):
    """Reading the table does not help to forge a message."""
    return hashlib.sha256(token.encode()).hexdigest()


def _number(text):
    text = text or ""
    number = int(text) if re.fullmatch(r"[0-9]{1,10}", text) else 0
    return number if number <= _LARGEST else 0
