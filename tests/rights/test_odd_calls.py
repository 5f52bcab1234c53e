"""Every public method of ours, called with what makes no sense: a refusal in words.

As RPC calls it, ids included. Whatever is public is in here by itself; nothing that a
client sends may be a fault of the server, and none of it may change anything.
"""

import inspect

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .methods_case import MethodsCase
from .test_methods import EXTENDED

#: For one record: text, fractions, nothing, more than a column holds, no id at all.
IDS = (
    *([], ["abc"], ["1"], [1.5], [True], [0], [None], [-1], [{}], [[1]], ["\0"]),
    *([10**9], [10**20], ["\ud800"], "abc", {"id": 1}, None),
)
#: For an argument; texts are no flags, and True is no number.
ODD = (
    *(-1, 1.5, 10**20, float("nan"), float("inf"), "abc", "\0", "\ud800", "x" * 5000),
    *(["abc"], [10**20], [-1], [{}], [[1]], [None], [True], ["\0"], {"a": 1}, {}),
)
_FOR_ADMINISTRATORS = (
    *("google.sync.setup", "google.sync.invitation", "google.sync.person"),
    "google.sync.workspace",
    *("res.config.settings", "calendar.event.type"),
)


class _Undo(Exception):
    pass


@tagged("post_install", "-at_install")
class TestOddCalls(MethodsCase):
    def methods(self):
        """(model, method, names of its arguments), all that a client may call."""
        for name, model in self.env.items():
            ours = name.startswith("google.sync.") and not model._abstract
            if not (ours or name in EXTENDED):
                continue
            for method in sorted(set(self.public_methods(name))):
                if self.is_odoo_s(model, method):
                    continue
                signature = inspect.signature(getattr(type(model), method))
                yield name, method, list(signature.parameters.values())[1:]

    def is_odoo_s(self, model, method):
        """Extended by us, and answering for itself."""
        ours = "odoo.addons.google_sync."
        return any(
            method in vars(cls) and not cls.__module__.startswith(ours)
            for cls in type(model).mro()
        )

    def model_of(self, name):
        known = self.records.get(name, self.env[name])
        user = self.users["admin" if name in _FOR_ADMINISTRATORS else "owner"]
        return known.with_user(user).sudo(False)

    def state(self):
        """What is stored, in one number a table; dialogues are none of it."""
        self.env.flush_all()
        tables = {
            model._table
            for name, model in self.env.items()
            if model._auto and not model._transient and name.startswith("google.sync.")
        }
        tables |= {"calendar_event", "res_partner", "res_users", "res_company"}
        rows = SQL(" UNION ALL ").join(
            SQL(
                "SELECT %s, sum(hashtext(x::text)) FROM %s x",
                table,
                SQL.identifier(table),
            )
            for table in sorted(tables)
        )
        self.env.cr.execute(rows)
        return dict(self.env.cr.fetchall())

    def trouble(self, record, method, args, kwargs):
        """What is wrong with the answer; None for a refusal, or a harmless answer."""
        try:
            with self.env.cr.savepoint():
                call_kw(record.browse(), method, args, kwargs)
                after = self.state()
                raise _Undo({x for x, n in self.before.items() if after[x] != n})
        except _Undo as undone:
            (changed,) = undone.args
            return changed and f"changed {changed}"
        except UserError as refusal:
            str(refusal).encode()
            # The web client shows any other as a fault, with its traceback.
            known = type(refusal).__module__ == "odoo.exceptions"
            return None if known else f"raises {type(refusal)}"
        except Exception as fault:  # noqa: BLE001 # pylint: disable=broad-except
            return repr(fault)
        finally:
            self.env.invalidate_all()

    def calls(self, record, parameters, model_level):
        """(args, kwargs) of each call, all but one of them as they should be."""
        first = [] if model_level else [record.ids[:1]]
        needed = [self.sense(x.name) for x in parameters if x.default is x.empty]
        if not model_level:
            for ids in IDS:
                yield [ids, *needed], {}
        for parameter in parameters:
            for odd in ODD:
                yield (
                    [
                        *first,
                        *(
                            odd if x is parameter else self.sense(x.name)
                            for x in parameters
                            if x.default is x.empty
                        ),
                    ],
                    {}
                    if parameter.default is parameter.empty
                    else {parameter.name: odd},
                )

    def sense(self, name):
        return {
            "partner_ids": self.ada.partner_id.ids,
            "account_id": self.account.id,
            "decision_ids": self.records["google.sync.decision"].ids,
            "answer": "keep",
        }[name]

    @mute_logger("odoo.addons.google_sync", "odoo.models.unlink")
    def test_whatever_is_called_with_what_makes_no_sense(self):
        self.before = self.state()
        wrong = []
        for name, method, parameters in self.methods():
            record = self.model_of(name)
            model_level = getattr(getattr(record, method), "_api_model", False)
            for args, kwargs in self.calls(record, parameters, model_level):
                if told := self.trouble(record, method, args, kwargs):
                    said = f"{name}.{method}({args!r:.60}, {kwargs!r:.60})"
                    wrong.append(f"{said}: {told:.120}")
        self.assertFalse(wrong, "\n" + "\n".join(wrong))
