"""The control API's view of an account's contacts: the person at the screen."""

from base64 import b64decode

SWITCHES = {
    "people_lag": "lag",
    "people_one_at_a_time": "one_at_a_time",
    "people_photo_bytes": "photo_bytes",
    "people_contacts": "contacts",
}


def current_switches(world):
    found = {name: getattr(world.people, own) for name, own in SWITCHES.items()}
    return {**found, "people_quota": world.people.quota.enabled}


def switch(world, name, value):
    """Set a switch of the People API; False when there is none of this name."""
    if name == "people_quota":
        world.people.quota.enabled = bool(value)
    elif name in SWITCHES:
        setattr(world.people, SWITCHES[name], value)
    else:
        return False
    return True


def _contacts(world, email):
    return world.person(email).contacts


def find(world, _command, email):
    return {"items": _contacts(world, email).list()}


def get(world, _command, email, number):
    return _contacts(world, email).get(f"people/{number}")


def insert(world, command, email):
    return _contacts(world, email).insert(command.json)


def edit(world, command, email, number):
    return _contacts(world, email).edit(f"people/{number}", command.json)


def delete(world, _command, email, number):
    _contacts(world, email).delete(f"people/{number}")
    return {}


def photo(world, command, email, number):
    """``{"photoBytes": base64}``."""
    data = b64decode(command.json["photoBytes"], validate=True)
    return _contacts(world, email).photo(f"people/{number}", data)


def no_photo(world, _command, email, number):
    return _contacts(world, email).photo(f"people/{number}", None)


def label(world, command, email, number):
    """``{"label": name}``; made when it does not exist."""
    path = _contacts(world, email).label(f"people/{number}", command.json["label"])
    return {"resourceName": path}


def unlabel(world, command, email, number):
    _contacts(world, email).unlabel(f"people/{number}", command.json["label"])
    return {}


def rename(world, command, email, number):
    """``{"follow": false}``: the old name is 404 at once."""
    new = _contacts(world, email).rename(f"people/{number}", **command.json)
    return {"resourceName": new}


def merge(world, command, email, number):
    """``{"others": [resource names], "renames": false}``."""
    options = dict(command.json)
    others = options.pop("others")
    return _contacts(world, email).merge(f"people/{number}", *others, **options)


def profile(world, command, email, number):
    """``{"fields": {...}}``: what a linked Google profile adds."""
    return _contacts(world, email).link_profile(f"people/{number}", **command.json)


def labels(world, _command, email):
    return {"items": _contacts(world, email).labels()}


def expire_sync_tokens(world, _command):
    world.people.expire_sync_tokens()
    return {}


def quota(world, command):
    """Spent units and limits; a body of limits by kind changes them."""
    held = world.people.quota
    for kind, limit in command.json.items():
        if kind not in held.limits:
            raise ValueError(f"unknown kind {kind}")
        held.limits[kind] = int(limit)
    return {"enabled": held.enabled, "spent": held.spent, "limits": held.limits}


LIST = "/accounts/<email>/contacts"
ONE = f"{LIST}/<number>"
ROUTES = [
    ("GET", LIST, find),
    ("POST", LIST, insert),
    ("GET", ONE, get),
    ("PATCH", ONE, edit),
    ("DELETE", ONE, delete),
    ("PUT", f"{ONE}/photo", photo),
    ("DELETE", f"{ONE}/photo", no_photo),
    ("POST", f"{ONE}/labels", label),
    ("DELETE", f"{ONE}/labels", unlabel),
    ("POST", f"{ONE}/rename", rename),
    ("POST", f"{ONE}/merge", merge),
    ("POST", f"{ONE}/profile", profile),
    ("GET", "/accounts/<email>/labels", labels),
    ("GET", "/people_quota", quota),
    ("POST", "/people_quota", quota),
    ("POST", "/expire_people_sync_tokens", expire_sync_tokens),
]
