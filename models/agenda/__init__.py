"""Events and series: links, queue of edits, colours, guests, Odoo's calendar.

The engine's Store port is in `agenda.store`.
"""

from . import calendar_choice, event_link, own_word, pending

# Of whom the owner alone decides.
# isort: split
from . import calendar_rule, direction, filter

# What extends them.
# isort: split
from . import (
    answered,
    calendar_alarm_manager,
    calendar_attendee,
    calendar_event,
    calendar_event_left_out,
    calendar_event_list,
    calendar_event_type,
    calendar_event_values,
    calendar_event_why,
    calendar_mode,
    calendar_recurrence,
    colours,
    cursor,
    event_link_series,
    guests,
    limit,
    period,
    recolour,
    series,
    vacuum,
    whose,
)
