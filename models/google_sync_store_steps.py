"""Applying an engine's steps so that one bad record does not stop the others."""

import logging

import psycopg2

_logger = logging.getLogger(__name__)


class StepByStep:
    """Part of both Stores; they give `account`, `_apply_all` and `_name_of`."""

    def apply(self, steps):
        """All in one savepoint; if anything fails, each in its own, to find which."""
        if not steps:
            return []
        try:
            with self.account.env.cr.savepoint():
                self._apply_all(steps)
        except psycopg2.OperationalError:
            raise
        except Exception:  # pylint: disable=broad-except # noqa: BLE001
            return [self._apply_one(step) for step in steps]
        return [""] * len(steps)

    def _apply_one(self, step):
        """ "" or why it failed; the edge where one bad record stops being fatal."""
        try:
            with self.account.env.cr.savepoint():
                self._apply_all([step])
        except psycopg2.OperationalError:
            raise
        except Exception as error:  # pylint: disable=broad-except # noqa: BLE001
            name = self._name_of(step)
            _logger.info(
                "Account %s: %s not applied", self.account.id, name, exc_info=True
            )
            return str(error) or type(error).__name__
        return ""
