"""The journal: runs and lines, the words that people read, how long it is kept."""

from . import explained, run, run_line, why

# What extends them.
# isort: split
from . import (
    deeds,
    endings,
    hiding,
    history,
    res_config_settings,
    run_contacts,
    undo_words,
    vacuum,
)
