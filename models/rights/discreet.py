"""What a link leads to is not asked through it: titles and names are the owner's.

Managers see the links of their companies, but neither every event nor every contact
behind them. Odoo groups and searches along a path without asking who may read its end.
"""

import re
from collections.abc import Set

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.edge import engine_rows

_BY_ID = ("=", "!=", "in", "not in")


class GoogleSyncDiscreet(models.AbstractModel):
    _name = "google.sync.discreet"
    _inherit = "google.sync.polite"
    _description = "Rows whose business records are asked about by their owner alone"

    #: Fields that lead to business records.
    _leads_out = ()

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **options):
        domain = Domain(domain)
        if any(self._asked(x) for x in domain.iter_conditions()):
            domain &= self._of_mine()
        return super()._search(domain, offset, limit, order, **options)

    @api.model
    def _read_group_groupby(self, alias, groupby_spec, query):
        """Every grouping comes by here, one along a path of another model's too."""
        self._keep_to_mine(alias, groupby_spec, query)
        return super()._read_group_groupby(alias, groupby_spec, query)

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        self._keep_to_mine(self._table, aggregate_spec, query)
        return super()._read_group_select(aggregate_spec, query)

    def _keep_to_mine(self, alias, spec, query):
        """`query` about the own account's rows only, when `spec` leads out of them."""
        if self.env.su or not self._leads(spec):
            return
        # The ids of the own account, which everybody may know.
        accounts = engine_rows(self.env, "google.sync.account")
        mine = accounts._search([("user_id", "=", self.env.uid)])
        query.add_where(
            SQL("%s IN %s", SQL.identifier(alias, "account_id"), mine.subselect())
        )

    def _asked(self, condition):
        """More of an event than whether it is this very one.

        Contacts have rules, which hold along a path; private events have none.
        """
        name, _dot, path = condition.field_expr.partition(".")
        field = self._fields.get(name)
        if name not in self._leads_out or field.comodel_name == "res.partner":
            return False
        value = condition.value
        values = value if isinstance(value, list | tuple | Set) else [value]
        by_id = all(isinstance(x, int | None) for x in values)
        return bool(path) or not by_id or condition.operator not in _BY_ID

    def _leads(self, spec):
        """Whether a grouping or an aggregate (`event_id.name:count`) leads there."""
        return re.split(r"[.:]", spec)[0] in self._leads_out

    def _of_mine(self):
        """Everything for the server itself, else the rows of the own account."""
        if self.env.su:
            return Domain.TRUE
        return Domain("account_id.user_id", "=", self.env.uid)
