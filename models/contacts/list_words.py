"""What is said when contacts were put on the list, or taken off it."""

from odoo import models

from ..tools.plural import plural


class GoogleSyncAccount(models.Model):
    _inherit = "google.sync.account"

    def _chosen_notice(self, counts):
        user = self._label()
        words = {"there": self._there_words, "archived": self._archived_words}
        parts = [self._new_words(counts["new"])]
        parts += [tell(counts[name]) for name, tell in words.items() if counts[name]]
        if counts["hidden"]:
            parts.append(self._hidden_words(counts["hidden"], user))
        if counts["without"]:
            parts.append(self._without_words(counts["without"]))
        if not self.sync_contacts or self.state == "off":
            parts.append(self.env._("They wait until contacts are synchronised."))
        left_out = counts["hidden"] or counts["archived"] or counts["without"]
        kind = "warning" if left_out else "success"
        return self._notice(kind, " ".join(parts), reload=True)

    def _new_words(self, count):
        return plural(
            self.env,
            count,
            self.env._("%s new on the list of contacts to synchronise.", count),
            self.env._("%s new ones on the list of contacts to synchronise.", count),
        )

    def _there_words(self, count):
        return plural(
            self.env,
            count,
            self.env._("%s already there.", count),
            self.env._("%s were already there.", count),
        )

    def _archived_words(self, count):
        return plural(
            self.env,
            count,
            self.env._("%s left out: archived.", count),
            self.env._("%s left out, as they are archived.", count),
        )

    def _hidden_words(self, count, user):
        one = self.env._(
            "%(count)s left out: %(user)s may not see it.", count=count, user=user
        )
        many = self.env._(
            "%(count)s left out: %(user)s may not see them.", count=count, user=user
        )
        return plural(self.env, count, one, many)

    def _without_words(self, count):
        one = self.env._(
            "%s without mail or phone: it goes to Google as soon as it has one.", count
        )
        many = self.env._(
            "%s without mail or phone: they go to Google as soon as they have one.",
            count,
        )
        return plural(self.env, count, one, many)

    def _unchosen_notice(self, count, others, in_google, deleted):
        parts = [
            plural(
                self.env,
                count,
                self.env._("%s taken off the list of contacts to synchronise.", count),
                self.env._("%s contacts taken off the list to synchronise.", count),
            )
        ]
        if others:
            one = self.env._("%s was not on it.", others)
            many = self.env._("%s were not on it.", others)
            parts.append(plural(self.env, others, one, many))
        if in_google and deleted:
            one = self.env._("%s is deleted in Google.", in_google)
            many = self.env._("%s are deleted in Google.", in_google)
            parts.append(plural(self.env, in_google, one, many))
        elif in_google:
            one = self.env._("%s stays in Google.", in_google)
            many = self.env._("%s stay in Google.", in_google)
            parts.append(plural(self.env, in_google, one, many))
        return self._notice("success", " ".join(parts), reload=True)
