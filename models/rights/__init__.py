"""What a reader may ask for and a form may name, for the models of all rooms."""

from . import polite, sense

# What inherits from it.
# isort: split
from . import discreet, guard
