"""What questions to a person have in common, of events as of contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol

from .report import Report

#: Kinds whose answer is used up once it is carried out: asked again, they are open.
USED_UP = frozenset(("deletion", "quarantine"))


class Valued(Protocol):
    """Canonical values of a record."""

    def get(self, name: str) -> Any: ...


@dataclass(frozen=True)
class Question:
    """What waits for a person; asked once, the answer is remembered.

    kind: conflict, deletion, adoption, brake, quarantine, proposal. key: what makes it
    the same question when it comes up again. google_ids, record_ids: what it is about,
    in Google and in Odoo. detail: canonical values and plain JSON for the reader; side:
    the side that would be written. private: for the owner's eyes.
    """

    kind: str
    key: str
    google_ids: tuple[str, ...] = ()
    record_ids: tuple[int, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    private: bool = False

    @property
    def google_id(self) -> str:
        """The one in Google that it is about; "" for none or several."""
        return self.google_ids[0] if len(self.google_ids) == 1 else ""


@dataclass(frozen=True)
class Answer:
    """What a person answered.

    verdict: delete or keep (deletion, brake), pair or new (adoption), retry
    (quarantine), fields (conflict), pair, create or ignore (proposal). choices: "odoo"
    or "google" by field name, for a conflict. record_id, google_id: the one to pair
    with, for an adoption or a proposal.
    """

    verdict: str
    choices: Mapping[str, str] = field(default_factory=dict)
    record_id: int = 0
    google_id: str = ""


class Asks(Protocol):
    """A Store, as far as it is needed here."""

    def ask(self, questions: Sequence[Question]) -> dict[str, Answer]: ...


def ask_one(store: Asks, question: Question, report: Report) -> Answer | None:
    """What a person has answered; None, counted as open, as long as nobody has."""
    answer = store.ask([question]).get(question.key)
    if answer is None:
        report.questions += 1
    return answer


def sides(
    base: Valued | None, odoo: Valued, contested: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """What both sides say of each contested field, and what they last agreed on."""
    return {
        name: {
            "base": base.get(name) if base else None,
            "odoo": odoo.get(name),
            "google": theirs,
        }
        for name, theirs in contested.items()
    }


def digest(parts: object) -> str:
    """Of what a question is about: other values, another question."""
    return sha256(repr(parts).encode()).hexdigest()[:16]


def many(side: str, deletions: int, total: int) -> dict[str, Any]:
    """The detail of a question about so many deletions at once."""
    return {"side": side, "deletions": deletions, "total": total}
