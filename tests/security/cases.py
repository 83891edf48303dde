"""The cases with words planted in them: made as the desk makes them, then planted in every text.

Runs inside Odoo. What a step of the desk makes by itself comes from that step; what would take
many more steps is written the way the procedures write it.
"""

import io
import wave
from datetime import date, timedelta

from odoo import Command, fields

from .expected import CASES

# Names, numbers and dwellings as people have them: case -> mark of a name, end of a number.
PEOPLE = {
    "open": ("甲", "1111"),
    "draft": ("戊", "5555"),
    "restricted": ("乙", "2222"),
    "archived": ("丙", "3333"),
    "sealed": ("丁", "4444"),
    "foreign": ("己", "6666"),
}
SECRET = ("restricted", "sealed")
ENDED = ("archived", "sealed")
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
# Selections that must not take their first value.
CHOICES = {
    ("complaint.letter", "kind"): "other",
    ("complaint.approval", "kind"): "instruction",
    ("complaint.slip.reply", "state"): "submitted",
    ("complaint.call", "role"): "representative",
}


def _recording(words):
    """Return half a second of silence in which the words stand as samples."""
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", None))
        sound.writeframes(words.encode().ljust(4000, b"\x80"))
    return content.getvalue()


class Centre:
    """One service centre: its people, its room, one unit with a window, staff, representative."""

    def __init__(self, env, room, code, *, clerk, reps):
        self.env, self.room, self.clerk = env, room, clerk
        self.company = room.company_id
        unit = {"name": f"矩阵单位{code}", "code": f"MX{code}", "company_id": self.company.id}
        self.unit = env["complaint.window.unit"].create(unit)
        self.representatives = env["complaint.representative"].create(
            [{"user_id": rep.id, "unit_id": self.unit.id} for rep in reps]
        )
        self.window = env["complaint.window"].create(
            {
                "number": f"MX{code}",
                "name": "矩阵窗口",
                "area": "M区",
                "unit_id": self.unit.id,
            }
        )
        self.staff = env["complaint.window.staff"].create(
            {"name": f"窗口员{code}", "employee_no": f"MX{code}", "window_id": self.window.id}
        )
        self.authority = env["complaint.authority"].create(
            {"name": f"矩阵机关{code}", "company_id": self.company.id}
        )


def by_procedure(records):
    """Return records, or a model, as the procedures of the addon write them."""
    records = records.sudo()
    for step in ("_with_procedure", "_unlocked"):
        if hasattr(records, step):
            records = getattr(records, step)()
    return records


