"""What is said of a run's or a reset's end; each is called once for each language."""

from odoo import models

from ..account.halves import HALVES, TROUBLES
from ..tools.plural import plural
from ..tools.sentences import is_said_in, together


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _errors_message(self, number):
        return plural(
            self.env,
            number,
            self.env._("%s event could not be synchronised.", number),
            self.env._("%s events could not be synchronised.", number),
        )

    def _wait_message(self, number):
        return plural(
            self.env,
            number,
            self.env._("%s question waits.", number),
            self.env._("%s questions wait.", number),
        )

    def _unsettled_message(self, number):
        return plural(
            self.env,
            number,
            self.env._("%s record kept changing: it is left for the next run.", number),
            self.env._(
                "%s records kept changing and are left for the next run.", number
            ),
        )

    def _contact_errors_message(self, number):
        return plural(
            self.env,
            number,
            self.env._("%s contact could not be synchronised.", number),
            self.env._("%s contacts could not be synchronised.", number),
        )

    def _contacts_wait_message(self, number):
        return plural(
            self.env,
            number,
            self.env._("%s question about contacts waits.", number),
            self.env._("%s questions about contacts wait.", number),
        )

    def _would_wait_message(self, number):
        return plural(
            self.env,
            number,
            self.env._("%s question would wait for an answer.", number),
            self.env._("%s questions would wait for an answer.", number),
        )

    def _receipt(self, counts, trouble):
        cut = sum(n for (_side, action), n in counts.items() if action == "detach")
        said = [
            plural(
                self.env,
                cut,
                self.env._("Reset: %s link with Google was cut.", cut),
                self.env._("Reset: %s links with Google were cut.", cut),
            )
        ]
        if taken := counts.get(("odoo", "delete")):
            said.append(
                plural(
                    self.env,
                    taken,
                    self.env._(
                        "%s event was taken away in Odoo; the journal can put it back.",
                        taken,
                    ),
                    self.env._(
                        "%s events were taken away in Odoo; the journal can put them "
                        "back.",
                        taken,
                    ),
                )
            )
        said += self._receipt_besides(counts)
        if self.reset_todo["what"] == "calendar":
            said.append(
                self.env._(
                    "Nothing is synchronised by itself until you choose another "
                    "calendar or press Synchronise now."
                )
            )
        return " ".join([*said, trouble] if trouble else said)

    def _receipt_besides(self, counts):
        """What else a reset did: in Google, and to what was asked."""
        said = []
        if deleted := counts.get(("google", "delete")):
            said.append(
                plural(
                    self.env,
                    deleted,
                    self.env._("%s entry was deleted in Google.", deleted),
                    self.env._("%s entries were deleted in Google.", deleted),
                )
            )
        if ended := self.reset_todo.get("questions"):
            said.append(
                plural(
                    self.env,
                    ended,
                    self.env._("%s open question is not asked any more.", ended),
                    self.env._("%s open questions are not asked any more.", ended),
                )
            )
        return said

    def _resetting_message(self):
        return self.env._(
            "The reset of %s is still under way: it goes on by itself; see the "
            "journal.",
            self._label(),
        )

    def _killed_message(self):
        return self.env._(
            "The server was stopped in the middle. What was written until then stays; "
            "the rest comes up again at the next synchronisation."
        )

    # -- the result that an account shows --------------------------------------

    def _keep_result(self, run):
        """What came of the run, for the light; with what still stops the other half."""
        troubled = [half for half in HALVES if self[half.trouble]]
        still = [x for x in troubled if self._standing_of(x) in dict(TROUBLES)]
        shown = [self._stored_words(half.told) for half in still]
        more = [text for text in shown if text and not is_said_in(text, run.message)]
        quiet = more and run.state == "done" and not run.line_ids
        said = "" if quiet else run._say(lambda run: run._summary())
        self.last_message = together(said, *more)
