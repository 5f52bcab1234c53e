"""Deletions that a person kept, deleted again: each time there is a question."""

from __future__ import annotations

from itertools import product

import pytest
from world import World, google_body, meeting

from google_sync.sync.asking import Answer
from google_sync.sync.events.links import LinkState

SIDES = ("odoo", "google")


class Kept(World):
    """One event, deleted again and again."""

    def __init__(self, born: str, **options) -> None:
        super().__init__(confirm_deletions=True, **options)
        if born == "odoo":
            self.odoo.people_create("marie", meeting("Base"))
        else:
            self.google.people_insert("g1", google_body("Base"))
        self.sync()

    def delete_in(self, side: str) -> None:
        if side == "odoo":
            [event_id] = self.in_odoo()
            self.odoo.people_delete(event_id)
        else:
            [google_id] = self.google.alive()
            self.google.people_delete(google_id)

    def open_questions(self) -> list[str]:
        tables = self.odoo.tables
        return [key for key in tables.questions if key not in tables.answers]

    def assert_asked(self) -> None:
        """Whatever is held has its open question, whatever is counted too."""
        held = [
            link
            for link in self.odoo.tables.links["marie"].values()
            if link.state is LinkState.HELD
        ]
        assert len(held) == len(self.open_questions())

    def settled(self) -> None:
        self.assert_same()
        lines = len(self.odoo.tables.lines)
        for _ in range(2):
            assert self.sync().questions == 0
        assert len(self.odoo.tables.lines) == lines


@pytest.mark.parametrize("born", SIDES)
@pytest.mark.parametrize("sides", list(product(SIDES, repeat=3)))
def test_kept_deletions_are_asked_about_each_time(born, sides) -> None:
    world = Kept(born)
    for number, side in enumerate(sides):
        world.delete_in(side)
        report = world.sync()
        assert report.questions == 1, (number, side)
        world.assert_asked()
        [key] = world.open_questions()
        last = number == len(sides) - 1
        world.store.answer(key, Answer("delete" if last else "keep"))
        world.sync()
        world.assert_asked()
        world.sync()
        world.settled()
    assert world.in_odoo() == world.google.alive() == {}


@pytest.mark.parametrize("sides", list(product(SIDES, repeat=2)))
@pytest.mark.parametrize("edited", SIDES)
def test_kept_edited_and_deleted_without_a_question(sides, edited) -> None:
    """The option is switched off after the first answer: no answer is left over."""
    world = Kept("odoo")
    world.delete_in(sides[0])
    world.sync()
    [key] = world.open_questions()
    world.store.answer(key, Answer("keep"))
    world.sync()
    world.sync()
    world.options["confirm_deletions"] = False
    world.delete_in(sides[1])
    other = "google" if sides[1] == "odoo" else "odoo"
    if edited == other == "google":
        [google_id] = world.google.alive()
        world.google.people_edit(google_id, summary="Neu")
    elif edited == other:
        [event_id] = world.in_odoo()
        world.odoo.people_edit(event_id, title="Neu")
    world.sync()
    world.sync()
    world.settled()
    left = [v.title for v in world.in_odoo().values()]
    assert left == (["Neu"] if edited == other else [])


def test_an_answer_to_delete_is_not_remembered_for_the_next_deletion() -> None:
    """Answered delete, edited in Google before the run: it lives and is asked about."""
    world = Kept("odoo")
    world.delete_in("odoo")
    world.sync()
    [key] = world.open_questions()
    world.store.answer(key, Answer("delete"))
    [google_id] = world.google.alive()
    world.google.people_edit(google_id, summary="Neu")
    world.sync()
    world.sync()
    if not world.in_odoo():
        return
    world.delete_in("odoo")
    assert world.sync().questions == 1
    world.assert_asked()
