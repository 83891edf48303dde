import base64

from odoo import api, models
from odoo.exceptions import UserError

from ..tools.file_names import clean_name


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
