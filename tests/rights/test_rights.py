"""Who may do what: every model and every button of the addon, for every role.

A table each, so that what is missing is seen: new models and buttons belong in them.
"""

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .case import ALL, BOSS, EYES, INSIDE, MANAGE, OWNER, ROLES, RUN, RightsCase

# Letters: read, write, create, unlink. A role that is not named may nothing.


def _rights(owner="", eyes="", boss=""):
    return {
        "owner": owner,
        **dict.fromkeys(EYES, eyes),
        **dict.fromkeys(BOSS, boss),
    }


MODELS = {
    "google.sync.account": _rights("rwc", "r", "rwcu"),
    # What of an agenda goes where is its owner's word, nobody else's.
    "google.sync.calendar": _rights("rw", "r", "r"),
    "google.sync.calendar.rule": _rights("rwcu"),
    "google.sync.filter": _rights("rwcu"),
    # Their own row, to see that they have the right.
    "google.sync.delegate": _rights("rwcu", "", "rwcu"),
    "google.sync.run": _rights("r", "r", "r"),
    "google.sync.run.line": _rights("r", "r", "r"),
    "google.sync.run.line, of a contact": _rights("r", "", "r"),
    "google.sync.usage": _rights("r", "", "r"),
    "google.sync.event.link": _rights("r", "", "r"),
    "google.sync.contact.link": _rights("r", "", "r"),
    "google.sync.contact.rule": _rights("rwcu", "", "rwcu"),
    "google.sync.decision": _rights("rw", "", "rw"),
    "google.sync.decision, private": _rights("rw", "", ""),
    "google.sync.decision.field": _rights("rw", "", "rw"),
    "google.sync.decision.contact": _rights("r", "", "r"),
    # A company's choice, for all its accounts.
    "google.sync.direction": {**_rights(), "admin": "rw"},
    # One list for administrators.
    "google.sync.person": _rights("", "", "r"),
    # Pages of whoever opened them.
    "google.sync.assistant": _rights("rwcu"),
    "google.sync.assistant.line": _rights("rw"),
}
#: For the server only.
CLOSED = (
    "google.sync.token",
    "google.sync.consent",
    "google.sync.channel",
    "google.sync.knock",
    "google.sync.pending",
    "google.sync.event.choice",
    "google.sync.contact.pending",
    "google.sync.contact.sighting",
)
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}

#: Who gets past the rights of a button; arguments where it takes any.
BUTTONS = {
    ("google.sync.account", "action_sync_now"): RUN,
    ("google.sync.account", "action_preview"): RUN,
    ("google.sync.account", "run_sync"): RUN,
    ("google.sync.account", "run_sync", "contacts"): MANAGE,
    ("google.sync.account", "action_refresh_calendars"): MANAGE,
    ("google.sync.account", "action_view_calendar_rules"): MANAGE,
    ("google.sync.account", "action_view_filters"): MANAGE,
    ("google.sync.account", "action_view_contacts"): MANAGE,
    ("google.sync.direction", "action_view_table"): ("admin",),
    ("google.sync.account", "action_add_contacts"): MANAGE,
    ("google.sync.account", "action_view_contact_rules"): MANAGE,
    ("google.sync.account", "action_export_contacts"): MANAGE,
    ("google.sync.account", "action_connect"): MANAGE,
    ("google.sync.account", "action_disconnect"): MANAGE,
    ("google.sync.account", "action_pause"): MANAGE,
    ("google.sync.account", "action_go_on"): MANAGE,
    ("google.sync.account", "action_support_bundle"): MANAGE,
    ("google.sync.account", "disconnect"): MANAGE,
    ("google.sync.account", "reset"): MANAGE,
    ("google.sync.account", "action_resume"): ("admin",),
    ("google.sync.account", "action_decisions"): MANAGE,
    ("google.sync.account", "action_reset_account"): MANAGE,
    ("google.sync.account", "action_reset_calendar"): MANAGE,
    ("google.sync.account", "action_take_over_google_calendar"): MANAGE,
    ("google.sync.account", "add_contacts", ()): MANAGE,
    ("google.sync.account", "action_view_delegates"): MANAGE,
    ("google.sync.account", "action_test"): RUN,
    ("google.sync.account", "diagnose"): RUN,
    ("google.sync.account", "action_connect_manually"): OWNER,
    ("google.sync.account", "action_first_day"): OWNER,
    ("google.sync.run", "progress"): ALL,
    ("google.sync.run", "action_stop"): RUN,
    ("google.sync.run", "work_on"): RUN,
    ("google.sync.run", "action_new_preview"): RUN,
    ("google.sync.run", "action_undo"): MANAGE,
    ("google.sync.run", "action_decisions"): MANAGE,
    # This one has a contact in it.
    ("google.sync.run", "action_apply_plan"): MANAGE,
    ("google.sync.run.line", "action_open_record"): ALL,
    ("google.sync.run.line", "action_restore"): MANAGE,
    ("google.sync.run.line, of a contact", "action_download_archive"): MANAGE,
    ("google.sync.run.line, of a contact", "action_restore"): OWNER,
    ("google.sync.decision", "action_keep"): MANAGE,
    ("google.sync.decision", "answer_question", "fields"): MANAGE,
    ("google.sync.decision, private", "answer_question", "fields"): OWNER,
    ("google.sync.decision", "action_pair"): MANAGE,
    ("google.sync.decision", "action_delete"): MANAGE,
    ("google.sync.decision", "action_new"): MANAGE,
    ("google.sync.decision", "action_retry"): MANAGE,
    ("google.sync.decision", "action_create"): MANAGE,
    ("google.sync.decision", "action_ignore"): MANAGE,
    ("google.sync.decision", "action_all_odoo"): MANAGE,
    ("google.sync.decision", "action_all_google"): MANAGE,
    ("google.sync.decision", "action_apply_fields"): MANAGE,
    ("google.sync.decision, private", "action_keep"): OWNER,
    ("google.sync.decision.contact", "action_pair"): MANAGE,
    ("google.sync.person", "action_open_account"): BOSS,
    ("google.sync.person", "action_view_errors"): BOSS,
    ("google.sync.person", "action_view_usage"): BOSS,
    ("google.sync.person", "action_invite"): ("admin",),
    ("google.sync.contact.link", "action_remove"): MANAGE,
    ("google.sync.contact.link", "action_put_back"): MANAGE,
    ("google.sync.contact.link", "action_retry"): MANAGE,
    ("google.sync.contact.link", "action_export"): MANAGE,
    ("google.sync.assistant", "action_start"): OWNER,
    ("google.sync.assistant", "action_apply"): OWNER,
    ("google.sync.assistant", "action_new_preview"): OWNER,
    ("google.sync.assistant", "action_undo"): OWNER,
    ("google.sync.assistant", "runs_ended"): OWNER,
}


