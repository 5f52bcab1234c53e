"""The Odoo shell, in rooms by subject.

Each room extends and imports only what is above it; `script/lint` holds that.
"""

# In the order in which they load.
# isort: off
from . import tools
from . import rights
from . import account
from . import journal
from . import asking
from . import decisions
from . import agenda
from . import contacts
from . import connection
from . import workspace
from . import running
from . import restoring
from . import reset
from . import shown
from . import channels
from . import pausing
from . import support
from . import user
