"""What is done in Odoo's own shell: functions, fed to it with their arguments."""

import json  # noqa: F401 (what is fed says the result with it)
from datetime import timedelta

from odoo import fields

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def desk_of(env):
    """The tests' own way through Google's consent."""
    # Only here: not every version of the database has the addon.
    from odoo.addons.google_sync.tests.common import GoogleMixin

    return type("Desk", (GoogleMixin,), {"env": env})


def fill(env, logins, events, contacts):
    """Connected users with agendas, a series, contacts, and a journal with an edit."""
    for login in logins:
        user = env["res.users"].create(
            {
                "name": login.title(),
                "login": login,
                "email": f"{login}@gmail.com",
                "tz": "Europe/Paris",
                "group_ids": [
                    (4, env.ref("base.group_user").id),
                    (4, env.ref("base.group_partner_manager").id),
                ],
            }
        )
        account = desk_of(env).connect(user)
        make_agenda(env, user, events)
        make_contacts(env, user, contacts)
        env.cr.commit()
        account.run_sync()
    for login in logins:
        user = env["res.users"].search([("login", "=", login)])
        event = env["calendar.event"].search([("name", "=", f"{login} 1")])
        event.with_user(user).name = f"{login} 1, edited"
        env.cr.commit()
        env["google.sync.account"].search([("user_id", "=", user.id)]).run_sync()
    env.cr.commit()
    return {}


def make_agenda(env, user, count):
    quiet = {"no_mail_to_attendees": True, "dont_notify": True}
    mine = env["calendar.event"].with_user(user).with_context(**quiet)
    day = fields.Datetime.now().replace(hour=8, minute=0, second=0) + timedelta(days=1)
    hour = timedelta(hours=1)
    who = [(6, 0, user.partner_id.ids)]
    starts = [day + n * 2 * hour for n in range(count)]
    mine.create(
        [
            {
                "name": f"{user.login} {n}",
                "start": start,
                "stop": start + hour,
                "partner_ids": who,
            }
            for n, start in enumerate(starts)
        ]
    )
    mine.create(
        {
            "name": f"{user.login} every week",
            "start": day,
            "stop": day + hour,
            "partner_ids": who,
            "recurrency": True,
            "rrule_type": "weekly",
            "interval": 1,
            "end_type": "count",
            "count": 10,
            **{name: n == day.weekday() for n, name in enumerate(DAYS)},
        }
    )


def make_contacts(env, user, count):
    people = env["res.partner"].with_user(user)
    people.create(
        [
            {
                "name": f"Contact {user.login} {n}",
                "email": f"{user.login}{n}@example.com",
                "mobile": f"+33 6 12 34 56 {n:02d}",
                "phone": bool(n % 2) and f"+33 1 42 68 53 {n:02d}",
            }
            for n in range(count)
        ]
    ).action_google_sync_choose()


def edit(env, login, title, visit):
    """The user edits an event, a visitor of the website books one; then the clock."""
    user = env["res.users"].search([("login", "=", login)])
    event = env["calendar.event"].search([("name", "=", f"{login} 2")])
    event.with_user(user).name = title
    visitor = env.ref("base.public_user")
    # sudo: as a page for visitors does it.
    event.with_user(visitor).sudo().copy({"name": visit, "user_id": user.id})
    env.cr.commit()
    env["google.sync.account"]._cron_synchronise()
    return {}


def synchronise(env):
    """A run of every account: what each came to."""
    told = []
    for account in env["google.sync.account"].search([("state", "=", "connected")]):
        run = account.run_sync()
        lines = [[line.action, line.side, line.name] for line in run.line_ids]
        told.append({"state": run.state, "message": run.message, "lines": lines})
    env.cr.commit()
    return told


def count(env):
    """What there is of Odoo's own, and of the links where there are any."""
    events = env["calendar.event"].with_context(active_test=False).search([])
    people = env["res.partner"].with_context(active_test=False)
    told = {
        "events": sorted(f"{event.name} {event.start}" for event in events),
        "partners": people.search_count([]),
    }
    if "google.sync.event.link" in env:
        for name in ("event.link", "contact.link", "run", "run.line"):
            told[name] = env[f"google.sync.{name}"].search_count([])
        env.cr.execute(
            "SELECT google_id, state FROM google_sync_event_link ORDER BY google_id"
        )
        told["links"] = env.cr.fetchall()
    return told


def watch(env):
    """Channels for everybody, as the scheduled action opens them."""
    env["google.sync.account"]._cron_keep_channels()
    env.cr.commit()
    return env["google.sync.channel"].search([]).mapped("state")


def uninstall(env, revoke):
    """The addon is removed by Odoo's own dialogue."""
    module = env["ir.module.module"].search([("name", "=", "google_sync")])
    dialogue = env["base.module.uninstall"].create(
        {"module_ids": [(6, 0, module.ids)], "google_sync_revoke": revoke}
    )
    connected = dialogue.google_sync_connected
    dialogue.action_uninstall()
    return {"connected": connected}


def phones(env):
    """Phone and notes of the contacts."""
    people = env["res.partner"].search([("name", "like", "Contact %")])
    return {x.name: [x.phone or "", str(x.comment or "")] for x in people}


def connect(env, logins):
    """The same users connect again and choose the same contacts."""
    for login in logins:
        user = env["res.users"].search([("login", "=", login)])
        desk_of(env).connect(user)
        people = env["res.partner"].search([("name", "like", f"Contact {login} %")])
        people.with_user(user).action_google_sync_choose()
    env.cr.commit()
    return {}
