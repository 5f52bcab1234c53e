"""Server options of the addon: section [google_sync] of odoo.conf and environment.

They belong to whoever runs the server: nothing here may be set or read from the web
client. Read at each call, so that tests and a reloaded configuration take effect.
"""

import configparser
import functools
import os

from odoo.tools import config

SECTION = "google_sync"
DEFAULTS = {
    "api_root": "",
    "client_id": "",
    "client_secret": "",
    "api_key": "",
    "token_key": "",
    "user_quota": "600",
    "project_quota": "10000",
}


@functools.lru_cache(maxsize=4)
def _read_section(path, _mtime):
    """Odoo 19 keeps the [options] section only, so the file is read again here."""
    parser = configparser.RawConfigParser()
    parser.read([path])
    return dict(parser.items(SECTION)) if parser.has_section(SECTION) else {}


def _file_options():
    path = config["config"]
    try:
        return _read_section(path, os.stat(path).st_mtime_ns)
    except (OSError, TypeError, configparser.Error):
        return {}


def server_option(name):
    """Value of option `name` as text, "" when it is not set."""
    default = DEFAULTS[name]
    value = os.environ.get(f"GOOGLE_SYNC_{name.upper()}")
    if value is None:
        value = _file_options().get(name, default)
    return value.strip()


def server_number(name):
    """Value of a numeric option; what is not a number counts as the default."""
    try:
        return int(server_option(name))
    except ValueError:
        return int(DEFAULTS[name])
