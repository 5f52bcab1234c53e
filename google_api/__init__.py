"""The only code that talks HTTP to Google.

It implements the `Google` port of `sync.ports` and the OAuth gestures over the wire.
It must never import Odoo, nor anything of this addon but the ports and words of `sync`.
"""
