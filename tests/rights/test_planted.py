"""Words of an account, planted on both sides, and looked for in every answer.

The tables of this room say who reads which field; here the content counts: whatever is
asked of whatever model, the word is in no answer but of those whom it is for.
"""

from odoo import Command
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.agenda.event_link import BY_ODOO
from .case import MANAGE, OWNER, ROLES, RightsCase

#: In private events, in contacts that others may not see, in what Google has.
PRIVATE = "Zqwx"
#: In what managers know of an account: its colleagues, its rules.
MANAGED = "Kvyj"
#: Never planted: what finds it tells nothing.
NOWHERE = "Jbqz"
MEANT_FOR = {PRIVATE: OWNER, MANAGED: MANAGE}

_REFUSED = (AccessError, MissingError, UserError, ValueError, NotImplementedError)
#: Odoo's, which ours lead to, or which lead to ours.
_ODOO = ("calendar.event", "calendar.attendee", "res.partner", "res.users")
_PREFIX = "google.sync."
_TEXT = ("char", "text", "html", "json")


@tagged("post_install", "-at_install")
class TestPlanted(RightsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        #: By model and path, whether it can be searched.
        cls.searchable = {}
        export = cls.env.ref("base.group_allow_export")
        for role in ROLES[:7]:
            cls.users[role].sudo().group_ids += export
        cls.names = [
            name
            for name, model in cls.env.items()
            if not model._abstract and (name.startswith(_PREFIX) or name in _ODOO)
        ]

    # -- what is planted -------------------------------------------------------

    def make_records(self):
        self.plant_contacts()
        self.plant_events()
        self.plant_options()
        self.plant_pages()
        return {}

    def plant_contacts(self):
        """One of a company that only Ada works for too, one to choose for in Google."""
        far = self.env["res.company"].create({"name": "Far"})
        self.ada.company_ids += far
        far_one = {"name": f"{PRIVATE} A", "email": f"{PRIVATE}@a.example"}
        partners = self.env["res.partner"].create(
            [
                {**far_one, "company_id": far.id},
                {"name": "Twice", "email": "twice@a.example"},
            ]
        )
        book = self.world.person("ada@gmail.com").contacts
        for number in range(2):
            book.insert(
                {
                    "names": [{"givenName": f"{PRIVATE}{number}"}],
                    "emailAddresses": [{"value": "twice@a.example"}],
                    "phoneNumbers": [{"value": f"+33 1 {PRIVATE}"}],
                }
            )
        both = {"allowed_company_ids": self.ada.company_ids.ids}
        partners.with_user(self.ada).with_context(**both).action_google_sync_choose()

    def plant_events(self):
        """Private ones: in step, in question, deleted, refused, told of before."""
        self.account.conflict_policy = "ask"
        self.account.confirm_deletions = True
        values = {"privacy": "private", "location": PRIVATE, "description": PRIVATE}
        names = ("step", "question", "deleted", "gone", "later")
        events = {
            name: self.event(f"{PRIVATE} {name}", days, **values)
            for days, name in enumerate(names)
        }
        events["later"].with_user(self.ada).privacy = False
        self.account.run_sync()
        asked = self.link_of(events["question"]).google_id
        events["question"].with_user(self.ada).name = f"{PRIVATE} here"
        self.person.patch(asked, {"summary": f"{PRIVATE} there"})
        self.person.delete(self.link_of(events["gone"]).google_id)
        events["deleted"].with_user(self.ada).unlink()
        self.google_event(f"{PRIVATE} Google", 6, visibility="private")
        self.account.run_sync()
        events["later"].with_user(self.ada).privacy = "private"
        self.link_of(events["step"]).write({"problem": BY_ODOO, "said": PRIVATE})

    def plant_options(self):
        account_id = self.account.id
        rule = {"name": MANAGED, "domain": f"[('name', '=', '{MANAGED}')]"}
        rules = self.env["google.sync.contact.rule"].with_user(self.ada)
        rules.create({"account_id": account_id, **rule})
        zoe = self.make_user("zoe", name=f"{MANAGED} Zoe")
        self.account.delegate_ids = [Command.create({"user_id": zoe.id})]

    def plant_pages(self):
        """The dialogues that Ada left open."""
        mine = self.env(user=self.ada)
        mine["google.sync.first.day"].create({"account_id": self.account.id})
        mine["google.sync.reset"].create(
            {"account_id": self.account.id, "what": "account"}
        )
        plan = self.account.run_sync(mode="preview")
        assistant = mine["google.sync.assistant"].create({})
        self.env["google.sync.assistant.line"].create(
            [
                {"assistant_id": assistant.id, "line_id": line.id}
                for line in plan.sudo().line_ids
            ]
        )

    # -- asking ----------------------------------------------------------------

    def open_fields(self, model):
        """Those that this user may read: of ours all, of Odoo's what is added here."""
        ours = model._name.startswith(_PREFIX)
        return [
            name
            for name, field in model._fields.items()
            if (ours or "google_sync" in field._modules or name == "display_name")
            and field.type != "binary"
            and model._has_field_access(field, "read")
        ]

    def spec(self, model, deep=True):
        """All fields, and those of what they lead to."""
        spec = {}
        for name in self.open_fields(model):
            comodel = model._fields[name].comodel_name
            lower = deep and comodel in self.names
            spec[name] = (
                {"fields": self.spec(model.env[comodel], deep=False)} if lower else {}
            )
        return spec

    @staticmethod
    def answer(call, *args, **kwargs):
        """What comes back; None for a refusal."""
        try:
            return call(*args, **kwargs)
        except _REFUSED:
            return None

    def answers(self, model):
        """(door, what comes back): of all fields, of each where all are refused."""
        spec = self.spec(model)
        for door in (self.shown, self.listed, self.exported):
            at_once = self.answer(door, model, spec)
            yield door.__name__, at_once
            if at_once is None:
                for name, wanted in spec.items():
                    found = self.answer(door, model, {name: wanted})
                    yield f"{door.__name__} {name}", found
        if model._name.startswith(_PREFIX):
            for one in self.not_found(model):
                yield f"read {one.id}", self.answer(one.read, list(spec))
                yield f"web_read {one.id}", self.answer(one.web_read, spec)
        for name in filter(lambda name: self.has_words(model, name), spec):
            for by, what in (([name], ["__count"]), ([], [f"{name}:array_agg"])):
                found = self.answer(model.formatted_read_group, [], by, what)
                yield f"group {by} {what}", found
        for word in MEANT_FOR:
            yield f"name_search {word}", self.answer(model.name_search, word)

    def not_found(self, model):
        """Those that no search shows, tried by their number."""
        every = model.with_context(active_test=False)
        found = self.answer(every.search, []) or model
        return model.browse((every.sudo().search([]) - found.sudo()).ids)

    @staticmethod
    def shown(model, spec):
        return model.web_search_read([], spec)

    @staticmethod
    def listed(model, spec):
        return model.search_read([], list(spec))

    @staticmethod
    def exported(model, spec):
        names = [".id" if name == "id" else name for name in spec]
        return model.search([]).export_data(names)["datas"]

    @staticmethod
    def has_words(model, name):
        """Words of its own, or the names of what it leads to."""
        field = model._fields[name]
        return field.relational or field.type in _TEXT

    def searches(self, model):
        """(path, word) of those that find something, and not just anything."""
        every = model.with_context(active_test=False)
        if not self.answer(every.search_count, []):
            # Where all of it is nothing or refused, so is a part.
            return
        asked = [(path, word) for path in self.paths(model) for word in MEANT_FOR]
        for path, word in self.finding(model, asked):
            if not self.finds(model, [(path, NOWHERE)]):
                yield path, word

    def paths(self, model):
        """What may be searched by words, here and one step further.

        Without what cannot be searched at all, whoever asks.
        """
        for path in self.possible_paths(model):
            known = self.searchable.setdefault(model._name, {})
            if path not in known:
                asked = [(path, NOWHERE)]
                known[path] = self.finds(model.sudo(), asked) is not None
            if known[path]:
                yield path

    def possible_paths(self, model):
        for name in filter(lambda name: self.has_words(model, name), self.spec(model)):
            yield name
            comodel = model._fields[name].comodel_name
            if comodel in self.names:
                there = self.env[comodel]._fields.items()
                yield from (f"{name}.{x}" for x, y in there if y.type in _TEXT)

    def finding(self, model, asked):
        """Those of `asked` that find something; by halves, as most find nothing."""
        found = self.finds(model, asked) if asked else 0
        if len(asked) == 1 and found:
            yield asked[0]
        elif len(asked) > 1 and found != 0:
            half = len(asked) // 2
            yield from self.finding(model, asked[:half])
            yield from self.finding(model, asked[half:])

    def finds(self, model, asked):
        """Whether one of them finds something; None: one of them is refused."""
        one_of = Domain.OR(Domain(path, "like", word) for path, word in asked)
        return self.answer(model.search_count, one_of, limit=1)

    def told(self, model):
        """(door, word) of the words that this user is told of."""
        for door, said in self.answers(model):
            for word in MEANT_FOR:
                if word in str(said):
                    yield door, word
        # Of Odoo's own models Odoo says what may be searched.
        if model._name.startswith(_PREFIX):
            yield from self.searches(model)

    @mute_logger(
        *("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"),
        *("odoo.models", "odoo.sql_db"),
    )
    def test_a_word_is_in_no_answer_but_of_those_whom_it_is_for(self):
        wrong, found = [], set()
        for role in ROLES:
            for name in self.names:
                self.env.invalidate_all()
                model = self.env[name].with_user(self.users[role]).sudo(False)
                for door, word in self.told(model):
                    found |= {(name, word)} if role == "owner" else set()
                    # A colleague's name is everybody's, among Odoo's users.
                    open_to_all = word == MANAGED and name in _ODOO
                    if role not in MEANT_FOR[word] and not open_to_all:
                        wrong.append(f"{role} {name} {door}: {word}")
        self.assertFalse(wrong, "\n".join(wrong))
        # The owner was told: nothing was looked for in vain.
        for name in ("run.line", "decision", "decision.field", "decision.contact"):
            self.assertIn((_PREFIX + name, PRIVATE), found)
        for name in ("contact.link", "event.link", "assistant.line"):
            self.assertIn((_PREFIX + name, PRIVATE), found)
        for name in ("account", "delegate", "contact.rule"):
            self.assertIn((_PREFIX + name, MANAGED), found)
