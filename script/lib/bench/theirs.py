"""Odoo's google_calendar as its users drive it: each opening of the calendar is a run.

Such a run reads what is new in Google and, after its commit, sends up to 200 events,
one request each. Runs inside Odoo. Google's host is written into that module, so its
requests are led to the simulated one here; the module itself stays as it is.
"""

from __future__ import annotations

import json
import os
import time

from .odoo import Plain

GIVE_UP, SOON = 420, 10
FAR = 10 * 3600


class Theirs(Plain):
    def __init__(self, registry):
        super().__init__(registry)
        _lead_to(os.environ["GOOGLE_SYNC_API_ROOT"])

    def connect(self, token: str) -> None:
        """As after the consent: the settings hold tokens."""
        with self.cursor() as env:
            user = env["res.users"].browse(self.uid)
            settings = env["res.users.settings"]._find_or_create_for_user(user)
            settings._set_google_auth_tokens(token, "1//unused", FAR)

    def sync(self) -> dict:
        """Open the calendar until nothing waits any more."""
        runs, left = 0, None
        while True:
            self._open_calendar()
            runs, before, left = runs + 1, left, self._left()
            if not left:
                return {"runs": runs}
            if left == before:
                raise RuntimeError(f"{left} events do not get to Google")

    def work_within_limits(self) -> dict:
        """The same for some minutes: what Google refuses waits for the next opening."""
        import requests

        begun, runs, errors = time.monotonic(), 0, 0
        while time.monotonic() - begun < GIVE_UP:
            runs += 1
            try:
                self._open_calendar()
            except requests.HTTPError:
                # The person sees an error, and tries again.
                errors += 1
                time.sleep(SOON)
            if not self._left():
                break
        return {"runs": runs, "errors": errors}

    def _left(self) -> int:
        with self.cursor(self.uid) as env:
            events = env["calendar.event"]
            mine = events._get_sync_domain()
            return events.search_count([*mine, ("google_id", "=", False)])

    def _open_calendar(self) -> None:
        """What /google_calendar/sync_data and the scheduled action do."""
        from odoo.addons.google_calendar.utils.google_calendar import (
            GoogleCalendarService,
        )

        with self.cursor(self.uid) as env:
            service = GoogleCalendarService(env["google.service"])
            env.user.sudo()._sync_google_calendar(service)

    def connect_crowd(self, tokens: list[str]) -> None:
        """A connected colleague for each token."""
        with self.cursor() as env:
            users = self._members(env, len(tokens))
            for user, token in zip(users, tokens, strict=True):
                settings = env["res.users.settings"]._find_or_create_for_user(user)
                settings._set_google_auth_tokens(token, "1//unused", FAR)
        self.poll()

    def poll(self) -> dict:
        """The scheduled action, which takes one user after the other."""
        with self.cursor() as env:
            env["res.users"]._sync_all_google_calendar()
        return {"runs": 1}

    def edit(self, number: int) -> dict:
        """A person saves an event; the request is made while they wait."""
        with self.cursor(self.uid) as env:
            self.rename(env, number)
        return {"runs": 0}


def _lead_to(root: str) -> None:
    """Every request of google_account goes to ``root``."""
    import requests

    from odoo.addons.google_account.models import google_service

    first_page: dict = {}

    class Requests:
        HTTPError = requests.HTTPError

        @staticmethod
        def request(method, url, params=None, data=None, headers=None, **options):
            address = url.replace(google_service.GOOGLE_API_BASE_URL, root)
            params, headers = dict(params or {}), dict(headers or {})
            _move_token(params, headers)
            if method == "get":
                params = _with_first_page(params, first_page)
            return requests.request(
                method,
                address,
                params=params,
                data=_as_declared(data),
                headers=headers,
                **options,
            )

    google_service.requests = Requests


# What Google takes and the simulated one, which is stricter, does not.


def _move_token(params: dict, headers: dict) -> None:
    """Reads and deletions come with their token in the address."""
    token = params.pop("access_token", "")
    if token:
        headers["Authorization"] = f"Bearer {token}"


def _with_first_page(params: dict, first_page: dict) -> dict:
    """Further pages of a list come without what the first one asked for."""
    if "pageToken" in params:
        return {**first_page, **params}
    first_page.clear()
    first_page.update(params)
    return params


def _as_declared(data: str | None) -> str | None:
    """The module's numbers in extendedProperties, which are declared as text."""
    if not data:
        return data
    body = json.loads(data)
    for kept in body.get("extendedProperties", {}).values():
        kept.update({name: str(value) for name, value in kept.items()})
    return json.dumps(body)
