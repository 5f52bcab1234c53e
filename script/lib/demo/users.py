"""Who is who in the demo's Odoo, and what an administrator sets up for them."""

from __future__ import annotations

from .people import OdooUser

ADMIN = ("admin", "admin")
MARIE = ("marie", "marie")
PAUL = ("paul", "paul")
MARIE_GOOGLE = "marie.durand@example.com"
COMPANY = "Atelier Durand"
PARTNER_MANAGERS = [("module", "=", "base"), ("name", "=", "group_partner_manager")]
USERS = (
    {
        "name": "Marie Durand",
        "login": MARIE[0],
        "password": MARIE[1],
        "email": MARIE_GOOGLE,
        "lang": "fr_FR",
        "tz": "Europe/Paris",
    },
    {
        "name": "Paul Martin",
        "login": PAUL[0],
        "password": PAUL[1],
        "email": "paul.martin@example.com",
        "lang": "en_US",
        "tz": "Europe/Paris",
    },
)


def create(admin: OdooUser) -> None:
    """Marie in French, Paul in English, and a company of their own."""
    # Short passwords are for demos.
    set_parameter(admin, "auth_password_policy.minlength", "0")
    quiet = {"no_reset_password": True}
    users = admin.call("res.users", "create", list(USERS), context=quiet)
    # Their address books are synchronised: they may edit what they see there.
    found = admin.call("ir.model.data", "search_read", PARTNER_MANAGERS, ["res_id"])
    join = {"group_ids": [(4, row["res_id"]) for row in found]}
    admin.call("res.users", "write", users, join)
    admin.call("res.users", "write", [admin.uid], {"tz": "Europe/Paris"})
    companies = admin.call("res.company", "search", [])
    admin.call("res.company", "write", companies, {"name": COMPANY})


def set_address(admin: OdooUser, address: str) -> None:
    """The address that Google leads back to; it must not follow who logs in where."""
    set_parameter(admin, "web.base.url", address)
    set_parameter(admin, "web.base.url.freeze", "True")


def set_parameter(admin: OdooUser, name: str, value: str) -> None:
    admin.call("ir.config_parameter", "set_param", name, value)
