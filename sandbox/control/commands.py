"""The control API: look at the world, turn its switches, break things on purpose."""

from dataclasses import asdict

from ..seed import plant
from . import people

PAGING = ("page_size", "short_pages", "empty_pages", "random_order")
ACCOUNT_SWITCHES = (
    "auto_consent",
    "grants_only",
    "refuses",
    "workspace",
    "calendar_user",
    "locale",
)


def state(world, _command):
    """A summary: who exists, what was counted, how the switches stand."""
    return {
        "now": world.clock.now().isoformat(),
        "accounts": [_account(world, account) for account in world.accounts.values()],
        "clients": [
            {"client_id": c.client_id, "kind": c.kind, "redirect_uris": c.redirect_uris}
            for c in world.clients.values()
        ],
        "counters": world.counters.summary(),
        "mails": world.mails.count,
        "warnings": dict(world.warnings),
        "switches": current_switches(world),
        "faults": [asdict(fault) for fault in world.faults.queue],
    }


def _account(world, account):
    return {
        "sub": account.sub,
        "email": account.email,
        "name": account.name,
        "calendars": [_calendar(world, key) for key in account.calendar_list],
        "contacts": account.book.live,
        "clients": [c for sub, c in world.oauth.consents if sub == account.sub],
    }


def _calendar(world, calendar_id):
    calendar = world.calendars[calendar_id]
    live = sum(not event.cancelled for event in calendar.events.values())
    return {"id": calendar.id, "summary": calendar.summary, "events": live}


def current_switches(world):
    return {
        "auto_consent": world.auto_consent,
        "latency": world.latency,
        **{name: getattr(world.paging, name) for name in PAGING},
        "quota": world.quota.enabled,
        "quota_status": world.quota.status,
        **people.current_switches(world),
    }


def switches(world, command):
    """Set any of the switches; answers all of them."""
    for name, value in command.json.items():
        if name in PAGING:
            setattr(world.paging, name, value)
        elif name in ("auto_consent", "latency"):
            setattr(world, name, value)
        elif name == "quota":
            world.quota.enabled = bool(value)
        elif name == "quota_status":
            world.quota.status = {403: 403, 429: 429}[value]
        elif not people.switch(world, name, value):
            raise ValueError(f"unknown switch {name}")
    return current_switches(world)


def counters(world, _command):
    return {**world.counters.summary(), "mails": world.mails.count}


def reset_counters(world, _command):
    world.reset_counters()
    return {}


def mails(world, _command):
    sent = world.mails
    return {"count": sent.count, "by_mode": sent.by_mode, "items": sent.items}


def reset(world, command):
    """Plant the world again; switches and tokens start afresh."""
    origin = {**world.origin, **command.json}
    plant(world, origin.get("seed", "empty"), origin.get("redirect_uris", ()))
    return state(world, command)


def faults(world, _command):
    return {"faults": [asdict(fault) for fault in world.faults.queue]}


def add_fault(world, command):
    return asdict(world.faults.add(**command.json))


def clear_faults(world, _command):
    world.faults.clear()
    return {}


PUSH = ("delay", "lose", "repeat", "early", "longest", "refuses", "held")


def channels(world, _command):
    """Open channels, without their tokens, and how messages were answered."""
    push = world.channels
    return {
        "open": [
            {k: v for k, v in vars(channel).items() if k != "token"}
            for channel in push.open.values()
        ],
        "held": len(push.box),
        "sent": {str(status): count for status, count in push.sent.items()},
        "switches": {name: getattr(push, name) for name in PUSH},
    }


def change_channels(world, command):
    """Set switches of push notifications; ``kill`` and ``release`` act at once."""
    push = world.channels
    for name, value in command.json.items():
        if name in ("kill", "release"):
            getattr(push, name)()
        elif name in PUSH:
            setattr(push, name, value)
        else:
            raise ValueError(f"unknown switch {name}")
    return channels(world, command)


def clock(world, command):
    """``{"advance": seconds}``."""
    world.clock.advance(float(command.json["advance"]))
    return {"now": world.clock.now().isoformat()}


def expire_access_tokens(world, command):
    email = command.json.get("account")
    world.oauth.expire_access_tokens(world.account(email).sub if email else None)
    return {}


def expire_sync_tokens(world, _command):
    world.expire_sync_tokens()
    return {}


def revoke(world, command):
    """The person removes an application from the account (all, without an id)."""
    sub = world.account(command.json["account"]).sub
    wanted = command.json.get("client_id")
    for held_sub, client_id in list(world.oauth.consents):
        if held_sub == sub and wanted in (None, client_id):
            world.oauth.revoke_grant(sub, client_id)
    return {}


def add_client(world, command):
    client = world.add_client(**command.json)
    return {"client_id": client.client_id, "kind": client.kind}


def add_service_account(world, command):
    """``{"client_id", "account_email", "delegated"}``: the key file it answers."""
    return world.add_service_account(**command.json)


def change_delegation(world, command, client_id):
    """``{"delegated": [scopes]}`` or ``{"keys": {}}``: what administrators undo."""
    client = world.clients[client_id]
    if "delegated" in command.json:
        client.delegated = set(command.json["delegated"])
    if "keys" in command.json:
        client.keys = dict(command.json["keys"])
    world.dirty = True
    return {"client_id": client_id, "delegated": sorted(client.delegated)}


def add_api_key(world, command):
    """``{"key": ..., "project": ...}``."""
    world.add_api_key(**command.json)
    return {}


def change_client(world, command, client_id):
    """``{"disabled_apis": ["calendar"]}``: what the console switches off."""
    client = world.clients[client_id]
    client.disabled_apis = set(command.json["disabled_apis"])
    world.dirty = True
    return {"client_id": client_id, "disabled_apis": sorted(client.disabled_apis)}


def add_account(world, command):
    return _account(world, world.add_account(**command.json))


def change_account(world, command, email):
    account = world.account(email)
    for name, value in command.json.items():
        if name not in ACCOUNT_SWITCHES:
            raise ValueError(f"unknown switch {name}")
        if name == "grants_only" and value is not None:
            value = set(value)
        setattr(account, name, value)
    world.dirty = True
    return {name: _json(getattr(account, name)) for name in ACCOUNT_SWITCHES}


def _json(value):
    return sorted(value) if isinstance(value, set) else value
