from typing import NamedTuple

from ...tools.codes import MANAGER_GROUP
from ..case.on_duty import people_of

MODULE = "kaiyang_complaint."


class Step(NamedTuple):
    """One thing a centre needs: what it is called, why, whether it is there, where it is made."""

    key: str
    label: str
    hint: str
    done: bool
    action: dict


class FirstSteps:
    """What a centre needs until its first complaint is accepted, for its managers.

    Each step is done or not by what is on record, not by what somebody ticked.
    """

    def __init__(self, env):
        self.env, self.company = env, env.company

    def steps(self):
        """Return the steps in their order; none for others, and once a complaint was accepted.

        :return: ``[{"key", "label", "hint", "done", "action"}]``
        """
        if not self.env.user.has_group(MANAGER_GROUP) or self._has_accepted():
            return []
        steps = [*self._of_the_office(), *self._of_the_hall(), *self._of_people()]
        return [step._asdict() for step in steps]

    def _has_accepted(self):
        """Return whether a complaint was ever accepted, whoever may read it."""
        accepted = [
            ("is_complaint", "=", True),
            ("company_id", "=", self.company.id),
            ("accepted_at", "!=", False),
        ]
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        return bool(tickets.search_count(accepted, limit=1))

    def _of_the_office(self):
        today = self.company._complaint_today()
        published = [("year", "=", today.year), ("state", "=", "published")]
        yield Step(
            "hotline",
            self.env._("Hotline and name of the centre"),
            self.env._("On forms, notices and public pages"),
            bool(self.company.complaint_phone),
            self._action("complaint_settings_action"),
        )
        yield Step(
            "calendar",
            self.env._("Working calendar of %s", today.year),
            self.env._("Limits are counted in its working days"),
            self._has("complaint.calendar.year", published),
            self._action("complaint_calendar_year_action"),
        )

    def _of_the_hall(self):
        here = [("company_id", "=", self.company.id)]
        yield Step(
            "unit",
            self.env._("Window unit"),
            self.env._("The authority that answers for its windows"),
            self._has("complaint.window.unit", here),
            self._dialog("complaint.window.unit", self.env._("New Window Unit")),
        )
        yield Step(
            "window",
            self.env._("Window"),
            self.env._("By its number a complaint finds its unit"),
            self._has("complaint.window", here),
            self._dialog("complaint.window", self.env._("New Window")),
        )
        yield Step(
            "staff",
            self.env._("Window staff"),
            self.env._("Who can be complained about by name"),
            self._has("complaint.window.staff", here),
            self._dialog("complaint.window.staff", self.env._("New Staff Member")),
        )

    def _of_people(self):
        offices = self.env["complaint.representative"].search(
            [("company_id", "=", self.company.id)]
        )
        reachable = offices._in_office().filtered(lambda one: not one.lacks_address)
        clerks = people_of(self.env, "clerk", self.company)
        yield Step(
            "representative",
            self.env._("Chief representative"),
            self.env._("Gets an account by mail and answers the slips"),
            bool(reachable),
            self._action("complaint_representative_wizard_action"),
        )
        yield Step(
            "clerk",
            self.env._("Clerk"),
            self.env._("Registers complaints, with an account of their own"),
            any(not user.has_group("base.group_system") for user in clerks),
            self._action("complaint_account_wizard_action"),
        )
        yield Step(
            "complaint",
            self.env._("First complaint"),
            self.env._("Register a call and accept it"),
            False,
            self._action("complaint_action_register_phone"),
        )

    def _has(self, model, domain):
        return bool(self.env[model].search_count(domain, limit=1))

    def _action(self, name):
        return self.env["ir.actions.actions"]._for_xml_id(MODULE + name)

    def _dialog(self, model, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "views": [[False, "form"]],
            "target": "new",
        }
