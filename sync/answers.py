"""Which answers a question takes, and what tells its candidates apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

#: By kind of question, the answer that loses nothing first.
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "deletion": ("keep", "delete"),
    "brake": ("keep", "delete"),
    "adoption": ("pair", "new"),
    "conflict": ("fields",),
    "quarantine": ("retry",),
    "proposal": ("ignore", "pair", "create"),
}
SIDES = ("odoo", "google")


def takes(kind: str, answer: str) -> bool:
    """Whether a question of this kind can be answered so."""
    return answer in ANSWERS.get(kind, ())


def unchosen(names: Iterable[str], choices: Mapping[str, str]) -> tuple[str, ...]:
    """The contested fields for which no side was chosen."""
    return tuple(name for name in names if choices.get(name) not in SIDES)


def telling(
    candidates: Sequence[Mapping[str, str]], always: Sequence[str]
) -> tuple[str, ...]:
    """Names of the facts to show: those of `always` that any has, and what differs."""
    names = dict.fromkeys(name for facts in candidates for name in facts)
    return tuple(
        name
        for name in names
        if (name in always and any(facts.get(name) for facts in candidates))
        or len({facts.get(name, "") for facts in candidates}) > 1
    )
