from odoo import models

from ..tools import flow_chart, flow_views

UNDATED = ("close", "archive")
ICONS = {"done": "fa-check", "ended": "fa-times"}


class ComplaintChartPicture(models.AbstractModel):
    """How the path of a complaint is drawn: for the desk, for a unit, for the complainant."""

    _name = "complaint.chart.picture"
    _description = "Picture of a Complaint's Path"
    _inherit = ["complaint.chart.words"]

    def _desk_picture(self):
        """Return the path as the desk sees it: with names, limits and what each box is about."""
        self.ensure_one()
        nodes = flow_chart.path(self._chart_facts())
        picture = self._picture(nodes, self._who_acts, self._limit_of)
        slips = {slip.id: slip for slip in self._slips_shown()}
        for box in self._boxes(picture):
            subject = self._subject_of(box["key"], slips.get(box["lane"]))
            box["model"], box["id"] = subject._name, subject.id
        for lane in self._lanes(picture):
            slip = slips.get(lane["boxes"][0]["lane"])
            lead = self.env._("lead unit") if slip and slip.is_lead and len(slips) > 1 else ""
            lane["label"] = " · ".join(filter(None, (slip and slip.unit_id.name, lead)))
        return picture

    def _unit_picture(self, slip):
        """Return what the unit of a slip may know of the path: nobody's name, no inner matter."""
        self.ensure_one()
        # A slip of an earlier round stays where that round ended.
        over = slip not in self._slips_shown()
        facts = self._chart_facts()
        if over:
            facts = type(facts)(state="archived", slips=(self._slip_facts(slip),))
        nodes = flow_views.for_unit(facts, slip.id)
        words = self._actor_labels() | {"representative": self.env._("Your unit")}
        others = self.env._("Other units")

        def who(node):
            foreign = node.lane is not None and node.lane != slip.id
            return others if foreign and node.actor == "representative" else words[node.actor]

        picture = self._picture(nodes, who, lambda node: self._limit_for_unit(node, slip))
        for lane in self._lanes(picture):
            key = lane["boxes"][0]["lane"]
            lane["label"] = {None: "", slip.id: words["representative"]}.get(key, others)
        return picture

    def _public_picture(self):
        """Return what the complainant may know of the path: what was done, and on which day."""
        self.ensure_one()
        nodes = flow_views.for_public(self._chart_facts())
        words = self._actor_labels() | {"representative": self.env._("Unit Concerned")}
        return self._picture(
            nodes,
            lambda node: words[node.actor],
            lambda _node: (False, False),
            "%Y-%m-%d",
            self._plain_labels(),
        )

    # --- who, and until when ----------------------------------------------------------------

    def _who_acts(self, node):
        """Name who acts in a box, or say their role."""
        name = {
            "room": lambda: self.user_id.name,
            "leader": self._leader_names,
            "window": self._called_names,
            "representative": lambda: self._representative_name(node.lane),
        }.get(node.actor, str)()
        return name or self._actor_labels()[node.actor]

    def _called_names(self):
        """Name those who were called to the room, or else who would be."""
        called = [call.name for call in self._calls_of_round() if call.state != "absent"]
        return "、".join(called) or self.representative_id.user_id.name

    def _representative_name(self, slip_id):
        """Name who answers for the unit of a slip."""
        slip = next((slip for slip in self.slip_ids if slip.id == slip_id), None)
        return slip._addressee().user_id.name if slip else ""

    def _leader_names(self):
        """Name those whom a request of this complaint waits for."""
        pending = self.approval_ids.filtered(lambda one: one.state == "pending")[:1]
        return "、".join(pending._deciders().mapped("name")) if pending else ""

    def _limit_of(self, node):
        """Return until when somebody acts in a box, and how that stands to the clock."""
        slip = self.slip_ids.filtered(lambda slip: slip.id == node.lane)
        if node.key in UNDATED:
            return False, False
        if node.key in ("contact", "review"):
            return self.accept_by, "overdue" if self.waits_too_long else "fine"
        if slip and node.step.level == "unit":
            return slip.due_at, slip.due_status
        return self.due_at, self.due_status

    def _limit_for_unit(self, node, slip):
        if node.lane == slip.id and node.step.level == "unit":
            return slip.due_at, slip.due_status
        return (self.due_at, False) if node.key in ("check", "feedback") else (False, False)

    def _subject_of(self, key, slip):
        """Return the record that a box is about, or none."""
        subjects = {
            "report": self._meeting_shown(),
            "meet": self._meeting_shown(),
            "inquire": self._inquiry_shown(),
            "sign_off": self._referral_shown(),
            "refer": self._referral_shown(),
            "outside": self._referral_shown(),
            "transfer": self._referral_shown(),
            "feedback": self._feedback_of_round(),
        }
        return slip or subjects.get(key) or self.browse()

    # --- drawing ----------------------------------------------------------------------------

    def _picture(self, nodes, who, limit, day="%m-%d %H:%M", words=()):
        """Return a path in the shape its templates draw.

        :param who: names who acts in a box
        :param limit: returns until when, and how that stands to the clock
        :param day: how moments are written
        :param words: what boxes are called instead of their own names
        """
        upcoming, bands = flow_views.upcoming(nodes), self._band_labels()
        labels = self._step_labels() | {"came_in": self.channel_id.name} | dict(words)

        def draw(boxes):
            return [self._box(node, labels[node.key], who, limit, day) for node in boxes]

        return {
            **self._levels(flow_views.level(nodes)),
            "is_draft": self.complaint_state == "draft",
            "on_hold": self.complaint_state == "on_hold",
            "now": draw(flow_views.acting(nodes)),
            "next": upcoming and labels[upcoming.key],
            "bands": [
                {"key": band, "label": bands[band], "segments": self._segments(segments, draw)}
                for band, segments in flow_views.drawing(nodes)
            ],
        }

    def _segments(self, segments, draw):
        return [[{"label": "", "boxes": draw(lane)} for lane in lanes] for lanes in segments]

    def _box(self, node, label, who, limit, day):
        """Return one box of the picture."""
        current = node.status == "current"
        due, due_status = limit(node) if current else (False, False)
        box = {
            "key": node.key,
            "lane": node.lane,
            "label": label,
            "status": node.status,
            "shape": node.step.shape,
            "icon": ICONS.get(node.status),
            "who": who(node) if current else "",
            "at": self._written(node.at, day),
            "due": self._written(due, day),
            "due_status": due_status,
        }
        return box | {"title": self._box_title(box)}

    def _box_title(self, box):
        """Say in one sentence what a box shows, for those who don't see its colours."""
        words = {
            "done": self.env._("done"),
            "current": self.env._("now"),
            "next": self.env._("still to come"),
            "skipped": self.env._("not taken"),
            "ended": self.env._("ended here"),
        }
        until = self.env._("until %s", box["due"]) if box["due"] else ""
        return "，".join(
            filter(None, (box["label"], words[box["status"]], box["at"], box["who"], until))
        )

    def _written(self, moment, pattern):
        """Write a moment as the centre's clock shows it."""
        return f"{self.company_id._complaint_local(moment):{pattern}}" if moment else ""

    def _lanes(self, picture):
        return [
            lane for band in picture["bands"] for segment in band["segments"] for lane in segment
        ]

    def _boxes(self, picture):
        return [box for lane in self._lanes(picture) for box in lane["boxes"]]
