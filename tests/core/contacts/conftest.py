"""One list of contacts in Odoo and in Google, in memory."""

import pytest

from contacts.world import ContactWorld


@pytest.fixture
def world():
    return ContactWorld()
