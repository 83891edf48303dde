from typing import NamedTuple

from odoo import api, models

from .complaint_call_back import CALL_BACK


class Heap(NamedTuple):
    """Work of one kind that waits: how it is called, how urgent it is, where it is found."""

    key: str
    label: str
    tone: str
    domain: list
    model: str = "helpdesk.ticket"
    action: str = "kaiyang_complaint.complaint_action"


class ComplaintDay(models.AbstractModel):
    """What waits for a person of the desk today: the page on which the day begins."""

    _name = "complaint.day"
    _description = "My Day"
    _inherit = ["complaint.day.archive", "complaint.day.reports"]

    @api.model
    @api.readonly
    def tiles(self):
        """Return the heaps of work of the user, each with its number.

        Clerks see what is in their charge or in nobody's, managers and leaders the whole room,
        leaders also what they are asked to decide, archivists what is closed.

        :return: ``{"tiles": [{"key", "label", "tone", "count", "hint"}], "warnings": [text]}``
        """
        tiles = [
            {
                "key": heap.key,
                "label": heap.label,
                "tone": heap.tone,
                "count": self.env[heap.model].search_count(heap.domain),
                "hint": self._hint(heap),
            }
            for heap in self._heaps()
        ]
        return {"tiles": tiles, "warnings": self._warnings()}

    @api.model
    @api.readonly
    def open_heap(self, key):
        """Return the action that shows one heap.

        :raise StopIteration: for a heap that the user doesn't have
        """
        heap = next(heap for heap in self._heaps() if heap.key == key)
        action = self.env["ir.actions.act_window"]._for_xml_id(heap.action)
        return action | {
            "name": heap.label,
            "display_name": heap.label,
            "domain": heap.domain,
            "views": sorted(action["views"], key=lambda view: view[1] != "list"),
            "context": {"complaint_board": True, "complaint_channel": "phone"},
            "path": False,
        }

    def _heaps(self):
        """List the heaps of the user's roles, the urgent ones first."""
        role = {
            name
            for name in ("clerk", "manager", "leader", "director", "archivist")
            if self.env.user.has_group(f"kaiyang_complaint.group_complaint_{name}")
        }
        heaps = self._heaps_to_decide() if role & {"leader", "director"} else []
        if role - {"archivist"}:
            mine = [("user_id", "in", (self.env.uid, False))] if role == {"clerk"} else []
            heaps += self._heaps_by_time(mine) + self._heaps_by_step(mine)
            heaps += self._heaps_of_referrals(mine) + self._heaps_of_letters(mine)
            heaps += self._heaps_of_reports()
            heaps += self._heaps_to_find(mine)
        if role & {"manager", "leader", "director"}:
            heaps += self._heaps_to_study() + self._heaps_to_call_back()
        if "archivist" in role:
            heaps += self._heaps_to_archive()
        return heaps

    def _heaps_to_decide(self):
        decide = {"model": "complaint.approval"}
        decide["action"] = "kaiyang_complaint.complaint_approval_action"
        label = self.env._("Requests to decide")
        return [Heap("decide", label, "danger", [("can_decide", "=", True)], **decide)]

    def _heaps_to_study(self):
        study = {"model": "complaint.common.issue"}
        study["action"] = "kaiyang_complaint.complaint_common_issue_action"
        label = self.env._("Common issues to study")
        return [Heap("study", label, "info", [("state", "=", "found")], **study)]

    def _heaps_to_call_back(self):
        called = [("activity_type_id", "=", self.env.ref(CALL_BACK).id)]
        label = self.env._("Dissatisfied, to call back")
        return [Heap("call_back", label, "warning", [("activity_ids", "any", called)])]

    def _heaps_by_time(self, mine):
        def due(status):
            return [("is_complaint", "=", True), ("due_status", "=", status), *mine]

        return [
            Heap("overdue", self.env._("Overdue"), "danger", due("overdue")),
            Heap("today", self.env._("Due today"), "warning", due("today")),
            Heap("risk", self.env._("At risk"), "warning", due("risk")),
        ]

    def _heaps_by_step(self, mine):
        def at(state, *more):
            return [("is_complaint", "=", True), ("complaint_state", "=", state), *more, *mine]

        late, new = ("accept_by", "<", "now"), ("accept_by", ">=", "now")
        waiting = self.env._("Waiting for acceptance too long")
        answered = ("slip_ids.state", "=", "replied")
        unseen = [("awaits_review", "=", True), *mine]
        return [
            Heap("late", waiting, "danger", at("draft", late)),
            Heap("new", self.env._("New, to accept"), "info", at("draft", new)),
            Heap("review", self.env._("To look through"), "warning", unseen),
            Heap("accepted", self.env._("To settle or forward"), "info", at("accepted")),
            Heap("answered", self.env._("Replies to check"), "info", at("handling", answered)),
            Heap("replied", self.env._("To feed back"), "info", at("replied")),
            Heap("fed_back", self.env._("To close"), "success", at("fed_back")),
        ]

    def _heaps_of_referrals(self, mine):
        of_mine = [(f"ticket_id.{name}", operator, value) for name, operator, value in mine]
        shown = {
            "model": "complaint.referral",
            "action": "kaiyang_complaint.complaint_referral_action",
        }
        signed_off = [("state", "=", "approved"), *of_mine]
        waiting = [("state", "=", "sent"), ("unit_answers_itself", "=", False), *of_mine]
        return [
            Heap("to_send", self.env._("Referrals to send"), "warning", signed_off, **shown),
            Heap("awaited", self.env._("Waiting for an answer"), "info", waiting, **shown),
        ]

    def _heaps_to_find(self, mine):
        of_mine = [(f"ticket_id.{name}", operator, value) for name, operator, value in mine]
        shown = {
            "model": "complaint.finding",
            "action": "kaiyang_complaint.complaint_finding_action",
        }
        label = self.env._("Findings to confirm")
        return [self._heap("findings", label, "info", [("state", "=", "draft"), *of_mine], shown)]

    def _heap(self, key, label, tone, domain, shown):
        return Heap(key, label, tone, domain, **shown)

    def _heaps_of_letters(self, mine):
        theirs = [("create_uid", "in", (self.env.uid,))] if mine else []
        shown = {
            "model": "complaint.letter",
            "action": "kaiyang_complaint.complaint_letter_action",
        }
        own = [("kind", "not in", ("referral", "transfer")), *theirs]
        overdue = [("answer_status", "=", "overdue"), *own]
        return [
            Heap(
                "letters_late", self.env._("Answers to letters overdue"), "danger", overdue, **shown
            ),
            Heap(
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
