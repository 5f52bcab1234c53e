"""A simulated Google (OAuth, Calendar v3) to develop, test and try against.

It stands outside the addon's run time: nothing in ``models/``, ``sync/`` or
``google_api/`` imports it, and it imports nothing of them. All imports inside are
relative, so it works as ``sandbox`` and as ``odoo.addons.google_sync.sandbox``.
"""
