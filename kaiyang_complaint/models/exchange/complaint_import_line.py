from odoo import api, fields, models
from odoo.fields import NO_ACCESS


class ComplaintImportLine(models.Model):
    """What became of one row of an imported file; until it is taken, what it will be taken as."""

    _name = "complaint.import.line"
    _description = "Row of an Imported File"
    _order = "import_id desc, row"
    _rec_name = "external_ref"

    import_id = fields.Many2one("complaint.import", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id", store=True)
    row = fields.Integer(required=True, help="Number of the row in the file.", aggregator=None)
    external_ref = fields.Char(string="Number on the Website")
    result = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("taken", "Taken"),
            ("skipped", "Skipped"),
            ("wrong", "Wrong"),
            ("left", "Not Chosen"),
            ("undone", "Undone"),
        ],
        required=True,
    )
    reason = fields.Char(string="Remark")
    differs = fields.Boolean(
        string="Other Text", help="The number is taken already, but for another text."
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Complaint", index="btree_not_null", ondelete="set null"
    )
    values = fields.Json(
        groups=NO_ACCESS, help="The complaint to be; empty as soon as the row was dealt with."
    )

    fingerprint = fields.Char(
        groups=NO_ACCESS, help="Of the draft as it was imported; by it work done is noticed."
    )

    _by_import = models.Index("(import_id, result, row)")

    def _settle(self, result, reason=False):
        """Record what became of rows, and keep nothing else of them."""
        self.write({"result": result, "reason": reason, "values": False})

    @api.model
    def _forget(self, tickets):
        """Keep nothing of the rows that complaints came from, or would come from once more (四.2).

        An uploaded file that holds one of them and was not imported yet is deleted: it can be
        uploaded again.
        """
        for room, refused in tickets.sudo().grouped("team_id").items():
            refs = set(refused.mapped("external_ref")) - {False}
            lines = self.sudo().search(
                [("import_id.team_id", "=", room.id), ("external_ref", "in", list(refs))]
            )
            lines |= self.sudo().search([("ticket_id", "in", refused.ids)])
            lines.filtered(lambda line: line.result == "waiting").result = "skipped"
            lines.write({"external_ref": False, "reason": False, "values": False})
            self.env["complaint.import"].sudo()._drop_files_with(room, refs)

    def action_open_complaint(self):
        """Open the complaint that the row became."""
        self.ensure_one()
        return self.ticket_id.get_formview_action()
