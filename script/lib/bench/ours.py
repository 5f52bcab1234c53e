"""google_sync as its users drive it: the button, and the scheduled action after a save.

Runs inside Odoo.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

from .data import CLIENT_ID, EMAIL, QUIET, contact, in_odoo, member, midnight
from .odoo import Plain

GIVE_UP = 900


class Ours(Plain):
    def connect(self, token: str) -> None:
        """Through Google's consent, which says yes by itself."""
        import requests

        with self.cursor(self.uid) as env:
            account = self._account(env)
            account.google_login = EMAIL
            url = account._start_consent()
        page = requests.get(url, allow_redirects=False, timeout=10)
        query = parse_qs(urlsplit(page.headers["Location"]).query)
        with self.cursor(self.uid) as env:
            taken = env["google.sync.consent"].sudo()._take(query["state"][0])
            account = self._account(env)
            grant = account._fetch_grant(taken, query["code"][0])
            account._accept_consent(taken, *grant)

    @staticmethod
    def _account(env):
        account = env["google.sync.account"].sudo()._of_user(env.user)
        return account.with_user(env.user).sudo(False)

    def sync(self) -> dict:
        """The button "Synchronise"."""
        return self._run()

    def _run(self, scope: str = "all", trigger: str = "manual") -> dict:
        with self.cursor(self.uid) as env:
            run = self._account(env)._run_sync(scope, "normal", trigger).sudo()
            # A run by the clock that found nothing leaves none.
            state, message = (run.state, run.message) if run.exists() else ("done", "")
        if state != "done":
            raise RuntimeError(f"the run ended {state}: {message}")
        return {"runs": 1}

    def edit(self, number: int) -> dict:
        """A person saves an event, and the scheduled action carries it to Google."""
        with self.cursor(self.uid) as env:
            self.rename(env, number)
        return self._run(trigger="push")

    def drain(self) -> dict:
        """Empty the queue of edits, as the scheduled action would have meanwhile."""
        return self._run(trigger="push")

    def work_within_limits(self) -> dict:
        """The scheduled action, woken when it asked to be, until all is done."""
        begun, runs = time.monotonic(), 0
        while time.monotonic() - begun < GIVE_UP:
            with self.cursor() as env:
                env["google.sync.account"]._cron_synchronise()
                runs += 1
            with self.cursor() as env:
                account = env["google.sync.account"].search([])
                if not account.unfinished:
                    break
                wait = account.next_try and (account.next_try - _now()).total_seconds()
            time.sleep(max(wait or 0, 0.1))
        return {"runs": runs}

    # -- contacts ----------------------------------------------------------------------

    def fill_contacts(self, contacts: int) -> None:
        """So many contacts on Ada's list."""
        with self.cursor() as env:
            rows = [contact(number) for number in range(contacts)]
            made = env["res.partner"].with_context(**QUIET).create(rows).ids
        with self.cursor(self.uid) as env:
            env["res.partner"].browse(made).action_google_sync_choose()

    def sync_contacts(self) -> dict:
        return self._run(scope="contacts")

    def edit_contact(self, number: int) -> dict:
        """Somebody saves a contact, and the scheduled action carries it to Google."""
        with self.cursor() as env:
            found = env["res.partner"].search([("name", "=", "Contact 7")])
            found.web_save({"function": f"Buyer, edit {number}"}, {"name": {}})
        return self._run(scope="contacts", trigger="push")

    # -- many accounts -----------------------------------------------------------------

    def connect_crowd(self, tokens: list[str]) -> None:
        """A colleague with a connected account for each token."""
        with self.cursor() as env:
            for number, user in enumerate(self._members(env, len(tokens))):
                self._connect_member(env, user, member(number), tokens[number])
        self._poll()

    def _connect_member(self, env, user, email: str, token: str) -> None:
        """What the consent would have left behind."""
        from odoo.addons.google_sync.google_api.credentials import Tokens

        account = env["google.sync.account"].sudo()._of_user(user)
        calendars = env["google.sync.calendar"].sudo()
        vals = {"account_id": account.id, "google_id": email, "access_role": "owner"}
        account.write(
            {
                "state": "connected",
                "google_email": email,
                "agenda_granted": True,
                "client_id_used": CLIENT_ID,
                "calendar_id": calendars.create(vals).id,
                **account._current_database(),
            }
        )
        expiry = datetime.now(timezone.utc) + timedelta(hours=1)
        account._store_tokens(Tokens(token, "1//unused", expiry))

    def poll(self) -> dict:
        """All regular updates are due: the scheduled action works through them."""
        with self.cursor() as env:
            env["google.sync.account"].search([]).write({"next_pull_at": _now()})
        return self._poll()

    def _poll(self) -> dict:
        with self.cursor() as env:
            accounts = env["google.sync.account"]
            accounts._cron_synchronise()
            left = accounts._count_due()
            failed = accounts.search_count([("state", "!=", "connected")])
        if left or failed:
            raise RuntimeError(f"{left} accounts wait, {failed} failed")
        return {"runs": 1}

    # -- the measure of a pull ---------------------------------------------------------

    def prepare_orm(self) -> None:
        """A calendar for the rows that stand for links; the account stays off."""
        self.alarm = self.reminder()
        with self.cursor(self.uid) as env:
            account = self._account(env).sudo()
            vals = {"account_id": account.id, "google_id": EMAIL}
            self.calendar = env["google.sync.calendar"].sudo().create(vals).id

    def orm(self, events: int) -> dict:
        """What a first pull cannot do without: so many events, so many links."""
        from odoo import Command

        day = midnight()
        rows = [in_odoo(number, day) for number in range(events)]
        alarm = [Command.set([self.alarm])]
        with self.cursor(self.uid) as env:
            made = self._create(env, rows, alarm_ids=alarm)
            links = [self._link(event) for event in made]
            env["google.sync.event.link"].sudo().create(links)
        return {"events": len(rows)}

    def _link(self, event) -> dict:
        name = f"bench{event.id}"
        return {
            "calendar_id": self.calendar,
            "event_id": event.id,
            "google_id": name,
            "ical_uid": f"{name}@google.com",
            "etag": f'"{name}"',
            "state": "linked",
            "base": {"title": event.name, "location": event.location or ""},
            "base_version": 1,
        }


def _now():
    from odoo import fields

    return fields.Datetime.now()
