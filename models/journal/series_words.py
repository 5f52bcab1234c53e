"""A series' rule as a person reads it: in Odoo's own words, where it has some."""

from odoo.tools import format_date

from ...sync.events.recurrence import excluded_keys, local_day, rule_of, start_of
from ..tools.recurrence import rule_vals


def shown_recurrence(env, lines):
    """The canonical lines of a series; "" for none."""
    lines = tuple(lines)
    if not lines:
        return env._("Does not repeat")
    rule = rule_of(lines)
    if rule is None:
        return env._("A rule that Odoo has no words for: %s", ", ".join(lines))
    # sudo: a record that is never stored, for Odoo's own words.
    recurrence = env["calendar.recurrence"].sudo().new(_without_text(rule_vals(rule)))
    name = recurrence.get_recurrence_name()
    days = [local_day(start_of(key), "") for key in sorted(excluded_keys(lines))]
    if not days:
        return name
    left_out = ", ".join(format_date(env, day) for day in days)
    return env._("%(rule)s, except %(days)s", rule=name, days=left_out)


def _without_text(vals):
    """Odoo would read the text again."""
    return {name: value for name, value in vals.items() if name != "rrule"}
