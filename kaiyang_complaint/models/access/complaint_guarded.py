import base64

from odoo import api, fields, models
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.exceptions import UserError

from ...tools.file_names import are_files, clean_name
from ...tools.wording import storable

# Only code can put this object into the context: a caller over RPC can't.
GUARD = object()
# In what the files come that a call brings.
FILES = ("attachments", "scans")


class ComplaintGuarded(models.AbstractModel):
    """A record with facts that only its own procedure writes, whatever door a change comes by.

    Its files belong to it, so that whoever may read the record may open them. A file uploaded into
    a form before it is saved belongs to nobody but its uploader, and follows no rule of the case.
    """

    _name = "complaint.guarded"
    _description = "Record Guarded by its Procedure"
    _inherit = ["complaint.mention"]

    # Field -> value on a new record.
    _procedural = {}

    @api.model_create_multi
    def create(self, vals_list):
        """Let new records start at the beginning of their procedure."""
        if not self._is_guarded():
            for vals in filter(self._starts_procedure, vals_list):
                self._start_procedure(vals)
        records = super().create(vals_list)
        records._bind_files({name for vals in vals_list for name in vals})
        return records

    def write(self, vals):
        """Refuse what only the procedure may write."""
        if not self._is_guarded() and self._in_procedure():
            self._refuse_procedural(vals)
        result = super().write(vals)
        self._bind_files(vals.keys())
        return result

    def unlink(self):
        """Delete records; a caller's word that we are being uninstalled counts for nothing."""
        records = self if self.env.su else self.with_context(**{MODULE_UNINSTALL_FLAG: False})
        return super(ComplaintGuarded, records).unlink()

    def _starts_procedure(self, _vals):
        """Tell whether a new record with these values has a procedure at all."""
        return True

    def _in_procedure(self):
        """Tell whether any of the records has a procedure at all."""
        return True

    def _start_procedure(self, vals):
        """Let a new record start at the beginning, whatever the values or the context ask for."""
        unmoved = self._procedural.items()
        self._refuse_procedural(
            {name: vals[name] for name in vals if (name, vals[name]) not in unmoved}
        )
        vals.update(self._procedural)

    def _refuse_procedural(self, vals):
        """Refuse facts that only the procedure, or a computation, may write.

        :raise UserError: naming them
        """
        forbidden = {name for name in vals if name in self._procedural or self._is_derived(name)}
        if forbidden:
            names = "、".join(
                self._fields[name]._description_string(self.env) for name in sorted(forbidden)
            )
            raise UserError(
                self.env._("%s: set by the procedure. Use the buttons of the form.", names)
            )

    def _is_derived(self, name):
        """Tell a stored field whose value follows from others: the ORM alone would take it."""
        field = self._fields.get(name)
        return bool(field and field.compute and field.store and field.readonly)

    def _said(self, given):
        """Return what somebody said, without the blanks around it; a call may say anything.

        :raise UserError: for what is no text
        """
        if given and not (isinstance(given, str) and storable(given)):
            raise UserError(self.env._("“%s” is no text. Nothing was changed.", given))
        return (given or "").strip()

    def _given(self, values):
        """Return the facts that a call brings; it may bring anything.

        :raise UserError: for what has not the shape of facts, with pairs for files
        """
        if isinstance(values, dict) and all(are_files(values.get(name)) for name in FILES):
            return values
        raise UserError(self.env._("What was sent can't be read. Nothing was changed."))

    def _moment(self, given):
        """Return the moment that a call names, or nothing.

        :raise UserError: for what is none
        """
        try:
            return fields.Datetime.to_datetime(given or None)
        except (TypeError, ValueError) as error:
            message = self.env._("“%s” is no date and time. Nothing was changed.", given)
            raise UserError(message) from error

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

    def _guarded(self):
        """Return the records as their procedure writes them."""
        return self.with_context(complaint_guard=GUARD)

    def _guarded_write(self, vals):
        """Write what only the procedure may write."""
        return self._guarded().write(vals)

    def _is_guarded(self):
        return self.env.context.get("complaint_guard") is GUARD

    def _narrow(self):
        """Take back what people hold who may not read the record any more; processes add to it."""

    def _attach(self, attachments):
        """Keep files with the record and return them.

        :param attachments: pairs of a file name and its bytes in base64
        :raise UserError: naming the file whose content is not base64
        """
        self.ensure_one()
        owner = {"res_model": self._name, "res_id": self.id}
        return self.env["ir.attachment"].create(
            [
                {"name": clean_name(name), "raw": self._decoded(name, content), **owner}
                for name, content in attachments
            ]
        )

    def _decoded(self, name, content):
        content = content.encode() if isinstance(content, str) else content
        try:
            return base64.b64decode(b"".join(content.split()), validate=True)
        except (AttributeError, ValueError) as error:
            message = self.env._("The content of “%s” is not base64.", clean_name(name))
            raise UserError(message) from error

    def _bind_files(self, names):
        """Make the user's files in some fields the records' own, where nobody owns them yet."""
        names = [name for name in names if self._holds_files(name)]
        for record in self if names else ():
            for name in names:
                loose = record.sudo()[name].filtered(
                    lambda file: not file.res_id and file.create_uid.id == self.env.uid
                )
                # The record itself was open to the change: the file comes along with it.
                loose._thawed().write({"res_model": self._name, "res_id": record.id})
                (record.sudo()[name] - loose)._assert_taken()

    def _holds_files(self, name):
        field = self._fields.get(name)
        return bool(field and field.type == "many2many" and field.comodel_name == "ir.attachment")
