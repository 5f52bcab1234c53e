"""Tools of all rooms: server options, the bell of scheduled actions, quiet, words."""

from . import sentences, waiting
