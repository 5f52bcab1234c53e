"""The part of the Store that proposes contacts of Google, and takes them in."""

import re

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...sync.contacts.mails import mail_key, mails_from_odoo
from ...sync.contacts.numbers import read_numbers
from ...sync.contacts.phones import phone_key

#: Digits by which numbers are looked for, however they are written.
_TAIL = 8
#: More than these nobody compares.
MOST = 10


class Proposing:
    """Part of the Store; it gives `account`, `run`, `partners` and `link_model`."""

    def _asked(self, *more):
        mine = [("account_id", "=", self.account.id), ("kind", "=", "proposal")]
        decisions = self.account.env["google.sync.decision"]
        return decisions.search([*mine, ("state", "!=", "obsolete"), *more])

    def proposals(self):
        if self.run.mode == "preview":
            return {}
        return {row.google_id: row._said_of_proposal() for row in self._asked()}

    def withdraw(self, names):
        self._asked(("google_id", "in", list(names))).write({"state": "obsolete"})

    # -- who it may be ---------------------------------------------------------

    def alike(self, contacts):
        region = self.account.company_id.country_id.code or "FR"
        wanted = [_keys_of(values, region) for values in contacts]
        found = {
            partner.id: (
                *_keys(
                    mails_from_odoo(partner.email),
                    (partner.phone, partner.mobile),
                    partner.country_id.code or region,
                ),
                (partner.name or "").casefold(),
            )
            for partner in self._perhaps(contacts, wanted)
        }
        return [_ranked(keys, found) for keys in wanted]

    def _perhaps(self, contacts, wanted):
        """Everybody whom the user sees that one of these may be."""
        mails = sorted({mail for keys in wanted for mail in keys[0]})
        tails = {_tail(text) for x in contacts for text in (x.phone, x.mobile)}
        names = sorted({values.name for values in contacts} - {""})
        either = Domain.OR(
            [
                [("email_normalized", "in", mails)],
                [("name", "in", names)],
                [("id", "in", self._ids_by_tail(sorted(tails - {""})))],
            ]
        )
        return self.partners.search(either & Domain("active", "=", True), order="id")

    def _ids_by_tail(self, tails):
        if not tails:
            return []
        self.partners.flush_model(["phone", "mobile"])
        digits = "right(regexp_replace(%s, '\\D', '', 'g'), %s) = ANY(%s)"
        either = [
            SQL(digits, SQL.identifier(name), _TAIL, tails)
            for name in ("phone", "mobile")
        ]
        rows = self.account.env.execute_query(
            SQL("SELECT id FROM res_partner WHERE %s OR %s", *either)
        )
        return [row[0] for row in rows]

    # -- a yes -----------------------------------------------------------------

    def take_in(self, name, contact_id, values):
        done = self.partners.browse(contact_id)
        asked = self._asked(("google_id", "=", name))

        def take():
            nonlocal done
            if not contact_id:
                done = self.partners.create(self.partners._google_sync_new(values))
            self._list_as(done, name)
            asked._taken_in(done)
            self.account.env.flush_all()

        problem = self._tried(f"contact {name}", take)
        if problem:
            asked._ask_anew(problem)
            return 0, problem
        return done.id, ""

    def _list_as(self, partner, name):
        """On the list, and known to be this one in Google: the newcomers pair it."""
        link = self._search([("partner_id", "=", partner.id)])
        if link.listed and (link.resource_name or link.tried_at):
            raise UserError(
                self.account.env._("It is paired with another contact in Google.")
            )
        vals = {"resource_name": name, "state": "new", "chosen": True}
        cleared = ("etag", "updated", "base", "marker", "tried_at", "problem", "answer")
        vals |= {**dict.fromkeys(cleared, False), "excluded": False, "dirty": True}
        if link:
            link.write(vals)
        else:
            mine = {"account_id": self.account.id, "partner_id": partner.id}
            self.link_model.create({**mine, **vals})


def _keys_of(values, region):
    country = values.country_code or region
    keys = _keys(values.emails, (values.phone, values.mobile), country)
    return (*keys, values.name.casefold())


def _keys(mails, texts, region):
    numbers = {
        phone_key(number.value, region)
        for text in texts
        for number in read_numbers(text or "", region)
    }
    return {mail_key(mail) for mail in mails}, numbers


def _ranked(keys, found):
    """Ids of those that share a mail, then a number, then the name."""
    mails, numbers, name = keys
    by_mail = [i for i, x in found.items() if mails & x[0]]
    by_number = [i for i, x in found.items() if numbers & x[1]]
    by_name = [i for i, x in found.items() if name and name == x[2]]
    return tuple(dict.fromkeys((*by_mail, *by_number, *by_name)))[:MOST]


def _tail(text):
    digits = re.sub(r"\D", "", text or "")
    return digits[-_TAIL:] if len(digits) >= _TAIL else ""
