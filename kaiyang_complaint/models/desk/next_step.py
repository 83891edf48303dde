from typing import NamedTuple

from ...tools import flow_chart
from ...tools.codes import GROUP_PREFIX
from ..handling.forwarding import Forwarding
from ..intake.intake_checks import IntakeChecks

# In which order the boxes where somebody acts are offered, where there are several: what came back
# first, what only waits last.
LAST = ("sign", "answer", "tell", "outside")
FIRST = ("check", "choose")


class Act(NamedTuple):
    """What a user does next: a method of a record, an action to open, or a page of the form.

    ``model`` and ``id`` name the record; without them it is the complaint itself. ``needs`` says
    what has to be there before, as sentences.
    """

    label: str
    method: str = ""
    model: str = ""
    id: int = 0
    open: dict | None = None
    page: str = ""
    confirm: str = ""
    hint: str = ""
    needs: tuple = ()


class NextStep:
    """What is next on a complaint for the user, in whatever state it is (annex 1).

    It offers acts and decides nothing: each of them checks the user and the state itself.

    :param progress: how far the complaint is
    :param nodes: the boxes of its path
    """

    def __init__(self, progress, nodes):
        self.progress, self.env = progress, progress.env
        self.ticket = progress.ticket
        acting = sorted(flow_chart.acting(nodes), key=self._rank)
        self.acts = {node: self._act(node) for node in acting}

    @staticmethod
    def _rank(node):
        return (node.key in LAST, node.key not in FIRST)

    def shown(self):
        """Return what the bar above a case shows: the act, or what is waited for."""
        act = self._resume() if self.ticket.complaint_state == "on_hold" else self._first_act()
        other = act and act.method == "action_settle_on_spot" and self._forward_by_room()
        return {
            "act": act and act._asdict(),
            "other": other and other._asdict(),
        }

    def by_box(self):
        """Return what a click on the boxes of the chart does for the user: box and lane -> act."""
        return {(node.key, node.lane): act._asdict() for node, act in self.acts.items() if act}

    def _first_act(self):
        asked = self._asked()
        return self._decide(asked) if asked else next(filter(None, self.acts.values()), None)

    def _act(self, node):
        if node.key == "archive":
            return self._archive() if self.ticket.may_archive else None
        if self._is("clerk"):
            return self._acts_of_clerk()[node.key](node)
        if node.key in ("report", "sign_off") and self._asked():
            return self._decide(self._asked())
        if self._is("leader") or self._is("director"):
            return self._supervise() if node.step.band == "handling" else None
        return None

    def _is(self, role):
        return self.env.user.has_group(GROUP_PREFIX + role)

    def _acts_of_clerk(self):
        return {
            "came_in": lambda _node: None,
            "contact": self._contact,
            "review": self._review,
            "on_spot": self._settle,
            "report": self._meet,
            "meet": self._meet,
            "forward": self._forward,
            "sign": self._urge,
            "answer": self._urge,
            "choose": self._choose,
            "inquire": self._inquire,
            "sign_off": self._refer,
            "refer": self._refer,
            "transfer": self._refer,
            "outside": self._refer,
            "check": self._check,
            "tell": self._follow_report,
            "feedback": self._tell,
            "close": self._close,
        }

    # --- intake -----------------------------------------------------------------------------------

    def _contact(self, _node):
        hint = self.env._("Ask what happened, and say how the centre will handle it.")
        return Act(self.env._("Note a Contact"), "action_contact", hint=hint)

    def _review(self, _node):
        ticket = self.ticket
        # The elements are shown as they are typed: by the form, not from here.
        needs = tuple(IntakeChecks(ticket).lacking())
        if not ticket.is_forwardable:
            hint = self.env._("It gets its number, and its limit starts. No slip leaves yet.")
            return Act(self.env._("Accept"), "action_accept", hint=hint, needs=needs)
        hint = self.env._("Check the text that leaves: one press accepts and forwards it.")
        label = self.env._("Look Through and Accept")
        return Act(label, "action_look_through", hint=hint, needs=needs)

    # --- handling ---------------------------------------------------------------------------------

    def _settle(self, _node):
        present = self.progress.round.of(self.ticket.call_ids, "called_at")
        arrived = "arrived" in present.mapped("state")
        needs = () if arrived else (self.env._("Nobody who was called has arrived yet."),)
        hint = self.env._("Face to face, in the same visit; or forward it to the unit.")
        label = self.env._("Settle on the Spot")
        return Act(label, "action_settle_on_spot", hint=hint, needs=needs)

    def _forward(self, node):
        slip = self.ticket.slip_ids.filtered(lambda one: one.id == node.lane)
        if not slip:
            return self._forward_by_room()
        if slip.is_reviewed:
            return Act(self.env._("Send"), "action_send", slip._name, slip.id)
        return Act(self.env._("Look Through and Send"), "action_look_through", slip._name, slip.id)

    def _forward_by_room(self):
        obstacle = Forwarding(self.ticket).obstacle(self.env["complaint.slip"])
        needs = (obstacle,) if obstacle else ()
        if self.ticket.reviewed_at and self.ticket.complaint_state == "accepted":
            confirm = self.env._(
                "Send the slip to the chief representative of each unit complained about?"
            )
            label = self.env._("Forward")
            return Act(label, "action_forward", confirm=confirm, needs=needs)
        label = self.env._("Look Through and Forward")
        hint = self.env._("Check the text that leaves: one press forwards it.")
        return Act(label, "action_look_through", hint=hint, needs=needs)

    def _meet(self, _node):
        meeting = self.ticket.open_meeting_id
        if meeting.state == "requested":
            return None
        if meeting:
            return Act(self.env._("Open the Meeting"), "action_propose_meeting")
        hint = self.env._("The leader in charge convenes it; it decides who answers.")
        return Act(self.env._("Propose a Meeting"), "action_propose_meeting", hint=hint)

    def _urge(self, _node):
        if not self.ticket.slip_ids._urgeable():
            return None
        hint = self.env._("The unit has the slip. An urging is on record and restarts no limit.")
        return Act(self.env._("Urge"), "action_urge", hint=hint)

    def _choose(self, node):
        label = self.env._("Choose Who Answers")
        return Act(label, "action_choose", "complaint.slip", node.lane)

    def _inquire(self, _node):
        hint = self.env._("Facts of both sides, mediation, and the joint assessment.")
        return Act(self.env._("Investigate"), "action_investigate", hint=hint)

    def _refer(self, node):
        referral = self.progress.round.referrals().sorted("id")[-1:]
        labels = {
            "outside": self.env._("Open the Referral"),
            "transfer": self.env._("Transfer to Discipline Inspection"),
        }
        label = labels.get(node.key) or self.env._("Refer")
        if referral.state == "requested":
            return None
        if referral.state in ("approved", "sent"):
            return Act(label, open=self._form(referral, label))
        return Act(label, "action_refer")

    def _check(self, _node):
        slip = self.ticket.slip_ids.filtered(lambda one: one.state == "replied")[:1]
        if not slip:
            return None
        hint = self.env._(
            "Slip and reply side by side: accept it, or return it with what is missing."
        )
        return Act(self.env._("Check the Reply"), open=self._reply_of(slip), hint=hint)

    def _reply_of(self, slip):
        """Return the action that shows a slip and its reply side by side."""
        view = self.env.ref("kaiyang_complaint.complaint_slip_view_form_reply")
        title = self.env._("Check the Reply to %s", slip.display_name)
        action = self._form(slip, title) | {"views": [(view.id, "form")], "target": "new"}
        return action | {"context": {"dialog_size": "extra-large"}}

    # --- feedback and end -------------------------------------------------------------------------

    def _follow_report(self, _node):
        left = self.ticket.delegated_feedback_id
        label = self.env._("Open the Answer of the Unit")
        return Act(label, open=self._form(left, label)) if left else None

    def _tell(self, node):
        if self.ticket.delegation_state == "reported":
            return self._follow_report(node)
        hint = self.env._("Filled in from the accepted reply; what is compulsory is marked.")
        action = self.env["complaint.feedback"]._open(self.ticket)
        return Act(self.env._("Give Feedback"), open=action, hint=hint)

    def _close(self, _node):
        needs = tuple(self.ticket._what_keeps_open())
        drafts = self.ticket.finding_ids.filtered(lambda finding: finding.state == "draft")
        if drafts and drafts._lacking():
            needs = tuple(drafts._lacking())
            return Act(self.env._("Complete the Findings"), page="findings", needs=needs)
        if drafts:
            return Act(self.env._("Confirm Findings"), "action_confirm_findings")
        return Act(self.env._("Close"), "action_close", needs=needs)

    def _archive(self):
        if self.ticket.dossier_state != "draft":
            return Act(self.env._("Compile Dossier"), "action_open_dossier")
        gaps = (self.ticket.archive_gaps or "").split("\n")
        confirm = self.env._(
            "Archive this case? Its dossier gets its number, and nobody can change the case any "
            "more."
        )
        label = self.env._("Archive")
        needs = tuple(filter(None, gaps))
        return Act(label, "action_archive_dossier", confirm=confirm, needs=needs)

    def _resume(self):
        if not self._is("clerk"):
            return None
        hint = self.env._("It goes on where it was put aside; its limits never stopped.")
        return Act(self.env._("Resume"), "action_resume", hint=hint)

    # --- leaders ----------------------------------------------------------------------------------

    def _asked(self):
        """Return a request that waits for the decision of the user."""
        return self.ticket.approval_ids.filtered("can_decide")[:1]

    def _decide(self, approval):
        label = self.env._("Decide the Request")
        return Act(label, open=self._form(approval, label), hint=approval.request or "")

    def _supervise(self):
        hint = self.env._("The clerk in charge and the units that have yet to reply are told.")
        return Act(self.env._("Supervise"), "action_supervise", hint=hint)

    def _form(self, record, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
