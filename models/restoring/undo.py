"""Undoing a whole run: asked for, looked at line by line, carried out as a run."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.edge import engine_rows, wake

#: Lines of these tell of nothing that was done.
IDLE = ("skip", "error", "detach", "gone", "cut")
_OVER = ("done", "partial", "failed", "stopped")


class GoogleSyncRun(models.Model):
    _inherit = "google.sync.run"

    trigger = fields.Selection(
        selection_add=[("undo", "Undo")], ondelete={"undo": "cascade"}
    )
    undoes_id = fields.Many2one(
        "google.sync.run",
        "Takes back",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        help="The synchronisation that this one takes back",
    )
    to_push = fields.Json(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="What an undo has put back in Odoo and Google is to be told of",
    )
    contacts_to_push = fields.Json(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Contacts that an undo has put back and Google is to be told of",
    )
    may_undo = fields.Boolean(compute="_compute_may_undo")

    @api.depends("state", "mode", "trigger", "account_id.state", "line_ids.restored_at")
    @api.depends_context("uid")
    def _compute_may_undo(self):
        for run in self:
            run.may_undo = run._is_undoable() and run._is_mine_to_undo()

    def _is_undoable(self):
        """Something of it can still be taken back, and the account is connected."""
        self.ensure_one()
        if self.mode == "preview" or self.state not in _OVER:
            return False
        # sudo: only whether.
        run = self.sudo()
        if run.trigger == "reset" or run.account_id.state == "off":
            return False
        return bool(run.line_ids.search_count(run._undoable(), limit=1))

    def _undoable(self):
        """Domain of the lines that an undo looks at."""
        return [
            ("run_id", "=", self.id),
            ("action", "not in", IDLE),
            ("side", "!=", False),
            ("restored_at", "=", False),
        ]

    def _is_mine_to_undo(self):
        try:
            self._accounts_for_me()._check_may_manage()
        except AccessError:
            return False
        return True

    def _title(self, when):
        if self.trigger == "undo" and self.mode != "preview":
            return self.env._("Undo of %s", when)
        return super()._title(when)

    # -- asked for -------------------------------------------------------------

    def action_undo(self):
        """Show, line by line, what taking this run back would do; nothing is done."""
        return self._queue_undo().action_follow()

    def _queue_undo(self):
        """The preview of the undo, to be worked on from now on; the caller commits."""
        self.ensure_one()
        self.check_access("read")
        account = self._accounts_for_me()
        account._check_may_manage()
        if not self._is_undoable():
            raise UserError(
                self.env._(
                    "Nothing of this synchronisation is left to be undone: it wrote "
                    "nothing, it was undone, or the account is not connected."
                )
            )
        # The right was checked above; runs are the engine's to write.
        runs = engine_rows(self.env, "google.sync.run")
        waits = [("undoes_id", "=", self.id), ("mode", "=", "preview")]
        if run := account._asked_already(waits):
            return run
        run = runs.create(
            {
                "account_id": account.id,
                "trigger": "undo",
                "mode": "preview",
                "scope": self._undo_scope(account),
                "queued": True,
                "requested_by_id": self.env.uid,
                "undoes_id": self.id,
            }
        )
        wake(self.env)
        return run.with_env(self.env)

    def _undo_scope(self, account):
        """What the run wrote of; contacts are their owner's."""
        # sudo: whose contacts they are.
        mine = account.sudo().user_id == self.env.user
        # sudo: only which models.
        lines = self.sudo().line_ids.search(self._undoable())
        models_written = set(lines.mapped("res_model"))
        if "res.partner" not in models_written or not mine:
            return "events"
        return "contacts" if models_written == {"res.partner"} else "all"

    def action_new_preview(self):
        """Of an undo: as it would be now."""
        if self.undoes_id:
            return self.undoes_id.action_undo()
        return super().action_new_preview()

    def _apply_plan(self, left_out=()):
        if self.undoes_id:
            self._accounts_for_me()._check_may_manage()
        return super()._apply_plan(left_out)

    def _is_for_me_to_run(self):
        """Undoing writes with the owner's rights, as restoring does."""
        mine = super()._is_for_me_to_run()
        return mine and (not self.undoes_id or self._is_mine_to_undo())


class GoogleSyncRunLine(models.Model):
    _inherit = "google.sync.run.line"

    action = fields.Selection(
        selection_add=[("part", "Parted")], ondelete={"part": "cascade"}
    )
    looked_at_by_id = fields.Many2one(
        "google.sync.run",
        ondelete="set null",
        readonly=True,
        groups=fields.NO_ACCESS,
        help="The undo that has come to this line",
    )


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _queue_run(self, scope="all", mode="normal", plan=None):
        """Of the plan of an undo: it is that undo which is carried out."""
        run = super()._queue_run(scope, mode, plan)
        # sudo: the right was checked by whoever queued it; runs are the engine's.
        undone = plan and plan.sudo().undoes_id
        if undone:
            whole = run.with_env(undone.env)
            whole.write({"undoes_id": undone.id, "trigger": "undo"})
        return run

    @api.model
    def _own_wish(self):
        """Who asks for a synchronisation does not wait for an undo."""
        return [*super()._own_wish(), ("undoes_id", "=", False)]

    def _works(self, run, time_limit=None, at_hand=()):
        works = super()._works(run, time_limit, at_hand)
        if not run.undoes_id:
            return works
        return [self._undoing(work) for work in works]

    def _undoing(self, work):
        """The same half of the account, to be taken back."""
        raise NotImplementedError
