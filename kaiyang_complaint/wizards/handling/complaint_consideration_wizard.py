from odoo import api, fields, models


class ComplaintConsiderationWizard(models.TransientModel):
    """Takes down what the room considered with the representative, and accepts the reply."""

    _name = "complaint.consideration.wizard"
    _description = "Joint Consideration of a Reply"
    _inherit = ["complaint.dialog.mixin"]

    slip_ids = fields.Many2many(
        "complaint.slip", "complaint_consideration_slip_rel", required=True, readonly=True
    )
    facts = fields.Text(compute="_compute_answered")
    measures = fields.Text(string="Rectification Measures", compute="_compute_answered")
    took_place = fields.Selection(
        [("yes", "Considered together"), ("no", "Not considered")], required=True, default="yes"
    )
    considered_at = fields.Datetime(default=fields.Datetime.now)
    considered_with = fields.Char(
        compute="_compute_considered_with", store=True, readonly=False, precompute=True
    )
    consideration = fields.Text(string="Joint Consideration")
    no_consideration_reason = fields.Char(string="Not Considered Because")

    @api.model
    def _open(self, slips):
        """Return the action that opens the dialog for slips whose replies are accepted."""
        return self._ask(self.env._("Accept the Reply: Joint Consideration"), slip_ids=slips.ids)

    @api.depends("slip_ids")
    def _compute_considered_with(self):
        for dialog in self:
            people = dialog.slip_ids.representative_id.user_id.sudo()
            dialog.considered_with = "、".join(people.mapped("name"))

    @api.depends("slip_ids")
    def _compute_answered(self):
        for dialog in self:
            replies = dialog.slip_ids._last_reply()
            dialog.facts = "\n".join(replies.mapped("facts"))
            dialog.measures = "\n".join(replies.mapped("measures"))

    def _assert_readable(self):
        self.slip_ids.check_access("read")
        return super()._assert_readable()

    def action_confirm(self):
        """Accept the replies. Their own checks and the user's own rights decide."""
        self.ensure_one()
        if self.took_place == "yes":
            names = ("considered_at", "considered_with", "consideration")
        else:
            names = ("no_consideration_reason",)
        self.slip_ids.action_accept_reply({name: self[name] for name in names})
        return {"type": "ir.actions.act_window_close"}
