"""Which pages there are to look at, and how a person gets there."""

from __future__ import annotations

from dataclasses import dataclass

# The web client is at rest: an action is shown and nothing loads.
READY = ".o_web_client .o_action_manager > *"
TAB = "a[name=google_sync]"


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    """Below the address of Odoo."""
    presses: tuple[str, ...] = ()
    """Selectors to click on, one after the other."""
    shows: str = READY
    """A selector that is there when all is."""
    who: str = "marie"
    opens: str = ""
    """A button of one's own tab that the demo's client has no need of."""


DIALOG = ".modal .modal-body"
MENU = ".o-dropdown--menu"
BAR = "button.o_google_sync_systray"
NOT_YET = "button[name=action_google_sync_connect]"
PAGES = (
    # Before there is a connection, and a colleague's view of another's.
    Page("not_connected_calendar", "/odoo/calendar", (), ".o_calendar_view", "paul"),
    Page("not_connected_bar", "/odoo/calendar", (BAR,), MENU, "paul"),
    Page("not_connected_tab", "/odoo/my-google-sync", (TAB,), NOT_YET, "paul"),
    Page(
        "delegate_account",
        "/odoo/google-sync-accounts",
        (".o_data_row .o_data_cell, .o_kanban_record",),
        ".o_form_view",
        who="paul",
    ),
    Page("first_day", "/odoo/google-sync-start", (), ".o_form_view"),
    Page("bar", "/odoo/calendar", (BAR,), MENU),
    Page("calendar", "/odoo/calendar", (), ".o_calendar_view"),
    Page("calendar_lights", "/odoo/calendar", (".o_google_sync_agenda_states",), MENU),
    Page("tab", "/odoo/my-google-sync", (TAB,), "[name=google_sync_light]"),
    Page(
        "test",
        "/odoo/my-google-sync",
        (TAB, "button[name=action_google_sync_test]"),
        ".o_google_sync_checks",
    ),
    Page(
        "reset_account",
        "/odoo/my-google-sync",
        (TAB, "button[name=action_google_sync_reset_account]"),
        DIALOG,
    ),
    Page(
        "reset_calendar",
        "/odoo/my-google-sync",
        (TAB, "button[name=action_google_sync_reset_calendar]"),
        DIALOG,
    ),
    Page(
        "manual_connection",
        "/odoo/my-google-sync",
        (TAB,),
        DIALOG,
        opens="action_google_sync_connect_manually",
    ),
    Page("assistant", "/odoo/google-sync-assistant", (), ".o_form_view"),
    Page("journal", "/odoo/google-sync-journal"),
    Page(
        "journal_run",
        "/odoo/google-sync-journal",
        (".o_data_row .o_data_cell, .o_kanban_record",),
        ".o_form_view",
    ),
    Page("journal_lines", "/odoo/google-sync-journal-lines"),
    Page("decisions", "/odoo/google-sync-decisions"),
    Page("contacts", "/odoo/google-sync-contacts"),
    Page("contact_rules", "/odoo/google-sync-contact-rules"),
    Page("colleagues", "/odoo/google-sync-colleagues"),
    Page("types", "/odoo/google-sync-types"),
    Page("overview", "/odoo/google-sync-overview", who="admin"),
    Page("requests", "/odoo/google-sync-requests", who="admin"),
    Page("accounts", "/odoo/google-sync-accounts", who="admin"),
    Page(
        "account",
        "/odoo/google-sync-accounts",
        (".o_data_row .o_data_cell, .o_kanban_record",),
        ".o_form_view",
        who="admin",
    ),
    Page(
        "settings",
        "/odoo/settings#google_sync",
        (".settings_tab [data-key=google_sync]",),
        "#google_sync_in_force",
        who="admin",
    ),
    Page(
        "invitation",
        "/odoo/settings#google_sync",
        (
            ".settings_tab [data-key=google_sync]",
            "button[name=action_google_sync_invite]",
        ),
        DIALOG,
        who="admin",
    ),
    Page(
        "settings_steps",
        "/odoo/settings#google_sync",
        (
            ".settings_tab [data-key=google_sync]",
            "button[name=action_google_sync_setup]",
        ),
        ".o_google_sync_steps",
        who="admin",
    ),
)
