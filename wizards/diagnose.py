"""Test: the checks of an account, read in a dialogue."""

from markupsafe import Markup, escape

from odoo import api, fields, models

from ..models.journal.explanations_admin import CONSOLE
from ..models.tools.plural import plural

#: Icon and colour of a check; a word goes with them, for whoever sees no colour.
_SIGNS = {
    "ok": ("fa-check-circle", "text-success"),
    "info": ("fa-info-circle", "text-muted"),
    "warning": ("fa-exclamation-triangle", "text-warning"),
    "error": ("fa-times-circle", "text-danger"),
}


class GoogleSyncTest(models.TransientModel):
    _name = "google.sync.test"
    _inherit = "google.sync.dialog"
    _description = "Test of a Google account"

    report = fields.Html(compute="_compute_report", sanitize=False)

    def web_read(self, specification):
        """A test may fetch a new token, which is kept: a cursor that only reads would
        have Odoo ask Google twice.
        """
        return super().web_read(specification)

    web_read._readonly = False

    @api.depends("account_id")
    def _compute_report(self):
        self.report = False
        # A form that is being made names its account in time, or says nothing.
        for test in self.filtered("account_id"):
            checks = test.account_id.diagnose()
            test.report = self.env["ir.qweb"]._render(
                "google_sync.test_report",
                {
                    "checks": [_with_links(check) for check in checks],
                    "signs": _SIGNS,
                    "words": self._words(),
                    "account": test.account_id._label(),
                    "summary": self._summary(checks),
                },
            )

    def _summary(self, checks):
        wrong = sum(check["status"] in ("warning", "error") for check in checks)
        if wrong:
            return plural(
                self.env,
                wrong,
                self.env._("%s check needs attention.", wrong),
                self.env._("%s checks need attention.", wrong),
            )
        return self.env._("All checks are right.")

    def _words(self):
        return {
            "ok": self.env._("All right"),
            "info": self.env._("For information"),
            "warning": self.env._("Warning"),
            "error": self.env._("Error"),
        }

    def _open(self):
        """The dialogue; the checks are made as it opens."""
        return self._open_as(self.env._("Test"))

    def action_again(self):
        """Ask Google once more."""
        return self.account_id.action_test()


def _with_links(check):
    """Addresses in Google's console are there to be pressed."""
    link = Markup('<a href="%s" target="_blank" rel="noopener">%s</a>')
    return {
        **check,
        **{
            name: Markup(
                CONSOLE.sub(lambda at: link % (at[0], at[0]), str(escape(check[name])))
            )
            for name in ("message", "solution")
        },
    }
