"""Both ends in memory: Odoo's Store and Google, for events and contacts."""
