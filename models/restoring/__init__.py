"""Putting back what the journal kept: events, series, contacts; a whole run, too."""

# One overrides the other: who loads later is asked first.
# isort: off
from . import events
from . import series
from . import contacts
from . import undo_words
from . import undo
from . import undo_events
from . import undo_contacts
