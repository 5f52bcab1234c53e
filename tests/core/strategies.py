"""Hypothesis strategies shared by the core's tests."""

from datetime import date, datetime, timedelta, timezone

from hypothesis import settings
from hypothesis import strategies as st

from google_sync.sync.events.colours import COLOURS, LABEL
from google_sync.sync.events.description import description_from_odoo
from google_sync.sync.events.values import EventValues, Period, reminder_minutes

#: Hours of new examples instead of the same few ones:
#: script/test core --limit 600 -- --hypothesis-profile=long
LONG = settings.get_current_profile_name() == "long"

_PIECES = st.sampled_from(
    [
        "Réunion",
        "a < b",
        "AT&T",
        "&amp;",
        "<b>",
        "</b>",
        "<i>x</i>",
        "<p>",
        "</p>",
        "<br>",
        "<br/>",
        "\n",
        " ",
        "\u00a0",
        "<ul><li>un</li><li>deux</li></ul>",
        "<ol><li>1</li></ol>",
        '<a href="https://example.com/a?b=1&amp;c=2">voir</a>',
        '<a href="https://www.google.com/url?q=https://example.org/x&amp;sa=D">y</a>',
        '<a href="https://example.com">https://example.com</a>',
        "<div>",
        "</div>",
        "<script>alert(1)</script>",
        "&lt;tag&gt;",
        "x",
        "é",
    ]
)

markup = st.lists(_PIECES | st.text(max_size=8), max_size=14).map("".join)
descriptions = markup.map(description_from_odoo)

_moments = st.integers(0, 400 * 24 * 12).map(
    lambda n: datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=5 * n)
)
_days = st.integers(0, 400).map(lambda n: date(2026, 1, 1) + timedelta(days=n))

periods = st.one_of(
    st.builds(
        lambda start, minutes: Period.timed(start, start + timedelta(minutes=minutes)),
        _moments,
        st.integers(0, 4000),
    ),
    st.builds(
        lambda day, more: Period.days(day, day + timedelta(days=more)),
        _days,
        st.integers(0, 9),
    ),
)

titles = st.sampled_from(["", "Réunion", "Point client", "Call", "Démo", "<b> & co"])
reminders = st.sets(
    st.sampled_from([0, 5, 10, 15, 30, 60, 75, 2160, 40320, 50400]), max_size=7
)

colours = st.sampled_from(["", *COLOURS])
links = st.sampled_from(["", "https://meet.google.com/a", "https://odoo.test/join"])

event_values = st.builds(
    EventValues,
    period=periods,
    title=titles,
    place=st.sampled_from(["", "Paris", "Salle 2"]),
    description=descriptions,
    time_zone=st.sampled_from(["", "Europe/Paris", "America/New_York"]),
    private=st.booleans(),
    busy=st.booleans(),
    reminders=reminders.map(reminder_minutes),
    color=colours | colours.map(lambda colour: LABEL + colour),
    video=links,
    source=links,
)
