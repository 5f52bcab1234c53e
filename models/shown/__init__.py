"""What is shown of an account, and its buttons: light, bar, overview, first day."""

from . import light

# What is made of the light.
# isort: split
from . import (
    agendas,
    buttons,
    first_day,
    ir_http,
    opening,
    overview,
    person,
    systray,
    why,
)
