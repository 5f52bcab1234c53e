"""Moments as Odoo stores them, and as everybody else writes them."""

from datetime import timezone


def naive_utc(moment):
    """An aware datetime as Odoo stores it."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment else False


def aware_utc(moment):
    return moment.replace(tzinfo=timezone.utc) if moment else None
