from datetime import timedelta

from .intake import Intake
from .people import CLERKS

CALL_BACK = "kaiyang_complaint.activity_call_back"
EXTENDED = {3: 5, 5: 7}
A_WHILE = timedelta(minutes=15)
TO_MEND = timedelta(days=7)
# Of so many replies one was not considered together, and of so many measures one is still open.
ALONE, UNMENDED = 13, 11


class Acts:
    """What people do with a complaint, by the verb of the plan: each by a button they have.

    :param people: the ``People``
    :param clock: the ``StoryClock``
    :param tickets: the complaints that were told of: index -> id
    """

    def __init__(self, people, clock, tickets):
        self.people, self.clock, self.tickets = people, clock, tickets
        self.intake = Intake(people, clock)

    def perform(self, case, verb):
        """Do what the plan says, as who does it."""
        getattr(self, f"_{verb}")(case)

    def _clerk(self, case):
        return CLERKS[case.clerk]

    def _ticket(self, case, user=None):
        env = self.people.acting(user or self._clerk(case))
        return env["helpdesk.ticket"].browse(self.tickets[case.index])

    def _slip(self, case):
        return self._ticket(case).slip_ids.filtered(lambda one: one.state != "declined")[:1]

    def _unit_slip(self, case):
        slip = self._slip(case)
        unit = self.people.acting(slip.sudo().representative_id.user_id)
        return slip.with_env(unit)

    # --- coming in --------------------------------------------------------------------------

    def _register(self, case):
        self.tickets[case.index] = self.intake.register(self._clerk(case), case).id

    def _contact(self, case):
        note = "已联系投诉人核实情况，说明办理程序和时限。"
        self._ticket(case).contact_ids.create(
            {"ticket_id": self.tickets[case.index], "note": note, "contacted_at": self.clock.now}
        )

    def _accept(self, case):
        ticket = self._ticket(case)
        if ticket.is_forwardable:
            self._look_through(ticket)
        ticket.action_accept()

    def _look_through(self, ticket):
        ticket.action_review_text(*ticket._text_to_review())

    def _invalid(self, case):
        reason = case.texts["invalid_reason"]
        self._ticket(case).action_mark_invalid(reason, "unreasonable")

    def _refuse(self, case):
        ticket = self._ticket(case)
        authorities = ticket.env["complaint.authority"].search([])
        authority = authorities[case.index % len(authorities)] if authorities else authorities
        ticket.action_refuse_out_of_scope(authority.id, "请携带有关材料前往咨询。")

    # --- handling ---------------------------------------------------------------------------

    def _arrive(self, case):
        self._ticket(case).call_ids.filtered("is_standing").action_arrive()

    def _settle(self, case):
        self._ticket(case).action_settle_on_spot(
            {
                "content": case.texts["told"],
                "result": case.texts["result"],
                "signature": self.intake.signature,
                **self._opinion(case),
            }
        )

    def _forward(self, case):
        ticket = self._ticket(case)
        if not ticket.reviewed_at:
            self._look_through(ticket)
        ticket.action_forward()

    def _receive(self, case):
        self._unit_slip(case).action_receive()

    def _reply(self, case):
        self._unit_slip(case).action_reply(
            {
                "facts": case.texts["found"],
                "responsibility": case.outcome.blamed,
                "measures": case.texts["measures"],
                "result": case.texts["result"],
                **self._promised(case),
            }
        )

    def _promised(self, case):
        if case.outcome.blamed == "none":
            return {}
        slip = self._slip(case).sudo()
        owner = slip.representative_id.user_id.name
        return {"measures_owner": owner, "measures_by": self.clock.today() + TO_MEND}

    def _return(self, case):
        self._slip(case).action_return_reply(case.texts["return_reason"])

    def _judge(self, case):
        slip = self._slip(case)
        person = slip.sudo().representative_id.user_id.name
        if case.index % ALONE:
            measures = case.texts["measures"]
            considered = {
                "considered_with": f"首席代表 {person}",
                "consideration": f"经会商研判，同意单位的责任认定，整改措施为：{measures}",
            }
        else:
            considered = {"no_consideration_reason": "首席代表外出开会，已电话核对回复内容"}
        slip.action_accept_reply(considered)

    def _extend(self, case):
        ticket = self._ticket(case)
        told = {"told_how": "impossible"} if case.is_anonymous else self._told(case)
        extension = ticket.extension_ids.create(
            {
                "ticket_id": ticket.id,
                "reason": case.texts["extension_reason"],
                "limit_days": EXTENDED[ticket.policy_id.limit_days],
                **told,
            }
        )
        extension.action_request()

    def _told(self, case):
        answer = case.texts["extension_answer"]
        return {"told_at": self.clock.now - A_WHILE, "complainant_answer": answer}

    def _grant(self, case):
        request = self._ticket(case, "leader").extension_ids.approval_id
        request.action_approve(case.texts["extension_instruction"])

    def _inquire(self, case):
        ticket = self._ticket(case)
        ticket.env["complaint.investigation"].create({"ticket_id": ticket.id})

    def _conclude(self, case):
        inquiry = self._ticket(case).investigation_ids
        inquiry.write(
            {
                "respondent_facts": case.texts["found"],
                "mediation": "not_tried",
                "mediation_note": "涉及廉洁自律，不作调解。",
                "conclusion": case.outcome.conclusion,
                "responsibility": case.outcome.blamed,
            }
        )
        inquiry.action_conclude()

    # --- what comes of it -------------------------------------------------------------------

    def _find(self, case):
        ticket, outcome = self._ticket(case), case.outcome
        drafts = ticket.finding_ids.filtered(lambda one: one.state == "draft")
        drafts.write(
            {
                "conclusion": outcome.conclusion,
                "responsibility": outcome.responsibility,
                "liable": outcome.liable,
                "conduct_id": self.intake.items[case.conduct].id,
                "facts": case.texts["found"],
            }
        )
        drafts.action_confirm()

    def _tell(self, case):
        ticket = self._ticket(case)
        feedback = ticket.feedback_ids.create(
            {
                "ticket_id": ticket.id,
                "given_at": self.clock.now,
                "content": case.texts["told"],
                **(self._unreachable() if case.is_anonymous else self._called(case)),
            }
        )
        feedback.action_confirm()

    def _unreachable(self):
        return {"mode": "impossible"}

    def _called(self, case):
        return {
            "mode": "phone",
            "called_number": case.person.phone,
            "callee": case.texts["callee"],
            **self._opinion(case),
        }

    def _opinion(self, case):
        suggestion = case.texts["suggestion"]
        return {
            "satisfaction": case.satisfaction,
            "suggestion": suggestion,
            "no_suggestion": not suggestion,
        }

    def _call_back(self, case):
        ticket = self._ticket(case, "manager")
        ticket.activity_feedback([CALL_BACK], feedback=case.texts["answer"])

    def _close(self, case):
        ticket = self._ticket(case)
        if ticket.asks_for_recording and not (ticket.recording_ids or ticket.no_recording_reason):
            ticket.no_recording_reason = "录音设备故障，录音未能保存"
        if case.index % UNMENDED:
            self._mend(ticket)
        ticket.action_close()

    def _mend(self, ticket):
        """Let units report their measures as done, and the room check them."""
        for measure in ticket.slip_ids.measure_ids:
            unit = self.people.acting(measure.slip_id.sudo().representative_id.user_id)
            proof = [("整改照片.png", self.intake.signature.decode())]
            measure.with_env(unit).action_report_done(
                {"done_note": "已按回复落实，现场照片附后。", "attachments": proof}
            )
            measure.action_check()
