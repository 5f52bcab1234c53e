"""An account's contacts: who is on the list and why, links, Store, res.partner."""

from . import link, pending, rule, sighting

# What extends them.
# isort: split
from . import (
    answered,
    cursor,
    direction,
    link_list,
    list,
    list_words,
    options,
    res_partner,
    res_partner_values,
    res_partner_why,
    vacuum,
)
