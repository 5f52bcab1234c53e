"""Applying an engine's steps so that one bad record does not stop the others."""

import logging

import psycopg2

_logger = logging.getLogger(__name__)

#: Rows of series that are made together; each is a record with many columns.
_TOGETHER = 2000


class StepByStep:
    """Part of both Stores; they give `account`, `_apply_all` and `_name_of`."""

    def apply(self, steps):
        """Why each failed, or ""; some at a time, so that memory stays small."""
        return [problem for part in _parts(steps) for problem in self._apply_part(part)]

    def _apply_part(self, steps):
        """All in one savepoint; if anything fails, each in its own, to find which."""
        try:
            with self.account.env.cr.savepoint():
                self._apply_all(steps)
        except psycopg2.OperationalError:
            raise
        except Exception:  # pylint: disable=broad-except # noqa: BLE001
            return [self._apply_one(step) for step in steps]
        if any(map(_rows_of, steps)):
            self.account.env.invalidate_all()
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


def _rows_of(step):
    """How many rows of a series the step makes."""
    write = getattr(step, "write", None)
    return len(getattr(write, "rows", ())) + len(getattr(write, "creates", ()))


def _parts(steps):
    """The steps in order, cut where they make many rows."""
    part, weight = [], 0
    for step in steps:
        part.append(step)
        weight += _rows_of(step)
        if weight >= _TOGETHER:
            yield part
            part, weight = [], 0
    if part:
        yield part
