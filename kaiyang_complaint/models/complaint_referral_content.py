from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import html2plaintext

SUBJECTS = {"outside": "关于转请阅处“%s”有关事项的函", "discipline": "关于移送群众投诉件的函"}
BASES = {
    "outside": "投诉受理工作制度第五条第（二）款第4项“与中心窗口工作人员无关的，根据其反映内容，"
    "由投诉室调查整理，报中心分管领导阅批后，转相关单位（部门）阅处”",
    "discipline": "投诉受理工作制度第七条第5项“违反党纪、政纪，利用职权谋取私利和有关法规，"
    "经查证属实的，将投诉件转请相关的纪委监察部门，按有关法规处理”",
}


class ComplaintReferralContent(models.AbstractModel):
    """What a referral says and takes along: prepared from the complaint, worded by the room."""

    _name = "complaint.referral.content"
    _description = "Content of a Referral"

    authority_id = fields.Many2one(
        "complaint.authority", string="Addressee", check_company=True, ondelete="restrict"
    )
    subject = fields.Char(compute="_compute_wording", store=True, readonly=False, precompute=True)
    basis = fields.Text(
        compute="_compute_wording",
        store=True,
        readonly=False,
        precompute=True,
        help="The clause the letter rests on, as the letter cites it.",
    )
    matter = fields.Text(
        string="What Is Complained Of",
        compute="_compute_texts",
        store=True,
        readonly=False,
        precompute=True,
    )
    summary = fields.Text(
        string="Summary of the Inquiry",
        compute="_compute_texts",
        store=True,
        readonly=False,
        precompute=True,
        help="What the room found out and sorted out itself.",
    )
    names_complainant = fields.Boolean(
        string="The Complainant's Name Goes Along",
        compute="_compute_names_complainant",
        store=True,
        readonly=False,
        precompute=True,
    )
    consent = fields.Char(
        string="Agreed To", help="When and how the complainant agreed that their name goes along."
    )
    enclosure_ids = fields.Many2many(
        "ir.attachment",
        "complaint_referral_enclosure_rel",
        string="Enclosures",
        domain="[('res_model', '=', 'helpdesk.ticket'), ('res_id', '=', ticket_id)]",
        help="Files of the complaint. They go as they are: mind who is named in them.",
    )
    unit_answers_itself = fields.Boolean(
        string="The Unit Answers the Complainant Itself",
        compute="_compute_unit_answers_itself",
        store=True,
        readonly=False,
        precompute=True,
        help="No answer is waited for: once the referral is sent, the complainant is told so.",
    )
    answer_by = fields.Date(string="Answer Asked For By")

    @api.depends("kind", "ticket_id")
    def _compute_wording(self):
        for referral in self:
            ticket, subject = referral.ticket_id, SUBJECTS[referral.kind or "outside"]
            topic = ticket and ticket._scrubbed(ticket.service_item or ticket.name)
            referral.subject = subject % topic if "%s" in subject else subject
            referral.basis = BASES[referral.kind or "outside"]

    @api.depends("ticket_id")
    def _compute_texts(self):
        for referral in self:
            ticket = referral.ticket_id
            referral.matter = ticket and ticket._scrubbed(html2plaintext(ticket.description or ""))
            referral.summary = ticket and ticket._scrubbed(ticket._findings_of_round())

    @api.depends("kind", "ticket_id")
    def _compute_names_complainant(self):
        """Let discipline inspection have the complaint as it came (七.5), others without a name."""
        for referral in self:
            named = referral.ticket_id.complainant_identity == "named"
            referral.names_complainant = named and referral.kind == "discipline"

    @api.depends("kind")
    def _compute_unit_answers_itself(self):
        for referral in self:
            referral.unit_answers_itself = referral.kind == "discipline"

    @api.constrains("enclosure_ids", "ticket_id")
    def _check_enclosures(self):
        for referral in self:
            own = ("helpdesk.ticket", referral.ticket_id.id)
            for file in referral.sudo().enclosure_ids:
                if (file.res_model, file.res_id) != own:
                    raise ValidationError(
                        self.env._("Only files of the complaint itself can be enclosed.")
                    )

    @api.model
    def _open(self, ticket):
        """Return the form of the referral that is due on a complaint.

        One that was refused is the model of the next.

        :raise UserError: where none is due
        """
        kind = ticket.referral_due
        if not kind:
            raise UserError(
                self.env._("Nothing is to be referred: the room concludes its own inquiry first.")
            )
        made = ticket._referrals_of_round().filtered(lambda one: one.kind == kind).sorted("id")
        title = dict(self._fields["kind"]._description_selection(self.env))[kind]
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": made.filtered(lambda one: one.state == "draft")[:1].id,
            "views": [(False, "form")],
            "context": {"default_kind": kind, **made[-1:]._defaults_of_next(ticket)},
        }

    def _defaults_of_next(self, ticket):
        """Return what the next attempt starts with: the complaint, and the content of this one."""
        defaults = {"ticket_id": ticket.id, "answer_by": ticket._due_day()}
        if self:
            names = ("subject", "basis", "matter", "summary", "names_complainant", "consent")
            defaults.update({name: self[name] for name in names})
            defaults["authority_id"] = self.authority_id.id
        return {f"default_{name}": value for name, value in defaults.items()}
