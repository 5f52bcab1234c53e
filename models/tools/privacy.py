"""Which of Odoo's words for who may see an event make it private."""

PRIVATE = ("private", "confidential")
