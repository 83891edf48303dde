from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...models.access.access_revocation import AccessRevocation
from ...models.handling.reassignment import Reassignment
from ...tools.codes import SLIP_WITH_UNIT


class ComplaintSlipHandover(models.TransientModel):
    """Hands the open slips of a representative to another of the same unit, in one act."""

    _name = "complaint.slip.handover"
    _description = "Handover of Slips"

    representative_id = fields.Many2one("complaint.representative", required=True, readonly=True)
    unit_id = fields.Many2one(related="representative_id.unit_id")
    candidate_ids = fields.Many2many("complaint.representative", compute="_compute_candidate_ids")
    successor_id = fields.Many2one(
        "complaint.representative",
        string="Who Takes Over",
        compute="_compute_successor_id",
        store=True,
        readonly=False,
        help="Another representative of the unit who is in office. They are notified, and so is "
        "the clerk in charge of each complaint.",
    )
    slip_count = fields.Integer(string="Open Slips", compute="_compute_slip_count")
    ends_office = fields.Boolean(
        string="End the Term Now", help="The representative can't open any slip afterwards."
    )

    @api.depends("representative_id")
    def _compute_candidate_ids(self):
        for dialog in self:
            people = dialog.unit_id.representative_ids._in_office()
            dialog.candidate_ids = people - dialog.representative_id

    @api.depends("representative_id")
    def _compute_successor_id(self):
        for dialog in self:
            dialog.successor_id = dialog.candidate_ids[:1]

    @api.depends("representative_id")
    def _compute_slip_count(self):
        for dialog in self:
            # Slips of restricted complaints are withdrawn: every manager may know of the others.
            dialog.slip_count = len(dialog._slips())

    def _slips(self):
        held = Domain("state", "in", SLIP_WITH_UNIT) | Domain("awaits_feedback", "=", True)
        theirs = Domain("representative_id", "=", self.representative_id.id)
        return self.env["complaint.slip"].sudo().search(held & theirs)

    def action_confirm(self):
        """Hand the slips over; those whose complaint is about the successor go to another.

        :raise UserError: where the successor can't take them
        """
        self.ensure_one()
        self.representative_id.check_access("write")
        if self.successor_id not in self.candidate_ids:
            raise UserError(
                self.env._(
                    "Choose who takes over: another representative of %s who is in office. Where "
                    "there is none, name one first.",
                    self.unit_id.name,
                )
            )
        slips = self._slips()
        for slip in slips:
            if self.successor_id.user_id in slip.conflicted_user_ids:
                Reassignment(slip).run()
            else:
                Reassignment(slip).pass_to(self.successor_id)
        AccessRevocation(self.env).close_thread(slips)
        if self.ends_office:
            self.representative_id.active = False
        return {"type": "ir.actions.act_window_close"}
