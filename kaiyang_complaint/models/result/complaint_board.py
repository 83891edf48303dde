from collections import Counter, defaultdict
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...report.letter.letter_sheet import paragraphs_of
from ...tools import board_words
from ...tools.board_words import day_words, month_words
from ...tools.codes import BESIDE_THE_RECORD
from ...tools.masking import exposed
from ..intake.known_identifiers import known_identifiers

ENTRY = "complaint.board.entry"
READ = {
    "complaint.feedback": [
        "company_id",
        "state",
        "confirmed_at",
        "satisfaction",
        "was_asked",
        "ticket_id",
    ],
    "complaint.respondent": ["ticket_id", "staff_id", "window_id", "unit_id"],
    "complaint.finding": [
        "company_id",
        "confirmed_month",
        "is_counted",
        "state",
        "conclusion",
        "staff_id",
        "window_id",
        "unit_id",
    ],
    "helpdesk.ticket": ["is_restricted"],
}
# Who was rated, how often and how well, without those a counted finding of the month names, or
# one that says upheld and that nobody confirmed yet.
# Of a person, the place where they were rated last.
RED = """
    WITH rated AS (
        SELECT DISTINCT f.id, f.satisfaction::integer AS mark, r.staff_id, r.window_id, r.unit_id
          FROM complaint_feedback f
          JOIN helpdesk_ticket t ON t.id = f.ticket_id AND NOT COALESCE(t.is_restricted, FALSE)
          JOIN complaint_respondent r ON r.ticket_id = f.ticket_id
         WHERE f.company_id = %(company)s AND f.state = 'confirmed'
           AND f.satisfaction IS NOT NULL AND f.was_asked
           AND f.confirmed_at >= %(start)s AND f.confirmed_at < %(end)s
    ), found AS (
        SELECT staff_id, window_id, unit_id FROM complaint_finding
         WHERE company_id = %(company)s AND confirmed_month = %(month)s AND is_counted
         UNION ALL
        SELECT staff_id, window_id, unit_id FROM complaint_finding
         WHERE company_id = %(company)s AND state = 'draft' AND conclusion IN ('upheld', 'partly')
    )
"""
RED_WINDOWS = """
    SELECT NULL, m.window_id, m.unit_id, AVG(m.mark), COUNT(*)
      FROM (SELECT DISTINCT id, mark, window_id, unit_id FROM rated) m
      JOIN complaint_window w ON w.id = m.window_id AND w.active
     WHERE NOT EXISTS (SELECT FROM found
                        WHERE found.window_id = m.window_id
                          AND found.unit_id IS NOT DISTINCT FROM m.unit_id)
  GROUP BY m.window_id, m.unit_id
    HAVING COUNT(*) >= %(least)s AND AVG(m.mark) >= %(average)s
  ORDER BY AVG(m.mark) DESC, COUNT(*) DESC, m.window_id
     LIMIT %(limit)s
"""
RED_STAFF = """
    SELECT m.staff_id, (ARRAY_AGG(m.window_id ORDER BY m.id DESC))[1],
           (ARRAY_AGG(m.unit_id ORDER BY m.id DESC))[1], AVG(m.mark), COUNT(*)
      FROM (SELECT DISTINCT ON (id, staff_id) id, mark, staff_id, window_id, unit_id
              FROM rated ORDER BY id, staff_id) m
      JOIN complaint_window_staff s ON s.id = m.staff_id AND s.active
     WHERE NOT EXISTS (SELECT FROM found WHERE found.staff_id = m.staff_id)
  GROUP BY m.staff_id
    HAVING COUNT(*) >= %(least)s AND AVG(m.mark) >= %(average)s
  ORDER BY AVG(m.mark) DESC, COUNT(*) DESC, m.staff_id
     LIMIT %(limit)s
"""
YEAR = relativedelta(years=1)
KIND = "board"
BODY = "kaiyang_complaint.letter_body_board"
SIDES = (
    ("red", "红榜", "服务优良", "本期红榜虚位以待", "用心服务群众，争当服务标兵"),
    ("black", "黑榜", "警示整改", "本期黑榜暂无公示", "感谢窗口人员的优质服务"),
)


