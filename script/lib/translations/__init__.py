"""Drafts of other languages, from a glossary and from Odoo's own translations."""
