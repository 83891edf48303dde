from odoo import api, models


class ComplaintFiles(models.AbstractModel):
    """A record whose files belong to it, so that whoever may read the record may open them.

    A file uploaded into a form before it is saved belongs to nobody but its uploader: it stays
    shut to everybody else, and follows no rule of the complaint.
    """

    _name = "complaint.files"
    _description = "Record with Files"

    @api.model_create_multi
    def create(self, vals_list):
        """Take charge of the files that come with new records."""
        records = super().create(vals_list)
        records._bind_files({name for vals in vals_list for name in vals})
        return records

    def write(self, vals):
        """Take charge of the files that are added."""
        result = super().write(vals)
        self._bind_files(vals.keys())
        return result

    def _bind_files(self, names):
        """Make the user's files in some fields the records' own, where nobody owns them yet."""
        names = [name for name in names if self._holds_files(name)]
        for record in self if names else ():
            for name in names:
                loose = record.sudo()[name].filtered(
                    lambda file: not file.res_id and file.create_uid.id == self.env.uid
                )
                loose.write({"res_model": self._name, "res_id": record.id})

    def _holds_files(self, name):
        field = self._fields.get(name)
        return bool(field and field.type == "many2many" and field.comodel_name == "ir.attachment")