class ComplaintBoard(models.Model):
    """The red and black board of a month: proposed from facts, decided by people, shown (七.2).

    From the submission on it stands still; shown, single entries or all of it can be withdrawn.
    """

    _name = "complaint.board"
    _description = "Red and Black Board"
    _inherit = [
        "complaint.approval.mixin",
        "complaint.board.withdrawal.mixin",
        "complaint.procedure.mixin",
        "complaint.confidential.mixin",
    ]
    _order = "month desc, id desc"
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "approval_id": False,
        "letter_id": False,
        "shown_at": False,
        "shown_by_id": False,
        "withdraw_reason": False,
        "withdrawn_at": False,
        "withdrawn_by_id": False,
    }

    _rec_names_search = ["month"]
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    month = fields.Date(
        required=True,
        default=lambda self: self._last_month(),
        help="Findings confirmed, and ratings given, in this month.",
    )
    state = fields.Selection(
        [
            ("draft", "In Preparation"),
            ("submitted", "Before the Leader"),
            ("approved", "To Show"),
            ("shown", "Displayed"),
            ("withdrawn", "Taken Down"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    status = fields.Selection(
        [
            ("draft", "In Preparation"),
            ("submitted", "Before the Leader"),
            ("approved", "To Show"),
            ("coming", "Display to Come"),
            ("on", "On Display"),
            ("over", "Display Over"),
            ("withdrawn", "Taken Down"),
        ],
        string="Display",
        compute="_compute_status",
        search="_search_status",
    )
    display_from = fields.Date(
        string="Shown From", required=True, default=lambda self: self.env.company._complaint_today()
    )
    display_to = fields.Date(
        string="Shown Until",
        required=True,
        compute="_compute_display_to",
        store=True,
        readonly=False,
        precompute=True,
    )
    entry_ids = fields.One2many("complaint.board.entry", "board_id", copy=False)
    red_ids = fields.One2many(
        "complaint.board.entry", "board_id", string="Red Side", domain=[("colour", "=", "red")]
    )
    black_ids = fields.One2many(
        "complaint.board.entry", "board_id", string="Black Side", domain=[("colour", "=", "black")]
    )
    red_count = fields.Integer(string="Red Entries", compute="_compute_counts")
    black_count = fields.Integer(string="Black Entries", compute="_compute_counts")
    approval_state = fields.Selection(related="approval_id.state", string="Decision")
    letter_id = fields.Many2one(
        "complaint.letter", string="Notice as Shown", readonly=True, copy=False
    )
    unconfirmed = fields.Char(
        compute="_compute_unconfirmed",
        compute_sudo=True,
        help="Those on the red side of whom a finding says upheld that nobody confirmed yet.",
    )
    shown_at = fields.Datetime(readonly=True, copy=False)
    shown_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)

    # What was withdrawn as a whole may be replaced by another board of the month.
    _one_a_month = models.UniqueIndex(
        "(company_id, month) WHERE state != 'withdrawn'", "This month has its board already."
    )
    _on_display = models.Index("(company_id, display_from, display_to) WHERE state = 'shown'")

    def _last_month(self):
        first = self.env.company._complaint_today().replace(day=1)
        return first - relativedelta(months=1)

    @api.depends("month")
    def _compute_display_name(self):
        for board in self:
            board.display_name = f"{month_words(board.month)}红黑榜"

    @api.depends("display_from")
    def _compute_display_to(self):
        for board in self:
            days = (board.company_id or self.env.company).complaint_board_days
            if board.display_from and not board.display_to:
                board.display_to = board.display_from + relativedelta(days=days - 1)

    @api.depends("state", "display_from", "display_to")
    def _compute_status(self):
        for board in self:
            today = (board.company_id or self.env.company)._complaint_today()
            status = board.state
            if status == "shown":
                status = "coming" if board.display_from > today else "on"
                status = "over" if board.display_to < today else status
            board.status = status

    @api.model
    def _search_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._complaint_today()
        shown = Domain("state", "=", "shown")
        domains = {
            "coming": shown & Domain("display_from", ">", today),
            "on": shown & Domain("display_from", "<=", today) & Domain("display_to", ">=", today),
            "over": shown & Domain("display_to", "<", today),
        }
        return Domain.OR(domains.get(one) or Domain("state", "=", one) for one in value)

    @api.depends("entry_ids.state", "entry_ids.colour")
    def _compute_counts(self):
        found = self.env["complaint.board.entry"]._read_group(
            [("board_id", "in", self.ids), ("state", "in", ("proposed", "shown"))],
            ["board_id", "colour"],
            ["__count"],
        )
        counts = {(board.id, colour): count for board, colour, count in found}
        for board in self:
            board.red_count = counts.get((board.id, "red"), 0)
            board.black_count = counts.get((board.id, "black"), 0)

    @api.depends("entry_ids.state", "entry_ids.colour", "entry_ids.staff_id", "entry_ids.window_id")
    def _compute_unconfirmed(self):
        for board in self:
            red = board._active_entries().filtered(lambda entry: entry.colour == "red")
            board.unconfirmed = "、".join(
                entry.display_name for entry in red if entry._has_unconfirmed()
            )

    @api.constrains("display_from", "display_to")
    def _check_display(self):
        if any(board.display_from > board.display_to for board in self):
            raise ValidationError(self.env._("The first day of the display comes before its last."))

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Prepare boards, each of one whole month."""
        return super().create([self._of_month(vals) for vals in vals_list])

    def write(self, vals):
        """Change a record not submitted for approval yet.

        :raise UserError: afterwards
        """
        if not self._by_procedure():
            names = {name for name in vals if not name.startswith(BESIDE_THE_RECORD)}
            if names:
                self._assert_changeable()
        return super().write(self._of_month(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_state("draft")

    def _of_month(self, vals):
        """Return values in which a month is named by its first day, which others go by."""
        month = fields.Date.to_date(vals.get("month"))
        return {**vals, "month": month.replace(day=1)} if month else vals

    def _assert_changeable(self):
        """Hold a board still from the submission on: what was approved is what is shown.

        :raise UserError: naming the way back
        """
        for board in self:
            if board.state != "draft":
                raise UserError(
                    self.env._(
                        "“%s” stands as it is. Take it back first, as long as it is not shown; "
                        "afterwards it can only be withdrawn.",
                        board.display_name,
                    )
                )

    # --- proposals from facts ---------------------------------------------------------------------

    def action_propose(self):
        """Propose entries from the facts, any number of times; what people decided stays.

        :raise UserError: where the board stands
        """
        self.check_access("write")
        self._assert_state("draft")
        for board in self.sudo():
            board._propose()
        return True

    def _propose(self):
        known = {entry._key(): entry for entry in self._decidable()}
        wrong = self._withdrawn_before()
        fresh, found = [], set()
        for sequence, facts in enumerate(self._red_facts() + self._black_facts(), 1):
            facts["sequence"] = sequence
            # Entries are known by colour and party, so that proposing again finds what people
            # decided.
            key = self._key_of(facts)
            found.add(key)
            if key in known:
                known[key]._take_facts(self._of_known(facts))
            else:
                fresh.append(
                    {
                        **facts,
                        "reason": facts["composed"],
                        "board_id": self.id,
                        **wrong.get(key, {}),
                    }
                )
        gone = [entry for key, entry in known.items() if key not in found]
        self._drop(gone)
        self.env[ENTRY]._with_procedure().create([{**facts, "source": "facts"} for facts in fresh])

    def _withdrawn_before(self):
        """Return, for whoever was withdrawn from a board of the month, that they are left out.

        What was wrong once does not come back by itself: people may put it back, with the reason.
        """
        entries = self.env[ENTRY].search(
            [
                ("company_id", "=", self.company_id.id),
                ("board_id.month", "=", self.month),
                ("state", "=", "withdrawn"),
            ],
            order="withdrawn_at, id",
        )
        return {
            entry._key(): {
                "state": "left_out",
                "decision": self.env._("Withdrawn before: %s", entry.withdraw_reason),
            }
            for entry in entries
        }

    def _decidable(self):
        return self.entry_ids.filtered(lambda entry: entry.state in ("proposed", "left_out"))

    def _drop(self, entries):
        """Delete what the facts propose no longer; what people added or left out stays."""
        gone = (
            self.env[ENTRY]
            .union(*entries)
            .filtered(lambda entry: entry.source == "facts" and entry.state == "proposed")
        )
        gone._with_procedure().unlink()

    def _key_of(self, facts):
        staff = facts["staff_id"] or 0
        place = (0, 0) if staff else (facts["window_id"], facts["unit_id"] or False)
        return (facts["colour"], staff, *place)

    def _of_known(self, facts):
        return {name: value for name, value in facts.items() if name != "colour"}

    # --- red --------------------------------------------------------------------------------

    def _red_facts(self):
        """Return the best windows, then the best people; one left out makes room for the next."""
        out = self._decidable().filtered(lambda e: e.colour == "red" and e.state == "left_out")
        people = out.filtered("staff_id")
        return [
            *self._red_of(RED_WINDOWS, out - people),
            *self._red_of(RED_STAFF, people),
        ]

    def _red_of(self, query, left_out):
        # As many more are fetched as were left out: their places go to the next.
        most = self.company_id.complaint_board_red_count
        facts = []
        for staff, window, unit, average, count in self._red_rows(query, most + len(left_out)):
            facts.append(
                {
                    "colour": "red",
                    "staff_id": staff or False,
                    "window_id": window or False,
                    "unit_id": unit or False,
                    "composed": board_words.red_words(),
                    "figures": board_words.red_figures(average, count),
                }
            )
        keys = {entry._key() for entry in left_out}
        chosen = [one for one in facts if self._key_of(one) not in keys][:most]
        # Who was left out stays on the list as such, where people can bring them back.
        return [one for one in facts if one in chosen or self._key_of(one) in keys]

    def _red_rows(self, query, limit):
        for name, names in READ.items():
            self.env[name].flush_model(names)
        company = self.company_id
        start, end = self._moments()
        return self.env.execute_query(
            SQL(
                RED + query,
                company=company.id,
                month=self.month,
                start=start,
                end=end,
                least=company.complaint_board_min_count,
                average=company.complaint_board_min_average,
                limit=limit,
            )
        )

    def _moments(self):
        """Return the UTC moments at which the month begins and ends where the centre stands."""
        company, day = self.company_id, timedelta(days=1)
        after = self.month + relativedelta(months=1)
        return company._complaint_midnight(self.month - day), company._complaint_midnight(
            after - day
        )

    # --- black ------------------------------------------------------------------------------

    def _black_facts(self):
        """Return who is answerable for the counted findings of the month, and for which."""
        parties = defaultdict(list)
        for finding in self._counted_findings():
            parties[finding._board_party()].append(finding.id)
        # A centre may show only those with several findings in the month.
        least = self.company_id.complaint_board_black_count
        findings = self.env["complaint.finding"]
        return [
            findings.browse(ids)._board_facts() for ids in parties.values() if len(ids) >= least
        ]

    def _counted_findings(self):
        # Restricted cases are on no wall: their facts and parties are for few.
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("confirmed_month", "=", self.month),
                ("is_counted", "=", True),
                ("ticket_id.is_restricted", "=", False),
            ]
        )
        if self.company_id.complaint_board_black_from == "main":
            domain &= Domain("responsibility", "=", "main")
        return self.env["complaint.finding"].search(domain, order="confirmed_at, id")

    # --- actions ----------------------------------------------------------------------------------

    def action_submit(self):
        """Put boards before the leader.

        :raise UserError: where the month is not over, nobody is on the board, someone stands on
            both sides, or a reason tells who complained
        """
        self.check_access("write")
        self._assert_state("draft")
        for board in self:
            board._assert_month_over()
            board._assert_presentable()
            board._procedure_write({"state": "submitted"})
            approval = self.env["complaint.approval"]._ask(board, "board", board._request_text())
            board._procedure_write({"approval_id": approval.id})

    def _request_text(self):
        """Describe the board as text: leaders decide from a list."""
        sides = self.env["complaint.board.entry"]._fields["colour"]._description_selection(self.env)
        lines = [
            self.display_name,
            self.env._(
                "On display from %(start)s to %(end)s",
                start=format_date(self.env, self.display_from, date_format="long"),
                end=format_date(self.env, self.display_to, date_format="long"),
            ),
        ]
        standing = self._active_entries()
        for colour, label in sides:
            entries = standing.filtered(lambda entry, colour=colour: entry.colour == colour)
            heading = self.env._("%(side)s (%(count)s)", side=label, count=len(entries))
            lines += [heading, *entries.mapped(self._line_of)]
        if self.unconfirmed:
            lines.append(
                self.env._(
                    "On the red side with an upheld finding to confirm: %s", self.unconfirmed
                )
            )
        return "\n".join(lines)

    def _line_of(self, entry):
        return f"· {entry.display_name}：{entry.reason}"

    def _approval_decided(self, approval):
        """Take what the leader decided; what is not approved goes back to who prepares it."""
        self.ensure_one()
        # A refusal is no end: the board is prepared anew.
        state = "approved" if approval.state == "approved" else "draft"
        self._procedure_write({"state": state})
        if approval.instruction:
            self._note(approval.instruction)

    def action_take_back(self):
        """Take boards back that are not shown yet; they need their approval again.

        :raise UserError: where a board is shown, or was never submitted
        """
        self._take_back("submitted")

    # --- the hall ---------------------------------------------------------------------------

    def action_show(self):
        """Show boards that are approved: from today at the earliest, as long as was approved.

        :raise UserError: where a board is not approved
        """
        self.check_access("write")
        self._assert_state("approved")
        for board in self:
            board._assert_presentable()
            # The board hangs for as many days as were approved, also where it comes late.
            late = max(board.company_id._complaint_today() - board.display_from, timedelta())
            standing = board._active_entries()
            standing._procedure_write({"state": "shown"})
            board._procedure_write(
                {
                    "state": "shown",
                    "display_from": board.display_from + late,
                    "display_to": board.display_to + late,
                    "shown_at": fields.Datetime.now(),
                    "shown_by_id": self.env.uid,
                }
            )
            board._issue_letter()
            board.company_id.sudo()._complaint_board_url()

    def _after_withdrawal(self, reason):
        for board in self:
            board._note(self.env._("Withdrawn: %s", reason))
            board._cancel_letter(reason)

    def _note(self, text):
        """Keep in the history of the board what happened, and who did it."""
        self._message_log(body=text, author_id=self.env.user.partner_id.id)

    # --- what may be shown ------------------------------------------------------------------

    def _active_entries(self):
        """Return the entries that are, or will be, on the board."""
        return self.entry_ids.filtered(lambda entry: entry.state in ("proposed", "shown"))

    def _assert_month_over(self):
        after = self.month + relativedelta(months=1)
        if self.company_id._complaint_today() < after:
            raise UserError(
                self.env._("The month of “%s” is not over: facts still come.", self.display_name)
            )

    def _assert_presentable(self):
        """Refuse a board without entries, with a name on both sides, or with identifying text."""
        entries = self._active_entries()
        if not entries:
            raise UserError(
                self.env._(
                    "“%s” has no entries. Propose entries from the facts first.", self.display_name
                )
            )
        people = Counter(entry._key()[1:] for entry in entries)
        both = entries.filtered(lambda entry: people[entry._key()[1:]] > 1)
        if both:
            raise UserError(
                self.env._("On both sides of the board: %s.", both[0].display_name),
            )
        said = "；".join(filter(None, entries.mapped("reason")))
        found = exposed(said, known_identifiers(self._cases()), recorded=True)
        if found:
            raise UserError(
                self.env._(
                    "A board must not identify the complainant. Remove: %s.", "、".join(found)
                )
            )

    def _cases(self):
        """Return the complaints of the past year about those on the board."""
        entries, company = self._active_entries().sudo(), self.company_id
        since = company._complaint_midnight(self.month - YEAR)
        people = self.env["complaint.respondent"].sudo()
        people = people.search(
            [
                ("company_id", "=", company.id),
                ("received_at", ">=", since),
                "|",
                ("staff_id", "in", entries.staff_id.ids),
                ("window_id", "in", entries.window_id.ids),
            ]
        )
        return people.ticket_id | entries.finding_ids.ticket_id

    # --- notice -----------------------------------------------------------------------------------

    def _issue_letter(self):
        """Issue the notice of a board as it is shown."""
        self.ensure_one()
        letter = self.env["complaint.letter"].sudo()._with_procedure().create(self._letter_values())
        letter._issue()
        letter._mark_sent(sent_how="handed_over", sent_note=self.env._("Published in the hall"))
        self._procedure_write({"letter_id": letter.id})

    def _letter_values(self):
        values = {"board": self, "screen": self._screen()}
        body = self.env["ir.qweb"].sudo()._render(BODY, values)
        return {
            "kind": KIND,
            "company_id": self.company_id.id,
            "subject": f"{month_words(self.month)}政务服务红黑榜公示",
            "body": "\n".join(paragraphs_of(body)),
            "approval_id": self.approval_id.id,
        }

    def _cancel_letter(self, reason):
        """Cancel the notice of a board that was withdrawn; it stays on record."""
        self.letter_id.sudo()._mark_cancelled(reason)

    def action_print(self):
        """Open the notice as it was frozen when the board was shown."""
        self.ensure_one()
        self.check_access("read")
        report = self.env.ref("kaiyang_complaint.report_letter")
        return report.report_action(self.letter_id)

    # --- display in the hall ----------------------------------------------------------------------

    def _screen(self):
        """Return what the hall's display shows of a board."""
        self.ensure_one()
        entries = self.entry_ids.filtered(lambda entry: entry.state in ("proposed", "shown"))
        return {
            "month": month_words(self.month),
            "period": f"{day_words(self.display_from)}至{day_words(self.display_to)}",
            "sides": [
                {
                    "colour": colour,
                    "title": title,
                    "motto": motto,
                    "empty": empty,
                    "wish": wish,
                    "cards": [entry._card() for entry in entries if entry.colour == colour],
                }
                for colour, title, motto, empty, wish in SIDES
            ],
        }

    def action_preview(self):
        """Open the page of the hall's display with this board, marked as a preview."""
        self.ensure_one()
        self.check_access("read")
        url = f"/complaint/board/preview/{self.id}"
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    def action_open_screen(self):
        """Open the page that the hall's display shows now.

        :raise AccessError: for others than managers and administrators
        """
        company = self[:1].company_id or self.env.company
        url = company._complaint_board_url()
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}
