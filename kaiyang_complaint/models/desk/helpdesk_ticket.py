from dataclasses import replace

from odoo import api, fields, models

from ...tools import flow_chart, flow_views
from ...tools.codes import STAFF_ONLY
from ...tools.flow_chart import Facts, Slip
from ..case.helpdesk_ticket import CurrentRound
from .case_search import search_case
from .earlier_round import EarlierRound
from .next_step import NextStep

# What the path follows from; the level is stored, and recomputed when one of these changes.
FACTS = (
    "complaint_state",
    "held_state",
    "channel_id.is_visit",
    "channel_id.asks_for_contact",
    "contact_ids",
    "is_restricted",
    "restriction_lifted_at",
    "is_outside_matter",
    "needs_meeting",
    "settled_on_spot",
    "accepted_at",
    "reopened_at",
    "slip_ids.state",
    "slip_ids.sent_at",
    "slip_ids.decline_choice",
    "feedback_ids.state",
    "meeting_ids.state",
    "investigation_ids.state",
    "referral_ids.state",
)
# What the next step needs besides.
NEEDS = ("reviewed_at", "approval_ids.state", "finding_ids.state", "dossier_ids.state")
UNDATED = ("close", "archive")
ICONS = {"done": "fa-check", "ended": "fa-times"}


