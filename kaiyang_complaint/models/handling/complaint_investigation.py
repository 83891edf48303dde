from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext

from ...tools import flow
from ..access.clean_input import clean_text
from ..case.helpdesk_ticket import CurrentRound

# While an inquiry may begin, or be taken up again.
INQUIRED = flow.RUNNING - {"fed_back"}


class ComplaintInvestigation(models.Model):
    """What an inquiry found: both sides' facts, mediation, joint assessment (四.4, 五(一)1).

    Beside slips it records what came out; where no slip may go it is the handling itself.
    """

    _name = "complaint.investigation"
    _description = "Investigation"
    _inherit = ["complaint.case.part.mixin", "complaint.signer.mixin"]
    _signers = ("concluded_by_id",)
    _order = "id desc"
    _rec_names_search = ["ticket_id.number", "ticket_id.name"]
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "created_at": False,
        "concluded_at": False,
        "concluded_by_id": False,
        "reopen_reason": False,
    }

    state = fields.Selection(
        [
            ("draft", "Under Way"),
            ("concluded", "Concluded"),
        ],
        required=True,
        readonly=True,
        default="draft",
    )
    created_at = fields.Datetime(
        string="Begun At", readonly=True, copy=False, default=fields.Datetime.now
    )
    complainant_facts = fields.Text(
        string="Complainant's Side",
        compute="_compute_sides",
        store=True,
        readonly=False,
        precompute=True,
    )
    respondent_facts = fields.Text(
        string="Respondents' Side",
        compute="_compute_sides",
        store=True,
        readonly=False,
        precompute=True,
    )
    evidence = fields.Text(
        string="Evidence and Other Findings", help="Footage, records, witnesses, what was seen."
    )
    mediation = fields.Selection(
        [
            ("settled", "Tried: settled"),
            ("not_settled", "Tried: not settled"),
            ("declined_complainant", "Offered: the complainant declined"),
            ("declined_respondents", "Offered: those complained about declined"),
            ("not_tried", "Not tried"),
        ],
        help="Mediation goes together with investigation (四.4).",
    )
    mediation_note = fields.Text(
        string="Mediation Details", help="How it went, or why it was not tried."
    )
    opinion_ids = fields.One2many(
        "complaint.investigation.opinion", "investigation_id", string="Joint Assessment"
    )
    conclusion = fields.Selection(
        [("upheld", "Upheld"), ("partly", "Partly upheld"), ("not_upheld", "Not upheld")]
    )
    cause = fields.Text(help="Cause.")
    responsibility = fields.Selection(
        [
            ("staff", "Staff member"),
            ("unit", "Unit"),
            ("other", "Others"),
            ("none", "No Responsibility"),
        ]
    )
    measures = fields.Text(string="Rectification Measures")
    is_transfer_due = fields.Boolean(
        string="Breach Verified: Transfer to Discipline Inspection",
        help="The handling ends with the transfer letter (七.5).",
    )
    concluded_at = fields.Datetime(readonly=True, copy=False)
    concluded_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    reopen_reason = fields.Text(string="Reopened Because", readonly=True, copy=False)
    is_outside_matter = fields.Boolean(related="ticket_id.is_outside_matter")

    _one_under_way = models.UniqueIndex(
        "(ticket_id) WHERE state = 'draft'",
        "An investigation of this complaint is under way already.",
    )

    @api.depends("ticket_id")
    def _compute_display_name(self):
        for inquiry in self:
            inquiry.display_name = self.env._("Investigation of %s", inquiry.ticket_id.number)

    # The complaint is taken down when the inquiry begins; what it says later changes nothing here.
    @api.depends("ticket_id")
    def _compute_sides(self):
        for inquiry in self:
            ticket = inquiry.ticket_id
            reason = html2plaintext(ticket.description or "")
            inquiry.complainant_facts = inquiry.complainant_facts or reason
            inquiry.respondent_facts = inquiry.respondent_facts or self._unit_replies_text(ticket)

    def _unit_replies_text(self, ticket):
        """Return what the units replied in the present round, each under its name."""
        replies = CurrentRound(ticket).slips().reply_ids
        replies = replies.filtered(lambda reply: reply.state == "accepted")
        return "\n".join(f"{reply.slip_id.unit_id.name}：{reply.facts}" for reply in replies)

    def _slip_state(self):
        """Return in the words of a slip how far the room's own inquiry is."""
        ticket = self.ticket_id
        due = ticket.is_outside_matter or self.is_transfer_due or ticket._owes_transfer()
        referrals = CurrentRound(ticket).referrals().mapped("state")
        return flow.inquiry_answer(self.state, due, referrals)

    # --- guards -----------------------------------------------------------------------------

    @api.model
    def _assert_open_to_inquiry(self, tickets):
        """Refuse an inquiry into what is not accepted, or settled already."""
        for ticket in tickets:
            if ticket.complaint_state not in INQUIRED:
                raise UserError(
                    self.env._(
                        "%s can't be investigated now: that goes from its acceptance until the "
                        "complainant is told the result.",
                        ticket.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Begin investigations of complaints that are accepted and not settled yet.

        :raise UserError: where a complaint is not, or has one under way
        """
        inquiries = super().create(vals_list)
        inquiries._procedure_write({"created_at": fields.Datetime.now()})
        self._assert_open_to_inquiry(inquiries.ticket_id)
        inquiries.ticket_id._advance()
        return inquiries

    def write(self, vals):
        """Change what is under way.

        :raise UserError: afterwards, and for another complaint
        """
        if not self._by_procedure():
            self._assert_draft()
            if any(vals.get("ticket_id", one.ticket_id.id) != one.ticket_id.id for one in self):
                raise UserError(self.env._("An investigation stays with its complaint."))
        return super().write(vals)

    def unlink(self):
        """Delete investigations that were begun by mistake; the complaint can be forwarded again.

        :raise UserError: once they are concluded
        """
        tickets = self.ticket_id
        result = super().unlink()
        tickets.exists()._advance()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_draft()

    def _assert_draft(self):
        """Refuse changes of what is concluded, and of a case that has ended.

        :raise UserError: naming the way back
        """
        if any(inquiry.state != "draft" for inquiry in self):
            raise UserError(
                self.env._("The investigation is concluded. Ask a complaint manager to reopen it.")
            )
        self.ticket_id._assert_open_for_change()

    # --- acts -------------------------------------------------------------------------------

    def action_conclude(self):
        """Put the result on record and report it to the complaint (四.4).

        :raise UserError: naming what is missing; nothing changes
        """
        self.check_access("write")
        self._assert_draft()
        for inquiry in self:
            missing = inquiry._missing_facts()
            if missing:
                raise UserError(self.env._("The investigation lacks: %s.", "、".join(missing)))
        self._procedure_write(
            {
                "state": "concluded",
                "concluded_at": fields.Datetime.now(),
                "concluded_by_id": self.env.uid,
            }
        )
        self._note(self.env._("The investigation was concluded."))
        # Where the room handles the case itself, or for a unit that declined, its inquiry is the
        # answer, or one of them.
        self.ticket_id._advance()
        self.ticket_id._time_feedback()

    def _missing_facts(self):
        """Name what the regulation asks of an inquiry and is not written down yet.

        What is not about window staff is for another unit to judge: nobody here is the other
        side, or could be mediated with.
        """
        demanded = ["complainant_facts"]
        if self.is_outside_matter:
            # What was found stands in either.
            demanded += [] if (self.respondent_facts or "").strip() else ["evidence"]
        else:
            demanded += ["respondent_facts", "mediation", "mediation_note"]
            demanded += ["conclusion", "responsibility"]
        # Where nothing was upheld there is nothing to mend.
        if self.conclusion in ("upheld", "partly"):
            demanded.append("measures")
        return [
            self._fields[name]._description_string(self.env)
            for name in demanded
            if not (self[name] or "").strip()
        ]

    def action_reopen(self, reason=None):
        """Take concluded investigations up again. Without a reason, ask for it.

        :raise AccessError: for anyone but a manager of the desk
        :raise UserError: where the complainant was told the result, or it is under way
        """
        self.check_access("write")
        if not self.env.user.has_group("kaiyang_complaint.group_complaint_manager"):
            raise AccessError(self.env._("Only a manager of the desk may reopen an investigation."))
        if any(inquiry.state != "concluded" for inquiry in self):
            raise UserError(self.env._("The investigation is under way."))
        self._assert_open_to_inquiry(self.ticket_id)
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_reopen")
        self._procedure_write({"state": "draft", "reopen_reason": reason})
        self._note(self.env._("The investigation was reopened: %s", reason))
        self.ticket_id._advance()
        return True

    def _note(self, text):
        for ticket in self.ticket_id:
            ticket._message_log(body=text)
