import logging
from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, plaintext2html, split_every
from psycopg2.errors import UniqueViolation

from ...tools.clusters import clusters
from ...tools.masking import exposed
from ..access.clean_input import clean_text
from ..intake.known_identifiers import known_identifiers
from ..intake.similar_complaints import WORTH_COMPARING

# What only those set who answer for the measures.
OF_LEADERS = frozenset(
    {
        "user_id",
        "due_date",
        "measures",
        "method",
        "medium",
        "published_on",
        "link",
        "published_text",
        "file_ids",
    }
)

TO_STUDY = "kaiyang_complaint.activity_common_issue"
# Verb -> the states it starts from. Buttons are shown by the same table.
VERBS = {
    "study": {"found"},
    "set_measures": {"studying"},
    "submit": {"measured"},
    "take_back": {"submitted", "approved"},
    "publish": {"approved"},
    "dismiss": {"found", "studying", "measured"},
    "take_up": {"published", "dismissed"},
}
# What is known only once it was published; all else is what the leader consented to.
ON_PUBLISHING = frozenset({"published_on", "link", "file_ids"})
# What belongs to one publication: the next one has its own.
OF_PUBLICATION = {
    "medium": False,
    "published_on": False,
    "link": False,
    "published_text": False,
    "file_ids": [fields.Command.clear()],
    "approval_id": False,
}
BATCH = 50
_logger = logging.getLogger(__name__)
# Every complaint is compared with every other: no more of a centre are, the latest first.
MOST_COMPARED = 5000
THRESHOLD = "pg_trgm.similarity_threshold"


