import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.codes import TICKET

CODE = re.compile(r"[a-z][a-z0-9_]*")
# The form of a channel that says of none: the sheet that goes around with a text (五(二)3).
GENERAL_FORM = "report_registration_letter"
# What papers say of a channel; without one of these they would have gaps.
ON_PAPER = ("registration_form", "form_title", "dossier_title", "paper_name", "paper_phrase")


class HelpdeskTicketChannel(models.Model):
    """A channel may be one by which complaints come in (一): how, and what it asks of the desk.

    The code of the addon asks these fields, never which channel it is: another one is a record.
    """

    _name = "helpdesk.ticket.channel"
    _inherit = ["complaint.company.mixin", "helpdesk.ticket.channel"]

    complaint_code = fields.Char(
        copy=False,
        help="Complaints come in by this channel (一); menus and other programs name it by this "
        "code. Empty for the channels of other helpdesks.",
    )
    is_visit = fields.Boolean(
        string="In the Hall",
        help="The complainant is in the hall: people are called to the room, and the complaint may "
        "be settled on the spot (五(二)2).",
    )
    is_letter = fields.Boolean(
        string="On Paper",
        help="Two people open it, its pages are counted and scanned; an anonymous one need not "
        "name the staff member (五(一)3).",
    )
    asks_for_recording = fields.Boolean(
        string="Recorded Call",
        help="The announcement is read before the call is recorded, or the reason is given why it "
        "is not (五(一)1). The recording goes into the dossier.",
    )
    asks_for_signature = fields.Boolean(
        string="Signed Record",
        help="The complainant reads the record and signs that it is right (五(一)2). The signed "
        "form goes into the dossier.",
    )
    asks_for_contact = fields.Boolean(
        string="First Contact",
        help="The desk contacts the complainant before it accepts the complaint (五(一)4).",
    )
    asks_for_consideration = fields.Boolean(
        string="Joint Consideration",
        help="Before the room accepts a unit's reply it considers the matter with the chief "
        "representative, or says why not (五(一)1).",
    )
    has_external_ref = fields.Boolean(
        string="Number of Another System",
        help="The complaint has a number where it was made.",
    )
    registration_form = fields.Selection(
        [
            ("report_registration_phone", "Registration Form (Telephone)"),
            ("report_registration_onsite", "Registration Form (On-site)"),
            ("report_registration_letter", "Handling Sheet (Letter or Website)"),
        ],
        compute="_compute_on_paper",
        store=True,
        readonly=False,
        help="The form that is printed for a complaint of this channel, and goes into its dossier.",
    )
    form_title = fields.Char(
        string="Title of the Form", compute="_compute_on_paper", store=True, readonly=False
    )
    dossier_title = fields.Char(
        string="Title in the Dossier",
        compute="_compute_on_paper",
        store=True,
        readonly=False,
        help="How the catalogue of the dossier and the name of the file call the form.",
    )
    paper_name = fields.Char(
        string="Name on Paper",
        compute="_compute_on_paper",
        store=True,
        readonly=False,
        help="The channel in a box of a form.",
    )
    paper_phrase = fields.Char(
        string="Words in Letters",
        compute="_compute_on_paper",
        store=True,
        readonly=False,
        help="How the complaint came in, between its date and what it was about.",
    )

    @api.depends("complaint_code", "name")
    def _compute_on_paper(self):
        """Propose what papers say of a channel; what someone wrote stays."""
        for channel in self:
            named = channel.complaint_code and (channel.paper_name or channel.name)
            titled = named and (channel.form_title or f"{named}投诉处理单")
            proposed = {
                "registration_form": named and GENERAL_FORM,
                "form_title": titled,
                "dossier_title": titled,
                "paper_name": named,
                "paper_phrase": named and f"通过{named}",
            }
            for name, value in proposed.items():
                channel[name] = channel[name] or value

    @api.constrains("complaint_code", "company_id")
    def _check_complaint_code(self):
        for channel in self.filtered("complaint_code"):
            if not CODE.fullmatch(channel.complaint_code):
                raise ValidationError(
                    self.env._(
                        "“%s” is no code of a channel: write small letters of the alphabet, digits "
                        "and underscores, a letter first.",
                        channel.complaint_code,
                    )
                )
            same = [
                ("complaint_code", "=", channel.complaint_code),
                ("company_id", "=", channel.company_id.id),
                ("id", "!=", channel.id),
            ]
            if self.with_context(active_test=False).search_count(same, limit=1):
                raise ValidationError(
                    self.env._("Another channel has the code “%s”.", channel.complaint_code)
                )

    @api.constrains("complaint_code", *ON_PAPER)
    def _check_on_paper(self):
        for channel in self.filtered("complaint_code"):
            lacking = [
                channel._fields[name]._description_string(self.env)
                for name in ON_PAPER
                if not (channel[name] or "").strip()
            ]
            if lacking:
                raise ValidationError(
                    self.env._(
                        "Papers need to know of the channel “%(channel)s”: %(what)s.",
                        channel=channel.name,
                        what="、".join(lacking),
                    )
                )

    def write(self, vals):
        """Change channels, and turn none into one of complaints that is none of the user's own.

        :raise AccessError: for anyone who may not change what the channels are then
        :raise UserError: where complaints came in by a channel that is to be one of others
        """
        if "complaint_code" in vals and not vals["complaint_code"]:
            self._assert_unused()
        result = super().write(vals)
        if "complaint_code" in vals:
            self.check_access("write")
            self._assert_own_centres()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_used(self):
        self._assert_unused()

    def _assert_unused(self):
        """Refuse to take from complaints, and from time limits, the channel that they name.

        :raise UserError: saying what to do instead
        """
        everywhere = self.env(su=True, context={**self.env.context, "active_test": False})
        tickets, limits = everywhere[TICKET], everywhere["complaint.sla.policy"]
        of_complaints = self.filtered("complaint_code").ids
        named = [("channel_id", "in", of_complaints), ("is_complaint", "=", True)]
        if tickets.search_count(named, limit=1):
            raise UserError(
                self.env._("Complaints came in by this channel. Archive it: they keep it then.")
            )
        limit = limits.search([("channel_ids", "in", of_complaints)], limit=1)
        if limit:
            raise UserError(
                self.env._(
                    "The time limit “%s” is for this channel: change that first.", limit.name
                )
            )

    def _of_all_centres(self):
        return super()._of_all_centres().filtered("complaint_code")

    @api.model
    def _by_code(self, code):
        """Return the channel of complaints with a code, none where there is none in use."""
        return self.search([("complaint_code", "=", code)], limit=1)
