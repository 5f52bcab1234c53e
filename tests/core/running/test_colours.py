"""Colours through the engine: lost answers, adoption, accounts that send none."""

import pytest
from world import World, google_body, meeting

from google_sync.sync.ports import RetryLater


def coloured(colour="3", **options):
    world = World(**options)
    event_id = world.odoo.people_create("marie", meeting(color=colour))
    world.sync()
    (google_id,) = world.google.alive()
    return world, event_id, google_id


def colour(world, google_id):
    return world.google.events[google_id].get("colorId")


def lose_the_answer(world):
    """The patch arrives, its answer does not, and the process dies."""
    world.google.fault = lambda name: "after" if name.startswith("call") else None
    with pytest.raises(RetryLater):
        world.sync()
    world.google.fault = lambda name: None
    world.odoo.crash()


def test_a_colour_given_after_a_lost_answer_stays():
    world, event_id, google_id = coloured()
    world.odoo.people_edit(event_id, color="6")
    lose_the_answer(world)
    assert colour(world, google_id) == "6"
    world.google.people_edit(google_id, colorId="11")
    world.sync()
    world.sync(full=True)
    assert colour(world, google_id) == "11"


def test_a_colour_that_did_not_arrive_is_sent_again():
    world, event_id, google_id = coloured()
    world.odoo.people_edit(event_id, color="6")
    world.google.fault = lambda name: "before" if name.startswith("call") else None
    with pytest.raises(RetryLater):
        world.sync()
    world.google.fault = lambda name: None
    world.sync()
    assert colour(world, google_id) == "6"


def test_a_lost_answer_of_an_insert_is_no_reason_to_put_back():
    world = World()
    event_id = world.odoo.people_create("marie", meeting(color="3"))
    lose_the_answer(world)
    (google_id,) = world.google.alive()
    world.google.people_edit(google_id, colorId="11")
    world.sync()
    assert colour(world, google_id) == "11"
    world.odoo.people_edit(event_id, color="6")
    world.sync()
    assert colour(world, google_id) == "6"


def test_an_event_of_google_keeps_its_colour_at_adoption():
    world = World()
    world.odoo.people_create("marie", meeting(color="3"))
    world.google.people_insert("g1", google_body(colorId="9"))
    world.sync()
    assert list(world.google.alive()) == ["g1"]
    assert colour(world, "g1") == "9"


def test_at_adoption_the_calendars_own_colour_gives_way():
    world = World()
    world.odoo.people_create("marie", meeting(color="3"))
    world.google.people_insert("g1", google_body())
    world.sync()
    assert colour(world, "g1") == "3"


def test_another_colour_in_google_does_not_revive_what_odoo_deleted():
    world, event_id, google_id = coloured()
    world.google.people_edit(google_id, colorId="11")
    world.odoo.people_delete(event_id)
    world.sync()
    assert not world.google.alive()
    assert not world.in_odoo()


def test_an_account_that_sends_no_colours_touches_none():
    world = World()
    world.store.silent = frozenset({"color"})
    event_id = world.odoo.people_create("marie", meeting())
    world.google.people_insert("g1", google_body("Autre", colorId="9"))
    world.sync()
    world.odoo.people_edit(event_id, color="6")
    world.sync()
    assert {colour(world, key) for key in world.google.alive()} == {None, "9"}
    link = world.link_of(event_id)
    assert "color" not in link.told


def test_a_base_from_before_knows_no_colour_and_writes_none():
    world, event_id, google_id = coloured("")
    world.google.events[google_id]["colorId"] = "11"
    links = world.odoo.tables.links["marie"]
    (link,) = links.values()
    old = link.base.with_({"color": None, "video": None, "source": None})
    links[link.id] = type(link)(**{**vars(link), "base": old, "told": {}})
    world.odoo.people_edit(event_id, color="3")
    world.sync()
    assert colour(world, google_id) == "11"
    world.odoo.people_edit(event_id, title="Autre")
    world.sync()
    assert colour(world, google_id) == "11"


def test_a_colour_that_google_had_by_itself_is_not_ours_to_clear():
    """Pulled with the type that it stands for, or equal at adoption."""
    world = World()
    world.google.people_insert("g1", google_body("Pris", colorId="9"))
    world.odoo.people_create("marie", meeting("Adopté", color="3"))
    world.google.people_insert("g2", google_body("Adopté", colorId="3"))
    world.sync()
    for event_id in world.in_odoo():
        world.odoo.people_edit(event_id, color="")
    world.sync()
    assert (colour(world, "g1"), colour(world, "g2")) == ("9", "3")
    for event_id in world.in_odoo():
        world.odoo.people_edit(event_id, color="6")
    world.sync()
    assert (colour(world, "g1"), colour(world, "g2")) == ("6", "6")
    for event_id in world.in_odoo():
        world.odoo.people_edit(event_id, color="")
    world.sync()
    assert (colour(world, "g1"), colour(world, "g2")) == (None, None)


def test_a_label_on_an_event_without_type_is_not_overwritten():
    world, event_id, google_id = coloured("")
    world.google.people_edit(google_id, eventLabelId="mine")
    world.sync()
    world.odoo.people_edit(event_id, color="3")
    world.sync()
    assert colour(world, google_id) is None
