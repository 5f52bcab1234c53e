"""The laws hold where a company has names, mails and numbers both ways, too."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

from hypothesis import settings

from contacts import convergence
from contacts.world import ContactWorld
from google_sync.sync.contacts.ways import ways_of
from google_sync.sync.directions import Direction

WAYS = dict.fromkeys(("name", "emails", "phone", "mobile"), Direction.BOTH)


class BothWorld(ContactWorld):
    def __init__(self, *args, **options):
        super().__init__(*args, ways=ways_of(WAYS), **options)


class BothWays(convergence.Convergence):
    """People, faults and kills as in any history."""

    def __init__(self):
        self._patch = patch.object(convergence, "ContactWorld", BothWorld)
        self._patch.start()
        super().__init__()

    def teardown(self):
        super().teardown()
        self._patch.stop()


BothWays.TestCase.settings = settings(
    max_examples=100,
    stateful_step_count=30,
    deadline=timedelta(seconds=60),
    report_multiple_bugs=False,
)
TestBothWays = BothWays.TestCase
