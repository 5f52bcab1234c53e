"""What must hold when the work is done, whatever happened on the way."""

from collections import Counter
from itertools import pairwise

from watched_google import LIST

AGENDA = """
    SELECT event.name FROM calendar_event AS event
      JOIN calendar_event_res_partner_rel AS rel ON rel.calendar_event_id = event.id
      JOIN res_users AS person ON person.partner_id = rel.res_partner_id
     WHERE person.login = %s AND event.active
"""
LINKS = """
    SELECT link.event_id, link.google_id, link.state, link.dirty
      FROM google_sync_event_link AS link
      JOIN google_sync_calendar AS calendar ON calendar.id = link.calendar_id
      JOIN google_sync_account AS account ON account.id = calendar.account_id
      JOIN res_users AS person ON person.id = account.user_id
     WHERE person.login = %s
"""
CREATED = """
    SELECT line.side, line.google_id FROM google_sync_run_line AS line
      JOIN google_sync_run AS run ON run.id = line.run_id
      JOIN res_users AS person ON person.id = run.user_id
     WHERE person.login = %s AND line.action = 'create'
"""


def mail(login):
    return f"{login}@gmail.com"


def names(login, pushed, pulled):
    """The titles of an agenda that began with so many events on either side."""
    return {f"{login} {n}" for n in range(pushed)} | {
        f"google {login} {n}" for n in range(pulled)
    }


def twice(found):
    return [item for item, count in Counter(found).items() if count > 1]


def assert_in_step(place, google, login, expected):
    """Both sides hold `expected`, each event once, and are linked one to one."""
    items = google.world.person(mail(login)).list(showDeleted=True)
    in_google = [item.get("summary") for item in items]
    assert not twice(in_google), "twice in Google"
    assert set(in_google) == expected
    assert {item["status"] for item in items} == {"confirmed"}
    in_odoo = [row[0] for row in place.rows(AGENDA, login)]
    assert not twice(in_odoo), "twice in Odoo"
    assert set(in_odoo) == expected
    assert_linked(place, login, {item["id"] for item in items})
    assert_journal(place, login, {item["id"] for item in items})
    assert not google.world.mails.items


def assert_linked(place, login, google_ids):
    links = place.rows(LINKS, login)
    assert not twice(event for event, *_rest in links), "two links for one event"
    assert {google_id for _event, google_id, *_rest in links} == google_ids
    assert {(state, dirty) for *_ids, state, dirty in links} == {("linked", False)}


def assert_journal(place, login, google_ids):
    """Each creation has one line, on one side, and no run is left as running."""
    lines = place.rows(CREATED, login)
    assert not twice(google_id for _side, google_id in lines), "created twice"
    assert {google_id for _side, google_id in lines} == google_ids
    states = dict(place.rows("SELECT state, count(*) FROM google_sync_run GROUP BY 1"))
    assert "running" not in states, states
    assert "failed" not in states, states


def assert_silent(office, google, login):
    """Nothing to do: no line, nothing but listing; and one request the next time.

    The first run after a push lists what was pushed, 1,000 events a page.
    """
    for last in (False, True):
        google.watch()
        run = office.do("run", login=login)
        assert (run["state"], run["lines"]) == ("done", 0), run
        routes = Counter(visit.route for visit in google.visits())
        assert set(routes) == {LIST}
        assert routes[LIST] == 1 or not last


def assert_one_at_a_time(google):
    """The slices of one account, by all processes, do not overlap in time."""
    slices = {}
    for visit in google.visits():
        slices.setdefault((visit.email, visit.connection), []).append(visit)
    by_account = {}
    for (email, _connection), visits in slices.items():
        end = max(visit.done or visit.asked for visit in visits)
        by_account.setdefault(email, []).append((visits[0].asked, end, visits[0].pid))
    for email, turns in by_account.items():
        assert_apart(email, turns)


def assert_apart(whose, turns):
    """turns: (from, until, process)."""
    turns = sorted(turns)
    for (_from, until, one), (since, _until, other) in pairwise(turns):
        assert since >= until, f"{whose}: processes {one} and {other} at once"
