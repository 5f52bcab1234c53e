"""Random edits of contacts on both sides, and the runs between them."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from contacts.world import KEY, ContactWorld
from google_sync.sync.contacts.person import parse_person
from google_sync.sync.contacts.store import ContactState
from google_sync.sync.ports import RetryLater

picks = st.integers(0, 10**6)


fields = st.sampled_from(["name", "emails", "phone", "function", "html", "photo"])


sections = st.sampled_from(
    ["emailAddresses", "phoneNumbers", "biographies", "names", "nicknames"]
)


class Killed(BaseException):
    pass


class Convergence(RuleBasedStateMachine):
    @initialize(page_size=st.sampled_from([1, 3, 100]), lag=st.sampled_from([0, 0, 7]))
    def open(self, page_size, lag):
        self.world = ContactWorld(page_size, lag)
        self.odoo, self.google = self.world.odoo, self.world.google
        self.serial = 0
        self.own: dict[str, set[str]] = {}

    # -- people ----------------------------------------------------------------

    def _next(self):
        self.serial += 1
        self.google.tick()
        return self.serial

    @rule()
    def create_in_odoo(self):
        n = self._next()
        self.odoo.people_create(
            name=f"N {n}", emails=(f"n{n}@x.fr",), html=f"<p>c {n}</p>"
        )

    @rule(pick=picks)
    def create_in_google(self, pick):
        """Somebody else, or the double of one that Odoo will add."""
        n = self._next()
        name = self.google.people_create(
            names=[{"unstructuredName": f"G {n}"}],
            emailAddresses=[
                {"value": f"g{n}@x.fr", "type": "home"},
                {"value": f"own{n}@x.fr", "type": "home"},
            ],
        )
        self.own[name] = {f"own{n}@x.fr"}
        if pick % 2:
            self.odoo.people_create(name=f"O {n}", emails=(f"g{n}@x.fr",))

    def _partner(self, pick):
        ids = sorted(self.odoo.t.partners)
        return ids[pick % len(ids)] if ids else None

    def _contact(self, pick):
        names = sorted(self.google.people)
        return names[pick % len(names)] if names else None

    @rule(pick=picks, name=fields)
    def edit_in_odoo(self, pick, name):
        partner = self._partner(pick)
        if partner is None:
            return
        n = self._next()
        value = {"emails": (f"e{n}@x.fr",), "html": f"<p>h {n}</p>"}.get(name, f"v {n}")
        self.odoo.people_edit(partner, **{name: value})

    @rule(pick=picks, section=sections, add=st.booleans())
    def edit_in_google(self, pick, section, add):
        name = self._contact(pick)
        if name is None:
            return
        n = self._next()
        single = section in ("names", "biographies")
        key = "unstructuredName" if section == "names" else "value"
        entry = {key: f"own{n}@x.fr"}
        kept = [] if single else self.google.people[name].get(section, [])
        if not add and section == "emailAddresses":
            # Changing what may be ours: it is put back, so nothing is asked of it.
            kept = [{**x, "value": f"over{n}@x.fr"} for x in kept[:1]] + kept[1:]
            self.own[name] = set()
            self.google.people_edit(name, emailAddresses=kept)
            return
        self.google.people_edit(name, **{section: [*kept, {**entry}]})
        if section == "emailAddresses":
            self.own.setdefault(name, set()).add(f"own{n}@x.fr")

    @rule(pick=picks)
    def delete_in_google(self, pick):
        if name := self._contact(pick):
            self._next()
            self.own.pop(name, None)
            self.google.people_delete(name)

    @rule(pick=picks)
    def rename_in_google(self, pick):
        if name := self._contact(pick):
            self._next()
            self.own[self.google.people_rename(name)] = self.own.pop(name, set())

    @rule(pick=picks, answer=st.sampled_from(["", "delete"]))
    def take_off(self, pick, answer):
        if partner := self._partner(pick):
            self._next()
            link = self.odoo.link_of(partner)
            if answer and link is not None:
                self.own.pop(link.resource_name, None)
            self.odoo.people_unchoose(partner, answer)

    @rule(pick=picks)
    def put_on(self, pick):
        partner = self._partner(pick)
        link = partner and self.odoo.link_of(partner)
        if link and link.state in (ContactState.OFF, ContactState.GONE):
            self._next()
            self.odoo.people_choose(partner)

    @rule(pick=picks)
    def delete_in_odoo(self, pick):
        if partner := self._partner(pick):
            self._next()
            self.odoo.people_delete(partner)

    @rule()
    def expire_sync_token(self):
        self.google.oldest_token = len(self.google.log)

    @rule(minutes=st.sampled_from([3, 20]))
    def wait(self, minutes):
        self.google.tick(minutes)

    # -- runs ------------------------------------------------------------------

    @rule(seed=st.randoms(use_true_random=False))
    def run_with_faults(self, seed):
        kinds = [None] * 6 + ["before", "after"]
        self.google.fault = lambda name: seed.choice(kinds)
        self.google.tick()
        try:
            for _ in self.world.steps():
                if seed.random() < 0.1:
                    break
        except RetryLater:
            pass
        finally:
            self.google.fault = lambda name: None
            self.odoo.crash()

    @rule(when=st.integers(1, 14))
    def kill_anywhere(self, when):
        """What was not committed is gone, Google keeps its part."""
        left = [when]

        def countdown(_name):
            left[0] -= 1
            if left[0] <= 0:
                raise Killed

        self.google.fault = countdown
        self.google.tick()
        try:
            for _ in self.world.steps():
                countdown("checkpoint")
        except Killed:
            pass
        finally:
            self.google.fault = lambda name: None
            self.odoo.crash()

    @rule()
    def run(self):
        self.world.sync()

    # -- the laws --------------------------------------------------------------

    @precondition(lambda self: hasattr(self, "world"))
    @rule()
    def converges(self):
        self.google.oldest_token = 0
        for _round in range(5):
            self.google.tick(16)
            self.world.sync()
        self._check_pairs()
        self._check_own()
        lines, requests = len(self.odoo.t.lines), self.google.requests
        # Whatever is deferred until lists have settled has been dealt with by now.
        self.world.sync()
        assert len(self.odoo.t.lines) == lines
        assert self.google.requests == requests + self._pages()

    def _pages(self):
        return 1

    def _check_pairs(self):
        waiting = (ContactState.HELD, ContactState.GONE, ContactState.OFF)
        marked: dict[int, list[str]] = {}
        for name, person in self.google.people.items():
            if marker := parse_person(person, KEY).marker:
                marked.setdefault(marker.contact_id, []).append(name)
        assert all(len(names) == 1 for names in marked.values()), marked
        for link in self.odoo.t.links.values():
            if link.state in waiting:
                continue
            assert link.state is ContactState.LINKED, link
            self._check_pair(link)

    def _check_pair(self, link):
        partner = self.odoo.t.partners[link.contact_id]
        assert link.resource_name in self.google.people, (link, self.google.renamed)
        person = self.google.people[link.resource_name]
        mails = [x["value"] for x in person["emailAddresses"]]
        assert set(partner.values.emails) <= set(mails)
        assert len(mails) == len(set(mails))
        assert person["names"] == [{"unstructuredName": partner.values.name}]
        if not link.contested:
            comment = self.world.comment_in_odoo(link.contact_id)
            assert parse_person(person, KEY).comment == comment
        if partner.values.photo:
            sent = self.google.photos[link.resource_name]
            assert sent.endswith(partner.values.photo.encode())

    def _check_own(self):
        """What people put there themselves is there still."""
        for name, mails in self.own.items():
            if name in self.google.people:
                person = self.google.people[name]
                there = {x["value"] for x in person.get("emailAddresses", ())}
                assert mails <= there, name

    def teardown(self):
        if hasattr(self, "world"):
            self.converges()
