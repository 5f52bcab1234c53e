"""Which answers a question takes, and what tells its candidates apart."""

from sync.answers import ANSWERS, takes, telling, unchosen


def test_each_question_takes_its_own_answers_only():
    for kind, answers in ANSWERS.items():
        for answer in {x for row in ANSWERS.values() for x in row}:
            assert takes(kind, answer) == (answer in answers)
    assert not takes("other", "keep")


def test_every_contested_field_needs_a_side():
    names = ("title", "place")
    assert unchosen(names, {}) == names
    assert unchosen(names, {"title": "odoo", "place": "both"}) == ("place",)
    assert unchosen(names, {"title": "odoo", "place": "google"}) == ()


def test_candidates_are_told_apart_by_what_differs():
    first = {"when": "Monday", "place": "", "made": "1 May"}
    second = {"when": "Monday", "place": "", "made": "2 May"}
    assert telling([first, second], always=("when", "place")) == ("when", "made")
    assert telling([first], always=("when",)) == ("when",)
    assert telling([], always=("when",)) == ()
