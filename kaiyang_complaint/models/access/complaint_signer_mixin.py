from odoo import api, fields, models


class ComplaintSignerMixin(models.AbstractModel):
    """A record whose paper names people as they were called when they signed, or got it.

    Who is renamed later, or leaves an account to someone else, changes no paper that is out.
    """

    _name = "complaint.signer.mixin"
    _description = "Record with Names on its Paper"

    # The fields that hold who signed: users, or representatives.
    _signers = ()

    signer_names = fields.Json(
        string="Names on Paper",
        readonly=True,
        copy=False,
        groups="kaiyang_complaint.group_complaint_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Store the names of the people on new records; callers can't supply them."""
        vals_list = [
            {name: vals[name] for name in vals if name != "signer_names"} for vals in vals_list
        ]
        records = super().create(vals_list)
        records._keep_names(self._signers)
        return records

    def write(self, vals):
        """Keep the names of people as they become part of a record."""
        vals = {name: vals[name] for name in vals if name != "signer_names"}
        result = super().write(vals)
        signed = [name for name in self._signers if name in vals]
        if signed:
            self._keep_names(signed)
        return result

    def _keep_names(self, names):
        """Put down what the people in some fields are called now."""
        for record in self.sudo():
            kept = record.signer_names or {}
            called = {**kept, **{name: record._name_now(name) for name in names}}
            called = {name: text for name, text in called.items() if text}
            if called != kept:
                # Past the guards of the record: they are about what a caller may write.
                models.Model.write(record, {"signer_names": called})

    def _name_now(self, name):
        person = self.sudo()[name]
        if person._name == "complaint.representative":
            person = person.user_id
        return person.name or ""

    def _name_of(self, name):
        """Return what someone on the record was called then; empty where nobody is."""
        kept = self.sudo().signer_names or {}
        return kept.get(name) or self._name_now(name)
