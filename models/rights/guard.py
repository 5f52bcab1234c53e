"""What a form may name: only records of ours that its reader may read.

Odoo takes what the browser says of a form for the record as it would be (`onchange`,
`default_*`, `web_save`): a foreign id in it would be shown by its name, and by whatever
is computed from it with more rights than the reader's.
"""

from odoo import api, models
from odoo.exceptions import AccessError

from .sense import check_names, check_shape, check_value, is_number

PREFIX = "google.sync."


def check_named(model, values):
    """AccessError when `values` name a record of ours that the user may not read.

    ValidationError, when a field cannot hold what they say.
    """
    if model.env.su:
        return
    check_shape(model.env, values, dict)
    for name, value in values.items():
        field = model._fields.get(name)
        if field is None:
            continue
        check_value(model, name, value)
        if not field.relational or not value:
            continue
        comodel = model.env[field.comodel_name]
        ids, rows = _named(value)
        for row in rows:
            check_named(comodel, row)
        if field.comodel_name == "res.company":
            _check_companies(comodel.browse(ids))
        if field.comodel_name.startswith(PREFIX):
            comodel.browse(ids).check_access("read")


def _check_companies(companies):
    """What a dialogue tells of a company is for who works there."""
    if not companies <= companies.env.user.company_ids:
        raise AccessError(companies.env._("This company is not one of yours."))


def _named(value):
    """(ids, values of lines) in what a form or a caller gives for a relation."""
    if not isinstance(value, list | tuple):
        found = value.get("id") if isinstance(value, dict) else value
        return _numbers([found]), []
    ids, rows = [], []
    for command in value:
        if not isinstance(command, list | tuple):
            ids.append(command)
            continue
        for part in command[1:]:
            if isinstance(part, dict):
                rows.append(part)
            else:
                ids += part if isinstance(part, list | tuple) else [part]
    return _numbers(ids), rows


def _numbers(ids):
    """Real ids: a new line has none, or a word of the browser's."""
    return [x for x in ids if is_number(x)]


class GoogleSyncGuard(models.AbstractModel):
    _name = "google.sync.guard"
    _inherit = "google.sync.polite"
    _description = "Form that names only what its reader may read"

    #: {field: characters}, where they are others than a line or a text holds.
    _longest = {}

    @api.model_create_multi
    def create(self, vals_list):
        check_shape(self.env, vals_list, list, tuple)
        for vals in vals_list:
            self._check_named(vals)
            check_names(self, vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_named(vals)
        check_names(self, vals)
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        """Also what a context brings along."""
        check_shape(self.env, fields, list, tuple)
        for name in fields:
            check_shape(self.env, name, str)
        values = super().default_get(fields)
        self._check_named(values)
        return values

    def onchange(self, values, field_names, fields_spec):
        """Of a saved record, what nobody can edit is as it was saved."""
        check_shape(self.env, values, dict)
        check_shape(self.env, field_names, list, tuple)
        check_shape(self.env, fields_spec, dict)
        check_names(self, fields_spec)
        if self:
            values = {name: x for name, x in values.items() if self._may_change(name)}
            field_names = [name for name in field_names if self._may_change(name)]
        self._check_named(values)
        return super().onchange(values, field_names, fields_spec)

    def _may_change(self, name):
        field = self._fields.get(name)
        return field is not None and not (field.readonly and field.relational)

    def _check_named(self, values):
        """Extended where naming a record takes more than the right to read it."""
        check_named(self, values)
