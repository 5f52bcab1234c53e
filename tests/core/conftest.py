"""Lets the pure parts be imported as ``google_sync.sync`` and
``google_sync.google_api``, without Odoo.

The package is made here instead of imported: the addon's own ``__init__`` loads Odoo's
models.
"""

import sys
import types
from pathlib import Path

from hypothesis import settings

ROOT = Path(__file__).resolve().parents[2]

package = types.ModuleType("google_sync")
package.__path__ = [str(ROOT)]
sys.modules["google_sync"] = package

# The same examples in every run, and no failure because the machine is busy. For a
# search of new examples: pytest --hypothesis-profile=default
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.register_profile("long", deadline=None, max_examples=5_000)
settings.load_profile("ci")
