"""The edge to what no user has rights on: the engine's rows, options, the bell.

Here `sudo()` is said once, with its reason, instead of at each place that calls.
"""

from odoo import fields

#: Calls that wait for a scheduled action: one more would say nothing new.
ENOUGH_CALLS = 50


def engine_rows(env, model):
    """The addon's own rows: accounts, links, queues, questions, tokens, the journal.

    Nobody may write most of them and few may read them, but everybody's edit makes
    some. Who calls makes sure whose account it is, and shows a page nothing of others.
    """
    # sudo: see above.
    return env[model].sudo()


def is_portal(user):
    """One who is no internal user, or was made a portal user since."""
    # sudo: the groups of a colleague are not for everybody; only this word of them.
    return user.sudo().share


def parameter(env, key):
    """A parameter of the database as text, "" without; none of ours is a secret."""
    # sudo: only administrators read parameters, and what they set is for everybody.
    return env["ir.config_parameter"].sudo().get_param(key) or ""


def wake(env, at=None, cron="ir_cron_synchronise"):
    """Have a scheduled action run soon, or at this moment.

    It does for each account what is due, and nothing that the caller chooses.
    """
    # sudo: scheduled actions are the administrators', work comes from everybody.
    action = env.ref(f"google_sync.{cron}").sudo()
    if at or not _is_called(action):
        action._trigger(at=at)


def _is_called(action):
    """Nobody answers, however often it is called: rows would only pile up."""
    calls = action.env["ir.cron.trigger"]
    waiting = [("cron_id", "=", action.id), ("call_at", "<=", fields.Datetime.now())]
    return calls.search_count(waiting, limit=ENOUGH_CALLS) >= ENOUGH_CALLS
