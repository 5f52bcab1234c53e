"""Laws of the People part under random work and random bodies."""

from conftest import MARIE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people_client import ALL, People
from werkzeug.test import Client

from sandbox.app import App
from sandbox.discovery import document
from sandbox.world import World

SCHEMAS = document("people.v1").schemas
TEXTS = st.sampled_from(
    ["", "x", "Zoé", "愛子", "فاطمة", "+33 6 12 34 56 78", "01 23 45 67 89", "work",
     "CONTACT", "PROFILE", "people/me", "contactGroups/starred", "TEXT_PLAIN", "\u0000",
     "contactGroups/myContacts", "contactGroups/friends", "x" * 1025, "👩‍🚒"]
)  # fmt: skip


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
    plain = {"boolean": st.booleans(), "integer": st.integers(-1, 40)}
    return st.one_of(st.none(), plain.get(kind, TEXTS))


FIELDS = {name: values(spec) for name, spec in SCHEMAS["Person"]["properties"].items()}
BODIES = st.lists(st.sampled_from(sorted(FIELDS)), max_size=4).flatmap(
    lambda names: st.fixed_dictionaries({name: FIELDS[name] for name in names})
)
SETTINGS = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def small_world():
    world = World()
    world.add_client("web", "secret")
    world.add_account(MARIE, "Marie")
    return world, People(Client(App(world)), world, MARIE)


@SETTINGS
@given(BODIES, BODIES)
def test_any_person_gets_an_answer(first, second):
    _world, people = small_world()
    body = {"names": [{"givenName": "A"}], **first}
    status, person = people.call("POST", "people:createContact", body)
    assert status in (200, 400)
    if status != 200:
        person = people.create()
    mask = ",".join(name for name in second if name in ALL) or "urls"
    body = {**second, "etag": person["etag"], "metadata": {}}
    path = f"{person['resourceName']}:updateContact"
    status, after = people.call("PATCH", path, body, updatePersonFields=mask)
    assert status in (200, 400)
    status, _answer = people.batch_update({person["resourceName"]: second}, "names")
    assert status in (200, 400)
    now = people.get(person["resourceName"])
    assert people.list(personFields=ALL)[1]["connections"] == [now]


STEPS = st.one_of(
    st.tuples(st.just("create"), st.integers(0, 9)),
    st.tuples(st.just("update"), st.integers(0, 9)),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("rename"), st.integers(0, 9)),
    st.tuples(st.just("merge"), st.integers(0, 9)),
    st.tuples(st.just("wait"), st.integers(1, 9)),
    st.tuples(st.just("lag"), st.integers(0, 9)),
    st.tuples(st.just("sync"), st.integers(1, 3)),
)


class Mirror:
    """A client that knows only what lists told it."""

    def __init__(self, people):
        self.people = people
        self.token = None
        self.known = {}

    def sync(self, size=100):
        found, self.token = self.people.sync(self.token, pageSize=size)
        for name, person in found.items():
            metadata = person["metadata"]
            for old in metadata.pop("previousResourceNames", ()):
                self.known.pop(old, None)
            self.known.pop(name, None)
            if not metadata.get("deleted"):
                self.known[name] = person


@SETTINGS
@given(st.lists(STEPS, max_size=14))
def test_who_follows_the_tokens_knows_what_lists_know(steps):
    world, people = small_world()
    world.clock.freeze()
    page, mirror = world.person(MARIE).contacts, Mirror(people)
    for verb, number in steps:
        names = [person["resourceName"] for person in page.list()]
        if verb == "create":
            page.insert({"names": [{"givenName": f"N{number}"}]})
        elif verb == "wait":
            world.clock.advance(number)
        elif verb == "lag":
            world.people_lag = number
        elif verb == "sync":
            mirror.sync(number)
            assert mirror.known == people.sync()[0]
        elif names:
            _act(page, verb, names, number)
    world.people_lag = 0
    mirror.sync()
    assert list(mirror.known) == [p["resourceName"] for p in page.list()]
    for name, person in mirror.known.items():
        assert people.get(name, "names,metadata") == person


def _act(page, verb, names, number):
    name = names[number % len(names)]
    if verb == "update":
        page.edit(name, {"names": [{"givenName": f"U{number}"}]})
    elif verb == "delete":
        page.delete(name)
    elif verb == "rename":
        page.rename(name)
    elif len(names) > 1:
        page.merge(name, names[number % len(names) - 1])
