from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS
from odoo.tools import hmac


class ComplaintGuidanceLog(models.Model):
    """A count of people referred elsewhere, and where to, without names (四.2).

    It is written once, by the refusal, and never changed.
    """

    _name = "complaint.guidance.log"
    _description = "Guidance to Other Authorities"
    _order = "date desc, id desc"
    _rec_name = "date"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    date = fields.Date(required=True, readonly=True, index=True)
    channel_id = fields.Many2one("helpdesk.ticket.channel", readonly=True, ondelete="restrict")
    authority_id = fields.Many2one(
        "complaint.authority",
        string="Guided To",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )
    user_id = fields.Many2one("res.users", string="Clerk", required=True, readonly=True)
    ref_digest = fields.Char(
        readonly=True,
        index="btree_not_null",
        groups=NO_ACCESS,
        help="Recognises the site's number when it comes again; it can't be read back.",
    )
    phone = fields.Char(related="authority_id.phone")
    address = fields.Char(related="authority_id.address")
    opening_hours = fields.Char(related="authority_id.opening_hours")
    responsibilities = fields.Text(related="authority_id.responsibilities")
    hint = fields.Char(
        compute="_compute_hint", help="Further information for the complainant; not stored."
    )

    @api.depends_context("guidance_hint")
    def _compute_hint(self):
        self.hint = self.env.context.get("guidance_hint")

    @api.depends("date", "authority_id")
    def _compute_display_name(self):
        for entry in self:
            names = filter(None, (str(entry.date or ""), entry.authority_id.name))
            entry.display_name = " ".join(names)

    # --- written once ---------------------------------------------------------------------------

    @api.model
    def _count(self, tickets, authority_id):
        """Count that drafts were turned away, in the name of the user.

        :raise UserError: where the authority is not in the directory of their centre
        """
        authority = self.env["complaint.authority"].browse(authority_id or ()).exists()
        if authority_id and not authority:
            raise UserError(self.env._("This authority is not in the directory any more."))
        authority.check_access("read")
        values = [
            {
                "company_id": ticket.company_id.id,
                "date": ticket.company_id._complaint_today(),
                "channel_id": ticket.channel_id.id,
                "authority_id": authority.id,
                "user_id": self.env.uid,
                "ref_digest": self._digest(ticket.team_id, ticket.external_ref),
            }
            for ticket in tickets
        ]
        return self.sudo().create(values).sudo(self.env.su)

    def _forget_traces(self, drafts):
        """Delete what others hold of the drafts that were turned away; later chapters add to it."""

    def write(self, vals):
        """Refuse every change: the entry records the facts of that day."""
        if vals:
            raise UserError(self.env._("Guidance stays on record as it was given."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Guidance stays on record as it was given."))

    # --- what comes again -----------------------------------------------------------------------

    @api.model
    def _digest(self, room, external_ref):
        """Return a one-way hash of a number of the site."""
        return external_ref and hmac(self.env(su=True), "guidance", (room.id, external_ref))

    @api.model
    def _refused_refs(self, room, external_refs):
        """Return which of the site's numbers a room has refused as out of its scope."""
        digests = {self._digest(room, ref): ref for ref in external_refs if ref}
        found = self.sudo().search_fetch([("ref_digest", "in", list(digests))], ["ref_digest"])
        return {digests[entry.ref_digest] for entry in found}

    # --- what is told ---------------------------------------------------------------------------

    def _open(self, hint=None):
        """Return the action that shows the entries, with the note to print; the drafts are gone."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_guidance_log_action"
        )
        action |= {"target": "main", "context": {"guidance_hint": hint or False}}
        if len(self) == 1:
            form = self.env.ref("kaiyang_complaint.complaint_guidance_log_view_form")
            return {**action, "res_id": self.id, "views": [(form.id, "form")]}
        return {**action, "domain": [("id", "in", self.ids)]}

    def action_print_note(self):
        """Print the note that tells the complainant where to go, with the words said just now."""
        report = self.env.ref("kaiyang_complaint.report_guidance_note")
        entries = self.with_context(active_model=self._name)
        return report.with_env(entries.env).report_action(self, data={"hint": self.hint or ""})
