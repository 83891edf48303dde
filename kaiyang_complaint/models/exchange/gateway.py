from zoneinfo import ZoneInfo

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError

from ...exceptions import busy
from ...tools import import_fields, site_call
from ...tools.file_names import clean_name
from ...tools.site_call import Fault
from .site import Site

INTEGRATION = "kaiyang_complaint.group_complaint_integration"


class Gateway(Site):
    """The door by which a complaints site registers its complaints, and learns nothing (一.3)."""

    def take_in(self, call):
        """Register what a site tells as a draft, once under each of the site's numbers.

        :return: the number, whether a complaint was created for it now, and its state; the state
            of what the desk refused, and keeps nothing of (四.2), is ``out_of_scope``
        :raise AccessError: for anyone but the user of the interface
        :raise UserError: naming all that is wrong; nothing was registered
        :raise BusyError: where the same number came in at the same moment; the server tries
            again, and finds it registered
        """
        desk = self._as_superuser()
        room = desk.env["helpdesk.ticket.team"]._complaint_room()
        ref = site_call.read_ref(call["external_ref"])
        if ref and room._was_refused(ref):
            return {"external_ref": ref, "created": False, "state": "out_of_scope"}
        ticket = desk.registered(room, [ref]) if ref else None
        created = not ticket
        if created:
            ticket = desk._create_draft(room, desk._values_of(room, call))
        return {"external_ref": ref, "created": created, "state": ticket.complaint_state}

    def _as_superuser(self):
        """Return the gateway with the desk's rights, in the user's centre.

        What the caller wrote into the context, such as defaults, counts for nothing.
        """
        user = self.env.user
        if not (self.env.su or user.has_group(INTEGRATION)):
            raise AccessError(self.env._("Only the user of the interface may register by a call."))
        return Gateway(self.env(su=True, context={"lang": user.lang, "tz": user.tz}))

    # --- what the call says -----------------------------------------------------------------------

    def _values_of(self, room, call):
        """Return a call as the values of a draft, and its files.

        :raise UserError: naming all that is wrong with it
        """
        call = {name: value for name, value in call.items() if value not in (None, "", [])}
        company = room.company_id or self.env.company
        faults = site_call.find_faults(call | {name: call.get(name) for name in site_call.REQUIRED})
        if not faults:
            values = self._wall_times(company, call)
            window_id, faults = self._find_window(company, values)
            conduct, unknown = self._find_conduct(company, values)
            faults += unknown + self._future(company, values)
        if faults:
            lines = [self._complain(fault) for fault in dict.fromkeys(faults)]
            raise UserError("\n".join([*lines, self.env._("Nothing was registered.")]))
        return {
            **self.draft(room, company, values),
            "external_ref": values["external_ref"].strip(),
            "is_confidential": values.get("is_confidential", False),
            "window_id": window_id,
            "conduct_ids": [Command.set(conduct.ids)],
            "respondent_ids": self._respondents(company, values),
        }, values.get("attachments", [])

    def _wall_times(self, company, call):
        zone = ZoneInfo(company.complaint_tz)
        given = [name for name in site_call.MOMENTS if name in call]
        return call | {name: site_call.read_moment(call[name], zone) for name in given}

    def _future(self, company, values):
        """Return a fault for each time that is yet to come."""
        now = company._complaint_local(fields.Datetime.now()).replace(tzinfo=None)
        return [
            Fault("future", name, str(values[name]))
            for name in site_call.MOMENTS
            if name in values and values[name] > now
        ]

    def _find_window(self, company, values):
        stated = values.get("window")
        window_id = stated and self.windows(company).get(import_fields.window_key(stated))
        return window_id, [Fault("window", "window", stated)] if stated and not window_id else []

    def _find_conduct(self, company, values):
        """Return the conduct items of some numbers, and a fault for each number unknown."""
        numbers = set(values.get("conduct", [])) - {0}
        items = self.env["helpdesk.ticket.category"].search(
            [
                ("conduct_number", "in", list(numbers)),
                ("company_id", "in", (company.id, False)),
            ]
        )
        unknown = set(values.get("conduct", [])) - set(items.mapped("conduct_number"))
        return items, [Fault("conduct", "conduct", str(number)) for number in sorted(unknown)]

    def _respondents(self, company, values):
        """Return whom the complaint is about: staff by badge or name, else the name as stated."""
        stated = list(dict.fromkeys(name.strip() for name in values.get("staff", [])))
        staff = self.env["complaint.window.staff"].search(
            [
                ("company_id", "=", company.id),
                *("|", ("employee_no", "in", stated), ("name", "in", stated)),
            ]
        )
        commands = []
        for name in stated:
            known = staff.filtered(lambda one, name=name: name in (one.employee_no, one.name))
            person = {"staff_id": known.id} if len(known) == 1 else {"stated_name": name}
            commands.append(Command.create(person))
        return commands

    def _complain(self, fault):
        """Return what is wrong with a call, in the language of its user."""
        name, culprit = fault.field, fault.culprit
        return {
            "missing": self.env._("%s is missing.", name),
            "unknown": self.env._("Unknown field: “%s”.", name),
            "kind": self.env._("%s is not of the kind expected.", name),
            "long": self.env._("%(name)s is longer than %(limit)s.", name=name, limit=culprit),
            "many": self.env._("%(name)s has more than %(limit)s.", name=name, limit=culprit),
            "moment": self.env._(
                "%(name)s: invalid time “%(culprit)s”.", name=name, culprit=culprit
            ),
            "future": self.env._("%(name)s: %(time)s is yet to come.", name=name, time=culprit),
            "window": self.env._("Unknown window: “%s”.", culprit),
            "conduct": self.env._("Unknown conduct item: %s.", culprit),
            "base64": self.env._("The content of “%s” is not base64.", culprit),
            "refused": self.env._(
                "“%s” is empty, or of a kind that is not taken (zip, html, svg, programs).", culprit
            ),
            "large": self.env._("The attachment is too large: %s.", culprit),
        }[fault.kind]

    # --- the draft --------------------------------------------------------------------------------

    def _create_draft(self, room, draft):
        """Create the draft with its files, or nothing."""
        values, files = draft
        # Our snapshot is older than the other's draft: only a new transaction sees it.
        with busy(self.env), self.env.cr.savepoint():
            ticket = self.env["helpdesk.ticket"].with_company(room.company_id).create(values)
        self.env["ir.attachment"].create(
            [
                {
                    "name": clean_name(file["name"]),
                    "raw": site_call.decode(file["content"]),
                    "res_model": ticket._name,
                    "res_id": ticket.id,
                }
                for file in files
            ]
        )
        return ticket
