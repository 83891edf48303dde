from odoo import fields

from ..case.helpdesk_ticket import CurrentRound

# What makes a complaint one that is upheld.
UPHELD = ("upheld", "partly")
# What the inquiry and the replies call responsible -> whose fault a finding says it is.
FAULTS = {"staff": "staff", "unit": "unit", "other": "other", "none": False}
# And back: what a finding says, in the words of an inquiry.
BLAMES = {"staff": "staff", "window": "unit", "unit": "unit", "other": "other"}
BLAMED = ("staff", "unit")


class Outcome:
    """What came out of a complaint: as it was reported, and as it was confirmed (七).

    :param ticket: the complaint
    """

    def __init__(self, ticket):
        self.ticket = ticket

    def findings(self):
        """Return what came out: facts, cause, result, measures, responsibility, verdict.

        Inquiry and replies tell facts and measures; what was confirmed on the respondents says
        whether the complaint is upheld, and until then what the inquiry and the replies say.
        """
        self.ticket.ensure_one()
        return {**self.reported(), **self.judged()}

    def reported(self, unit=None):
        """Return what inquiry and replies say; the room's own inquiry counts before the replies.

        :param unit: whose reply counts, where it gave one
        """
        present = CurrentRound(self.ticket)
        inquiry = present.concluded().sorted("id")[-1:]
        replies = (present.slips() if present.has_begun else self.ticket.slip_ids).reply_ids
        replies = replies.filtered(lambda reply: reply.state == "accepted").sorted("id")
        own = replies.filtered(lambda reply: unit and reply.slip_id.unit_id == unit)
        replies = own or replies

        def told(name):
            return "\n".join(filter(None, replies.mapped(name)))

        return {
            "facts": told("facts") or inquiry.respondent_facts or "",
            "cause": "" if told("result") else inquiry.cause or "",
            "result": told("result"),
            "measures": told("measures") or inquiry.measures or "",
            **self._reported_responsibility(inquiry, replies),
        }

    def _reported_responsibility(self, inquiry, replies):
        """Return who is responsible, and whether the complaint is upheld, as it was reported.

        A unit that takes responsibility, its own or its staff's, upholds it.
        """
        said = replies.mapped("responsibility")
        blamed = next((one for one in BLAMED if one in said), said[:1] and said[0])
        verdict = replies and ("upheld" if blamed in BLAMED else "not_upheld")
        return {
            "responsibility": inquiry.responsibility or blamed or False,
            "verdict": inquiry.conclusion or verdict or False,
        }

    def judged(self):
        """Return what was confirmed: the strongest conclusion, and whose fault it is.

        A case whose findings were overturned is not upheld; one with drafts only is not judged.
        """
        judged = self.ticket.sudo().finding_ids.filtered(lambda one: one.state != "draft")
        if not judged:
            return {}
        standing = judged.filtered(lambda one: one.state == "confirmed")
        verdicts = standing.mapped("conclusion")
        verdict = next((one for one in UPHELD if one in verdicts), "not_upheld")
        faults = [BLAMES.get(one.liable) for one in standing if one.conclusion in UPHELD]
        # The order of ``BLAMES`` ranks them: a person before the window or the unit.
        blame = next((one for one in BLAMES.values() if one in faults), "none")
        return {"verdict": verdict, "responsibility": blame}

    def is_upheld(self):
        """Return whether the complaint is upheld: the one place that says so (七)."""
        return self.findings()["verdict"] in UPHELD

    def counted_against(self, **party):
        """Return the findings that count against a party, such as ``staff_id`` (七.1)."""
        return self.ticket.sudo().finding_ids.filtered(
            lambda one: one.is_counted and all(one[name] == value for name, value in party.items())
        )

    def accepted_on(self):
        """Return the day by which findings are counted: that of acceptance (七.3)."""
        accepted_at = self.ticket.accepted_at or fields.Datetime.now()
        return self.ticket.company_id._complaint_local(accepted_at).date()

    def proposal(self, respondent):
        """Return the values of the finding that inquiry and replies suggest on a respondent."""
        ticket, said = self.ticket, self.reported(respondent.unit_id)
        upheld = said["verdict"] in UPHELD
        fault = FAULTS.get(said["responsibility"] or "none")
        # Nobody was named: then the window answers for it, or the unit where none is known.
        if fault == "staff" and not respondent.staff_id and not respondent.stated_name:
            fault = "window" if respondent.window_id else "unit"
        last_breach = CurrentRound(ticket).concluded().sorted("id")[-1:].is_transfer_due
        return {
            "ticket_id": ticket.id,
            "respondent_id": respondent.id,
            "conduct_id": len(ticket.conduct_ids) == 1 and ticket.conduct_ids.id,
            "facts": said["facts"],
            "conclusion": said["verdict"],
            "responsibility": "main" if upheld and fault else said["verdict"] and "none",
            "liable": upheld and fault,
            "is_breach": upheld and last_breach,
            "replaced_id": respondent.finding_ids.sorted("id")[-1:].id,
        }
