"""Public methods of the dialogues and of Odoo's own models, for every role."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .case import ALL, MANAGE, OWNER, ROLES, RUN
from .methods_case import MethodsCase
from .test_rights import BUTTONS, HARMLESS, MODELS

_INTERNAL = (*ALL, "stranger", "chief")
_TAB = {
    ("res.users", f"action_google_sync_{name}"): MANAGE
    for name in (
        *("connect", "disconnect", "refresh_calendars", "now", "preview", "test"),
        *("reset_account", "reset_calendar", "journal", "contacts", "contact_rules"),
        *("decisions", "calendar_rules", "filters"),
        *("pause", "go_on", "support_bundle"),
        *("export_contacts", "delegates", "take_over"),
    )
}
METHODS = {
    **_TAB,
    ("res.users", "action_google_sync_connect_manually"): OWNER,
    ("res.users", "action_google_sync_first_day"): OWNER,
    # Of the caller's own account, where there can be one.
    ("res.partner", "action_google_sync_choose"): _INTERNAL,
    ("res.partner", "action_google_sync_unchoose"): _INTERNAL,
    ("res.partner", "action_google_sync_open_link"): _INTERNAL,
    ("res.partner", "google_sync_why"): _INTERNAL,
    ("res.partner", "google_sync_retry", "account"): MANAGE,
    ("calendar.event", "google_sync_why"): _INTERNAL,
    ("calendar.event", "google_sync_retry", "account"): RUN,
    # Dialogues: of whoever opened them.
    ("google.sync.reset", "action_reset"): OWNER,
    ("google.sync.contact.removal", "action_keep"): OWNER,
    ("google.sync.contact.removal", "action_delete"): OWNER,
    ("google.sync.manual.connection", "action_connect"): OWNER,
    ("google.sync.test", "action_again"): OWNER,
    ("google.sync.first.day", "action_preview"): OWNER,
    ("google.sync.first.day", "action_start"): OWNER,
    ("google.sync.first.day", "action_back"): OWNER,
    ("google.sync.first.day", "action_go_on"): OWNER,
    ("google.sync.first.day", "action_connect"): OWNER,
    ("google.sync.first.day", "action_show_lines"): OWNER,
    ("google.sync.first.day", "action_contacts"): OWNER,
    ("google.sync.first.day", "action_decisions"): OWNER,
    ("google.sync.first.day", "runs_ended"): OWNER,
    ("google.sync.setup", "action_again"): ("admin",),
    ("google.sync.invitation", "action_write_mail"): ("admin",),
    ("google.sync.invitation", "action_send"): ("admin",),
    ("google.sync.workspace", "action_connect"): ("admin",),
}
#: They open the caller's own page, or a list that rules filter, or are settings.
OPEN = (
    ("res.users", "action_google_sync_open"),
    ("google.sync.first.day", "action_open_mine"),
    ("google.sync.first.day", "action_my_sync"),
    ("google.sync.test", "web_read"),
    ("res.partner", "action_google_sync_history"),
    ("calendar.event", "action_google_sync_history"),
    ("calendar.event.type", "action_google_sync_standard_types"),
    ("calendar.event.type", "action_google_sync_nearest"),
    ("res.config.settings", "action_google_sync_setup"),
    ("res.config.settings", "action_google_sync_forget"),
    ("res.config.settings", "action_google_sync_connect_me"),
    ("res.config.settings", "action_google_sync_invite"),
    ("res.config.settings", "action_google_sync_workspace"),
    ("res.config.settings", "action_google_sync_workspace_forget"),
    ("res.config.settings", "action_google_sync_support_bundle"),
    ("res.config.settings", "set_values"),
)
EXTENDED = (
    *("res.users", "res.partner", "calendar.event", "calendar.event.type"),
    *("calendar.recurrence", "calendar.attendee", "res.company"),
    "res.config.settings",
)


@tagged("post_install", "-at_install")
class TestRightsOfMethods(MethodsCase):
    @mute_logger("odoo.addons.google_sync", "odoo.models.unlink")
    def test_every_role_on_every_method(self):
        wrong = []
        for (name, method, *args), wanted in METHODS.items():
            args = [self.account.id for _account in args]
            for role in ROLES:
                if self.gets_through(role, name, method, args) != (role in wanted):
                    may = "may not" if role in wanted else "may"
                    wrong.append(f"{name}.{method}{tuple(args)}: {role} {may}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_every_public_method_is_in_a_table(self):
        there = {key[:2] for key in METHODS} | set(OPEN) | set(HARMLESS)
        there |= {(name.split(",")[0], method) for name, method, *_args in BUTTONS}
        found = {
            (name, method)
            for name, model in self.env.items()
            if name in EXTENDED or (name.startswith("google.sync.") and model._auto)
            for method in self.public_methods(name)
        }
        self.assertFalse(sorted(found - there))
        self.assertFalse(sorted({key[:2] for key in METHODS} - found))

    def test_every_model_is_in_a_table(self):
        known = {name.split(",")[0] for name in MODELS}
        known |= {name for name, _method, *_args in METHODS}
        open_to_some = {
            name
            for name, model in self.env.items()
            if name.startswith("google.sync.")
            and model._auto
            and any(
                model.with_user(self.users[role]).sudo(False).has_access("read")
                for role in ROLES
            )
        }
        self.assertFalse(sorted(open_to_some - known - {"google.sync.owner.link"}))
