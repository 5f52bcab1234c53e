from . import test_account
from . import test_oauth
from . import test_security
from . import test_settings
from . import test_tours
from . import test_sync_events
