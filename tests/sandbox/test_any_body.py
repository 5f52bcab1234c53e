"""Any body of the right shape gets an answer: stored and valid, or refused."""

from conftest import MARIE, Google, slot
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from sandbox.app import App
from sandbox.discovery import document
from sandbox.world import World

SCHEMAS = document("calendar.v3").schemas
TEXTS = st.sampled_from(
    [
        "",
        "x",
        "default",
        "private",
        "confirmed",
        "2030-05-06",
        "2030-05-07",
        "2030-13-01",
        "2030-05-06T10:00:00Z",
        "2030-05-06T12:00:00",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
        "Europe/Paris",
        "GMT+2",
        "marie@example.com",
        "paul@example.com",
        "https://example.com/",
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3",
        "RRULE:FREQ=YEARLY;BYWEEKNO=99",
        "RRULE:FREQ=DAILY;BYMONTHDAY=0",
        "RDATE:20300510T100000Z",
        "EXDATE;VALUE=DATE:20300510",
        "popup",
        "11",
    ]
)


def values(spec):
    """Values of the right type for a schema, sensible or not."""
    if "$ref" in spec:
        spec = SCHEMAS[spec["$ref"]]
    kind = spec.get("type")
    if kind == "array":
        return st.lists(values(spec["items"]), max_size=2)
    if kind == "object" and "properties" in spec:
        optional = {name: values(each) for name, each in spec["properties"].items()}
        return st.fixed_dictionaries({}, optional=optional)
    if kind == "object":
        return st.dictionaries(TEXTS, TEXTS, max_size=2)
    plain = {"boolean": st.booleans(), "integer": st.integers(-1, 50000)}
    return st.one_of(st.none(), plain.get(kind, TEXTS))


# Server fields are ignored anyway; conferences are another schema's business.
FIELDS = {
    name: values(spec)
    for name, spec in SCHEMAS["Event"]["properties"].items()
    if name not in ("conferenceData", "gadget", "id", "iCalUID")
}
SOME_FIELDS = st.lists(st.sampled_from(sorted(FIELDS)), max_size=4).flatmap(
    lambda names: st.fixed_dictionaries({name: FIELDS[name] for name in names})
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(SOME_FIELDS, SOME_FIELDS)
def test_insert_patch_put_and_list_never_break(first, second):
    world = World()
    world.add_client("web", "secret")
    world.add_account(MARIE, "Marie", workspace=True)
    world.add_account("paul@example.com", "Paul")
    google = Google(Client(App(world)), world, MARIE)
    google.insert(id="serie", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    assert google.post(body={**slot(), **first})[0] in (200, 400)
    for event_id in ("serie", "serie_20300507T080000Z"):
        assert google.patch(event_id, second)[0] in (200, 400, 403, 404)
        assert google.put(event_id, {**slot(), **first})[0] in (200, 400, 403, 404)
    assert google.get()[0] == 200
    window = {"timeMin": "2030-05-01T00:00:00Z", "timeMax": "2030-06-01T00:00:00Z"}
    assert google.get(singleEvents="true", **window)[0] == 200
