from odoo import api, models
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.exceptions import UserError

from .named_records import assert_named_readable
from .record_files import bind_files

# Only code can put this object into the context: a caller over RPC can't.
GUARD = object()


class ComplaintProcedureMixin(models.AbstractModel):
    """A record with facts that only its own procedure writes, whatever door a change comes by.

    Its files belong to it, so that whoever may read the record may open them. A file uploaded into
    a form before it is saved belongs to nobody but its uploader, and follows no rule of the case.

    What names a complaint tells nothing of one that the user may not read, nor of whom another
    centre has at its windows.
    """

    _name = "complaint.procedure.mixin"
    _description = "Workflow-protected Record"
    # Field -> value on a new record.
    _procedural = {}
    # Fields that name complaints, beside those that name one record.
    _names_complaints = ()

    @api.model_create_multi
    def create(self, vals_list):
        """Let new records start at the beginning of their procedure."""
        if not self._by_procedure():
            unmoved = self._procedural.items()
            for vals in filter(self._in_procedure, vals_list):
                # Whatever the values or the context ask for: it starts at the beginning.
                self._refuse_procedural(
                    {name: vals[name] for name in vals if (name, vals[name]) not in unmoved}
                )
                vals.update(self._procedural)
        records = super().create(vals_list)
        names = _file_fields(self, {name for vals in vals_list for name in vals})
        if names:
            bind_files(records, names)
        return records

    def write(self, vals):
        """Refuse what only the procedure may write."""
        # Superuser mode alone opens nothing: only code that says it is the procedure writes these.
        if not self._by_procedure() and self._in_procedure():
            self._refuse_procedural(vals)
        result = super().write(vals)
        names = _file_fields(self, vals)
        if names:
            bind_files(self, names)
        return result

    def _update_cache(self, values, validate=True):
        """Take values in that a form, or a default, gives a record before it is saved.

        :raise AccessError: where they name what the user may not read
        """
        result = super()._update_cache(values, validate=validate)
        assert_named_readable(self, values)
        return result

    def unlink(self):
        """Delete records; a caller's word that we are being uninstalled counts for nothing."""
        records = self if self.env.su else self.with_context(**{MODULE_UNINSTALL_FLAG: False})
        return super(ComplaintProcedureMixin, records).unlink()

    def _in_procedure(self, _vals=None):
        """Return whether any of the records, or a new one with some values, has a procedure."""
        return True

    def _refuse_procedural(self, vals):
        """Refuse facts that only the procedure, or a computation, may write.

        :raise UserError: naming them
        """
        forbidden = {name for name in vals if name in self._procedural or _is_derived(self, name)}
        if forbidden:
            names = "、".join(
                self._fields[name]._description_string(self.env) for name in sorted(forbidden)
            )
            raise UserError(
                self.env._("%s: set by the procedure. Use the buttons of the form.", names)
            )

    def _assert_state(self, *states):
        """Refuse an act on records in another state.

        :raise UserError: naming the record and its state
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state not in states:
                raise UserError(
                    self.env._(
                        "“%(record)s” is “%(state)s”: this can't be done now.",
                        record=record.display_name,
                        state=labels[record.state],
                    )
                )

    def _with_procedure(self):
        """Return the records as their procedure writes them."""
        return self.with_context(complaint_guard=GUARD)

    def _procedure_write(self, vals):
        """Write what only the procedure may write."""
        return self._with_procedure().write(vals)

    def _by_procedure(self):
        return self.env.context.get("complaint_guard") is GUARD


def _is_derived(records, name):
    """Return whether a stored field is computed: the ORM would accept values for it."""
    field = records._fields.get(name)
    return bool(field and field.compute and field.store and field.readonly)


def _file_fields(records, names):
    """Return those of some fields that hold files."""
    fields = {name: records._fields.get(name) for name in names}
    return [
        name
        for name, field in fields.items()
        if field and field.type == "many2many" and field.comodel_name == "ir.attachment"
    ]
