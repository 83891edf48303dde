import logging

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import html2plaintext, is_html_empty

from ...tools import masking
from ...tools.codes import STAFF_ONLY
from ...tools.contact_numbers import is_identity_number, is_phone
from ...tools.elements import missing_elements
from ...tools.wording import COMPARED, comparable, phone_key, says_nothing
from ..access.clean_input import clean_text
from . import search_fields
from .draft_erasure import DraftErasure
from .element_labels import element_labels
from .intake_checks import IntakeChecks
from .intake_hints import compute_known_caller, compute_window_hints
from .known_identifiers import known_identifiers
from .same_matter import SameMatter
from .similar_complaints import SimilarComplaints

# What may bring in an element, or ends the wait for it.
ANSWERS = frozenset(
    {
        "window_id",
        "service_datetime",
        "service_item",
        "description",
        "staff_waiver",
        "respondent_ids",
        "channel_id",
        "complainant_identity",
        "complaint_state",
    }
)

# The grounds of the regulation, in its words.
INVALID_GROUNDS = {"no_object": "未提供投诉对象和投诉事项", "unreasonable": "无理取闹"}
_logger = logging.getLogger(__name__)


class HelpdeskTicket(models.Model):
    """Registration of a complaint and the fate of a draft (一–三, 五(一))."""

    _inherit = "helpdesk.ticket"

    complainant_gender = fields.Selection(
        [("male", "Male"), ("female", "Female")], string="Gender", groups=STAFF_ONLY
    )
    complainant_phone = fields.Char(string="Telephone", groups=STAFF_ONLY, index="trigram")
    complainant_address = fields.Char(string="Employer or Address", groups=STAFF_ONLY)
    complainant_id_number = fields.Char(string="Identity No.", groups=STAFF_ONLY, index="trigram")
    number_fault = fields.Char(
        string="To Check",
        compute="_compute_number_fault",
        groups=STAFF_ONLY,
        help="Which of the complainant's numbers can't be one as it stands.",
    )
    number_reason = fields.Char(
        string="Number Kept Because",
        copy=False,
        groups=STAFF_ONLY,
        help="E.g. the complainant says so, or it is the number of a passport.",
    )
    complainant_identity = fields.Selection(
        [("named", "Named"), ("anonymous", "Anonymous")],
        string="Identity",
        help="Real names are encouraged; an anonymous complaint is handled all the same (四.5).",
    )
    is_confidential = fields.Boolean(
        string="Asks for Confidentiality",
        help="The complainant asks that their identity be kept from everyone but the room.",
    )
    is_discipline_matter = fields.Boolean(
        string="Breach of Discipline or Integrity",
        help="Restricts the complaint even where no conduct item does.",
    )
    restriction_lifted_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="It was restricted, and opened to the whole room again: the allegation stays.",
    )
    is_restricted = fields.Boolean(
        string="Restricted",
        compute="_compute_is_restricted",
        store=True,
        help="Open to the clerk in charge and the leaders only; no slip goes to the unit.",
    )
    window_id = fields.Many2one(
        "complaint.window", index="btree_not_null", check_company=True, tracking=True
    )
    window_unit_id = fields.Many2one(
        "complaint.window.unit",
        index="btree_not_null",
        check_company=True,
        compute="_compute_window_unit_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    representative_id = fields.Many2one(
        "complaint.representative",
        string="Chief Representative",
        compute="_compute_representative_id",
        help="Who receives the slip: the first representative in office not complained about.",
    )
    conduct_ids = fields.Many2many(
        "helpdesk.ticket.category",
        "complaint_conduct_rel",
        "ticket_id",
        "category_id",
        domain="[('conduct_number', '>', 0)]",
    )
    no_conduct_reason = fields.Char(
        string="No Conduct Item Because",
        copy=False,
        help="Why none of the 14 kinds of conduct (三) fits; asked for at acceptance.",
    )
    aspect_ids = fields.Many2many(
        "complaint.aspect",
        "complaint_aspect_rel",
        "ticket_id",
        "aspect_id",
        string="Aspects",
        compute="_compute_aspect_ids",
        store=True,
        groups=STAFF_ONLY,
        help="What the kinds of conduct are about: a complaint counts once under each (三).",
    )
    service_datetime = fields.Datetime(string="Time of Service")
    service_item = fields.Char(string="Matter")
    service_ref = fields.Char(string="Case No. of the Matter")
    staff_waiver = fields.Selection(
        [
            ("duty", "Window and time identify the duty"),
            ("anonymous_letter", "Anonymous letter"),
        ],
        string="Name Missing Because",
        help="Why the complaint is complete without the name of the staff member.",
    )
    missing_elements = fields.Char(
        compute="_compute_missing_elements",
        store=True,
        help="Codes of the elements that the complaint still lacks.",
    )
    missing_elements_label = fields.Char(
        string="Still Missing", compute="_compute_missing_elements_label"
    )
    received_at = fields.Datetime(help="Time of the call, the visit or the message.")
    received_on = fields.Date(
        compute="_compute_received_on",
        store=True,
        help="Date received in the centre's time zone, used for statistics.",
    )
    receptionist_id = fields.Many2one(
        "res.users",
        string="Received By",
        help="Employee who took the call or received the visitor.",
    )
    announced_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the announcement was read to the caller; recording starts no earlier.",
    )
    recording_ids = fields.Many2many(
        "ir.attachment",
        "complaint_recording_rel",
        "ticket_id",
        "attachment_id",
        copy=False,
        groups=STAFF_ONLY,
    )
    recording_seconds = fields.Integer(string="Length of Recording (s)", copy=False)
    no_recording_reason = fields.Char(string="Not Recorded Because", copy=False)
    visit_place = fields.Char(string="Place of the Visit")
    visitor_count = fields.Integer(string="Number of Visitors", default=1)
    complainant_signature = fields.Binary(
        string="Complainant's Signature",
        attachment=True,
        copy=False,
        groups=STAFF_ONLY,
        help="The complainant read the record and signs that it is right (五(一)2).",
    )
    complainant_signed_at = fields.Datetime(
        string="Signed At", compute="_compute_complainant_signed_at", store=True, copy=False
    )
    signed_form_ids = fields.Many2many(
        "ir.attachment",
        "complaint_signed_form_rel",
        "ticket_id",
        "attachment_id",
        string="Signed Form (scan)",
        copy=False,
        groups=STAFF_ONLY,
    )
    contact_ids = fields.One2many(
        "complaint.contact", "ticket_id", string="Contacts", groups=STAFF_ONLY
    )
    citizen_message_ids = fields.One2many(
        "complaint.citizen.message",
        "ticket_id",
        string="Messages of the Complainant",
        groups=STAFF_ONLY,
    )
    submission_ids = fields.One2many("complaint.submission", "ticket_id", groups=STAFF_ONLY)
    question = fields.Char(
        compute="_compute_question",
        groups=STAFF_ONLY,
        help="What the complainant was asked for and has yet to tell, when, and until when.",
    )
    is_answer_late = fields.Boolean(compute="_compute_question", groups=STAFF_ONLY)
    letter_source = fields.Selection(
        [
            ("box", "Suggestion box of the hall"),
            ("post", "By post"),
            ("handed_in", "Handed in"),
        ],
        string="Received Through",
        copy=False,
    )
    opened_at = fields.Datetime(
        copy=False, help="Time at which the box was emptied and the letter opened (五(一)3)."
    )
    opened_by_ids = fields.Many2many(
        "res.users",
        "complaint_letter_opener_rel",
        "ticket_id",
        "user_id",
        domain=[("share", "=", False)],
        copy=False,
        help="Two people open each letter together.",
    )
    page_count = fields.Integer(string="Pages", copy=False)
    letter_scan_ids = fields.Many2many(
        "ir.attachment",
        "complaint_letter_scan_rel",
        "ticket_id",
        "attachment_id",
        string="Scans of the Letter",
        copy=False,
        groups=STAFF_ONLY,
    )
    invalid_ground = fields.Selection(
        [
            ("no_object", "Neither Respondent nor Matter"),
            ("unreasonable", "Unreasonable Trouble-making"),
            ("other", "Other"),
        ],
        string="Invalid Because",
        readonly=True,
        copy=False,
        tracking=True,
    )

    _by_day = models.Index("(received_on) WHERE received_on IS NOT NULL")
    _page_count_positive = models.Constraint(
        "CHECK (page_count >= 0)", "A letter has no fewer than no pages."
    )
    # The helpdesk's own field, of which it marks ordinary tickets as well.
    duplicate_id = fields.Many2one(
        "helpdesk.ticket",
        index="btree_not_null",
        check_company=True,
        compute="_compute_duplicate_id",
        store=True,
        readonly=False,
        recursive=True,
    )
    may_end_as_duplicate = fields.Boolean(compute="_compute_may_end_as_duplicate")
    reason_text = fields.Text(
        string="Compared Text",
        compute="_compute_reason_text",
        store=True,
        groups=STAFF_ONLY,
        help="Matter and reason without punctuation, for the search of similar complaints.",
    )
    complainant_phone_key = fields.Char(
        string="Digits of the Telephone",
        compute="_compute_complainant_phone_key",
        store=True,
        groups=STAFF_ONLY,
    )
    repeats = fields.Json(
        string="Earlier Complaints",
        compute="_compute_repeats",
        groups=STAFF_ONLY,
        help="Earlier complaints that this one may repeat, each with what speaks for it.",
    )
    repeats_summary = fields.Char(compute="_compute_repeats", groups=STAFF_ONLY)
    window_hints = fields.Json(
        compute=compute_window_hints,
        groups=STAFF_ONLY,
        help="Staff and usual matters of the window, to choose from.",
    )
    known_caller = fields.Json(
        compute=compute_known_caller,
        groups=STAFF_ONLY,
        help="Name and earlier complaints of who calls by this number.",
    )
    # Hold nothing: what the search bar asks for.
    complainant_search = fields.Char(
        string="Name or Telephone of the Complainant",
        search=search_fields.search_complainant,
        store=False,
        groups=STAFF_ONLY,
    )
    respondent_search = fields.Char(
        string="Name of a Respondent",
        search=search_fields.search_respondent,
        store=False,
        groups=STAFF_ONLY,
    )
    reason_search = fields.Char(
        string="Words of the Reason",
        search=search_fields.search_reason,
        store=False,
        groups=STAFF_ONLY,
    )
    common_issue_ids = fields.Many2many(
        "complaint.common.issue",
        "complaint_common_issue_rel",
        "ticket_id",
        "issue_id",
        string="Common Issues",
        copy=False,
        groups="kaiyang_complaint.group_complaint_clerk,kaiyang_complaint.group_complaint_leader,"
        "kaiyang_complaint.group_complaint_director",
    )

    _reason_text_trigrams = models.Index(
        lambda registry: "USING gin (reason_text gin_trgm_ops)" if registry.has_trigram else ""
    )
    _cut_reasons = models.Index(f"(id) WHERE length(reason_text) = {COMPARED}")
    _complainant_names = models.Index(
        search_fields.doubled_trigrams("partner_name", "WHERE is_complaint IS TRUE")
    )
    _matters = models.Index(search_fields.doubled_trigrams("name", "WHERE is_complaint IS TRUE"))
    _restricted = models.Index("(user_id) WHERE is_restricted IS TRUE")
    _by_window = models.Index("(window_id, received_at) WHERE window_id IS NOT NULL")
    _by_complainant = models.Index(
        "(complainant_phone_key, received_at) WHERE complainant_phone_key IS NOT NULL"
    )

    # --- parties ----------------------------------------------------------------------------------

    @api.depends("window_id")
    def _compute_window_unit_id(self):
        for ticket in self:
            ticket.window_unit_id = ticket.window_id.unit_id or ticket.window_unit_id

    @api.depends("window_unit_id.representative_ids.is_in_office", "respondent_ids.staff_id")
    def _compute_representative_id(self):
        for ticket in self:
            unit = ticket.window_unit_id
            staff = ticket.respondent_ids.staff_id
            ticket.representative_id = unit._current_representative(staff) if unit else False

    @api.depends("conduct_ids.aspect_id")
    def _compute_aspect_ids(self):
        for ticket in self:
            ticket.aspect_ids = ticket.conduct_ids.aspect_id

    @api.depends(
        "conduct_ids.is_discipline_matter", "is_discipline_matter", "restriction_lifted_at"
    )
    def _compute_is_restricted(self):
        for ticket in self:
            # An item that is out of use restricts what was filed under it all the same.
            items = ticket.with_context(active_test=False).conduct_ids
            alleged = ticket.is_discipline_matter or any(items.mapped("is_discipline_matter"))
            ticket.is_restricted = alleged and not ticket.restriction_lifted_at

    def _units_complained_about(self):
        """Return the units of the window and of the respondents; the window's comes first."""
        return self.window_unit_id | self.respondent_ids.unit_id

    def _scrubbed(self, text):
        """Return a text without what identifies the complainant or other people of the case."""
        self.ensure_one()
        return masking.scrub(text, known_identifiers(self))

    @api.depends("complainant_phone", "complainant_id_number")
    @api.depends_context("lang")
    def _compute_number_fault(self):
        checks = {"complainant_phone": is_phone, "complainant_id_number": is_identity_number}
        for ticket in self:
            faulty = [
                self._fields[name]._description_string(self.env)
                for name, is_one in checks.items()
                if (ticket[name] or "").strip() and not is_one(ticket[name])
            ]
            ticket.number_fault = "、".join(faulty)

    # --- five elements (二) -----------------------------------------------------------------------

    @api.depends(
        "is_complaint",
        "window_id",
        "service_datetime",
        "service_item",
        "description",
        "staff_waiver",
        "channel_id.is_letter",
        "complainant_identity",
        "respondent_ids.staff_id",
        "respondent_ids.stated_name",
        "is_outside_matter",
    )
    def _compute_missing_elements(self):
        for ticket in self:
            ticket.missing_elements = ticket.is_complaint and ",".join(
                missing_elements(
                    ticket._given_elements(), ticket._effective_waiver(), ticket.is_outside_matter
                )
            )

    @api.depends("missing_elements")
    @api.depends_context("lang")
    def _compute_missing_elements_label(self):
        labels = element_labels(self.env)
        for ticket in self:
            codes = (ticket.missing_elements or "").split(",")
            ticket.missing_elements_label = "、".join(labels[code] for code in codes if code)

    def _given_elements(self):
        """Return the codes of the elements that were given."""
        self.ensure_one()
        given = {
            "staff": any(person.staff_id or person.stated_name for person in self.respondent_ids),
            "window": self.window_id,
            "time": self.service_datetime,
            "matter": (self.service_item or "").strip(),
            "reason": not is_html_empty(self.description),
        }
        return {code for code, value in given.items() if value}

    def _effective_waiver(self):
        """Return the waiver of the name, where its condition holds."""
        self.ensure_one()
        # The waiver stays on record when the letter turns out to be signed, but excuses nothing any
        # more.
        anonymous_letter = self.is_letter and self.complainant_identity == "anonymous"
        if self.staff_waiver == "anonymous_letter" and not anonymous_letter:
            return None
        return self.staff_waiver

    # --- channels (五(一)) ------------------------------------------------------------------------

    @api.depends("received_at", "is_complaint", "company_id.complaint_tz")
    def _compute_received_on(self):
        for ticket in self:
            counted = ticket.is_complaint and ticket.received_at
            company = ticket.company_id
            ticket.received_on = counted and company._complaint_local(ticket.received_at).date()

    @api.model
    def default_get(self, fields):
        """Prepare the form of a channel: the action says which by ``complaint_channel``."""
        defaults = super().default_get(fields)
        code = self.env.context.get("complaint_channel")
        if code:
            room = self.env["helpdesk.ticket.team"]._complaint_room()
            channel = self.env["helpdesk.ticket.channel"]._by_code(code)
            defaults |= self._complaint_defaults(room)
            defaults |= {"team_id": room.id, "channel_id": channel.id, "complaint_state": "draft"}
            defaults |= self._letter_defaults() if channel.is_letter else {}
        return {name: value for name, value in defaults.items() if name in fields}

    @api.depends("complainant_signature")
    def _compute_complainant_signed_at(self):
        for ticket in self:
            signed_at = ticket.complainant_signed_at or fields.Datetime.now()
            ticket.complainant_signed_at = signed_at if ticket.complainant_signature else False

    @api.constrains("channel_id", "team_id")
    def _check_channel(self):
        for ticket in self:
            if ticket.is_complaint and not ticket.channel_code:
                raise ValidationError(
                    self.env._(
                        "Choose how the complaint came in: by one of the channels of complaints."
                    )
                )

    @api.constrains("recording_ids", "signed_form_ids")
    def _check_files(self):
        self.sudo().recording_ids._assert_recordings()
        self.sudo().signed_form_ids._assert_signed()

    @api.constrains("complainant_signature")
    def _check_signature(self):
        for ticket in self.sudo().with_context(bin_size=False):
            self.env["ir.attachment"]._assert_signature(ticket.complainant_signature)

    def action_announce(self):
        """Stamp the moment at which the announcement was read to the caller (五(一)1).

        Nothing happens where it was stamped before: the first stamp stands.
        """
        self.check_access("write")
        self._assert_open_for_change()
        fresh = self.filtered(lambda ticket: not ticket.announced_at)
        fresh._procedure_write({"announced_at": fields.Datetime.now()})

    def _check_intake(self):
        """Refuse acceptance while what the channel and the regulation demand was not recorded.

        :raise UserError: naming what is missing
        """
        for ticket in self:
            IntakeChecks(ticket).run()

    @api.constrains("service_datetime", "complaint_state")
    def _check_service_datetime(self):
        now = fields.Datetime.now()
        for ticket in self:
            # A draft may say what it likes: the website's is not turned away for a slip of the pen.
            accepted = ticket.accepted_at and ticket.complaint_state != "archived"
            if accepted and ticket.service_datetime and ticket.service_datetime > now:
                raise ValidationError(
                    self.env._("The time of service lies in the future: correct it.")
                )

    def _what_keeps_open(self):
        """Ask for the recording of a call, or why there is none (五(一)1)."""
        lacking = super()._what_keeps_open()
        asked = self.asks_for_recording and not self.sudo().recording_ids
        if asked and says_nothing(self.no_recording_reason):
            lacking.append(
                self.env._(
                    "The recording of the call is missing: attach it, or say in “Not Recorded "
                    "Because” why there is none."
                )
            )
        return lacking

    @api.constrains("recording_ids", "recording_seconds")
    def _check_announced(self):
        """Refuse a recording of a call that starts before its announcement (五(一)1)."""
        if self._by_procedure():
            return
        silent = self.sudo().filtered(
            lambda ticket: (
                ticket.is_complaint and ticket.asks_for_recording and not ticket.announced_at
            )
        )
        if any(ticket.recording_ids or ticket.recording_seconds for ticket in silent):
            raise ValidationError(
                self.env._("Read the announcement to the caller before recording starts.")
            )

    # --- questions to the complainant (二) --------------------------------------------------------

    @api.depends("contact_ids.is_waiting")
    @api.depends_context("lang")
    def _compute_question(self):
        for ticket in self:
            asked = ticket.contact_ids.filtered("is_waiting")[:1]
            ticket.question = asked._in_a_line() if asked else False
            ticket.is_answer_late = asked.is_late

    def action_contact(self):
        """Open the dialog in which a contact with the complainant is noted (五(一)4)."""
        return self.env["complaint.contact"]._open(self, "first", self.env._("Note a Contact"))

    def action_ask_missing(self):
        """Open the dialog in which the complainant is asked for what is missing (二).

        :raise UserError: where nothing is missing, or the complaint is no draft any more
        """
        contacts, title = self.env["complaint.contact"], self.env._("Request Missing Information")
        contacts._assert_askable(self)
        return contacts._open(self, "missing", title)

    def write(self, vals):
        """Stop waiting for what comes in with a change."""
        # Afterwards: what is still missing is computed from the new values.
        result = super().write(vals)
        if ANSWERS & vals.keys():
            contacts = self.filtered("is_complaint").sudo().contact_ids
            waiting = contacts.filtered("is_waiting")
            if waiting:
                waiting._settle()
        return result

    # --- letters and the website (五(一)3, 4) -----------------------------------------------------

    def _letter_defaults(self):
        opener = Command.link(self.env.uid)
        return {"opened_at": fields.Datetime.now(), "opened_by_ids": [opener]}

    @api.onchange("complainant_identity", "channel_id")
    def _onchange_anonymous_letter(self):
        """Excuse the name of the staff member in a letter that nobody signed (二)."""
        if self.is_letter and self.complainant_identity == "anonymous":
            self.staff_waiver = self.staff_waiver or "anonymous_letter"
        elif self.staff_waiver == "anonymous_letter":
            self.staff_waiver = False

    # --- out of scope, invalid (四.2, 四.3) -------------------------------------------------------

    def action_refuse_out_of_scope(self, authority_id=None, hint=None):
        """Turn away what the room is not competent for: not registered, not forwarded (四.2, 四.5).

        The drafts are deleted with all they hold; an entry remains that counts and names nobody.
        Without an answer to where the complainant is to go, ask for it.

        :param authority_id: the ``complaint.authority`` in charge, False where none is known
        :param hint: words for the note that is printed now; they are kept nowhere
        :return: the action that opens the dialog, or the entries with the note to print
        :raise AccessError: for anyone who may not change the complaints
        :raise UserError: where a complaint is no draft, or the authority is not in the directory
        """
        self._begin("refuse_out_of_scope")
        if authority_id is None and not hint:
            return self.env["complaint.refusal.wizard"]._open(self)
        # Counted first: afterwards nothing tells channel and month any more.
        entries = self.env["complaint.guidance.log"]._count(self, authority_id)
        entries._forget_traces(self)
        self.env["complaint.guidance.notice"]._leave(self, entries[:1].authority_id)
        DraftErasure(self).run()
        return entries._open(hint)

    def action_delete_draft(self, reason=None):
        """Delete drafts that were begun by mistake. Without a reason, ask for it.

        The access log keeps who deleted what kind of draft when, and why; nothing of its content.

        :raise AccessError: for anyone who may not change the drafts
        :raise UserError: where a complaint is no draft any more: it stays on record
        """
        self.check_access("write")
        self._with_procedure()._unlink_only_drafts()
        reason = clean_text(self.env, reason)
        if says_nothing(reason):
            title = self.env._("Delete the Draft: Give the Reason")
            return self.env["complaint.reason.wizard"]._open(self, "action_delete_draft", title)
        self.env["complaint.access.log"]._log(self, "delete", reason)
        DraftErasure(self).run()
        action = self.env["ir.actions.act_window"]._for_xml_id("kaiyang_complaint.complaint_action")
        return {**action, "target": "main"}

    # --- invalid --------------------------------------------------------------------------------

    def action_mark_invalid(self, reason=None, ground=None):
        """Refuse complaints without a respondent and a matter, or unreasonable ones (四.3).

        No number, no clock. Without a ground and words, ask for them; the first ground needs none.

        :param reason: words that stay on record
        :param ground: a value of ``invalid_ground``; ``other`` where it is left out
        :raise UserError: where the ground contradicts what the complaint names
        """
        self._begin("mark_invalid")
        reason = clean_text(self.env, reason)
        if not reason and ground != "no_object":
            return self.env["complaint.invalid.wizard"]._open(self)
        for ticket in self if ground == "no_object" else ():
            respondents = ticket.respondent_ids or ticket.window_id or ticket.window_unit_id
            if respondents and ticket.service_item:
                raise UserError(
                    self.env._(
                        "%s names whom and what it complains about. Choose another ground, or "
                        "accept it.",
                        ticket.display_name,
                    )
                )
        self._move_to("invalid", end_reason=reason, invalid_ground=ground or "other")
        return True

    def action_reconsider(self, reason=None):
        """Take invalid complaints back as drafts. Without a reason, ask for it.

        :raise UserError: where a complaint is not invalid
        """
        self._begin("reconsider")
        reason = clean_text(self.env, reason)
        if not reason:
            title = self.env._("Reconsider: Why It Is Taken Up Again")
            return self.env["complaint.reason.wizard"]._open(self, "action_reconsider", title)
        self._with_procedure()._move_to("draft", end_reason=False, invalid_ground=False)
        for ticket in self:
            ticket._message_log(
                body=self.env._("Taken up again: %s", reason),
                author_id=self.env.user.partner_id.id,
            )
        return True

    def _invalid_words(self):
        """Return why the complaint is invalid, as papers print it."""
        if self.complaint_state != "invalid":
            return ""
        return "：".join(filter(None, (INVALID_GROUNDS.get(self.invalid_ground), self.end_reason)))

    # --- complaints of one matter -----------------------------------------------------------------

    @api.depends("is_restricted", "duplicate_id.is_restricted")
    def _compute_duplicate_id(self):
        """Remove links to restricted complaints: they would reveal that these exist (七.5)."""
        for ticket in self:
            original = ticket.duplicate_id
            parted = ticket.is_restricted or original.is_restricted
            ticket.duplicate_id = False if parted else original

    @api.depends("complaint_state", "duplicate_id.complaint_state")
    def _compute_may_end_as_duplicate(self):
        for ticket in self:
            ticket.may_end_as_duplicate = (
                ticket.complaint_state == "draft" and not SameMatter(ticket).obstacle_to_ending()
            )

    @api.constrains("duplicate_id")
    def _check_duplicate_of(self):
        for ticket in self.filtered(
            lambda one: (
                one.duplicate_id and (one.is_complaint or one.sudo().duplicate_id.is_complaint)
            )
        ):
            original = ticket.duplicate_id
            if original == ticket or original.duplicate_id or ticket.duplicate_ids:
                raise ValidationError(
                    self.env._(
                        "A duplicate points to the complaint that came first, and that one to no "
                        "other. Link them by “Same Matter”."
                    )
                )
            SameMatter(ticket).assert_linkable(original)

    # --- linking ----------------------------------------------------------------------------

    def action_same_matter(self, other_id):
        """Link this complaint to another of the same matter (五(三)); both then show the other.

        What was linked to this one goes along: all point to the one that came first.

        :raise AccessError: where the user may not change this one or read the other
        :raise UserError: where this one has ended, or either is restricted
        """
        self.ensure_one()
        other = self.browse(other_id)
        other.check_access("read")
        self.check_access("write")
        self._assert_open_for_change()
        SameMatter(self).assert_linkable(other)
        # One level only: whatever is linked points to the complaint that came first.
        first = other.duplicate_id or other
        if first != self:
            moved = self | self.duplicate_ids
            (moved - first)._procedure_write({"duplicate_id": first.id})
            self._message_log(body=self.env._("Same matter as %s.", SameMatter(first).known_as()))
            SameMatter(first).log(self.env._("%s is the same matter.", SameMatter(self).known_as()))
        return True

    def action_not_same_matter(self, other_id):
        """Undo a link: a duplicate leaves the others, or the first one lets a duplicate go.

        :raise AccessError: where the user may not change this complaint
        :raise UserError: where it has ended
        """
        self.ensure_one()
        self.check_access("write")
        self._assert_open_for_change()
        leaving = self if self.duplicate_id else self.duplicate_ids & self.browse(other_id)
        first = leaving.duplicate_id
        leaving._procedure_write({"duplicate_id": False})
        for ticket in leaving:
            SameMatter(first).log(self.env._("%s is unrelated.", SameMatter(ticket).known_as()))
            ticket._message_log(body=self.env._("Unrelated"))
        return True

    # --- ending -----------------------------------------------------------------------------

    def action_end_as_duplicate(self):
        """End drafts by which complainants repeat what is being handled already.

        They are answered by the first complaint. A draft of another person, or of what has ended,
        goes its own way: the regulation owes it an answer (六).

        :raise UserError: saying why a draft is to be handled by itself
        """
        self._begin("mark_invalid")
        for ticket in self:
            obstacle = SameMatter(ticket).obstacle_to_ending()
            if obstacle:
                raise UserError(obstacle)
            first = ticket.duplicate_id
            ticket.action_mark_invalid(self.env._("Duplicate of %s.", first.number))
            first._message_log(
                body=self.env._("The complainant repeated the complaint; the draft was closed.")
            )
        return True

    # --- similar complaints -----------------------------------------------------------------------

    def init(self):
        """Log once, at installation, that similar texts can't be searched."""
        if not self._abstract and not self.env.registry.has_trigram:
            _logger.warning(
                "PostgreSQL lacks the extension pg_trgm: complaints in similar words are not "
                "looked for. Create it in this database and update the module."
            )
        return super().init()

    @api.depends("is_complaint", "service_item", "description")
    def _compute_reason_text(self):
        complaints = self.filtered("is_complaint")
        (self - complaints).reason_text = False
        for ticket in complaints:
            reason = html2plaintext(ticket.description or "", include_references=False)
            ticket.reason_text = comparable(ticket.service_item, reason) or False

    @api.depends("is_complaint", "complainant_phone")
    def _compute_complainant_phone_key(self):
        for ticket in self:
            key = phone_key(ticket.complainant_phone) if ticket.is_complaint else ""
            ticket.complainant_phone_key = key or False

    @api.depends(
        "reason_text",
        "complainant_phone_key",
        "window_id",
        "respondent_ids.staff_id",
        "duplicate_id",
        "duplicate_ids",
        "complaint_state",
        "received_at",
    )
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_repeats(self):
        for ticket in self:
            similar = SimilarComplaints(ticket)
            # Other tickets are not compared, and cost nothing. What was accepted is compared when
            # somebody asks.
            found = {}
            if ticket.is_complaint:
                is_draft = ticket.complaint_state in (False, "draft")
                found = similar.find() if is_draft else similar.find_linked()
            ticket.repeats_summary = similar.summary(found)
            ticket.repeats = similar.rows(found) or False

    def action_open_repeats(self):
        """Open everything that this complaint may repeat as a list."""
        self.ensure_one()
        found = SimilarComplaints(self).find()
        ids = {ticket.id for tickets in found.values() for ticket in tickets}
        action = self.env["ir.actions.act_window"]._for_xml_id("kaiyang_complaint.complaint_action")
        return action | {
            "name": self.env._("Earlier Complaints"),
            "domain": [("id", "in", sorted(ids))],
            "views": sorted(action["views"], key=lambda view: view[1] != "list"),
            "context": {"complaint_kanban": True},
            "path": False,
        }
