"""What a reader may ask for and a form may name, for the models of all rooms."""

from . import discreet, guard
