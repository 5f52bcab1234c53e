"""What makes no sense is refused in words, before anything is looked up or written.

Any RPC client may send any JSON: text where an id belongs, numbers that no column
holds, texts of megabytes, half characters. Odoo and PostgreSQL answer that with faults.
"""

import math
from collections.abc import Mapping

from odoo import fields
from odoo.api import NewId
from odoo.exceptions import ValidationError
from odoo.models import BaseModel

#: The largest whole number, and id, that a column holds.
LARGEST = 2**31 - 1
#: Characters of a line that somebody types, and of a text.
LINE, TEXT = 1_000, 20_000
#: Of a file in base64, and of what the server itself has written: forms send it back.
LONG = 1_000_000
#: What the web client calls lines that are not saved yet.
_NEW_LINE = "virtual_"
_SHOWN = 40


def quoted(value):
    """A little of what a caller gave, in characters that any answer can hold."""
    text = value if isinstance(value, str) else repr(value)[: 4 * _SHOWN]
    text = "".join(x if x.isprintable() else "?" for x in text[:_SHOWN])
    return f"{text}…" if len(str(value)[: _SHOWN + 1]) > _SHOWN else text


def is_number(value, least=1):
    """Whether it is an id that a column holds; True and 1.0 are none."""
    return type(value) is int and least <= value <= LARGEST


# -- which records -----------------------------------------------------------------


def check_ids(records):
    """ValidationError for an id that is none: text or a fraction would be read."""
    for x in records._ids:
        if not (is_number(x) or isinstance(x, NewId)):
            raise ValidationError(
                records.env._("“%s” is not the number of a record.", quoted(x))
            )


def check_one(records):
    """ValidationError, unless it is one record; of Odoo's own models, too."""
    check_ids(records)
    if len(records) != 1:
        raise ValidationError(
            records.env._("This is for one record at a time, not for %s.", len(records))
        )


def numbers(env, ids):
    """The ids that a caller gave, each once; ValidationError for what are none."""
    if not isinstance(ids, list | tuple):
        raise ValidationError(
            env._("“%s” is not a list of record numbers.", quoted(ids))
        )
    for x in ids:
        number(env, x)
    return list(dict.fromkeys(ids))


def number(env, value):
    """The id that a caller gave; ValidationError for what is none."""
    if not is_number(value):
        raise ValidationError(
            env._("“%s” is not the number of a record.", quoted(value))
        )
    return value


def check_flags(env, **flags):
    """Yes or no: the text "no" would be yes."""
    for name, value in flags.items():
        if value not in (True, False, None):
            raise ValidationError(
                env._(
                    "%(name)s: true or false, not “%(value)s”.",
                    name=name,
                    value=quoted(value),
                )
            )


# -- what a call is made of --------------------------------------------------------


def check_shape(env, value, *kinds):
    """ValidationError for text where a table belongs, or a list: Odoo reads it so."""
    if isinstance(value, kinds):
        return
    raise ValidationError(env._("“%s” makes no sense here.", quoted(value)))


def check_context(env, context):
    """Odoo asks for a language, and compares companies, whatever they are."""
    check_shape(env, context, Mapping)
    for name in ("lang", "tz"):
        check_shape(env, context.get(name), str, bool, type(None))
    companies = context.get("allowed_company_ids")
    check_shape(env, companies, list, tuple, bool, type(None))


def check_names(model, names):
    """ValidationError for what is no field of the model."""
    for name in names:
        if name not in model._fields:
            raise ValidationError(model.env._("There is no field “%s”.", quoted(name)))


# -- values of a form --------------------------------------------------------------


def check_value(model, name, value):
    """ValidationError, when the field `name` cannot hold what a caller says."""
    field = model._fields[name]
    if value is None or value is False or isinstance(value, BaseModel):
        return
    if field.type in ("char", "text", "html"):
        _check_text(model, field, value)
    elif not _KNOWN.get(field.type, _anything)(model.env, field, value):
        raise ValidationError(
            model.env._(
                "%(field)s cannot be “%(value)s”.",
                field=field._description_string(model.env) or name,
                value=quoted(value),
            )
        )


def check_ours(model, values):
    """`check_value` for the fields that this addon adds to one of Odoo's models."""
    if model.env.su:
        return
    for name, value in values.items():
        field = model._fields.get(name)
        if field and "google_sync" in field._modules:
            check_value(model, name, value)


def _check_text(model, field, value):
    env, label = model.env, field._description_string(model.env) or field.name
    if not isinstance(value, str):
        raise ValidationError(
            env._("%(field)s cannot be “%(value)s”.", field=label, value=quoted(value))
        )
    line = LINE if field.type == "char" else TEXT
    typed = getattr(model, "_longest", {}).get(field.name, line)
    most = LONG if field.readonly else typed
    if len(value) > most:
        raise ValidationError(
            env._(
                "%(field)s: at most %(most)s characters, not %(count)s.",
                field=label,
                most=most,
                count=len(value),
            )
        )
    if "\0" in value or any("\ud800" <= x <= "\udfff" for x in value):
        raise ValidationError(
            env._("%s holds characters that cannot be stored.", label)
        )


def _anything(_env, _field, _value):
    return True


def _is_whole(_env, _field, value):
    return _is_finite(_env, _field, value) and abs(float(value)) <= LARGEST


def _is_finite(_env, _field, value):
    if not isinstance(value, int | float | str):
        return False
    try:
        return math.isfinite(float(value))
    except (ValueError, OverflowError):
        return False


def _is_file(_env, _field, value):
    """In base64, of a size that such a file has."""
    return isinstance(value, str | bytes) and len(value) < LONG and value.isascii()


def _is_choice(env, field, value):
    return isinstance(value, str) and value in field.get_values(env)


def _is_moment(_env, field, value):
    to_moment = {"date": fields.Date.to_date, "datetime": fields.Datetime.to_datetime}
    try:
        return bool(to_moment[field.type](value))
    except (ValueError, TypeError):
        return False


def _is_record(_env, _field, value):
    if isinstance(value, dict) and "id" in value:
        value = value["id"]
    return value is False or _is_id(value)


def _is_id(value):
    new = isinstance(value, str) and value.startswith(_NEW_LINE)
    return new or isinstance(value, NewId) or is_number(value)


def _are_lines(_env, _field, value):
    return isinstance(value, list | tuple) and all(map(_is_line, value))


def _is_line(command):
    """A command of Odoo's, or an id, as defaults have them."""
    if not isinstance(command, list | tuple):
        return _is_id(command)
    if not command or command[0] not in range(7):
        return False
    code, key, rest = (*command, 0, 0)[:3]
    if code in (0, 1) and not isinstance(rest, dict):
        return False
    if code == 6:
        return isinstance(rest, list | tuple) and all(map(_is_id, rest))
    return code in (0, 5) or _is_id(key)


_KNOWN = {
    "integer": _is_whole,
    "float": _is_finite,
    "monetary": _is_finite,
    "selection": _is_choice,
    "binary": _is_file,
    "date": _is_moment,
    "datetime": _is_moment,
    "many2one": _is_record,
    "one2many": _are_lines,
    "many2many": _are_lines,
}