class ComplaintCommonIssue(models.Model):
    """What many complain of: studied, met with measures, made public (五(三) common issues).

    Restricted complaints belong to none: nobody learns of them by a number or a name here.
    """

    _name = "complaint.common.issue"
    _description = "Common Issue"
    _inherit = [
        "complaint.approval.mixin",
        "complaint.procedure.mixin",
        "complaint.confidential.mixin",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _procedural = {
        "state": "found",
        "source": "hand",
        "approval_id": False,
        "dismissal": False,
        "closed_at": False,
        "recurrence_count": 0,
    }

    name = fields.Char(string="Issue", compute="_compute_name", store=True, readonly=False)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    conduct_id = fields.Many2one(
        "helpdesk.ticket.category",
        string="Conduct Item",
        domain="[('conduct_number', '>', 0), ('is_discipline_matter', '=', False)]",
        tracking=True,
    )
    unit_id = fields.Many2one("complaint.window.unit", check_company=True, tracking=True)
    source = fields.Selection(
        [
            ("conduct", "Frequent under One Item"),
            ("words", "Frequent with Similar Text"),
            ("hand", "Proposed by Hand"),
        ],
        string="Found By",
        required=True,
        readonly=True,
        default="hand",
    )
    ticket_ids = fields.Many2many(
        "helpdesk.ticket",
        "complaint_common_issue_rel",
        "issue_id",
        "ticket_id",
        string="Complaints",
        domain=[("is_complaint", "=", True), ("is_restricted", "=", False)],
        check_company=True,
    )
    complaint_count = fields.Integer(
        string="Number of Complaints", compute="_compute_of_complaints", store=True
    )
    date_from = fields.Date(string="From", compute="_compute_of_complaints", store=True)
    date_to = fields.Date(string="Until", compute="_compute_of_complaints", store=True)
    state = fields.Selection(
        [
            ("found", "To Study"),
            ("studying", "Being Studied"),
            ("measured", "Measures Set"),
            ("submitted", "Before the Leader"),
            ("approved", "To Publish"),
            ("published", "Made Public"),
            ("dismissed", "Dismissed"),
        ],
        required=True,
        readonly=True,
        default="found",
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    due_date = fields.Date(string="Measures Due", tracking=True)
    measures = fields.Text(string="Measures of Improvement")
    method = fields.Text(help="How the measures are carried out, and by whom.")
    medium = fields.Char(help="Publication medium: website, social account, newspaper.")
    published_on = fields.Date()
    link = fields.Char()
    published_text = fields.Text(
        string="Text Published", help="It must not identify the complainant."
    )
    file_ids = fields.Many2many(
        "ir.attachment",
        "complaint_common_issue_file_rel",
        "issue_id",
        "attachment_id",
        string="As Published",
        help="Read files before they are published: only the text is searched for names.",
    )
    exposed = fields.Char(
        compute="_compute_exposed", help="Names and numbers of complainants in what is published."
    )
    dismissal = fields.Text(string="Dismissed Because", readonly=True, copy=False)
    closed_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When it was last published or dismissed: later complaints mean that it is back.",
    )
    recurrence_count = fields.Integer(
        readonly=True,
        copy=False,
        help="Number of recurrences since publication.",
    )
    may_lead = fields.Boolean(compute="_compute_may_lead")
    open_verbs = fields.Char(string="Available Actions", compute="_compute_open_verbs")

    _one_open = models.UniqueIndex(
        "(company_id, conduct_id, unit_id)"
        " WHERE state IN ('found', 'studying', 'measured', 'submitted', 'approved')",
        "An issue of this unit under this item is open already: add the complaints to it.",
    )
    _to_study = models.Index("(company_id, state) WHERE state NOT IN ('published', 'dismissed')")

    @api.depends("conduct_id", "unit_id")
    def _compute_name(self):
        for issue in self:
            parts = (issue.unit_id.name, issue.conduct_id.name)
            issue.name = issue.name or "：".join(filter(None, parts))

    @api.depends("ticket_ids.received_at", "ticket_ids.is_restricted")
    def _compute_of_complaints(self):
        for issue in self:
            tickets = issue.ticket_ids.filtered(lambda ticket: not ticket.is_restricted)
            days = [
                issue.company_id._complaint_local(ticket.received_at).date()
                for ticket in tickets
                if ticket.received_at
            ]
            issue.complaint_count = len(tickets)
            issue.date_from = min(days, default=False)
            issue.date_to = max(days, default=False)

    @api.depends_context("uid")
    def _compute_may_lead(self):
        self.may_lead = self._may_lead()

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Propose issues; what leaders set waits for leaders.

        :raise AccessError: for measures or a publication by a clerk
        """
        for vals in vals_list:
            self._assert_may_set(vals)
        issues = super().create(vals_list)
        issues._assert_named()
        return issues

    def write(self, vals):
        """Change what is open; what was published or dismissed stays as it is.

        :raise AccessError: for measures or a publication by a clerk
        :raise UserError: where an issue is closed
        """
        if not self._by_procedure():
            self._assert_may_set(vals)
            beside = ("message_", "activity_")
            changed = {name for name in vals if not name.startswith(beside)}
            if changed:
                self._assert_open()
                self._assert_not_before_leader(changed)
        result = super().write(vals)
        self._assert_named()
        return result

    def _assert_named(self):
        if any(not issue.name for issue in self):
            raise UserError(self.env._("Describe the common issue briefly."))

    def _is_closed(self):
        return self.state in ("published", "dismissed")

    def _assert_may_set(self, vals):
        given = {name for name in OF_LEADERS & vals.keys() if vals[name]}
        if given and not self._may_lead():
            names = [self._fields[name]._description_string(self.env) for name in sorted(given)]
            raise AccessError(self.env._("%s: set by the manager or a leader.", "、".join(names)))

    def _assert_open(self):
        closed = self.filtered(lambda issue: issue._is_closed())
        if closed:
            raise UserError(
                self.env._("“%s” is closed. Take it up again to change it.", closed[0].name)
            )

    def _assert_not_before_leader(self, changed):
        """Hold still what the leader is asked about: it is what is published.

        :raise UserError: naming the way back
        """
        for issue in self:
            publishing = issue.state == "approved" and not changed - ON_PUBLISHING
            if issue.state in ("submitted", "approved") and not publishing:
                raise UserError(
                    self.env._(
                        "“%s” was put before the leader: what is published can't be changed. Take "
                        "it back first.",
                        issue.name,
                    )
                )

    @api.model
    def _may_lead(self):
        """Return whether the user answers for measures: the manager and the leaders do."""
        return self.env.su or any(
            self.env.user.has_group(f"kaiyang_complaint.group_complaint_{role}")
            for role in ("manager", "leader", "director")
        )

    # --- actions ----------------------------------------------------------------------------------

    @api.depends("state")
    def _compute_open_verbs(self):
        for issue in self:
            verbs = [verb for verb, sources in VERBS.items() if issue.state in sources]
            issue.open_verbs = f",{','.join(verbs)},"

    @api.depends("name", "published_text", "ticket_ids")
    def _compute_exposed(self):
        for issue in self:
            issue.exposed = "、".join(issue._identifying_texts())

    def _begin(self, verb):
        """Check that the user may lead and that the state allows the act.

        :raise AccessError: for others than the manager and the leaders
        :raise UserError: where the act is not open
        """
        self.check_access("write")
        if not self._may_lead():
            raise AccessError(self.env._("Measures are set by the manager or a leader."))
        self._assert_state(*VERBS[verb])

    def _demand(self, *names):
        """Refuse an act while something it needs is empty.

        :raise UserError: naming it
        """
        for issue in self:
            missing = [name for name in names if not (str(issue[name] or "")).strip()]
            labels = [self._fields[name]._description_string(self.env) for name in missing]
            if labels:
                raise UserError(self.env._("Still missing: %s.", "、".join(labels)))

    def action_study(self):
        """Have issues studied: someone is responsible and has a to-do, by a date."""
        self._begin("study")
        self._demand("user_id")
        self._procedure_write({"state": "studying"})
        self._give_to_do()
        return True

    def _give_to_do(self):
        for issue in self.filtered("user_id"):
            issue.activity_schedule(
                TO_STUDY,
                date_deadline=issue.due_date or issue.company_id._complaint_today(),
                user_id=issue.user_id.id,
            )

    def action_set_measures(self):
        """Settle on measures: what is improved, and how.

        :raise UserError: where the measures or the method are missing
        """
        self._begin("set_measures")
        self._demand("measures", "method")
        self._procedure_write({"state": "measured"})
        self.activity_feedback([TO_STUDY])
        return True

    def action_submit(self):
        """Put before the leader in charge what is to be published, and where (五(三)).

        :raise UserError: where measures, medium or text are missing, or the text names a
            complainant
        """
        self._begin("submit")
        self._demand("measures", "medium", "published_text")
        for issue in self:
            issue._assert_anonymised()
            issue._procedure_write({"state": "submitted"})
            text = self.env._(
                "Publish in %(medium)s: %(text)s", medium=issue.medium, text=issue.published_text
            )
            approval = self.env["complaint.approval"]._ask(issue, "publication", text)
            issue._procedure_write({"approval_id": approval.id})
        return True

    def _approval_decided(self, approval):
        """Take what the leader decided; what is not approved goes back to who prepares it."""
        self.ensure_one()
        state = "approved" if approval.state == "approved" else "measured"
        self._procedure_write({"state": state})
        labels = dict(approval._fields["state"]._description_selection(self.env))
        said = "：".join(filter(None, (labels[approval.state], approval.instruction)))
        self._message_log(body=said, author_id=self.env.user.partner_id.id)
        if approval.state != "withdrawn":
            asker = approval.requested_by_id
            self.activity_schedule(TO_STUDY, user_id=asker.id, summary=said)

    def action_take_back(self):
        """Take back what was put before the leader; it needs its consent again.

        :raise UserError: where nothing was, or it is published
        """
        self._begin("take_back")
        self._take_back("submitted", state="measured")
        return True

    def action_publish(self):
        """Record that measures were made public as the leader consented: where, when, how worded.

        Text and date stand from now on.

        :raise UserError: where the date is missing or to come, or the text names a complainant
        """
        self._begin("publish")
        self._demand("measures", "medium", "published_on", "published_text")
        for issue in self:
            if issue.published_on > issue.company_id._complaint_today():
                raise UserError(self.env._("The publication date can't be in the future."))
            issue._assert_anonymised()
            issue._procedure_write({"state": "published", "closed_at": fields.Datetime.now()})
            issue._log_publication()
        self.activity_unlink([TO_STUDY])
        return True

    def _log_publication(self):
        """Keep every publication in the chatter: the next one takes the place of its fields."""
        lines = [
            self.env._(
                "Published on %(day)s: %(medium)s", day=self.published_on, medium=self.medium
            ),
            self.link,
            self.published_text,
        ]
        self.message_post(
            body=plaintext2html("\n".join(filter(None, lines))), attachment_ids=self.file_ids.ids
        )

    def action_dismiss(self, reason=None):
        """Close issues that are none. Without a reason, ask for it."""
        self._begin("dismiss")
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_dismiss")
        closed = {"state": "dismissed", "dismissal": reason, "closed_at": fields.Datetime.now()}
        self._procedure_write(closed)
        self.activity_unlink([TO_STUDY])
        return True

    def action_take_up(self):
        """Study closed issues once more.

        :raise ValidationError: where an issue of the same kind is open
        """
        self._begin("take_up")
        self._procedure_write({**OF_PUBLICATION, "state": "studying", "dismissal": False})
        self._give_to_do()
        return True

    # --- what is published names nobody -------------------------------------------------------

    def _assert_anonymised(self):
        found = self._identifying_texts()
        if found:
            raise UserError(
                self.env._(
                    "What is published must not tell who complained. It holds: %s.",
                    "、".join(found),
                )
            )

    def _identifying_texts(self):
        """Return what identifies complainants in what is to be published.

        Complaints restricted meanwhile count as well: their complainants least of all.
        """
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        tickets = tickets.search([("common_issue_ids", "in", self._origin.ids)])
        tickets |= self.ticket_ids._origin.sudo()
        said = "；".join(filter(None, (self.name, self.published_text)))
        return exposed(said, known_identifiers(tickets), recorded=True)

    # --- how they are found -----------------------------------------------------------------------

    @api.model
    def _cron_find(self):
        """Propose or update the issue of whatever is frequent, in every centre.

        It may run at any time and as often as one likes: complaints are added once. It goes on
        where a break left it, for what is done needs nothing more.
        """
        rooms = self.env["helpdesk.ticket.team"].sudo().search([("is_complaint_room", "=", True)])
        centres = rooms.company_id
        frequent = [(one, item) for one in centres for item in self._groups(one).items()]
        alike = [(one, tickets) for one in centres for tickets in self._alike(one)]
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(frequent) + len(alike))
        # Two ways to find: many of one item against one unit, and similar words whatever the unit.
        for take_in, found in ((self._take_in, frequent), (self._take_in_alike, alike)):
            for batch in split_every(BATCH, found, list):
                self._attempt(take_in, batch)
                if not progress(len(batch)):
                    return

    def _attempt(self, take_in, batch):
        """Take in a batch within a savepoint; a hand that was faster wins, the next run goes on."""
        try:
            with self.env.cr.savepoint():
                take_in(batch)
        except UniqueViolation:
            _logger.info("A common issue was proposed by hand meanwhile; the next run goes on")

    @api.model
    def _groups(self, company):
        """Return what is frequent in a centre: (source, conduct item, unit) -> its complaints.

        Another source by item and unit adds its own here; the rest is the same for all.
        """
        tickets = self.env["helpdesk.ticket"].sudo()
        rows = tickets._read_group(
            self._counted(company),
            ["conduct_ids", "window_unit_id"],
            ["id:recordset"],
            having=[("__count", ">=", company.complaint_issue_count)],
        )
        return {("conduct", item, unit): found for item, unit, found in rows}

    def _counted(self, company):
        """Return the domain of the complaints that are counted by item and unit."""
        # Without a unit and an item there is nothing that complaints could have in common.
        known = Domain("window_unit_id", "!=", False) & Domain("conduct_ids", "!=", False)
        return self._looked_through(company) & known

    def _looked_through(self, company):
        """Return the domain of the complaints among which issues are looked for."""
        since = fields.Datetime.now() - timedelta(days=company.complaint_issue_days)
        # Restricted complaints count nowhere: an issue and its size would tell of them.
        return Domain(
            [
                ("is_complaint", "=", True),
                ("company_id", "=", company.id),
                ("complaint_state", "not in", ("draft", "invalid")),
                ("is_restricted", "=", False),
                ("received_at", ">=", since),
            ]
        )

    def _take_in(self, batch):
        """Add complaints to the issue that is open, reopen what is back, propose what is new."""
        known = self._known(batch)
        proposed = []
        for company, ((source, item, unit), tickets) in batch:
            issue = known.get((company, item, unit), self.browse())
            new = issue._not_seen(tickets)
            enough = len(new) >= company.complaint_issue_count
            # An open issue takes in whatever belongs to it; to propose one, or to take a published
            # one up again, needs enough new complaints.
            if issue and not issue._is_closed():
                issue._add(new)
            elif enough and issue.state == "published":
                issue._reopen_as_recurring(new)
            elif enough:
                proposed.append(self._proposal(company, source, item, unit, new))
        self.sudo()._with_procedure().create(proposed)

    def _not_seen(self, tickets):
        """Return the complaints that came after this issue was closed, if it ever was."""
        closed_at = self.closed_at
        return tickets.filtered(lambda one: not closed_at or one.received_at > closed_at)

    def _known(self, batch):
        """Return the issue of each kind in a batch: the open one, or the one closed last."""
        keys = [(company, item, unit) for company, ((_source, item, unit), _tickets) in batch]
        issues = self.sudo().search(
            [
                ("company_id", "in", [company.id for company, _item, _unit in keys]),
                ("conduct_id", "in", [item.id for _company, item, _unit in keys]),
                ("unit_id", "in", [unit.id for _company, _item, unit in keys]),
            ]
        )
        # The last of equal keys wins below: closed ones first, by when they were closed, the open
        # one last.
        issues = issues.sorted(lambda one: (not one._is_closed(), one.closed_at or one.create_date))
        return {(issue.company_id, issue.conduct_id, issue.unit_id): issue for issue in issues}

    def _proposal(self, company, source, item, unit, tickets):
        return {
            "company_id": company.id,
            "source": source,
            "conduct_id": item.id,
            "unit_id": unit.id,
            "ticket_ids": tickets.ids,
        }

    def _add(self, tickets):
        """Add the complaints that an open issue has not."""
        new = tickets - self.ticket_ids
        if new:
            self._procedure_write({"ticket_ids": [fields.Command.link(one.id) for one in new]})

    def _reopen_as_recurring(self, tickets):
        """Study a published issue again: enough have complained since."""
        self._add(tickets)
        again = {"state": "studying", "recurrence_count": self.recurrence_count + 1}
        self._procedure_write({**OF_PUBLICATION, **again})
        self._give_to_do()
        self._message_log(
            body=self.env._("Recurring after its publication: %s complaints since.", len(tickets))
        )

    # --- similar words ----------------------------------------------------------------------------

    @api.model
    def _alike(self, company):
        """Return the groups of a centre's complaints in similar words that enough people wrote."""
        if not self.env.registry.has_trigram:
            return []
        groups = clusters(self._pairs(company))
        tickets = self.env["helpdesk.ticket"].sudo()
        known = tickets.browse([ticket_id for group in groups for ticket_id in group])
        known.fetch(["complainant_phone_key", "received_at", "window_unit_id", "service_item"])
        found = [known.browse(group) for group in groups]
        return [group for group in found if self._are_enough(group)]

    def _pairs(self, company):
        """Return the pairs of ids of complaints in similar words, from one look at all of them.

        They are copied first: the index of all complaints ever would be asked for each of them.
        """
        tickets = self.env["helpdesk.ticket"].sudo()
        worth = self._looked_through(company) & self._worth_comparing()
        query = tickets._search(worth, order="received_at DESC", limit=MOST_COMPARED)
        if query.is_empty():
            return []
        self._copy_texts(query, tickets._field_to_sql(tickets._table, "reason_text", query))
        share = str(company.complaint_issue_similar_percent / 100)
        # For this transaction only; the operator of the join reads its threshold from there.
        self.env.cr.execute(SQL("SELECT set_config(%s, %s, true)", THRESHOLD, share))
        pairs = self.env.execute_query(
            SQL(
                """SELECT one.id, other.id
                     FROM complaint_compared AS one
                     JOIN complaint_compared AS other
                       ON one.words %% other.words AND one.id < other.id"""
            )
        )
        self.env.cr.execute(SQL("DROP TABLE complaint_compared"))
        return pairs

    def _copy_texts(self, query, words):
        """Copy the texts of a query into a table of this transaction, with an index of its own."""
        texts = query.select(SQL.identifier(query.table, "id"), SQL("%s AS words", words))
        for statement in (
            SQL("CREATE TEMPORARY TABLE complaint_compared ON COMMIT DROP AS %s", texts),
            SQL("CREATE INDEX ON complaint_compared USING gin (words gin_trgm_ops)"),
            SQL("ANALYZE complaint_compared"),
        ):
            self.env.cr.execute(statement)

    def _worth_comparing(self):
        """Return the domain of the complaints with enough text to compare."""
        return Domain("reason_text", "=like", f"{'_' * WORTH_COMPARING}%")

    def _are_enough(self, tickets):
        """Return whether enough people complain: who writes five times is one of them."""
        people = {one.complainant_phone_key or one.id for one in tickets}
        return len(people) >= tickets.company_id.complaint_issue_similar_count

    # --- taking in ----------------------------------------------------------------------------

    def _take_in_alike(self, batch):
        """Add groups to the issue that knows them, reopen what is back, propose what is new.

        What belongs to an issue already, of whatever kind, makes no other one.
        """
        issues = self._issues_with(batch)
        taken = issues.ticket_ids
        proposed = []
        for company, tickets in batch:
            issue = issues._issue_with(tickets)
            new = issue._not_seen(tickets - taken)
            if issue and not issue._is_closed():
                issue._add(new)
            elif new and self._are_enough(new) and issue.state == "published":
                issue._reopen_as_recurring(new)
            elif new and self._are_enough(new):
                proposed.append(self._proposal_alike(company, new))
        self.sudo()._with_procedure().create(proposed)

    def _issues_with(self, batch):
        """Return all issues with any complaint of a batch."""
        tickets = [ticket_id for _company, group in batch for ticket_id in group.ids]
        return self.sudo().search([("ticket_ids", "in", tickets)])

    def _issue_with(self, tickets):
        """Return the issue found by words that has some complaints: the open one, or the last."""
        mine = self.filtered(lambda one: one.source == "words" and one.ticket_ids & tickets)
        return mine.sorted(lambda one: (not one._is_closed(), one.closed_at or one.create_date))[
            -1:
        ]

    def _proposal_alike(self, company, tickets):
        units = tickets.window_unit_id
        unit = (
            units if len(units) == 1 and all(one.window_unit_id for one in tickets) else units[:0]
        )
        return {
            "name": "：".join(filter(None, (unit.name, self._matter_of(tickets)))),
            "company_id": company.id,
            "source": "words",
            "unit_id": unit.id,
            "ticket_ids": tickets.ids,
        }

    def _matter_of(self, tickets):
        """Return in a few words what most of the complaints are about; it names nobody."""
        known = known_identifiers(tickets)
        matters = tickets.filtered("service_item").mapped("service_item")
        items = [item.name for ticket in tickets for item in ticket.conduct_ids]
        # The name is read by everybody at the desk and perhaps published.
        harmless = [one for one in matters if not exposed(one, known)]
        for said in (harmless, items):
            for words, count in Counter(said).most_common(1):
                # The most frequent words name the issue only where they are said by more than half.
                if count * 2 > len(tickets):
                    return words
        return self.env._("Similar complaints")
