"""Push notifications: Google's channels, its messages, and the poll that is spared."""

from . import channel, knock

# One overrides the other: who loads later is asked first.
# isort: split
from . import diagnose, ending, keeping, pulling
