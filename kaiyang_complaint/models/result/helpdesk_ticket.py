from odoo import api, fields, models

# What makes a complaint one that is upheld.
UPHELD = ("upheld", "partly")
# What the inquiry and the replies call responsible -> whose fault a finding says it is.
FAULTS = {"staff": "staff", "unit": "unit", "other": "other", "none": False}
# And back: what a finding says, in the words of an inquiry.
BLAMES = {"staff": "staff", "window": "unit", "unit": "unit", "other": "other"}
BLAMED = ("staff", "unit")
SENT = ("sent", "answered")


class HelpdeskTicket(models.Model):
    """The findings of a complaint, and what they lead to (七)."""

    _inherit = "helpdesk.ticket"

    finding_ids = fields.One2many("complaint.finding", "ticket_id", string="Findings")
    can_confirm_findings = fields.Boolean(compute="_compute_can_confirm_findings")
    written_report_ids = fields.Many2many(
        "complaint.written.report",
        string="Written Reports",
        compute="_compute_written_report_ids",
        groups="kaiyang_complaint.group_complaint_user",
    )

    # --- findings ---------------------------------------------------------------------------------

    @api.depends("finding_ids.state")
    def _compute_can_confirm_findings(self):
        for ticket in self:
            ticket.can_confirm_findings = "draft" in ticket.finding_ids.mapped("state")

    def _move_to(self, state, **facts):
        """Propose findings once a complaint was looked into, or settled on the spot."""
        result = super()._move_to(state, **facts)
        if state in ("replied", "fed_back"):
            self._propose_findings()
        return result

    def _propose_findings(self):
        """Draft a finding on each respondent that has none; those of a former round stand.

        A draft takes the place of what was overturned.
        """
        found = [
            ticket._proposal(respondent)
            for ticket in self.sudo()
            for respondent in ticket.respondent_ids
            if not ticket.is_outside_matter and not respondent.finding_ids._standing()
        ]
        self.env["complaint.finding"].sudo()._guarded().create(found)

    def _proposal(self, respondent):
        """Return the values of the finding that inquiry and replies suggest on a respondent."""
        said = self._reported(respondent.unit_id)
        upheld = said["verdict"] in UPHELD
        fault = FAULTS.get(said["responsibility"] or "none")
        if fault == "staff" and not respondent.staff_id and not respondent.stated_name:
            fault = "window" if respondent.window_id else "unit"
        last_breach = self._inquiries_concluded().sorted("id")[-1:].is_transfer_due
        return {
            "ticket_id": self.id,
            "respondent_id": respondent.id,
            "conduct_id": len(self.conduct_ids) == 1 and self.conduct_ids.id,
            "facts": said["facts"],
            "conclusion": said["verdict"],
            "responsibility": "main" if upheld and fault else said["verdict"] and "none",
            "liable": upheld and fault,
            "is_breach": upheld and last_breach,
            "replaced_id": respondent.finding_ids.sorted("id")[-1:].id,
        }

    def action_confirm_findings(self):
        """Confirm all findings that wait for it.

        :raise UserError: naming what one of them lacks; nothing changes
        """
        self.check_access("write")
        drafts = self.finding_ids.filtered(lambda finding: finding.state == "draft")
        return drafts.action_confirm()

    # --- what came out ----------------------------------------------------------------------

    def _findings(self):
        """Return what came out of the case: facts, result, measures, responsibility, verdict.

        Inquiry and replies tell facts and measures; what was confirmed on the respondents says
        whether the complaint is upheld, and until then what the inquiry and the replies say.
        """
        self.ensure_one()
        return {**self._reported(), **self._judged()}

    def _reported(self, unit=None):
        """Return what inquiry and replies say; the room's own inquiry counts before the replies.

        :param unit: whose reply counts, where it gave one
        """
        inquiry = self._inquiries_concluded().sorted("id")[-1:]
        replies = self._slips_of_round().reply_ids if self._since() else self.slip_ids.reply_ids
        replies = replies.filtered(lambda reply: reply.state == "accepted").sorted("id")
        own = replies.filtered(lambda reply: unit and reply.slip_id.unit_id == unit)
        replies = own or replies

        def told(name):
            return "\n".join(filter(None, replies.mapped(name)))

        return {
            "facts": told("facts") or inquiry.respondent_facts or "",
            "result": told("result") or inquiry.cause or "",
            "measures": told("measures") or inquiry.measures or "",
            **self._blamed(inquiry, replies),
        }

    def _blamed(self, inquiry, replies):
        """Return who is responsible, and whether the complaint is upheld, as it was reported.

        A unit that takes responsibility, its own or its staff's, upholds it.
        """
        said = replies.mapped("responsibility")
        blamed = next((one for one in BLAMED if one in said), said[:1] and said[0])
        verdict = replies and ("upheld" if blamed in BLAMED else "not_upheld")
        return {
            "responsibility": inquiry.responsibility or blamed or False,
            "verdict": inquiry.conclusion or verdict or False,
        }

    def _judged(self):
        """Return what was confirmed: the strongest conclusion, and whose fault it is.

        A case whose findings were overturned is not upheld; one with drafts only is not judged.
        """
        judged = self.sudo().finding_ids.filtered(lambda one: one.state != "draft")
        if not judged:
            return {}
        standing = judged.filtered(lambda one: one.state == "confirmed")
        verdicts = standing.mapped("conclusion")
        verdict = next((one for one in UPHELD if one in verdicts), "not_upheld")
        faults = [BLAMES.get(one.liable) for one in standing if one.conclusion in UPHELD]
        blame = next((one for one in BLAMES.values() if one in faults), "none")
        return {"verdict": verdict, "responsibility": blame}

    def _is_upheld(self):
        """Tell whether the complaint is upheld: the one place that says so (七)."""
        return self._findings()["verdict"] in UPHELD

    def _counted_against(self, **party):
        """Return the findings that count against a party, such as ``staff_id`` (七.1)."""
        return self.sudo().finding_ids.filtered(
            lambda one: one.is_counted and all(one[name] == value for name, value in party.items())
        )

    def _owes_transfer(self):
        """Tell whether a breach was found that nobody transferred yet (七.5)."""
        breaches = self.sudo().finding_ids.filtered(
            lambda one: one.state == "confirmed" and one.is_breach and one.conclusion in UPHELD
        )
        sent = self.sudo().referral_ids.filtered(
            lambda one: one.kind == "discipline" and one.state in SENT
        )
        return bool(breaches and not sent)

    def _accepted_on(self):
        """Return the day on which the complaint was accepted, where the centre stands (七.3)."""
        accepted_at = self.accepted_at or fields.Datetime.now()
        return self.company_id._complaint_local(accepted_at).date()

    def _letter_facts(self):
        """Add what was found to what letters may be about."""
        facts = super()._letter_facts()
        if self._findings()["facts"]:
            facts.add("findings")
        if self.respondent_ids and self._is_upheld():
            facts.add("upheld")
        return facts

    # --- written reports --------------------------------------------------------------------------

    def _compute_written_report_ids(self):
        reports = self.env["complaint.written.report"]
        reports = reports.search([("finding_ids.ticket_id", "in", self.ids)])
        for ticket in self:
            ticket.written_report_ids = reports.filtered(
                lambda one, ticket=ticket: ticket._origin in one.finding_ids.ticket_id
            )
