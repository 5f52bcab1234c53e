"""Applying an engine's steps so that one bad record does not stop the others."""

import logging

import psycopg2

_logger = logging.getLogger(__name__)

#: Classes of SQLSTATE: connection, transaction, resources, locks, operator, system.
_OF_THE_SERVER = frozenset(("08", "25", "40", "53", "55", "57", "58"))
#: Characters of a reason; PostgreSQL quotes what it refuses, however long that is.
_LONGEST = 1000
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
        except Exception as error:  # pylint: disable=broad-except # noqa: BLE001
            if not is_of_a_record(error):
                raise
            return [self._apply_one(step) for step in steps]
        if any(map(_rows_of, steps)):
            self.account.env.invalidate_all()
        return [""] * len(steps)

    def _apply_one(self, step):
        return self._tried(self._name_of(step), lambda: self._apply_all([step]))

    def _tried(self, name, do):
        """ "" or why it failed; the edge where one bad record stops being fatal."""
        try:
            with self.account.env.cr.savepoint():
                do()
        except Exception as error:  # pylint: disable=broad-except # noqa: BLE001
            if not is_of_a_record(error):
                raise
            _logger.info(
                "Account %s: %s not applied", self.account.id, name, exc_info=True
            )
            return _reason(error)
        return ""


def is_of_a_record(error):
    """A record's own fault, and not one of PostgreSQL or of another transaction.

    A lost connection has no code; the other classes are transactions that came first,
    a server that is full or stops: those are the run's.
    """
    if not isinstance(error, psycopg2.Error):
        return True
    if not error.pgcode:
        lost = (psycopg2.OperationalError, psycopg2.InterfaceError)
        return not isinstance(error, lost)
    return error.pgcode[:2] not in _OF_THE_SERVER


def _reason(error):
    """In words that can be stored."""
    text = (str(error) or type(error).__name__).replace("\x00", " ")
    return text.encode(errors="replace").decode()[:_LONGEST]


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
