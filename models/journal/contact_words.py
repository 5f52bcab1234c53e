"""From the engine's lines about contacts to the journal's rows and readers' words."""

from ...sync.contacts.fields import CONTACT_FIELDS
from .undo_words import undo_advices
from .words import COUNTERS, line_vals

COUNTERS.update(
    {
        ("google", "adopt"): "adopted",
        ("google", "photo"): "pushed_updated",
        ("google", "photo_removed"): "pushed_updated",
    }
)


def contact_journal_vals(run, line):
    """Values of the `google.sync.run.line` for an engine's line about a contact."""
    return {
        **line_vals(run, line),
        "res_model": "res.partner",
        "name": line.title or run.env._("(No name)"),
        "advice": line.reason and contact_advice(run.env, line.reason),
        "archive": line.archive or False,
    }


def contact_labels(env):
    """The fields of a contact, as a person reads them."""
    registered = {name: field.label for name, field in CONTACT_FIELDS.items()}
    return {
        **registered,
        "name": env._("Name"),
        "emails": env._("Mail"),
        "phone": env._("Phone"),
        "mobile": env._("Mobile"),
        "street": env._("Street"),
        "street2": env._("Street 2"),
        "zip": env._("ZIP"),
        "city": env._("City"),
        "state": env._("State"),
        "country": env._("Country"),
        "country_code": env._("Country code"),
        "company": env._("Company"),
        "function": env._("Job position"),
        "comment": env._("Notes"),
        "photo": env._("Photo"),
        "website": env._("Website"),
    }


def shown_contact_value(env, name, value):
    """A canonical value of a contact as a person reads it."""
    if name == "photo":
        return env._("Yes") if value else env._("No")
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return "" if value in (None, False) else str(value)


def contact_advice(env, reason):
    """What a person can do about the reason why one contact did not go on."""
    return {
        **undo_advices(env),
        "not_writable": env._(
            "You may not change this contact in Odoo: this stays in Google only."
        ),
        "odoo": env._(
            "Odoo refused this change. Correct it in Google; it is tried again then."
        ),
        "unreadable_mail": env._(
            "This is not all a mail address that can be read: correct it in Odoo. "
            "Google keeps what it has."
        ),
        "unreadable_photo": env._(
            "The file is no picture that can be sent to Google: choose another one, "
            "such as a JPEG or PNG."
        ),
        "label_taken": env._(
            "Google keeps the company's name for a group of its own: the label is "
            "called this instead. Rename the company to have another one."
        ),
        "no_such_label": env._(
            "Google Contacts has no label of this name: nobody is proposed. Correct "
            "it in the options, or make it in Google."
        ),
        "proposal": env._(
            "Odoo did not take in this contact. The question is asked again."
        ),
        "too_long": env._("Google takes no more than this: the rest stays in Odoo."),
        "merged": env._("Merged with another contact in Google: followed."),
        "INVALID_ARGUMENT": env._(
            "Google does not accept one of the values; what it said names it. Correct "
            "the contact; it is tried again after its next edit."
        ),
    }.get(reason, env._("Correct the contact; it is tried again after its next edit."))
