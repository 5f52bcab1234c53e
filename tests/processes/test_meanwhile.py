"""A person saves the options of an account while a process works on it."""

import threading
from contextlib import closing

import pytest
from checks import assert_in_step, mail, names
from watched_google import BATCH, DONE, LIST, At


@pytest.mark.parametrize(("route", "number"), [(LIST, 1), (BATCH, 6)])
def test_options_saved_in_a_call(place, google, office, four, route, number):
    """The person's transaction is open when the call ends, and commits before ours.

    6: the last batch of the first push, after which the account itself is written.
    """
    place.leave_alone("bob", "cleo", "dan")
    came, answer = threading.Event(), threading.Event()

    def hold():
        came.set()
        answer.wait(60)

    google.watch(At(DONE, route, number, hold, mail("ada")))
    worker = office.start("synchronise")
    assert came.wait(60)
    with closing(place.connect()) as person, person.cursor() as cursor:
        cursor.execute("UPDATE google_sync_account SET months_before = 2 WHERE id = 1")
        answer.set()
        place.until(place.is_blocked, "the worker to meet the person")
        person.commit()
    errors = worker.result()["errors"]
    assert not [text for text in errors if text.startswith("Job ")], "it gave up"
    assert_in_step(place, google, "ada", names("ada", 300, 100))
    saved = place.value("SELECT months_before FROM google_sync_account WHERE id = 1")
    assert saved == 2
