from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, plaintext2html

from ...tools import board_words
from ...tools.codes import ACTIVITY_RETURN, SUPERVISORS
from ...tools.written_reports import months_around, runs_of
from ...tools.years import in_one_year
from ..access.clean_input import clean_text
from ..access.complaint_lock_mixin import ARCHIVED, frozen_message, is_unlocked
from ..access.notices import in_language_of
from ..access.readers import Readers
from ..case.on_duty import OnDuty
from .outcome import UPHELD

CONCLUSIONS = [
    ("upheld", "Upheld"),
    ("partly", "Partly upheld"),
    ("not_upheld", "Not upheld"),
]
LIABLE = [
    ("staff", "Staff Member"),
    ("window", "Window"),
    ("unit", "Unit"),
    ("other", "Others"),
]
# States of a complaint in which it was looked into.
LOOKED_INTO = ("replied", "fed_back", "closed", "archived")
REQUIRED = ("conclusion",)
REQUIRED_UPHELD = ("facts", "conduct_id", "responsibility", "liable")
BREACH = "kaiyang_complaint.activity_breach"
# States of a letter of return that can be made over.
OPEN = ("draft",)
OVER = ("refused", "withdrawn")


class ComplaintFinding(models.Model):
    """The finding on one respondent, the basis of all of section seven (七).

    Whom it is about is what was true when the complaint was accepted, copied once: whoever moves,
    or hands a window over, takes nothing along.
    """

    _name = "complaint.finding"
    _description = "Finding"
    _inherit = ["complaint.case.part.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "confirmed_at": False,
        "confirmed_by_id": False,
        "overturned_at": False,
        "overturned_by_id": False,
        "overturn_reason": False,
        "replaced_id": False,
    }

    _rec_names_search = ["staff_id.name", "window_id.number", "unit_id.name"]
    respondent_id = fields.Many2one(
        "complaint.respondent",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('ticket_id', '=', ticket_id)]",
    )
    staff_id = fields.Many2one(
        "complaint.window.staff",
        string="Staff Member",
        check_company=True,
        ondelete="restrict",
        compute="_compute_party",
        store=True,
        readonly=False,
        precompute=True,
    )
    window_id = fields.Many2one(
        "complaint.window",
        check_company=True,
        ondelete="restrict",
        compute="_compute_party",
        store=True,
        readonly=False,
        precompute=True,
    )
    unit_id = fields.Many2one(
        "complaint.window.unit",
        index=True,
        check_company=True,
        ondelete="restrict",
        compute="_compute_party",
        store=True,
        readonly=False,
        precompute=True,
    )
    representative_id = fields.Many2one(
        "complaint.representative",
        string="Chief Representative",
        check_company=True,
        ondelete="restrict",
        compute="_compute_party",
        store=True,
        readonly=False,
        precompute=True,
        help="Who answered for the unit when the complaint was accepted.",
    )
    conduct_id = fields.Many2one(
        "helpdesk.ticket.category",
        string="Conduct Item",
        ondelete="restrict",
        domain="[('conduct_number', '>', 0)]",
        help="The item under which it was found.",
    )
    facts = fields.Text(string="Facts Found")
    conclusion = fields.Selection(CONCLUSIONS)
    responsibility = fields.Selection(
        [("main", "Main"), ("secondary", "Secondary"), ("none", "Without Responsibility")]
    )
    liable = fields.Selection(
        LIABLE,
        help="Whose fault it is. Only what is the fault of window staff or a window counts (七.1).",
    )
    is_breach = fields.Boolean(
        string="Breach of Discipline", help="To be transferred to discipline inspection (七.5)."
    )
    state = fields.Selection(
        [("draft", "To Confirm"), ("confirmed", "Confirmed"), ("overturned", "Overturned")],
        required=True,
        readonly=True,
        default="draft",
    )
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    overturned_at = fields.Datetime(readonly=True, copy=False)
    overturned_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    overturn_reason = fields.Text(string="Overturned Because", readonly=True, copy=False)
    replaced_id = fields.Many2one(
        "complaint.finding",
        string="Replaces",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    replacement_ids = fields.One2many("complaint.finding", "replaced_id")
    is_replaced = fields.Boolean(compute="_compute_is_replaced")
    accepted_at = fields.Datetime(
        string="Complaint Accepted At", related="ticket_id.accepted_at", store=True
    )
    accepted_month = fields.Date(compute="_compute_accepted_month", store=True)
    confirmed_month = fields.Date(compute="_compute_confirmed_month", store=True)
    overturned_month = fields.Date(compute="_compute_overturned_month", store=True)
    is_counted = fields.Boolean(
        string="Counts",
        compute="_compute_is_counted",
        store=True,
        help="Confirmed, upheld, and the fault of window staff or a window (七.1).",
    )

    _one_standing = models.UniqueIndex(
        "(respondent_id) WHERE state != 'overturned'",
        "There is a finding on this respondent already: overturn it first.",
    )
    _counted_of_staff = models.Index("(staff_id, accepted_at) WHERE is_counted")
    _counted_of_window = models.Index("(window_id, unit_id, accepted_month) WHERE is_counted")
    _counted_in_month = models.Index("(company_id, confirmed_month) WHERE is_counted")
    _overturned_in_month = models.Index("(company_id, overturned_month) WHERE state = 'overturned'")
    _to_confirm = models.Index("(company_id) WHERE state = 'draft'")

    # --- whom it is about, and when -----------------------------------------------------------

    @api.depends("respondent_id")
    def _compute_party(self):
        """Copy the parties once: the respondent's, and who answered for the unit then."""
        for finding in self:
            party = finding.respondent_id
            finding.staff_id = party.staff_id
            finding.window_id = party.window_id
            finding.unit_id = party.unit_id
            finding.representative_id = finding._representative_then()

    def _representative_then(self):
        """Return the chief representative in office on the day the complaint was accepted."""
        if not self.ticket_id:
            return self.env["complaint.representative"]
        accepted_at = self.ticket_id.accepted_at or fields.Datetime.now()
        day = self.ticket_id.company_id._complaint_local(accepted_at).date()
        people = self.unit_id.with_context(active_test=False).representative_ids
        then = people.filtered(
            lambda one: (
                (not one.date_from or one.date_from <= day)
                and (one.date_to >= day if one.date_to else one.active)
            )
        )
        return then.sorted("sequence")[:1] or self.unit_id.representative_id

    @api.depends("replacement_ids")
    def _compute_is_replaced(self):
        for finding in self:
            finding.is_replaced = bool(finding.replacement_ids)

    @api.depends("respondent_id", "conclusion", "state")
    def _compute_display_name(self):
        """Name respondent and conclusion, never the case or the complainant."""
        conclusions = dict(self._fields["conclusion"]._description_selection(self.env))
        open_ended = self.env._("Not found yet")
        for finding in self:
            conclusion = conclusions.get(finding.conclusion, open_ended)
            finding.display_name = f"{finding.respondent_id.display_name or ''}：{conclusion}"

    def _not_overturned(self):
        """Return the findings that were not overturned."""
        return self.filtered(lambda finding: finding.state != "overturned")

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Note findings on complaints that were accepted; verbs confirm them.

        :raise UserError: where a complaint was not, or is archived, or the respondent is of
            another
        """
        self.flush_model(["state"])  # or the index takes what was overturned for standing
        findings = super().create(vals_list)
        findings._assert_findable()
        return findings

    def write(self, vals):
        """Change drafts.

        :raise UserError: for what was confirmed, and for another complaint or respondent
        """
        if not self._by_procedure():
            self.check_access("write")
            self._assert_draft()
            for name in ("ticket_id", "respondent_id"):
                if name in vals and any(vals[name] != one[name].id for one in self):
                    raise UserError(self.env._("A finding stays with its respondent."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_draft()

    def _assert_not_frozen(self, states):
        """Let what was proposed after the archiving be decided on: no paper of the case has it."""
        late = self.sudo().filtered(lambda one: one.state == "draft" and one._is_late())
        return super(ComplaintFinding, self - late.with_env(self.env))._assert_not_frozen(states)

    def _is_late(self):
        """Return whether it takes an overturned one's place, or was proposed on old papers."""
        archived_at = self.ticket_id.dossier_id.archived_at
        return self.replaced_id or (archived_at and self.create_date > archived_at)

    # --- boards (七.2) ----------------------------------------------------------------------------

    def _board_party(self):
        """Return the responsible party: a person or, without a name, a window of its unit."""
        is_person = self.liable == "staff" and self.staff_id
        if is_person:
            return (self.staff_id.id, 0, 0)
        return (0, self.window_id.id, self.unit_id.id)

    def _board_facts(self):
        """Return what a board says of the findings of one party; the last tells the place."""
        staff = self._board_party_id()
        last = self[-1:]
        return {
            "colour": "black",
            "staff_id": staff,
            "window_id": last.window_id.id,
            "unit_id": last.unit_id.id,
            "finding_ids": [(6, 0, self.ids)],
            **self._board_words(),
        }

    def _board_party_id(self):
        return self[-1:]._board_party()[0] or False

    def _board_words(self):
        conducts = list(dict.fromkeys(filter(None, self.mapped("conduct_id.name"))))
        is_partly = set(self.mapped("conclusion")) == {"partly"}
        return {
            "composed": board_words.black_words(conducts, is_partly),
            "conduct": "；".join(conducts),
            "figures": board_words.black_figures(len(self)),
        }

    def _withdraw_from_boards(self):
        """Take off the boards what rested on these findings, and keep its history.

        Findings that were overturned, or whose case is restricted now, carry nothing any more:
        the others among these do. An entry that rests on others as well stays, with their
        figures.
        """
        gone = self.sudo().filtered(
            lambda one: one.state == "overturned" or one.ticket_id.is_restricted
        )
        reason = self.env._("The underlying finding is no longer public.")
        entries = self.env["complaint.board.entry"].sudo()
        entries = entries.search([("finding_ids", "in", gone.ids), ("state", "!=", "withdrawn")])
        fallen = entries.browse()
        for entry in entries:
            # Whoever is left on the board stays there for what still counts, with its own words.
            standing = entry.finding_ids.filtered("is_counted") - gone
            if standing:
                entry._take_facts(
                    {**standing._board_words(), "finding_ids": [(6, 0, standing.ids)]}
                )
                entry.board_id._note(self.env._("Based on fewer findings: %s", entry.display_name))
            elif entry.state != "left_out":
                fallen |= entry
        fallen._withdraw_now(reason)

    # --- periods (七.3) ---------------------------------------------------------------------------

    def _month_of(self, name):
        """Return the first day of the month of a moment, in the time zone of the centre."""
        moment = self[name]
        return moment and self.company_id._complaint_local(moment).date().replace(day=1)

    @api.depends("accepted_at")
    def _compute_accepted_month(self):
        for finding in self:
            finding.accepted_month = finding._month_of("accepted_at")

    @api.depends("confirmed_at")
    def _compute_confirmed_month(self):
        for finding in self:
            finding.confirmed_month = finding._month_of("confirmed_at")

    @api.depends("overturned_at")
    def _compute_overturned_month(self):
        for finding in self:
            finding.overturned_month = finding._month_of("overturned_at")

    @api.depends("state", "conclusion", "liable", "responsibility")
    def _compute_is_counted(self):
        for finding in self:
            # Points, bars, boards, written reports and letters of return all read this one field,
            # so that they never disagree about what counts.
            finding.is_counted = (
                finding.state == "confirmed"
                and finding.conclusion in UPHELD
                and finding.liable in ("staff", "window")
                and finding.responsibility in ("main", "secondary")
            )

    # --- what a finding needs ---------------------------------------------------------------------

    @api.constrains("respondent_id", "ticket_id", "staff_id")
    def _check_respondent(self):
        for finding in self:
            party = finding.respondent_id
            if party.ticket_id != finding.ticket_id:
                raise ValidationError(
                    self.env._("A finding is about a respondent of its own complaint.")
                )
            if party.staff_id and finding.staff_id != party.staff_id:
                raise ValidationError(
                    self.env._("%s is who was complained about.", party.display_name)
                )

    def _assert_findable(self):
        """Refuse findings before acceptance, and after the archiving."""
        early = self.ticket_id.filtered(lambda case: not case.accepted_at)
        if early:
            raise UserError(
                self.env._("%s was not accepted: there is nothing to find.", early[0].display_name)
            )
        archived = self.ticket_id.filtered(lambda case: case.complaint_state == "archived")
        if archived and not is_unlocked(self.env):
            raise UserError(frozen_message(archived[0]))

    def _assert_draft(self):
        """Refuse changes of what was confirmed."""
        if any(finding.state != "draft" for finding in self):
            raise UserError(
                self.env._(
                    "What was confirmed stays as it is. A manager or a leader may overturn it, "
                    "with the reason."
                )
            )

    def _assert_confirmable(self):
        """Demand what a finding rests on (七.1).

        :raise UserError: naming what is missing, or who has to be identified first
        """
        self._assert_state("draft")
        for finding in self:
            if finding.ticket_id.complaint_state not in LOOKED_INTO:
                raise UserError(
                    self.env._(
                        "%s is still being looked into: a finding is confirmed once it has its "
                        "reply, or the room's inquiry is concluded.",
                        finding.ticket_id.display_name,
                    )
                )
            finding._assert_complete()

    def _assert_complete(self):
        is_upheld = self.conclusion in ("upheld", "partly")
        demanded = REQUIRED + (REQUIRED_UPHELD if is_upheld else ())
        missing = [
            self._fields[name]._description_string(self.env)
            for name in demanded
            if not self[name] or (name == "facts" and not self.facts.strip())
        ]
        if missing:
            raise UserError(
                self.env._(
                    "“%(finding)s” lacks: %(missing)s.",
                    finding=self.display_name,
                    missing="、".join(missing),
                )
            )
        if is_upheld:
            self._assert_liable_known()

    def _lacking(self):
        """Return what findings lack before they can be confirmed, in sentences."""
        sentences = []
        for finding in self:
            try:
                finding._assert_complete()
            except UserError as refusal:
                sentences.append(str(refusal))
        return sentences

    def _assert_liable_known(self):
        """Demand that whoever is at fault is known by name, or by number."""
        # Points, bars and letters are about somebody on record: a name that was only stated is not.
        if self.liable == "staff" and not self.staff_id:
            raise UserError(
                self.env._(
                    "“%s” is nobody we know: choose the staff member first, or find the window "
                    "at fault.",
                    self.respondent_id.display_name,
                )
            )
        if self.liable == "window" and not self.window_id:
            raise UserError(self.env._("Choose the window that is at fault."))

    # --- actions ----------------------------------------------------------------------------------

    def action_confirm(self):
        """Confirm findings, one or many at once: from now on section seven applies to them.

        :raise UserError: naming what is missing; nothing changes
        """
        self.check_access("write")
        self._assert_confirmable()
        self._queue_up()
        self._procedure_write(
            {
                "state": "confirmed",
                "confirmed_at": fields.Datetime.now(),
                "confirmed_by_id": self.env.uid,
            }
        )
        self._note_on_cases(self.env._("Finding confirmed: %s"))
        if not self.has_access("read"):  # a breach narrowed it
            return self.env["ir.actions.act_window"]._for_xml_id(
                "kaiyang_complaint.complaint_action"
            )
        return True

    def action_overturn(self, reason=None):
        """Overturn confirmed findings; what they led to is taken back. Without a reason, ask.

        It is no change of the case: findings on archived cases are overturned as well, and the
        papers stay as they were.

        :raise AccessError: for others than the manager and the leaders
        :raise UserError: where a finding was not confirmed
        """
        self.check_access("read")
        self._assert_may_overturn()
        self._assert_state("confirmed")
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_overturn")
        findings = self.sudo()._unlocked()
        findings._queue_up()
        findings._mark_overturned(reason)
        return True

    def _mark_overturned(self, reason):
        self._procedure_write(
            {
                "state": "overturned",
                "overturned_at": fields.Datetime.now(),
                "overturned_by_id": self.env.uid,
                "overturn_reason": reason,
            }
        )
        self._note_on_cases(self.env._("Finding overturned: %s"), reason)

    def action_find_anew(self):
        """Note a new finding in the place of an overturned one, on archived cases as well.

        :raise AccessError: for others than the manager and the leaders
        :raise UserError: where the finding stands, or another took its place
        """
        self.ensure_one()
        self.check_access("read")
        self._assert_may_overturn()
        self._assert_state("overturned")
        if self.respondent_id.finding_ids._not_overturned():
            raise UserError(self.env._("There is a finding on this respondent already."))
        anew = self.sudo()._unlocked()._with_procedure().create(self._anew_values())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Finding"),
            "res_model": self._name,
            "res_id": anew.id,
            "views": [(False, "form")],
        }

    def _anew_values(self):
        """Return what the next finding starts with: the same parties, nothing found yet."""
        links = ("ticket_id", "respondent_id", "staff_id", "window_id", "unit_id")
        links += ("representative_id", "conduct_id")
        return {"replaced_id": self.id, "facts": self.facts} | {
            name: self[name].id for name in links
        }

    def _assert_may_overturn(self):
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in SUPERVISORS]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("A finding is overturned by the manager or a leader of the desk.")
            )

    def _note_on_cases(self, text, reason=""):
        """Note on the complaints what was found, in one batch: their threads are kept."""
        bodies = {}
        for ticket, findings in self.sudo().grouped("ticket_id").items():
            said = text % "、".join(findings.mapped("display_name"))
            bodies[ticket.id] = f"{said}。{reason}" if reason else said
        tickets = self.env["helpdesk.ticket"].sudo().browse(bodies)
        tickets._unlocked()._message_log_batch(bodies=bodies, author_id=self.env.user.partner_id.id)

    # --- consequences (七) ------------------------------------------------------------------------

    def _queue_up(self):
        """Serialize confirmations and overturnings of findings on the same people.

        Counting them otherwise misses what the other is about to say.
        """
        # Two confirmations at a time would each see one finding too few, and neither would draft
        # the letter after the third. The empty update makes the second wait for the row, or start
        # again.
        for model in (self.staff_id, self.window_id):
            if model:
                table, ids = SQL.identifier(model._table), tuple(sorted(model.ids))
                self.env.cr.execute(
                    SQL("UPDATE %s SET write_date = write_date WHERE id IN %s", table, ids)
                )

    # --- the facts ----------------------------------------------------------------------------

    def _overturned(self):
        """Return the findings that no longer stand, as their consequences read them."""
        return self.sudo().filtered(lambda one: one.state == "overturned")

    def _breaches(self):
        """Return the findings that say a breach of discipline, as their consequences read them."""
        return self.sudo().filtered(
            lambda one: one.state == "confirmed" and one.is_breach and one.conclusion in UPHELD
        )

    # --- bars ---------------------------------------------------------------------------------

    def _bar_from_awards(self):
        """Bar staff and windows from the titles of the month, and of the year (七.3, 七.4)."""
        # Called, like the other consequences below, by an automation rule in
        # data/result/base_automation_finding_data.xml, so that a centre can switch each of them
        # off. Written reports have theirs in complaint_written_report_data.xml, boards in
        # base_automation_board_data.xml.
        self.env["complaint.bar"]._impose(self)

    def _lift_bars(self):
        """Lift the bars of overturned findings, with the reason why they were overturned."""
        for reason, findings in self._overturned().grouped("overturn_reason").items():
            bars = self.env["complaint.bar"].sudo().search([("finding_id", "in", findings.ids)])
            bars._end(self.env._("The finding was overturned: %s", reason))

    # --- breaches of discipline ---------------------------------------------------------------

    def _propose_transfer(self):
        """Restrict cases with a breach of discipline at once, and ask for their transfer (七.5).

        What is archived stays as it is: nobody confirms a finding on it before it is reopened.
        """
        cases = self._breaches().ticket_id._unlocked()
        cases = cases.filtered(lambda case: case.complaint_state not in ARCHIVED)
        fresh = cases.filtered(lambda case: not case.is_restricted)
        fresh._procedure_write({"is_discipline_matter": True})
        cases._advance()
        owed = cases.filtered(lambda case: case._owes_transfer())
        for centre, theirs in owed.grouped("company_id").items():
            clause = centre._complaint_citation("七.5")
            people = {case: OnDuty(case).people() or self._leaders(case) for case in theirs}
            self._give_to_do(
                BREACH,
                people,
                lambda env, clause=clause: env._(
                    "A breach of discipline was found: the case is restricted. Conclude the "
                    "room's own investigation and transfer it to discipline inspection (%s); a "
                    "case that has ended is reopened first.",
                    clause,
                ),
            )

    def _leaders(self, record):
        people = self.env["complaint.escalation.rule"]
        return people._people("leader", record.company_id)

    def _managers(self, record):
        return self.env["complaint.escalation.rule"]._people("manager", record.company_id)

    def _give_to_do(self, activity, users, text):
        """Give people a to-do on records of one model, as far as they may read these.

        :param users: ``{record: users}``
        :param text: a function that returns it for an environment, in whose language it is
        """
        if not users:
            return
        model = next(iter(users))._name
        common = {
            "activity_type_id": self.env.ref(activity).id,
            "res_model_id": self.env["ir.model"]._get_id(model),
            "automated": True,
        }
        values = [
            {
                **common,
                "res_id": record.id,
                "user_id": user.id,
                "note": plaintext2html(text(in_language_of(self, user).env)),
            }
            for record, people in self._who_may_read(users).items()
            for user in people
        ]
        activities = self.env["mail.activity"].sudo()
        activities.with_context(mail_activity_quick_update=True).create(values)

    def _who_may_read(self, users):
        """Leave, of the users named for each record, those who may read it."""
        records = next(iter(users)).sudo().union(*users)
        people = self.env["res.users"].union(*users.values())
        allowed = Readers(records).allowed(people.partner_id.ids)
        return {
            record: named.filtered(
                lambda one, record=record: one.partner_id.id in allowed[record.id]
            )
            for record, named in users.items()
        }

    # --- so many in a year (七.3) -----------------------------------------------------------------

    def _draft_returns(self):
        """Draft the letter of return of whoever was found at fault too often in a year (七.3).

        Once a person and year: a letter that is being prepared takes the further case up. The
        main leader consents to it as to every letter of its kind; the manager gets a to-do.
        """
        due = self._returns_due(self)
        letters = self._letters_of_return(self.staff_id)
        made = []
        for staff, cases in due:
            # A letter belongs to a year by sharing a case with it: years may roll, so none is
            # stored.
            theirs = letters.filtered(
                lambda one, staff=staff, cases=cases: (
                    one.staff_id == staff and one.ticket_ids & cases
                )
            )
            # The draft may lie with a case that was archived since: it goes on with an open one.
            theirs.filtered(lambda one: one.state in OPEN)._unlocked()._procedure_write(
                {
                    "ticket_ids": [(6, 0, cases.ids)],
                    "ticket_id": self._main_case_of_return(cases).id,
                }
            )
            made += [] if theirs else [self._return_values(staff, cases)]
        self._announce_returns(self.env["complaint.letter"].sudo().create(made))

    def _announce_returns(self, letters):
        for centre, theirs in letters.grouped("company_id").items():
            clause = centre._complaint_citation("七.3")
            self._give_to_do(
                ACTIVITY_RETURN,
                {one: self._managers(one) for one in theirs},
                lambda env, clause=clause: env._(
                    "So many complaints of one year were upheld that this letter returns the staff "
                    "member to their unit. Check it and put it before the main leader (%s).",
                    clause,
                ),
            )

    def _returns_due(self, fresh):
        """Return the people whom findings return, each with the cases of a year.

        :param fresh: the findings of which one has to be among them
        :return: pairs of a staff member and their cases
        """
        domain = Domain("staff_id", "in", self.staff_id.ids) & Domain("liable", "=", "staff")
        counted = self.sudo().search(domain & Domain("is_counted", "=", True), order="accepted_at")
        due = []
        for staff, findings in counted.grouped("staff_id").items():
            cases = {case: case._outcome().accepted_on() for case in findings.ticket_id}
            # Years that none of the findings confirmed just now is in were dealt with before.
            touched = set((fresh & findings).ticket_id)
            years = in_one_year(cases, staff.company_id.complaint_rolling_year)
            best = max((year for year in years if touched & set(year)), key=len, default=[])
            if len(best) >= staff.company_id.complaint_return_count:
                due.append((staff, self.env["helpdesk.ticket"].sudo().union(*best)))
        return due

    def _letters_of_return(self, staff):
        return (
            self.env["complaint.letter"]
            .sudo()
            .search([("kind", "=", "return"), ("staff_id", "in", staff.ids)])
        )

    def _return_values(self, staff, cases):
        """Return the values of a letter of return; its dossier is that of the last open case."""
        return {
            "kind": "return",
            "staff_id": staff.id,
            "ticket_id": self._main_case_of_return(cases).id,
            "ticket_ids": [(6, 0, cases.ids)],
        }

    def _main_case_of_return(self, cases):
        """Return the last of some cases whose dossier still takes papers in, or none."""
        return cases.filtered(lambda case: case.complaint_state != "archived")[-1:]

    def _withdraw_returns(self):
        """Take back what overturned findings no longer carry (七.3).

        A draft loses the case, and goes where too few are left; what was put before the leader, or
        left already, is for the manager to see to.
        """
        overturned = defaultdict(self.env["helpdesk.ticket"].browse)
        for finding in self._overturned().filtered(lambda one: one.liable == "staff"):
            overturned[finding.staff_id] |= finding.ticket_id
        letters = self._letters_of_return(self.staff_id).filtered(
            lambda one: one.ticket_ids & overturned[one.staff_id] and one.state != "cancelled"
        )
        drafts = letters.filtered(lambda one: one.state in OPEN)
        for letter in drafts:
            cases = letter.ticket_ids - overturned[letter.staff_id]
            letter._unlocked()._procedure_write(
                {"ticket_ids": [(6, 0, cases.ids)], "ticket_id": (letter.ticket_id & cases).id}
            )
        drafts._unlocked().filtered(
            lambda one: len(one.ticket_ids) < one.company_id.complaint_return_count
        ).unlink()
        left = (letters - drafts).filtered(lambda one: one.state != "refused")
        if left:
            self._give_to_do(
                ACTIVITY_RETURN,
                {one: self._managers(one) for one in left},
                lambda env: env._("A finding on which this letter is based was overturned."),
            )

    # --- months running (七.3) --------------------------------------------------------------------

    def _ask_reports(self):
        """Have a report asked for of so many months running in which a window was at fault, once.

        A month may be in several runs: what ends with another month is another report.
        """
        mine = self.sudo()._asking()
        if not mine:
            return
        # Findings of two months confirmed at the same moment would each miss the other.
        mine.window_id._one_at_a_time()
        groups = mine._of_months_around().grouped(lambda one: one._month_key())
        runs = {run for one in mine for run in one._runs() if groups.keys() >= {*run}}
        known = {report._last_month_key(): report for report in self._reports_on(runs)}
        wanted = {run: mine.browse().union(*map(groups.get, run)) for run in runs}
        for run, findings in wanted.items():
            # A report is known by its last month: more findings of the same months join it.
            if run[-1] in known:
                known[run[-1]]._join(findings)
        self.env["complaint.written.report"]._found(
            {run: found for run, found in wanted.items() if run[-1] not in known}
        )

    def _asking(self):
        """Return the findings that count for a report."""
        return self.filtered(
            lambda one: (
                one.is_counted
                and one.window_id
                and one.unit_id
                and one.accepted_month
                and not one.ticket_id.is_restricted
            )
        )

    def _month_key(self):
        return self.window_id, self.unit_id, self.accepted_month

    def _runs(self):
        """Return the months running, as many as the centre says, of which the finding's is one."""
        window, unit, month = self._month_key()
        runs = runs_of(month, self.company_id.complaint_report_months)
        return [tuple((window, unit, one) for one in run) for run in runs]

    def _of_months_around(self):
        """Return all that counts against the windows in the months of the findings and beside."""
        longest = max(self.company_id.mapped("complaint_report_months"))
        months = months_around(self.mapped("accepted_month"), longest)
        found = self.search(
            Domain("is_counted", "=", True)
            & Domain("window_id", "in", self.window_id.ids)
            & Domain("unit_id", "in", self.unit_id.ids)
            & Domain("accepted_month", "in", months)
        )
        return found._asking()

    def _reports_on(self, runs):
        """Return the reports on windows and months that were asked for, or refused by a leader."""
        reports = self.env["complaint.written.report"].sudo()
        return reports.search(
            Domain("window_id", "in", [run[-1][0].id for run in runs])
            & Domain("second_month", "in", [run[-1][2] for run in runs])
            & Domain("state", "!=", "withdrawn")
        )

    # --- withdrawing ----------------------------------------------------------------------------

    def _withdraw_reports(self, reason=None):
        """Cancel requests for reports whose findings no longer require one.

        What the representative has submitted by then stays on record, with a note.

        :param reason: what the representative is told
        """
        gone = self.sudo() - self.sudo()._asking()
        reports = self.env["complaint.written.report"].sudo()
        reports = reports.search([("finding_ids", "in", gone.ids), ("state", "not in", OVER)])
        reason = reason or self.env._("A related finding was overturned.")
        for report in reports:
            holds = report._still_holds()
            if holds and report.state == "draft":
                report._redraft()
            elif not holds and report.state in ("draft", "asked", "returned"):
                report._withdraw(reason)
            else:
                report._message_log(body=reason)

    @api.model
    def _propose(self, tickets):
        """Draft a finding on each respondent without one; those of an earlier round are kept.

        A draft takes the place of what was overturned.
        """
        found = [
            ticket._outcome().proposal(respondent)
            for ticket in tickets.sudo()
            for respondent in ticket.respondent_ids
            if not ticket.is_outside_matter and not respondent.finding_ids._not_overturned()
        ]
        self.sudo()._with_procedure().create(found)

    def _withdraw_for_restriction(self):
        """Take back what is asked of units about complaints that were restricted (七.5)."""
        self._withdraw_reports(self.env._("Recalled by the complaint room."))
