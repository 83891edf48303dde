from collections import defaultdict

from odoo import api, models
from odoo.addons.mail.tools.parser import parse_res_ids
from odoo.exceptions import MissingError, UserError
from odoo.fields import Domain

from ...tools.pointers import POINTERS, TICKET, is_of_desk


class Base(models.AbstractModel):
    """Who may not read a record of the desk reaches it by no other record (四.6, 七.5).

    Odoo computes names, subjects and texts of what a form names by model and id as superuser, and
    lets people move what is theirs onto records they may not read. It decides who may read by
    reading as superuser, and leaves in the cache what it read. Records of other models, and
    tickets of other teams, are not looked at.
    """

    _inherit = "base"

    @api.model
    def _search_display_name(self, operator, value):
        """Find nothing by a name where the desk's records have none: Odoo finds them all."""
        has_names = self._rec_names_search or self._rec_name
        if has_names or not self._name.startswith("complaint."):
            return super()._search_display_name(operator, value)
        matches = operator.endswith("like") and not value
        return Domain(matches != (operator in Domain.NEGATIVE_OPERATORS))

    # --- a refusal leaves nothing behind ----------------------------------------------------------

    def _check_access(self, operation):
        """Decide as ever, and forget what was read of the desk's records to refuse them."""
        refused = super()._check_access(operation)
        if refused and is_of_desk(self._name) and any(refused[0]._ids):
            self._forget_refused(refused[0], operation)
        return refused

    def _forget_refused(self, refused, operation):
        """Drop refused records from the cache, and those through which the rules decided.

        What may be read, if not changed, stays; so do tickets of other teams.
        """
        if operation != "read":
            refused.has_access("read")
            return
        refused, passed = refused.sudo().with_context(active_test=False), []
        # Who has no right to the model at all was refused before any rule was read.
        if self.env["ir.model.access"].check(self._name, operation, raise_exception=False):
            refused = refused.filtered("is_complaint") if self._name == TICKET else refused
            domain = Domain(self.env["ir.rule"]._compute_domain(self._name, operation))
            passed = refused._read_on_the_way(domain)
        for records in [refused, *passed]:
            records._drop_from_cache()

    def _read_on_the_way(self, domain):
        """Return the desk's records that a domain leads through, as record sets."""
        found = []
        for condition in domain.iter_conditions():
            name, _dot, rest = condition.field_expr.partition(".")
            field = self._fields.get(name)
            if not (field and field.relational):
                continue
            reached = self.mapped(name)
            nested = Domain(rest, condition.operator, condition.value) if rest else condition.value
            if is_of_desk(reached._name):
                found.append(reached)
            if isinstance(nested, Domain):
                found += reached._read_on_the_way(nested)
        return found

    def _drop_from_cache(self):
        """Drop the records from the cache.

        Unlike ``invalidate_recordset`` this leaves alone what forms hold in lists of them.
        """
        self.flush_recordset()
        for field in self._fields.values():
            field._invalidate_cache(self.env, self._ids)

    # --- what names a record by model and id ------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Create records that name nothing of the desk that the user may not read.

        Who may post there is decided by the models themselves.

        :raise AccessError: where they do
        """
        records = super().create(vals_list)
        # Checked once the values are there: computations and defaults of the caller name records as
        # well.
        if self._name in POINTERS and not self.env.su:
            self._assert_allowed(records._named(), "read")
        return records

    def write(self, vals):
        """Let records name nothing of the desk to which the user may not add.

        :raise AccessError: where they do
        """
        result = super().write(vals)
        if self._name in POINTERS and not self.env.su:
            # Dialogs only show what they name; whatever is written for good takes the right to post
            # there.
            named = self._named(vals.keys())
            self._assert_allowed(named, "read" if self._transient else "post")
        return result

    def _update_cache(self, values, validate=True):
        """Take values in that a form, or a default, gives a record before it is saved.

        :raise AccessError: where they name what the user may not read
        """
        result = super()._update_cache(values, validate=validate)
        if self._name in POINTERS and not self.env.su:
            self._assert_allowed(self._named(), "read")
        return result

    def _named(self, changed=None):
        """Return the ids of the desk's records that the records name, by model.

        :param changed: look only at what these fields name
        """
        named = defaultdict(set)
        for record in self.sudo():
            for pointer in POINTERS.get(self._name, ()):
                if changed is None or pointer.fields & changed:
                    for model, ids in record._named_by(pointer):
                        named[model].update(ids)
        return named

    def _named_by(self, pointer):
        """Yield the desk's models, and the ids there, that a record names by a pair of fields."""
        value, context = self._known_value(pointer.record), self.env.context
        if not pointer.model:
            if value and is_of_desk(value._name):
                yield value._name, value.ids
            return
        models_named = {self._known_value(pointer.model)}
        if pointer.model_record and not self.id:
            models_named.add(self._known_value(pointer.model_record).model)
        if pointer.from_action:
            if not any(models_named):
                models_named.add(context.get("active_model"))
            forced = context.get("composer_force_res_ids")
            value = forced or value or context.get("active_ids") or context.get("active_id")
        for model in filter(is_of_desk, models_named):
            yield model, self._ids_in(value)

    def _known_value(self, name):
        """Return the value of a field as it is, on a new record without computing it too early."""
        field = self._fields[name]
        is_new = self and not self.id
        if is_new and field.compute and self._ids[0] not in field._get_cache(self.env):
            return self._origin[name]
        return self[name]

    def _ids_in(self, value):
        """Return the ids in what a field, or a caller's context, holds: it may be anything."""
        if isinstance(value, int):
            return [value] if value else []
        try:
            return parse_res_ids(value, self.env) or []
        except UserError:  # the form itself refuses it
            return []

    @api.model
    def _assert_allowed(self, named, operation):
        """Refuse what names records of the desk for which the user has not the right.

        :param named: ids by model
        :param operation: ``read``, or ``post`` for what is needed to post to the records
        :raise AccessError: telling nothing of them
        """
        for records, needed in self._hidden_of_desk(named, operation):
            records.check_access(needed)

    @api.model
    def _hidden_of_desk(self, named, operation="read"):
        """Return the records of the desk among some for which the user has not the right.

        :param named: ids by model
        :return: pairs of the records of one model and the operation that is refused
        """
        hidden = []
        for model, ids in named.items():
            if not ids or not is_of_desk(model) or model not in self.env:
                continue
            records = self.env[model].with_context(active_test=False).browse(sorted(ids))
            # Some models let people post who may only read.
            posting = getattr(records, "_mail_post_access", "write")
            needed = posting if operation == "post" else operation
            try:
                refused = records._not_allowed(needed)
            except MissingError:
                refused = records.exists()._not_allowed(needed)
            if refused:
                hidden.append((refused, needed))
        return hidden

    def _not_allowed(self, operation):
        """Return the desk's records for which the user has not the right; none is left cached."""
        ours = self
        if self._name == TICKET:
            ours = self.sudo().filtered("is_complaint").sudo(self.env.su)
        refused = ours - ours._filtered_access(operation)
        if refused:
            refused._forget_refused(refused, operation)
        return refused
