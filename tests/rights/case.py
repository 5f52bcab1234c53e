"""Nine roles around one account, and a record of each model that they try."""

import inspect

from odoo import Command
from odoo.exceptions import AccessError
from odoo.models import BaseModel
from odoo.tests import new_test_user

from ..sync_case import SyncCase

ROLES = (
    "owner",
    "visible",
    "agenda",
    "manager",
    "admin",
    "stranger",
    "chief",
    "portal",
    "anonymous",
)
#: Those who see something of the account.
INSIDE = ROLES[:5]
BOSS = ("manager", "admin")
EYES = ("visible", "agenda")
ALL = ("owner", *EYES, *BOSS)
RUN = ("owner", "agenda", *BOSS)
MANAGE = ("owner", *BOSS)
OWNER = ("owner",)


class _Undo(Exception):
    """What a button did is rolled back: the next role finds everything as it was."""


class RightsCase(SyncCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account.sudo().sync_contacts = True
        cls.ada.sudo().group_ids += cls.env.ref("base.group_partner_manager")
        cls.users = {"owner": cls.ada, **cls.make_roles()}
        cls.delegates = {
            role: cls.env["google.sync.delegate"].create(
                {
                    "account_id": cls.account.id,
                    "user_id": cls.users[role].id,
                    "visible": role == "visible",
                    "agenda": role == "agenda",
                }
            )
            for role in EYES
        }

    def setUp(self):
        super().setUp()
        self.records = self.make_records()

    @classmethod
    def make_roles(cls):
        other = cls.env["res.company"].create({"name": "Elsewhere"})
        away = {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        boss = "base.group_user,google_sync.group_manager"
        return {
            "visible": cls.make_user("vera"),
            "agenda": cls.make_user("alan"),
            "manager": cls.make_user("max", groups=boss),
            "admin": cls.make_user("root", groups="base.group_system"),
            "stranger": cls.make_user("bob"),
            "chief": cls.make_user("chief", groups=boss, **away),
            "portal": new_test_user(cls.env, "pia", groups="base.group_portal"),
            "anonymous": cls.env.ref("base.public_user"),
        }

    def make_records(self):
        event = self.event("Ouvert")
        self.sync()
        partner = self.env["res.partner"].create({"name": "Z", "email": "z@x.com"})
        partner.with_user(self.ada).action_google_sync_choose()
        account = self.account.sudo()
        run = account.last_run_id
        env = self.env
        line = {"run_id": run.id, "action": "update", "side": "odoo", "name": "x"}
        decisions = self.two_decisions(account)
        assistant = env["google.sync.assistant"].with_user(self.ada).create({})
        return {
            "google.sync.account": self.account,
            "google.sync.calendar": self.calendar,
            "google.sync.run": run,
            "google.sync.run.line": run.line_ids.filtered(
                lambda x: x.res_id == event.id
            ),
            "google.sync.run.line, of a contact": env["google.sync.run.line"].create(
                {**line, "res_model": "res.partner", "res_id": partner.id}
                | {"private": True, "archive": "BEGIN:VCARD\nEND:VCARD"}
            ),
            "google.sync.usage": env["google.sync.usage"].search(
                [("account_id", "=", account.id)]
            ),
            "google.sync.event.link": self.link_of(event),
            "google.sync.contact.link": account.contact_link_ids,
            "google.sync.decision": decisions[0],
            "google.sync.decision, private": decisions[1],
            "google.sync.decision.field": env["google.sync.decision.field"].create(
                {"decision_id": decisions[0].id, "field": "title"}
            ),
            "google.sync.decision.contact": env["google.sync.decision.contact"].create(
                {"decision_id": decisions[0].id, "resource_name": "people/1"}
            ),
            "google.sync.person": env["google.sync.person"].browse(self.ada.id),
            "google.sync.assistant": assistant,
            "google.sync.assistant.line": env["google.sync.assistant.line"].create(
                {"assistant_id": assistant.id, "line_id": run.line_ids[:1].id}
            ),
            # Last: what the rule takes in is none of the links above.
            **self.option_records(account),
        }

    def option_records(self, account):
        """What people choose of the account and of the company."""
        env = self.env
        return {
            "google.sync.calendar.rule": env["google.sync.calendar.rule"].create(
                {"account_id": account.id, "calendar_id": self.calendar.id}
            ),
            "google.sync.filter": env["google.sync.filter"].create(
                {"account_id": account.id, "kind": "free"}
            ),
            "google.sync.direction": env["google.sync.direction"].create(
                {"company_id": account.company_id.id, "field_name": "place"}
                | {"direction": "none"}
            ),
            "google.sync.delegate": self.own_right(),
            "google.sync.contact.rule": env["google.sync.contact.rule"].create(
                {"account_id": account.id, "name": "All", "domain": "[]"}
            ),
        }

    def two_decisions(self, account):
        """The second one is private."""
        decision = {
            "account_id": account.id,
            "calendar_id": account.calendar_id.id,
            "kind": "conflict",
            "name": "x",
        }
        return self.env["google.sync.decision"].create(
            [{**decision, "key": "a"}, {**decision, "key": "b", "private": True}]
        )

    def own_right(self):
        """Of Ada's account, somebody else's: delegates see their own row only."""
        return self.env["google.sync.delegate"].create(
            {
                "account_id": self.account.id,
                "user_id": self.env.ref("base.user_admin").id,
            }
        )

    def gets_through(self, role, name, method, args):
        """Past the rights, whatever comes after; nothing of it stays."""
        record = self.records[name].with_user(self.users[role]).sudo(False)
        try:
            with self.env.cr.savepoint():
                getattr(record, method)(*args)
                raise _Undo
        except AccessError:
            return False
        except Exception:  # noqa: BLE001 # pylint: disable=broad-except
            return True
        finally:
            self.env.invalidate_all()

    def public_methods(self, name):
        """Added by this addon; what Odoo's own models have too is not."""
        for cls in type(self.env[name]).mro():
            if cls.__module__.startswith("odoo.addons.google_sync."):
                for method, function in vars(cls).items():
                    public = inspect.isfunction(function) and method[0] != "_"
                    private = getattr(function, "_api_private", False)
                    if public and not private and not hasattr(BaseModel, method):
                        yield method
