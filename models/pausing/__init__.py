"""A pause of one account or of all: nothing is asked of Google until it is over."""

from . import pause
