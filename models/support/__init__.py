"""Help in trouble: a bundle to send to whoever helps, with nothing of anybody in it."""

from . import bundle