class Cases:
    """Makes one case after the other, with all that may hang on one."""

    def __init__(self, env, words, people, centre, abroad):
        self.env, self.words, self.people = env, words, people
        self.centre, self.abroad = centre, abroad
        self.tickets, self.parts = {}, {}
        self.months = iter(range(1, 13))

    def make(self):
        """Make every case; return the complaints by case."""
        for case in CASES:
            self.tickets[case] = self._register(case)
            if case == "draft":
                continue
            self._handle(case)
            self._hang_parts(case)
        for case in SECRET:
            by_procedure(self.tickets[case]).write({"is_discipline_matter": True})
        for case in ENDED:
            self._archive(case)
        self._keep_files()
        self.env.flush_all()
        return self.tickets

    def hall(self, case):
        """Return the centre in which a case is."""
        return self.abroad if case == "foreign" else self.centre

    def part(self, case, model):
        """Return the records of a model made for a case."""
        return self.parts.get((case, model), self.env[model].sudo())

    # --- by the steps of the desk ---------------------------------------------------------------

    def _register(self, case):
        hall = self.hall(case)
        tickets = hall.env["helpdesk.ticket"].with_user(hall.clerk)
        ticket = tickets.create(self._typed(case, hall))
        ticket.message_post(
            body=f"回访：{self.words.new(case, 'flow', 'note')}",
            subtype_xmlid="mail.mt_comment",
            attachments=[("录音.txt", self.words.new(case, "flow", "message_file").encode())],
        )
        ticket.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.words.new(case, "flow", "to_do"),
            user_id=hall.clerk.id,
        )
        if hall is self.centre:
            self._involve_colleague(case, ticket)
        return ticket

    def _involve_colleague(self, case, ticket):
        """Let a colleague follow, write and be told, while the case is open to them."""
        colleague = self.people["colleague"]
        theirs = ticket.with_user(colleague)
        theirs.message_subscribe(colleague.partner_id.ids)
        theirs.message_post(body=self.words.new(case, "flow", "colleague_note"))
        told = {"partner_ids": colleague.partner_id.ids, "subtype_xmlid": "mail.mt_comment"}
        ticket.message_post(body=self.words.new(case, "flow", "told_colleague"), **told)

    def _typed(self, case, hall):
        """Return what the clerk types: a word in every text, and a person as people are."""
        mark, number = PEOPLE[case]

        def word(field):
            return self.words.new(case, "flow", field)

        name = self.words.person(case, "partner_name", f"欧阳{mark}明")
        phone = self.words.person(case, "complainant_phone", f"1890000{number}")
        respondent = {"stated_name": f"窗口的{word('stated_name')}"}
        return {
            "team_id": hall.room.id,
            "channel_id": self.env.ref("kaiyang_complaint.channel_phone").id,
            "user_id": hall.clerk.id,
            "partner_name": name,
            "complainant_phone": phone,
            "complainant_address": f"{mark}坡路{word('complainant_address')}号",
            "complainant_id_number": self.words.person(
                case, "complainant_id_number", f"52012119900101{number}"
            ),
            "partner_email": f"{word('partner_email')}@example.com",
            "no_recording_reason": f"来电人不同意录音 {word('no_recording_reason')}",
            "no_conduct_reason": f"说不清 {word('no_conduct_reason')}",
            "number_reason": f"坚持 {word('number_reason')}",
            "window_id": hall.window.id,
            "service_datetime": "2026-03-02 02:30:00",
            "service_item": f"不动产转移登记 {word('service_item')}",
            "description": f"<p>我叫{name}，电话{phone}。{word('description')}</p>",
            "room_opinion": f"请核实。{word('room_opinion')}",
            "respondent_ids": [
                Command.create({**respondent, "window_id": hall.window.id}),
            ],
        }

    def _handle(self, case):
        """Accept and forward; a secret case is restricted afterwards, when much hangs on it."""
        ticket, hall = self.tickets[case], self.hall(case)
        ticket.action_accept()
        # Only then a meeting is due.
        by_procedure(ticket).write({"complaint_class": "major"})
        slips = ticket.sudo().slip_ids
        if not slips:
            slips = self._create("complaint.slip", case, ticket_id=ticket.id, unit_id=hall.unit.id)
            values = {"representative_id": hall.representatives[:1].id, "state": "sent"}
            by_procedure(slips).write({**values, "sent_at": fields.Datetime.now()})
        self.parts[case, "complaint.slip"] = slips
        slips.message_post(
            body=self.words.new(case, "mail.message:complaint.slip", "body"),
            subtype_xmlid="mail.mt_comment",
        )

    # --- as the procedures write it ---------------------------------------------------------------

    def _hang_parts(self, case):
        """Let one record of each kind hang on the case."""
        hall, ticket = self.hall(case), self.tickets[case]
        links = {"ticket_id": ticket.id}
        one = self._create
        reply = one("complaint.slip.reply", case, slip_id=self.part(case, "complaint.slip")[:1].id)
        one("complaint.measure", case, reply_id=reply.id)
        one(
            "complaint.call",
            case,
            representative_id=hall.representatives[:1].id,
            called_by_id=hall.clerk.id,
            **links,
        )
        for model in ("contact", "approval", "extension", "feedback", "deadline"):
            one(f"complaint.{model}", case, **links)
        # Its units and its invitees come with it.
        one("complaint.meeting", case, **links)
        one("complaint.citizen.message", case, **links)
        sent = {"company_id": hall.company.id, "state": "taken"}
        one("complaint.submission", case, **sent, **links)
        inquiry = one("complaint.investigation", case, **links)
        one("complaint.investigation.opinion", case, investigation_id=inquiry.id)
        letter = one("complaint.letter", case, company_id=hall.company.id, **links)
        one("complaint.referral", case, authority_id=hall.authority.id, **links)
        one("complaint.approval", case, letter_id=letter.id, **links)
        deadline = self.part(case, "complaint.deadline")[:1]
        slips = self.part(case, "complaint.slip").ids
        told = {"deadline_id": deadline.id, "slip_id": slips[0], "effect": "urging"}
        told["due_at"] = fields.Datetime.now()
        one("complaint.escalation", case, told_slip_ids=[Command.set(slips)], **told, **links)
        log = {"company_id": hall.company.id, "position": 1000 + ticket.id}
        log |= {"user_id": hall.clerk.id, "slip_id": slips[0]}
        one("complaint.access.log", case, **log, **links)
        self._hang_results(case, hall, ticket)
        self._hang_imports(case, hall, ticket)
        self._hang_beside(case, hall, ticket)

    def _hang_results(self, case, hall, ticket):
        month = date(2001, next(self.months), 1)
        respondent = ticket.sudo().respondent_ids[:1]
        finding = self._create(
            "complaint.finding", case, ticket_id=ticket.id, respondent_id=respondent.id
        )
        about = {"finding_id": finding.id}
        self._create("complaint.bar", case, staff_id=hall.staff.id, period=month, **about)
        months = {"company_id": hall.company.id, "month": month}
        assessment = self._create("complaint.assessment", case, **months)
        line = {"assessment_id": assessment.id, "target": "window", "window_id": hall.window.id}
        self._create("complaint.assessment.line", case, kind="finding", points=-1, **line, **about)
        board = self._create("complaint.board", case, **months)
        entry = {"board_id": board.id, "window_id": hall.window.id, "colour": "black"}
        self._create("complaint.board.entry", case, finding_ids=[Command.set(finding.ids)], **entry)
        self._create(
            "complaint.written.report",
            case,
            company_id=hall.company.id,
            window_id=hall.window.id,
            unit_id=hall.unit.id,
            first_month=month,
            second_month=date(2002, month.month, 1),
            finding_ids=[Command.set(finding.ids)],
            asked_at=fields.Datetime.now(),
            representative_id=hall.representatives[:1].id,
        )

    def _hang_imports(self, case, hall, ticket):
        loaded = self._create(
            "complaint.import", case, company_id=hall.company.id, team_id=hall.room.id
        )
        self._create("complaint.import.line", case, import_id=loaded.id, ticket_id=ticket.id, row=1)
        # Of what was taken in the desk reads the rows, as far as it may read their complaints.
        taken = self.env["complaint.import"].create(
            {"company_id": hall.company.id, "team_id": hall.room.id, "state": "done"}
        )
        self._create("complaint.import.line", case, import_id=taken.id, ticket_id=ticket.id, row=1)
        batch = {"company_id": hall.company.id}
        batch = self._create("complaint.dossier.batch", case, **batch)
        self._create("complaint.dossier.batch.line", case, batch_id=batch.id, ticket_id=ticket.id)

    def _hang_beside(self, case, hall, ticket):
        """Keep beside the case what names it by model and id alone."""
        named = {"res_model_id": self.env["ir.model"]._get_id(ticket._name)}
        start = fields.Datetime.now() + timedelta(days=1)
        event = {"start": start, "stop": start, "user_id": hall.clerk.id, "partner_ids": []}
        self._create("calendar.event", case, name="会商", res_id=ticket.id, **named, **event)
        self._create(
            "mail.scheduled.message",
            case,
            body="稍后",
            model=ticket._name,
            res_id=ticket.id,
            scheduled_date="2099-01-01 00:00:00",
            author_id=hall.clerk.partner_id.id,
        )

    def _create(self, name, case, /, **vals):
        """Create one record of a model, with what it requires, the way procedures do."""
        model = by_procedure(self.env[name].with_company(self.hall(case).company))
        record = model.create({**self._required(model, vals), **vals})
        record = record.with_env(self.env).sudo()
        self.parts[case, name] = self.part(case, name) | record
        return record

    def _required(self, model, given):
        values = {}
        defaults = model.default_get(list(model._fields))
        for name, field in model._fields.items():
            chosen = CHOICES.get((model._name, name))
            if chosen and name not in given:
                values[name] = chosen
            elif self._is_missing(field, given, defaults):
                values[name] = self._any_value(model, field)
        return values

    @staticmethod
    def _is_missing(field, given, defaults):
        wanted = field.required and field.store and not field.compute and not field.related
        return wanted and field.name not in given and not defaults.get(field.name)

    def _any_value(self, model, field):
        if field.type == "selection":
            return field.get_values(self.env)[0]
        if field.type == "many2one":
            users = field.comodel_name == "res.users"
            return (
                self.people["clerk"].id
                if users
                else model.env[field.comodel_name].search([], limit=1).id
            )
        if field.type in {"date", "datetime"}:
            return fields.Datetime.now() if field.type == "datetime" else fields.Date.today()
        return 1 if field.type in {"integer", "float"} else "x"

    # --- what has ended, and files -------------------------------------------------------------

    def _archive(self, case):
        """Close a case, compile its dossier and archive it; printing is not what is tested."""
        ticket = by_procedure(self.tickets[case])
        ticket.write({"complaint_state": "closed", "closed_date": fields.Datetime.now()})
        dossier = ticket._compile_dossier()
        self.parts[case, "complaint.dossier"] = dossier.sudo()
        self.parts[case, "complaint.dossier.item"] = dossier.sudo().item_ids
        by_procedure(dossier).write({"state": "archived", "archived_at": fields.Datetime.now()})
        self._create("complaint.dossier.loan", case, dossier_id=dossier.id)
        self._create("complaint.dossier.note", case, dossier_id=dossier.id)

    def _keep_files(self):
        """Hang a file on every record of every case; its name and its content are planted."""
        for case, ticket in self.tickets.items():
            self._add_file(case, ticket)
        for (case, _model), records in [*self.parts.items()]:
            for record in records:
                self._add_file(case, record)
        for case in ENDED:
            by_procedure(self.tickets[case]).write({"complaint_state": "archived"})

    def _add_file(self, case, record):
        place = f"ir.attachment:{record._name}"
        content = self.words.new(case, place, "raw", record.id)
        name = self.words.new(case, place, "name", record.id)
        files = self.env["ir.attachment"].sudo()._unlocked()
        is_ticket = record._name == "helpdesk.ticket"
        file = files.create(
            {
                "name": f"{name}.wav" if is_ticket else f"{name}.txt",
                "raw": _recording(content) if is_ticket else f"{content} 证据".encode(),
                "res_model": record._name,
                "res_id": record.id,
            }
        )
        self.parts[case, "ir.attachment"] = self.part(case, "ir.attachment") | file
        if is_ticket:
            by_procedure(record).write({"recording_ids": [Command.link(file.id)]})
