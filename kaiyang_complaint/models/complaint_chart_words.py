from odoo import models


class ComplaintChartWords(models.AbstractModel):
    """What the flow chart is written in: the words of the regulation, and plainer ones."""

    _name = "complaint.chart.words"
    _description = "Words of the Flow Chart"

    def _levels(self, acting):
        """Return the three levels, and which of them acts."""
        levels = self._fields["acting_level"]._description_selection(self.env)
        none = self.env._("Nobody has to act any more")
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

    def _step_labels(self):
        """Name the boxes of the regulation's flow chart (annex 1)."""
        return {
            "came_in": self.env._("Complaint Made"),
            "contact": self.env._("First Contact"),
            "review": self.env._("Review"),
            "invalid": self.env._("Invalid"),
            "register": self.env._("Registered"),
            "reopen": self.env._("Taken Up Again"),
            **self._branch_labels(),
            "check": self.env._("Check Result"),
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
        }

    def _plain_labels(self):
        """Name what complainants would not understand in their words."""
        return {
            "forward": self.env._("Passed On to the Unit"),
            "sign": self.env._("Received by the Unit"),
            "answer": self.env._("Unit Looks Into It"),
        }