@tagged("post_install", "-at_install")
class TestRightsTable(RightsCase):
    # -- models ----------------------------------------------------------------

    def test_every_role_on_every_model(self):
        wrong = []
        for name, record in self.records.items():
            self.assertEqual(len(record), 1, name)
            for role in ROLES:
                mine = record.with_user(self.users[role]).sudo(False)
                may = "".join(x for x, op in OPERATIONS.items() if mine.has_access(op))
                wanted = MODELS[name].get(role, "")
                if may != wanted:
                    wrong.append(f"{name}: {role} may {may!r}, not {wanted!r}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_searching_shows_what_may_be_read(self):
        for name, record in self.records.items():
            for role in ROLES:
                model = self.env[record._name].with_user(self.users[role]).sudo(False)
                wanted = "r" in MODELS[name].get(role, "")
                with self.subTest(name, role=role):
                    try:
                        found = model.search([("id", "=", record.id)])
                    except AccessError:
                        found = model
                    self.assertEqual(bool(found), wanted)

    def test_closed_models_are_closed_to_everybody(self):
        for name in CLOSED:
            for role in ROLES:
                model = self.env[name].with_user(self.users[role]).sudo(False)
                for operation in OPERATIONS.values():
                    with self.subTest(name, role=role, operation=operation):
                        self.assertFalse(model.has_access(operation))

    def test_portal_users_see_nothing(self):
        """Whatever models there are, also those of later."""
        pia = self.users["portal"]
        for name in self.env.registry:
            if name.startswith("google.sync."):
                model = self.env[name].with_user(pia).sudo(False)
                for operation in OPERATIONS.values():
                    with self.subTest(name, operation=operation):
                        self.assertFalse(model.has_access(operation))
        with self.assertRaises(AccessError):
            self.env["ir.ui.menu"].with_user(pia).load_menus(False)

    def test_dialogues_are_for_who_opened_them(self):
        """Odoo shows what a dialogue holds to everybody who may use such a one."""
        for name, model in self.env.items():
            if name.startswith("google.sync.") and model.is_transient():
                rules = self.env["ir.rule"].search([("model_id.model", "=", name)])
                with self.subTest(name):
                    self.assertIn("create_uid", str(rules.mapped("domain_force")))

    def test_menus_are_for_who_may_open_them(self):
        for role, overview, assistant in (
            ("owner", False, True),
            ("visible", False, True),
            ("manager", True, True),
            ("admin", True, True),
        ):
            menus = self.env["ir.ui.menu"].with_user(self.users[role])
            shown = menus._visible_menu_ids()
            for name, wanted in (("overview", overview), ("assistant", assistant)):
                menu = self.env.ref(f"google_sync.google_sync_{name}_menu")
                with self.subTest(role, menu=name):
                    self.assertEqual(menu.id in shown, wanted)

    # -- buttons ---------------------------------------------------------------

    @mute_logger("odoo.addons.google_sync", "odoo.models.unlink")
    def test_every_role_on_every_button(self):
        wrong = []
        for (name, method, *args), wanted in BUTTONS.items():
            for role in ROLES:
                if self.gets_through(role, name, method, args) != (role in wanted):
                    may = "may not" if role in wanted else "may"
                    wrong.append(f"{name}.{method}{tuple(args)}: {role} {may}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_buttons_that_answer_are_in_the_table(self):
        """Every public method of these models: it is one call away over RPC."""
        there = {(name.split(",")[0], method) for name, method, *_rest in BUTTONS}
        missing = {
            (name, method)
            for name in {name.split(",")[0] for name in MODELS}
            for method in self.public_methods(name)
        }
        self.assertFalse(sorted(missing - there - set(HARMLESS)))

    # -- what the rights are about ---------------------------------------------

    def test_a_user_names_delegates_in_the_own_account(self):
        bob = self.users["stranger"]
        line = {"user_id": bob.id, "visible": True, "agenda": False}
        self.account.delegate_ids = [Command.create(line)]
        self.assertTrue(self.account.with_user(bob).has_access("read"))
        self.account.delegate_ids.filtered(lambda x: x.user_id == bob).unlink()
        self.assertFalse(self.account.with_user(bob).has_access("read"))

    def test_a_manager_of_another_company_sees_nothing_of_ours(self):
        chief = self.users["chief"]
        for name in ("account", "run", "run.line", "usage", "event.link", "decision"):
            model = self.env[f"google.sync.{name}"].with_user(chief).sudo(False)
            with self.subTest(name):
                self.assertFalse(model.search([]))

    def test_a_user_who_moves_takes_the_journal_along(self):
        other = self.users["chief"].company_id
        self.ada.sudo().write(
            {"company_ids": [Command.link(other.id)], "company_id": other.id}
        )
        run = self.records["google.sync.run"]
        self.assertEqual(run.company_id, other)
        self.assertTrue(run.with_user(self.users["chief"]).has_access("read"))
        self.assertFalse(run.with_user(self.users["manager"]).has_access("read"))

    def test_restore_is_offered_to_who_may(self):
        line = self.records["google.sync.run.line"]
        line.archive = "BEGIN:VCALENDAR\nEND:VCALENDAR"
        for role in INSIDE:
            with self.subTest(role):
                shown = line.with_user(self.users[role]).restorable
                self.assertEqual(shown, role in MANAGE)

    def test_a_plan_is_offered_to_who_may_carry_it_out(self):
        """Contacts in it: half of it would use it up."""
        for scope, wanted in (("events", RUN), ("all", MANAGE)):
            plan = self.sync("planned", mode="preview", scope=scope)
            for role in INSIDE:
                with self.subTest(role, scope=scope):
                    shown = plan.with_user(self.users[role]).may_apply
                    self.assertEqual(shown, role in wanted)

    def test_words_that_quote_a_private_entry_are_for_its_owner(self):
        run = self.records["google.sync.run"]
        line = self.env["google.sync.run.line"].create(
            {
                "run_id": run.id,
                "action": "error",
                "name": "Docteur",
                "error": "Docteur is refused (odoo)",
                "private": True,
                "started_at": fields.Datetime.now(),
            }
        )
        for role in INSIDE:
            told = str(line.with_user(self.users[role]).sudo(False).read())
            with self.subTest(role):
                self.assertEqual("Docteur" in told, role == "owner")
                self.assertIn("odoo", told)


#: Public, and nothing to hide or change: they return an action on what rules filter.
HARMLESS = (
    ("google.sync.account", "action_view_runs"),
    ("google.sync.account", "action_view_errors"),
    ("google.sync.account", "action_view_usage"),
    # Of the caller's own account, or of those that the caller may see.
    ("google.sync.account", "agenda_states"),
    ("google.sync.filter", "action_preview"),
    ("google.sync.account", "sync_agendas"),
    ("google.sync.account", "my_state"),
    ("google.sync.account", "sync_mine"),
    ("google.sync.account", "open_web_client"),
    ("google.sync.account", "action_deletions"),
    ("google.sync.decision", "waiting_deletions"),
    ("google.sync.decision", "answer_deletions"),
    ("google.sync.contact.link", "action_add"),
    ("google.sync.run", "action_follow"),
    ("google.sync.run.line", "action_open_run"),
    ("google.sync.contact.link", "action_open_decision"),
    ("google.sync.contact.link", "action_open_contact"),
    ("google.sync.assistant", "action_again"),
    ("google.sync.assistant", "action_journal"),
    ("google.sync.assistant", "action_tick_all"),
    ("google.sync.assistant", "action_tick_none"),
)
