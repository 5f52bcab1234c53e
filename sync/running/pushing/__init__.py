"""Odoo to Google: batches of dirty links (`push`), the calls, what came of them."""
