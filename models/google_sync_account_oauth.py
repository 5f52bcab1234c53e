"""How an account reaches Google: application in force, tokens, consent, binding.

Nothing here keeps a lock while it talks to Google, and nothing shows a token: they go
from Google to `google.sync.token` and from there to the client, no further.
"""

from odoo import fields, models
