from typing import NamedTuple

from odoo import fields
from odoo.tools import format_date

from ...tools import flow
from ...tools.codes import ACTIVITY_CALL_BACK, GROUP_PREFIX, LEADERS
from ..case.on_duty import people_of
from .case_rows import OPEN, CaseRows

# The page shows so many of one's own complaints, and of the room's.
OWN_ROWS, ROOM_ROWS = 40, 10
LISTS = "kaiyang_complaint.complaint_"


class Counter(NamedTuple):
    """Work of one kind that waits: how it is called, how urgent it is, where it is found."""

    key: str
    label: str
    tone: str
    domain: list
    model: str = "helpdesk.ticket"
    action: str = "kaiyang_complaint.complaint_action"


class DeskOverview:
    """What waits for a person of the desk today: the page on which the day begins."""

    def __init__(self, env):
        self.env = env

    def tiles(self):
        """Return the counters of work of the user, each with its number.

        Clerks see what is in their charge or in nobody's, managers and leaders the whole room,
        leaders also what they are asked to decide, archivists what is closed.

        Their complaints are listed as well, their own first: see ``CaseRows``.

        :return: ``{"tiles": [{"key", "label", "tone", "count", "hint"}], "warnings": [text],
            "own": rows or False, "room": rows or False, "may_register": bool}``
        """
        tiles = [
            {
                "key": counter.key,
                "label": counter.label,
                "tone": counter.tone,
                "count": self.env[counter.model].search_count(counter.domain),
                "hint": self._hint(counter),
            }
            for counter in self._counters()
        ]
        return {"tiles": tiles, "warnings": self._warnings(), **self._lists()}

    def _lists(self):
        """Return the user's own open complaints, and the room's, as rows."""
        user, rows = self.env.user, CaseRows(self.env)
        is_clerk = user.has_group("kaiyang_complaint.group_complaint_clerk")
        leads = any(user.has_group(GROUP_PREFIX + role) for role in LEADERS)
        own = ("user_id", "=", user.id)
        return {
            "may_register": is_clerk,
            "own": is_clerk and rows.open_ones([own], OWN_ROWS),
            "room": (is_clerk or leads) and rows.open_ones(["!", own], ROOM_ROWS),
        }

    def open_list(self, name):
        """Return the action that lists the user's own open complaints, or the room's.

        :param name: ``own`` or ``room``
        """
        own = ("user_id", "=", self.env.uid)
        titles = {"own": self.env._("In My Charge"), "room": self.env._("Others of the Room")}
        domain = [("is_complaint", "=", True), ("complaint_state", "in", OPEN)]
        domain += [own] if name == "own" else ["!", own]
        return self._action_on(LISTS + "action", titles[name], domain)

    def find(self, text, limit):
        """Return the complaints that a text leads to, as rows: see ``case_search``."""
        return CaseRows(self.env).found([("case_search", "ilike", text)], limit)

    def open_found(self, text):
        """Return the action that shows what a text leads to: the one complaint, or the list.

        Nothing, where there is none.
        """
        found = self.find(text, 1)
        if not found["rows"]:
            return False
        action = self.env["ir.actions.act_window"]._for_xml_id(LISTS + "action")
        if not found["more"]:
            views = [view for view in action["views"] if view[1] == "form"]
            return action | {"res_id": found["rows"][0]["id"], "views": views, "path": False}
        action = self._action_on(LISTS + "action", self.env._("Found"), action["domain"])
        action["context"]["search_default_case_search"] = text
        return action

    def open_counter(self, key):
        """Return the action that shows one counter.

        :raise StopIteration: for a counter that the user doesn't have
        """
        counter = next(counter for counter in self._counters() if counter.key == key)
        return self._action_on(counter.action, counter.label, counter.domain)

    def _action_on(self, xmlid, title, domain):
        """Return a window action on some of its records, as a list first."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return action | {
            "name": title,
            "display_name": title,
            "domain": domain,
            "views": sorted(action["views"], key=lambda view: view[1] != "list"),
            "context": {"complaint_kanban": True, "complaint_channel": "phone"},
            "path": False,
        }

    def _counters(self):
        """List the counters of the user's roles, the urgent ones first."""
        role = {
            name
            for name in ("clerk", "manager", "leader", "director", "archivist")
            if self.env.user.has_group(f"kaiyang_complaint.group_complaint_{name}")
        }
        counters = self._counters_to_decide() if role & {"leader", "director"} else []
        if role - {"archivist"}:
            # A clerk sees what is theirs or nobody's; whoever has another role as well sees
            # everything.
            mine = [("user_id", "in", (self.env.uid, False))] if role == {"clerk"} else []
            counters += self._counters_of_citizens(mine)
            counters += self._counters_by_time(mine) + self._counters_by_step(mine)
            counters += self._counters_of_referrals(mine) + self._counters_of_letters(mine)
            counters += self._counters_of_reports() + self._counters_of_measures(mine)
            counters += self._counters_to_find(mine)
            counters += self._counters_of_notices(mine)
        if role & {"manager", "leader", "director"}:
            counters += self._counters_to_study() + self._counters_to_call_back()
            counters += self._counters_without_clerk()
        if "archivist" in role:
            counters += self._counters_to_archive()
        return counters

    def _counters_to_decide(self):
        decide = {"model": "complaint.approval"}
        decide["action"] = "kaiyang_complaint.complaint_approval_action"
        label = self.env._("Requests to decide")
        return [Counter("decide", label, "danger", [("can_decide", "=", True)], **decide)]

    def _counters_to_study(self):
        study = {"model": "complaint.common.issue"}
        study["action"] = "kaiyang_complaint.complaint_common_issue_action"
        label = self.env._("Common issues to study")
        return [Counter("study", label, "info", [("state", "=", "found")], **study)]

    def _counters_to_call_back(self):
        called = [("activity_type_id", "=", self.env.ref(ACTIVITY_CALL_BACK).id)]
        label = self.env._("Dissatisfied, to call back")
        return [Counter("call_back", label, "warning", [("activity_ids", "any", called)])]

    def _counters_without_clerk(self):
        clerks = people_of(self.env, "clerk", self.env.company)
        here = clerks.filtered(lambda user: not user.is_out_of_office)
        open_ones = ("complaint_state", "in", ["draft", *sorted(flow.RUNNING)])
        # In nobody's charge as well: each clerk leaves them to another.
        domain = [("is_complaint", "=", True), open_ones, ("user_id", "not in", here.ids)]
        return [Counter("no_clerk", self.env._("Without a clerk who is here"), "danger", domain)]

    def _counters_of_notices(self, mine):
        of_mine = [(f"ticket_id.{name}", operator, value) for name, operator, value in mine]
        unseen = ("notice_state", "!=", False)
        slips = {"model": "complaint.slip", "action": "kaiyang_complaint.complaint_slip_action"}
        reports = {
            "model": "complaint.written.report",
            "action": "kaiyang_complaint.complaint_written_report_action",
        }
        unheard = self.env._("Called to the room, not reached")
        called = [("call_ids", "any", [unseen]), *mine]
        counter = self._counter
        return [
            Counter("calls_unreached", unheard, "danger", called),
            counter(
                "unreached",
                self.env._("Slips that their unit may not know of"),
                "danger",
                [unseen, *of_mine],
                slips,
            ),
            counter(
                "reports_unreached",
                self.env._("Requests for reports that did not arrive"),
                "warning",
                [unseen],
                reports,
            ),
        ]

    def _counters_by_time(self, mine):
        def due(status):
            return [("is_complaint", "=", True), ("due_status", "=", status), *mine]

        return [
            Counter("overdue", self.env._("Overdue"), "danger", due("overdue")),
            Counter("today", self.env._("Due today"), "warning", due("today")),
            Counter("risk", self.env._("At risk"), "warning", due("risk")),
        ]

    def _counters_by_step(self, mine):
        def at(state, *more):
            return [("is_complaint", "=", True), ("complaint_state", "=", state), *more, *mine]

        late, new = ("accept_by", "<", "now"), ("accept_by", ">=", "now")
        # A whole file at once would bury what people brought.
        typed, imported = ("import_id", "=", False), ("import_id", "!=", False)
        waiting = self.env._("Waiting for acceptance too long")
        answered = ("slip_ids.state", "=", "replied")
        unseen = [("awaits_review", "=", True), *mine]
        return [
            Counter("late", waiting, "danger", at("draft", late, typed)),
            Counter("new", self.env._("New, to accept"), "info", at("draft", new, typed)),
            Counter("imported", self.env._("Imported, to accept"), "info", at("draft", imported)),
            Counter("review", self.env._("To look through"), "warning", unseen),
            Counter("accepted", self.env._("To settle or forward"), "info", at("accepted")),
            Counter("answered", self.env._("Replies to check"), "info", at("handling", answered)),
            *self._counters_of_feedback(at),
            Counter("fed_back", self.env._("To close"), "success", at("fed_back")),
        ]

    def _counters_of_feedback(self, at):
        """Return what is to be told to complainants, by whose turn it is."""
        asked, reported = (
            ("feedback_ids.state", "=", "asked"),
            ("feedback_ids.state", "=", "reported"),
        )
        own = at("replied", "!", ("feedback_ids.state", "in", ("asked", "reported")))
        reports, waiting = at("replied", reported), at("replied", asked)
        declined = ("slip_ids.decline_choice", "=", "open")
        any_state = [one for one in at("handling", declined) if one[0] != "complaint_state"]
        return [
            Counter("declined", self.env._("Declined: who answers"), "warning", any_state),
            Counter("replied", self.env._("To feed back"), "info", own),
            Counter("reported", self.env._("Units' reports to check"), "info", reports),
            Counter("delegated", self.env._("Units to answer and report"), "info", waiting),
        ]

    def _counters_of_citizens(self, mine):
        """Count what came in by the online form, and what complainants wrote to the room."""
        of_mine = [(f"ticket_id.{name}", operator, value) for name, operator, value in mine]
        sent = {"model": "complaint.submission", "action": f"{LISTS}submission_action"}
        said = {"model": "complaint.citizen.message", "action": f"{LISTS}citizen_message_action"}
        waiting = [("is_waiting", "=", True), ("user_id", "=", False), *of_mine]
        counter = self._counter
        return [
            counter(
                "submitted",
                self.env._("Sent online, to take over"),
                "warning",
                [("state", "=", "received")],
                sent,
            ),
            counter("said", self.env._("Messages of complainants"), "warning", waiting, said),
        ]

    def _counters_of_referrals(self, mine):
        of_mine = [(f"ticket_id.{name}", operator, value) for name, operator, value in mine]
        shown = {
            "model": "complaint.referral",
            "action": "kaiyang_complaint.complaint_referral_action",
        }
        signed_off = [("state", "=", "approved"), *of_mine]
        waiting = [("state", "=", "sent"), ("unit_answers_itself", "=", False), *of_mine]
        return [
            Counter("to_send", self.env._("Referrals to send"), "warning", signed_off, **shown),
            Counter("awaited", self.env._("Waiting for an answer"), "info", waiting, **shown),
        ]

    def _counters_to_find(self, mine):
        of_mine = [(f"ticket_id.{name}", operator, value) for name, operator, value in mine]
        shown = {
            "model": "complaint.finding",
            "action": "kaiyang_complaint.complaint_finding_action",
        }
        label = self.env._("Findings to confirm")
        return [
            self._counter("findings", label, "info", [("state", "=", "draft"), *of_mine], shown)
        ]

    def _counter(self, key, label, tone, domain, shown):
        return Counter(key, label, tone, domain, **shown)

    def _counters_of_letters(self, mine):
        # Letters have no clerk in charge: a clerk's are those they drew up.
        theirs = [("create_uid", "in", (self.env.uid,))] if mine else []
        shown = {
            "model": "complaint.letter",
            "action": "kaiyang_complaint.complaint_letter_action",
        }
        # Referrals and transfers have tiles of their own.
        own = [("kind", "not in", ("referral", "transfer")), *theirs]
        overdue = [("answer_status", "=", "overdue"), *own]
        return [
            Counter(
                "letters_late", self.env._("Answers to letters overdue"), "danger", overdue, **shown
            ),
            Counter(
                "letters",
                self.env._("Letters to issue or send"),
                "warning",
                [("state", "in", ("approved", "issued")), *own],
                **shown,
            ),
        ]

    def _warnings(self):
        """Return what the desk should know before it starts."""
        year = self.env["complaint.calendar.year"]._missing_next_year()
        if not year:
            return []
        return [
            self.env._(
                "The working calendar of %s is not published yet: limits that run into it are "
                "provisional. Load it under Configuration, Working Calendar.",
                year,
            )
        ]

    # --- archivist -----------------------------------------------------------------------------

    def _counters_to_archive(self):
        closed = [("is_complaint", "=", True), ("complaint_state", "=", "closed")]
        overdue = [("is_complaint", "=", True), ("archive_is_overdue", "=", True)]
        complete = ("archive_gap_codes", "in", (False, ""))
        cases = {"action": f"{LISTS}action_to_archive"}
        counter = self._counter
        return [
            counter(
                "archive_overdue", self.env._("Overdue for the archive"), "danger", overdue, cases
            ),
            counter(
                "incomplete",
                self.env._("Missing Documents"),
                "warning",
                [*closed, "!", complete],
                cases,
            ),
            counter(
                "complete", self.env._("Complete, to archive"), "info", [*closed, complete], cases
            ),
            counter("closed", self.env._("Closed, to archive"), "info", closed, cases),
            self._counter_of_altered(),
            *self._counters_of_dossiers(),
        ]

    def _counter_of_altered(self):
        altered = [("integrity", "in", ("changed", "missing"))]
        dossiers = {"model": "complaint.dossier", "action": f"{LISTS}dossier_action"}
        label = self.env._("Archived files changed or missing")
        return self._counter("altered", label, "danger", altered, dossiers)

    def _counters_of_dossiers(self):
        begun = fields.Date.to_string(self.env.company._complaint_today().replace(day=1))
        archived = [("state", "=", "archived"), ("archived_at", ">=", begun)]
        dossiers = {"model": "complaint.dossier", "action": f"{LISTS}dossier_action"}
        label = self.env._("Archived this month")
        return [
            self._counter("archived", label, "success", archived, dossiers),
            *self._counters_lent(),
        ]

    def _counters_lent(self):
        loans = {"model": "complaint.dossier.loan", "action": f"{LISTS}dossier_loan_action"}
        late, out = [("state", "=", "overdue")], [("state", "!=", "returned")]
        return [
            self._counter("lent_overdue", self.env._("Lent and overdue"), "danger", late, loans),
            self._counter("lent", self.env._("Lent"), "info", out, loans),
        ]

    def _hint(self, counter):
        """Return how long the oldest closed case has waited."""
        if counter.key != "closed":
            return ""
        tickets = self.env[counter.model].search(counter.domain, order="closed_date", limit=1)
        if not tickets.closed_date:
            return ""
        day = tickets.company_id._complaint_local(tickets.closed_date).date()
        return self.env._("The oldest was closed on %s", format_date(self.env, day))

    # --- rectification -------------------------------------------------------------------------

    def _counters_of_measures(self, mine):
        of_mine = [(f"ticket_id.{name}", operator, value) for name, operator, value in mine]
        shown = {"model": "complaint.measure", "action": f"{LISTS}measure_action"}
        late, check = [("is_overdue", "=", True), *of_mine], [("state", "=", "reported"), *of_mine]
        return [
            self._counter("measures_late", self.env._("Measures overdue"), "danger", late, shown),
            self._counter("measures", self.env._("Measures to check"), "info", check, shown),
        ]

    # --- written reports -----------------------------------------------------------------------

    def _counters_of_reports(self):
        shown = {
            "model": "complaint.written.report",
            "action": "kaiyang_complaint.complaint_written_report_action",
        }
        waiting = ("state", "in", ("asked", "returned"))
        late = [waiting, ("due_status", "=", "overdue")]
        unasked = [("state", "=", "draft"), ("letter_id.state", "in", (False, "draft"))]
        check = [("state", "=", "submitted")]
        labels = {
            "reports_late": (self.env._("Written reports overdue"), "danger", late),
            "reports_unasked": (self.env._("Written reports to ask for"), "warning", unasked),
            "reports": (self.env._("Written reports to check"), "info", check),
        }
        return [self._counter(key, *counter, shown) for key, counter in labels.items()]
