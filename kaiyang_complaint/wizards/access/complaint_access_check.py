import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ...models.access.access_log_check import LogCheck
from ...tools import anchor


class ComplaintAccessCheck(models.TransientModel):
    """Asks for an anchor that an auditor kept, and tells whether the access log still fits it."""

    _name = "complaint.access.check"
    _description = "Check of the Access Log against an Anchor"

    anchor_file = fields.Binary(attachment=False)
    file_name = fields.Char()
    is_broken = fields.Boolean(readonly=True)
    result = fields.Text(readonly=True)

    def action_check(self):
        """Check the log of the centre that the anchor is of; show what was found.

        :raise AccessError: for those who may not read the log
        :raise UserError: where the file is no anchor, or of a centre that is not the user's
        """
        self.ensure_one()
        self.env["complaint.access.log"].check_access("read")
        said = self._read()
        company = self.env.companies.filtered(lambda one: one.id == said["centre"])
        if not company:
            raise UserError(
                self.env._("The anchor is of a centre you do not work in: %s.", said["centre_name"])
            )
        check = LogCheck(company, [said]).run()
        good = self.env._(
            "The log is whole: %(rows)s rows, of which the anchor proves the first %(proved)s.",
            rows=check.count,
            proved=said["rows"],
        )
        code = self.env._(
            "Anchor %(number)s, code %(code)s, key %(key)s",
            number=said["number"],
            code=anchor.short(anchor.digest(said)),
            key=anchor.fingerprint(said["public_key"]),
        )
        lines = [*(check.findings or [good]), *check.remarks, code]
        self.write({"is_broken": bool(check.findings), "result": "\n".join(lines)})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check against an Anchor"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _read(self):
        """Return what the uploaded anchor says.

        :raise UserError: where it is none
        """
        try:
            text = base64.b64decode(self.anchor_file or b"").decode()
        except ValueError:
            text = ""
        said = anchor.read(text)
        if not said:
            raise UserError(
                self.env._(
                    "This file is not an anchor of the access log. Choose the downloaded file."
                )
            )
        return said
