from . import (
    test_account,
    test_account_journal,
    test_oauth,
    test_security,
    test_settings,
    test_sync_events,
    test_sync_faults,
    test_sync_queue,
    test_sync_random,
    test_tours,
    test_translations,
)
from . import test_decisions
from . import test_sync_quota
from . import test_preview
