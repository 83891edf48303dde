from odoo import api, models


class ComplaintDay(models.AbstractModel):
    """What waits for a person of the desk today: the page on which the day begins."""

    _name = "complaint.day"
    _description = "My Day"

    @api.model
    @api.readonly
    def tiles(self):
        """Return the heaps of work of the user, each with its number and the way to it.

        Clerks see what is in their charge or in nobody's, leaders the whole room.

        :return: ``{"tiles": [{"key", "label", "tone", "count"}], "warnings": [text]}``
        """
        tickets = self.env["helpdesk.ticket"]
        tiles = [
            {
                "key": key,
                "label": label,
                "tone": tone,
                "count": tickets.search_count([*self._mine(), *domain]),
            }
            for key, label, tone, domain in self._heaps()
        ]
        return {"tiles": tiles, "warnings": self._warnings()}

    @api.model
    @api.readonly
    def open_heap(self, key):
        """Return the action that shows the complaints of one heap.

        :raise KeyError: for a heap that is none
        """
        label, domain = {heap[0]: (heap[1], heap[3]) for heap in self._heaps()}[key]
        action = self.env["ir.actions.act_window"]._for_xml_id("kaiyang_complaint.complaint_action")
        views = sorted(action["views"], key=lambda view: view[1] != "list")
        context = {"complaint_board": True, "complaint_channel": "phone"}
        return action | {
            "name": label,
            "display_name": label,
            "domain": [*self._mine(), *domain],
            "views": views,
            "context": context,
            "path": False,
        }

    def _mine(self):
        """Return the domain of the complaints whose heaps the user works through."""
        scope = [("is_complaint", "=", True)]
        if self.env.user.has_group("kaiyang_complaint.group_complaint_clerk"):
            scope.append(("user_id", "in", (self.env.uid, False)))
        return scope

    def _heaps(self):
        """List the heaps: key, label, tone, domain. The urgent ones first."""
        late_draft = [("complaint_state", "=", "draft"), ("accept_by", "<", "now")]
        draft = [("complaint_state", "=", "draft"), ("accept_by", ">=", "now")]
        return [
            ("overdue", self.env._("Overdue"), "danger", [("due_status", "=", "overdue")]),
            ("today", self.env._("Due today"), "warning", [("due_status", "=", "today")]),
            ("risk", self.env._("At risk"), "warning", [("due_status", "=", "risk")]),
            ("late_draft", self.env._("Waiting for acceptance too long"), "danger", late_draft),
            ("draft", self.env._("New, to accept"), "info", draft),
            (
                "reply",
                self.env._("Replies to check"),
                "info",
                [("complaint_state", "=", "handling"), ("slip_ids.state", "=", "replied")],
            ),
            (
                "to_forward",
                self.env._("Accepted, to settle or forward"),
                "info",
                [("complaint_state", "=", "accepted")],
            ),
            (
                "replied",
                self.env._("To feed back"),
                "info",
                [("complaint_state", "=", "replied")],
            ),
            ("fed_back", self.env._("To close"), "success", [("complaint_state", "=", "fed_back")]),
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
