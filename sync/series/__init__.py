"""A series: Odoo's rows read as Google has it, written back, and its exceptions."""
