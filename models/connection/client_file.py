"""The file of an OAuth client as it is dropped: read, or what it is instead."""

import base64

from odoo.exceptions import UserError

from ...google_api.oauth import BadClientFile, parse_client_file


def read_client_file(env, content):
    """The application in it (base64); UserError with what to do when there is none."""
    try:
        return parse_client_file(base64.b64decode(content).decode())
    except BadClientFile as error:
        code, name = error.code, error.name
    except ValueError:
        # Neither base64 nor text.
        code, name = "not_json", ""
    raise UserError(_bad_file_message(env, code, name))


def _bad_file_message(env, code, name=""):
    """What the file is instead, and what to do; nothing was changed."""
    if code == "service_account":
        said = env._(
            "This is the key of a service account, which cannot act for your users."
        )
    elif code == "api_key":
        said = env._("This is an API key: paste it into the field API key.")
    elif code == "missing_field":
        said = env._(
            "This client has no “%s”: it is one of type Android or iOS, or the file "
            "was shortened.",
            name,
        )
    else:
        said = env._("This is not the file of an OAuth client.")
    return env._(
        "%s Nothing was changed. In the Google console, open Clients, create one "
        "of type “Web application” and download its JSON file.",
        said,
    )