class Progress:
    """How far a complaint is, and its picture: for the desk, a unit, the complainant (annex 1).

    :param ticket: the complaint
    """

    def __init__(self, ticket):
        self.ticket, self.env = ticket, ticket.env
        self.round = CurrentRound(ticket)

    # --- the facts --------------------------------------------------------------------------
    def facts(self):
        """Return what the path of a complaint follows from."""
        held = self.ticket.held_state if self.ticket.complaint_state == "on_hold" else False
        return Facts(
            state=held or self.ticket.complaint_state,
            contact_first=self.ticket.asks_for_contact,
            in_the_hall=self.ticket.is_visit,
            contacted=bool(self.ticket.contact_ids),
            restricted=self.ticket.is_restricted,
            lifted=bool(self.ticket.restriction_lifted_at),
            outside=self.ticket.is_outside_matter,
            needs_meeting=self.ticket.needs_meeting,
            settled_on_spot=self.ticket.settled_on_spot,
            reopened=bool(self.ticket.reopened_at),
            meeting=self._meeting_shown().state or "",
            inquiry=self._inquiry_shown().state or "",
            referral=self._referral_shown().state or "",
            delegated=self._delegation_shown().state or "",
            slips=tuple(self._slip_facts(slip) for slip in self._slips_shown()),
            moments=self._moments(),
        )

    def _slips_shown(self):
        """Return the slips of the present round, and those that wait to be sent."""
        slips, sent = self.ticket.slip_ids, self.round.slips()
        shown = slips.filtered(lambda slip: slip.state == "draft" or slip in sent)
        # What was filtered would be read slip by slip, and not with those of the other complaints.
        shown = shown.with_prefetch(slips._prefetch_ids)
        return shown.sorted(lambda slip: (not slip.is_lead, slip.id))

    def _meeting_shown(self):
        """Return the meeting that decided in the present round, or else the one in preparation."""
        open_ones = self.ticket.meeting_ids.filtered(
            lambda one: one.state not in ("held", "cancelled")
        )
        again = self.round.waits_for_choice() and open_ones[:1]
        return again or self.round.meeting() or open_ones[:1]

    def _delegation_shown(self):
        """Return the feedback that was left to a unit in the present round, or none."""
        left = self.ticket.feedback_ids.filtered("slip_id")
        under_way = left.filtered(lambda one: one.state in ("asked", "reported"))
        return under_way[:1] or (self.round.feedback() & left)

    def _inquiry_shown(self):
        return self.round.inquiries().sorted("id")[-1:]

    def _referral_shown(self):
        return self.round.referrals().sorted("id")[-1:]

    def _moments(self):
        """Return when the boxes of the chart were done, as far as that is on record."""
        feedback, referral = self.round.feedback(), self._referral_shown()
        return {
            "came_in": self.ticket.received_at,
            "contact": self.ticket.contact_ids[-1:].contacted_at,
            "register": self.ticket.accepted_at,
            "reopen": self.ticket.reopened_at,
            "meet": self._meeting_shown().held_at,
            "on_spot": feedback.given_at,
            "inquire": self._inquiry_shown().concluded_at,
            "sign_off": referral.approval_id.decided_at,
            "refer": referral.sent_at,
            "transfer": referral.sent_at,
            "outside": referral.answered_at,
            "lift": self.ticket.restriction_lifted_at,
            "tell": self._delegation_shown().reported_at,
            "feedback": feedback.given_at,
            "close": self.ticket.closed_date,
        }

    def _slip_facts(self, slip):
        """Return how far a slip is, as a lane of the chart."""
        reply = slip.reply_ids.filtered(lambda reply: reply.state != "returned")[:1]
        moments = {
            "forward": slip.sent_at,
            "sign": slip.received_at,
            "answer": reply.submitted_at,
        }
        # A choice that an earlier meeting called for is over.
        declined = slip in self.round.declines()
        return Slip(slip.state, slip.id, moments, (declined and slip.decline_choice) or "")

    def for_desk(self):
        """Return the path as the desk sees it: with names, limits and what each box is about."""
        nodes = flow_chart.path(self.facts())
        picture = self._picture(nodes, self.who_acts, self._limit_of)
        picture["earlier"] = EarlierRound(self.ticket).lines()
        steps = NextStep(self, nodes)
        acts, picture["step"] = steps.by_box(), steps.shown()
        slips = {slip.id: slip for slip in self._slips_shown()}
        for box in self._boxes(picture):
            subject = self.subject_of(box["key"], slips.get(box["lane"]))
            box["model"], box["id"] = subject._name, subject.id
            box["act"] = acts.get((box["key"], box["lane"]))
        for lane in self._lanes(picture):
            slip = slips.get(lane["boxes"][0]["lane"])
            lead = self.env._("lead unit") if slip and slip.is_lead and len(slips) > 1 else ""
            lane["label"] = " · ".join(filter(None, (slip and slip.unit_id.name, lead)))
        return picture

    def for_unit(self, slip):
        """Return what the unit of a slip may know of the path: nobody's name, no inner matter."""
        # A slip of an earlier round stays where that round ended.
        over = slip not in self._slips_shown()
        facts = self.facts()
        if slip != self._delegation_shown().slip_id:
            facts = replace(facts, delegated="")
        if over:
            facts = type(facts)(state="archived", slips=(self._slip_facts(slip),))
        nodes = flow_views.for_unit(facts, slip.id)
        words = self._actor_labels() | {"representative": self.env._("Your unit")}
        others = self.env._("Other units")

        # What other units do is shown without their names.
        def who(node):
            foreign = node.lane is not None and node.lane != slip.id
            return others if foreign and node.actor == "representative" else words[node.actor]

        picture = self._picture(nodes, who, lambda node: self._limit_for_unit(node, slip))
        for lane in self._lanes(picture):
            key = lane["boxes"][0]["lane"]
            lane["label"] = {None: "", slip.id: words["representative"]}.get(key, others)
        return picture

    def for_public(self):
        """Return what the complainant may know of the path: what was done, and on which day."""
        nodes = flow_views.for_public(self.facts())
        words = self._actor_labels() | {"representative": self.env._("Unit Concerned")}
        return self._picture(
            nodes,
            lambda node: words[node.actor],
            lambda _node: (False, False),
            "%Y-%m-%d",
            self._plain_labels(),
        )

    # --- who, and until when ----------------------------------------------------------------
    def who_acts(self, node):
        """Name who acts in a box, or say their role."""
        if node.key == "tell":
            slip = self._delegation_shown().slip_id
            return slip._addressee().user_id.name or self._actor_labels()[node.actor]
        name = {
            "room": lambda: self.ticket.user_id.name,
            "leader": self._leader_names,
            "window": self._called_names,
            "representative": lambda: self._representative_name(node.lane),
        }.get(node.actor, str)()
        return name or self._actor_labels()[node.actor]

    def _called_names(self):
        """Name those who were called to the room, or else who would be."""
        # Who did not come is no longer waited for.
        called = [
            call.name
            for call in self.round.of(self.ticket.call_ids, "called_at")
            if call.state != "absent"
        ]
        return "、".join(called) or self.ticket.representative_id.user_id.name

    def _representative_name(self, slip_id):
        """Name who answers for the unit of a slip."""
        slip = next((slip for slip in self.ticket.slip_ids if slip.id == slip_id), None)
        return slip._addressee().user_id.name if slip else ""

    def _leader_names(self):
        """Name those whom a request of this complaint waits for."""
        pending = self.ticket.approval_ids.filtered(lambda one: one.state == "pending")[:1]
        return "、".join(pending._deciders().mapped("name")) if pending else ""

    def _limit_of(self, node):
        """Return until when someone acts in a box, and how that stands to the clock."""
        slip = self.ticket.slip_ids.filtered(lambda slip: slip.id == node.lane)
        if node.key in UNDATED:
            return False, False
        if node.key in ("contact", "review"):
            return self.ticket.accept_by, "overdue" if self.ticket.waits_too_long else "fine"
        # The unit works against the limit of its slip, everybody else against that of the case.
        if slip and node.step.level == "unit":
            return slip.due_at, slip.due_status
        return self.ticket.due_at, self.ticket.due_status

    def _limit_for_unit(self, node, slip):
        if node.lane == slip.id and node.step.level == "unit":
            return slip.due_at, slip.due_status
        # Its own limit, and when the complainant is told: all else is the desk's.
        return (self.ticket.due_at, False) if node.key in ("check", "feedback") else (False, False)

    def subject_of(self, key, slip=None):
        """Return the record that a box is about, or none."""
        subjects = {
            "report": self._meeting_shown(),
            "meet": self._meeting_shown(),
            "inquire": self._inquiry_shown(),
            "sign_off": self._referral_shown(),
            "refer": self._referral_shown(),
            "outside": self._referral_shown(),
            "transfer": self._referral_shown(),
            "tell": self._delegation_shown(),
            "feedback": self.round.feedback() or self._delegation_shown(),
        }
        return slip or subjects.get(key) or self.ticket.browse()

    # --- drawing ----------------------------------------------------------------------------
    def _picture(self, nodes, who, limit, day="%m-%d %H:%M", words=()):
        """Return a path in the shape its templates draw.

        :param who: names who acts in a box
        :param limit: returns until when, and how that stands to the clock
        :param day: how moments are written
        :param words: what boxes are called instead of their own names
        """
        upcoming, bands = flow_chart.upcoming(nodes), self._band_labels()
        labels = self.step_labels() | {"came_in": self.ticket.channel_id.name} | dict(words)

        def draw(boxes):
            return [self._box(node, labels[node.key], who, limit, day) for node in boxes]

        return {
            **self._levels(flow_chart.level(nodes)),
            "is_draft": self.ticket.complaint_state == "draft",
            "on_hold": self.ticket.complaint_state == "on_hold",
            "now": draw(flow_chart.acting(nodes)),
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
        # Until when matters only where somebody acts now.
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
        """Return in one sentence what a box shows, for those who don't see its colours."""
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
        return f"{self.ticket.company_id._complaint_local(moment):{pattern}}" if moment else ""

    def _lanes(self, picture):
        return [
            lane for band in picture["bands"] for segment in band["segments"] for lane in segment
        ]

    def _boxes(self, picture):
        return [box for lane in self._lanes(picture) for box in lane["boxes"]]

    def _levels(self, acting):
        """Return the three levels, and which of them acts."""
        levels = self.ticket._fields["acting_level"]._description_selection(self.env)
        none = self.env._("No further action required")
        title = self.env._("Acting now: %s", dict(levels)[acting]) if acting else none
        return {"level": acting, "levels": levels, "level_title": title}

    def _band_labels(self):
        return {
            "intake": self.env._("Acceptance"),
            "handling": self.env._("Processing"),
            "feedback": self.env._("Feedback"),
        }

    def _actor_labels(self):
        """Name the roles of the procedure."""
        return {
            "complainant": self.env._("Complainant"),
            "room": self.env._("Complaint Room"),
            "window": self.env._("Window Staff"),
            "representative": self.env._("Chief Representative"),
            "leader": self.env._("Leader in Charge"),
            "outside": self.env._("Unit Concerned"),
            "archivist": self.env._("Archivist"),
            "nobody": "",
        }

    def step_labels(self):
        """Name the boxes of the regulation's flow chart (annex 1)."""
        return {
            "came_in": self.env._("Complaint Made"),
            "contact": self.env._("First Contact"),
            "review": self.env._("Review"),
            "invalid": self.env._("Invalid"),
            "register": self.env._("Registered"),
            "reopen": self.env._("Reopened"),
            **self._branch_labels(),
            "check": self.env._("Check Result"),
            "tell": self.env._("Unit Answers and Reports"),
            "feedback": self.env._("Feedback"),
            "close": self.env._("Close"),
            "archive": self.env._("Archive"),
        }

    def _branch_labels(self):
        """Name the boxes of the branches of handling (五(二))."""
        return {
            "on_spot": self.env._("Settle on the Spot"),
            "report": self.env._("Report to Leader"),
            "meet": self.env._("Meeting Decides"),
            "forward": self.env._("Forward to Unit"),
            "sign": self.env._("Sign For"),
            "answer": self.env._("Inquire and Reply"),
            "decline": self.env._("Declined"),
            "inquire": self.env._("Inquiry by Room"),
            "sign_off": self.env._("Leader Signs Off"),
            "refer": self.env._("Refer to Unit"),
            "outside": self.env._("Unit Answers"),
            "transfer": self.env._("To Discipline Inspection"),
            "in_hand": self.env._("In Handling"),
            "lift": self.env._("Restriction Lifted"),
            "choose": self.env._("Choose Who Answers"),
        }

    def _plain_labels(self):
        """Translate internal terms into words complainants understand."""
        return {
            "forward": self.env._("Passed On to the Unit"),
            "sign": self.env._("Received by the Unit"),
            "answer": self.env._("Unit Looks Into It"),
            "tell": self.env._("Unit Tells You the Result"),
        }


def unit_picture(slip):
    """Return how far the complaint is, as far as the unit of a slip may know (annex 1).

    :raise AccessError: where the user may not read the slip
    """
    slip.check_access("read")
    slip = slip.sudo()
    return Progress(slip.ticket_id).for_unit(slip)


class HelpdeskTicket(models.Model):
    """The progress of a complaint as a picture (annex 1)."""

    _inherit = "helpdesk.ticket"

    acting_level = fields.Selection(
        [("window", "Window"), ("unit", "Window Unit"), ("centre", "Centre")],
        compute="_compute_acting_level",
        store=True,
        help="Which of the three levels acts now: the window, its unit, or the centre (四).",
    )
    acting_label = fields.Char(string="Acts Now", compute="_compute_acting", compute_sudo=True)
    next_step_label = fields.Char(string="Next Step", compute="_compute_acting", compute_sudo=True)
    flow_path = fields.Json(string="Path", compute="_compute_flow_path", compute_sudo=True)
    # Holds nothing: what the search box asks for.
    case_search = fields.Char(
        string="Everything", search=search_case, store=False, groups=STAFF_ONLY
    )

    _by_acting_level = models.Index("(acting_level) WHERE acting_level IS NOT NULL")

    # --- progress ---------------------------------------------------------------------------------

    @api.depends(*FACTS)
    def _compute_acting_level(self):
        for ticket in self:
            nodes = flow_chart.path(Progress(ticket).facts()) if ticket.complaint_state else []
            ticket.acting_level = flow_chart.level(nodes)

    @api.depends(*FACTS, "user_id", "slip_ids.representative_id", "window_unit_id")
    @api.depends_context("lang")
    def _compute_acting(self):
        for ticket in self:
            progress = Progress(ticket)
            nodes = flow_chart.path(progress.facts()) if ticket.complaint_state else []
            people = [progress.who_acts(node) for node in flow_chart.acting(nodes)]
            upcoming = flow_chart.upcoming(nodes)
            ticket.acting_label = "、".join(dict.fromkeys(people)) or False
            ticket.next_step_label = upcoming and progress.step_labels()[upcoming.key]

    @api.depends(*FACTS, *NEEDS, "due_at", "slip_ids.due_at", "user_id")
    @api.depends_context("lang", "uid")
    def _compute_flow_path(self):
        for ticket in self:
            ticket.flow_path = ticket.complaint_state and Progress(ticket).for_desk()
