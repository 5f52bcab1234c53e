"""A plan in numbers: what would be done on one side, without the noughts."""

from ..tools.plural import plural


def would_be(env, created, updated, deleted, dates=0):
    """English says the same of one and of many, other languages do not: %d is for one.

    dates: of series, that would be left out of them.
    """
    parts = [
        created
        and plural(
            env,
            created,
            env._("%d will be created", created),
            env._("%s will be created", created),
        ),
        updated
        and plural(
            env,
            updated,
            env._("%d will be changed", updated),
            env._("%s will be changed", updated),
        ),
        deleted
        and plural(
            env,
            deleted,
            env._("%d will be deleted", deleted),
            env._("%s will be deleted", deleted),
        ),
        dates
        and plural(
            env,
            dates,
            env._("%d date of a series will be left out", dates),
            env._("%s dates of series will be left out", dates),
        ),
    ]
    return ", ".join(filter(None, parts))
