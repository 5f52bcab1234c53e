"""The engine's ContactStore port on the ORM: one account's list, no more.

Contacts are read and written as the account's user, quietly; `sudo` is for the addon's
own tables only. What the engine decides is not decided here again.
"""

import uuid
from collections import Counter

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from ...sync.contacts.mails import mail_key, mails_from_odoo
from ...sync.contacts.store import OdooContact
from ...sync.contacts.values import ContactValues
from ...sync.events.values import UTC
from ..journal.contact_words import contact_journal_vals
from ..tools.context import Said
from ..tools.edge import engine_rows
from ..tools.quiet import QUIET
from ..tools.steps import StepByStep
from .photo import photo_for_google
from .proposing import Proposing


class OrmContactStore(Proposing, StepByStep):
    """Store of one run.

    account: as superuser, and with it links and questions; contacts are read and
    written as its user. checkpoint: the one commit. lines: journal lines so far.
    """

    def __init__(self, account, run, checkpoint):
        self.account = account
        self.run = run
        self.checkpoint = checkpoint
        self.lines = []
        self.user = account.user_id
        context = {
            **QUIET,
            "lang": self.user.lang,
            "tz": self.user.tz,
            "active_test": False,
            "allowed_company_ids": self.user.company_ids.ids,
            "google_sync_account_id": Said(account.id),
        }
        self.partners = (
            account.env["res.partner"].with_user(self.user).sudo(False)
        ).with_context(**context)
        self.link_model = account.env["google.sync.contact.link"]

    # -- where the list stands -------------------------------------------------

    def cursor(self):
        return self.account._to_contact_cursor()

    def save_cursor(self, cursor):
        self.account._save_contact_cursor(cursor)

    def now(self):
        return fields.Datetime.now().replace(tzinfo=UTC)

    def new_marker(self):
        return uuid.uuid4().hex

    # -- links -----------------------------------------------------------------

    def _search(self, domain, **options):
        mine = [("account_id", "=", self.account.id)]
        return self.link_model.search(Domain.AND([mine, domain]), **options)

    def _page(self, domain, limit, after):
        rows = self._search(
            Domain.AND([domain, [("id", ">", after)]]), limit=limit, order="id"
        )
        return [row._to_link() for row in rows]

    def links(self, names):
        """Two rows of one name: the one on the list counts."""
        rows = self._search([("resource_name", "in", list(names))])
        ranked = rows.sorted(lambda row: row.state == "off", reverse=True)
        return {row.resource_name: row._to_link() for row in ranked}

    def links_by_marker(self, markers):
        rows = self._search([("marker", "in", list(markers))])
        return {row.marker: row._to_link() for row in rows}

    def in_state(self, state, limit, after=0):
        return self._page([("state", "=", state.value)], limit, after)

    def count(self, state):
        mine = [("account_id", "=", self.account.id), ("state", "=", state.value)]
        return self.link_model.search_count(mine)

    def dirty(self, limit, after=0):
        waiting = Domain("dirty", "=", True) | Domain("drift", "=", True)
        return self._page(Domain("state", "=", "linked") & waiting, limit, after)

    def photos_due(self, limit, after=0):
        domain = [("state", "=", "linked"), ("photo_due", "=", True)]
        return self._page(domain, limit, after)

    def unseen(self, number, limit, after=0):
        domain = [("state", "=", "linked"), ("seen", "<", number)]
        return self._page(domain, limit, after)

    def see(self, names, number):
        self._search([("resource_name", "in", list(names))]).write({"seen": number})

    def mark_all_dirty(self):
        self._search([("state", "=", "linked")]).write({"dirty": True})

    def collect_edits(self):
        pending = engine_rows(self.account.env, "google.sync.contact.pending")
        edited = pending._take(self.account)
        for row in self._search([("id", "in", list(edited))]):
            moments = filter(None, (edited[row.id], row.edited_at))
            row.write({"dirty": True, "edited_at": max(moments, default=False)})

    # -- observing -------------------------------------------------------------

    def observe(self, links):
        contacts = self.partners.browse([x.contact_id for x in links if x.contact_id])
        contacts = contacts.exists()
        readable = contacts._filtered_access("read")
        writable = set(readable._filtered_access("write").ids)
        values = readable._google_sync_values()
        hidden = {
            contact.id: OdooContact(
                contact.id, ContactValues(), left_alone="not_visible"
            )
            for contact in contacts - readable
        }
        seen = {
            contact.id: OdooContact(
                contact.id,
                values[contact.id],
                alive=contact.active,
                writable=contact.id in writable,
                created=fields.Datetime.to_string(contact.create_date),
            )
            for contact in readable
        }
        return {**hidden, **seen}

    def photo_bytes(self, contact_id):
        return photo_for_google(self.partners.browse(contact_id))

    def rivals(self, emails):
        """Mails of contacts that are still to be found in Google, counted."""
        self.account.env.flush_all()
        rows = self.account.env.execute_query(
            SQL(
                "SELECT partner.email FROM google_sync_contact_link AS link"
                " JOIN res_partner AS partner ON partner.id = link.partner_id"
                " WHERE link.account_id = %s AND link.state IN ('new', 'held')"
                " AND (partner.email_normalized = ANY(%s)"
                " OR partner.email_normalized IS DISTINCT FROM lower(partner.email))"
                " AND partner.email LIKE '%%@%%'",
                self.account.id,
                list(emails),
            )
        )
        counts = Counter(
            mail_key(mail) for (text,) in rows for mail in mails_from_odoo(text)
        )
        return {mail: counts[mail] for mail in emails if counts[mail]}

    # -- applying --------------------------------------------------------------

    def _name_of(self, step):
        return f"contact {step.link.contact_id}"

    def _apply_all(self, steps):
        lines = []
        for step in steps:
            if step.write:
                partner = self.partners.browse(step.write.contact_id)
                partner.write(partner._google_sync_vals(step.write.changes))
            lines += [contact_journal_vals(self.run, line) for line in step.lines]
        self._save_links([step.link for step in steps])
        engine_rows(self.account.env, "google.sync.run.line").create(lines)
        self.lines += lines
        self.account.env.flush_all()

    def say(self, line):
        vals = contact_journal_vals(self.run, line)
        engine_rows(self.account.env, "google.sync.run.line").create([vals])
        self.lines.append(vals)

    def _save_links(self, links):
        """All columns are written together: the database gets few statements."""
        now = fields.Datetime.now()
        for link in links:
            row = self.link_model.browse(link.id)
            vals = row._from_link(link)
            in_step = vals["state"] == "linked" and not link.dirty
            row.write({**vals, "synced_at": now if in_step else row.synced_at})

    # -- by what Google's contacts are recognised ------------------------------

    def index(self, sightings):
        self._sightings()._index(self.account, sightings)

    def find(self, keys):
        return self._sightings()._find(self.account, keys)

    def forget_index(self):
        self._sightings()._forget(self.account)

    def _sightings(self):
        return engine_rows(self.account.env, "google.sync.contact.sighting")

    # -- asking ----------------------------------------------------------------

    def ask(self, questions):
        decisions = self.account.env["google.sync.decision"]
        return decisions._ask_about_contacts(self.account, questions)
