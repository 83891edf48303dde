from datetime import datetime
from pathlib import PurePath

from ...tools.dossier_papers import PAPERS
from ..access.access_revocation import AccessRevocation


class CollectedPapers:
    """The papers and files of a case that belong into one of its volumes (八).

    :param dossier: the volume that is compiled
    """

    def __init__(self, dossier):
        self.dossier, self.env = dossier, dossier.env
        self.ticket = dossier.sudo().ticket_id
        self.company = dossier.company_id

    def values(self):
        """Return the values of all papers of the case, in the order of the dossier.

        No paper and no file comes twice, not even under another name. Another volume holds what
        came after the one before, and the registration form as it is now.
        """
        ticket = self.ticket
        seen, kept = self._filed_before(ticket), []
        for vals in [*self._of_table(ticket), *self._other_files(ticket)]:
            marks = self._marks(vals)
            is_form = vals["is_required"] and vals["section"] == "complaint"
            if is_form or not marks & seen:
                kept.append({**vals, "dossier_id": self.dossier.id})
                seen |= marks
        return kept

    def _of_table(self, ticket):
        """Yield the papers and files of the records that the table names."""
        for row in PAPERS:
            report = row.report and self.env.ref(f"kaiyang_complaint.{row.report}")
            for record in self._records(ticket, row):
                if report:
                    yield {**self._described(row, record), **self._printed(report, record)}
                if row.kept:
                    yield {**self._described(row, record), "attachment_id": record[row.kept].id}
                for files in row.files:
                    yield from self._files_of(row, files, record)

    def _records(self, ticket, row):
        """Return the records that give a kind of paper, in the order of time."""
        records = ticket[row.source] if row.source else ticket
        records = records.filtered(
            lambda one: (
                all(self._value(one, path) in allowed for path, allowed in row.only.items())
                and not self._is_apart(one, ticket)
            )
        )
        return records.sorted(lambda one: (str(self._value(one, row.date) or ""), one.id))

    def _is_apart(self, record, ticket):
        """Return whether a record is of a letter that rests on a case more closed than this one.

        It tells of that case: it goes into the dossier of that one, and into no other (七.5).
        """
        is_letter = record._name == "complaint.letter"
        linked = "letter_id" in record._fields and record.letter_id
        letter = record if is_letter else linked
        others = letter and (letter.ticket_ids - ticket).filtered("is_restricted")
        shared = ticket.is_restricted and others and others.user_id == ticket.user_id
        return bool(others) and not shared

    def _described(self, row, record):
        about = self._value(record, row.about)
        return {
            "section": row.section,
            "title": "：".join(filter(None, (row.title, about))),
            "doc_number": self._value(record, row.number),
            "author": self._value(record, row.author) or self.company._complaint_title(),
            "date": self._day(self._value(record, row.date)),
            "is_required": row.required,
        }

    def _printed(self, report, record):
        return {"report_id": report.id, "res_model": record._name, "res_id": record.id}

    def _files_of(self, row, files, record):
        for file in record.mapped(files.path).sorted("id"):
            if file.type == "binary":
                vals = self._file(file, row.section, files.label)
                vals["author"] = (
                    self._value(record, files.author) or self.company._complaint_title()
                )
                vals["date"] = self._day(self._value(record, files.date)) or vals["date"]
                yield vals

    def _other_files(self, ticket):
        """Yield the files of the case that the table does not name, the oldest first."""
        family = AccessRevocation(self.env).parts(ticket)
        owners = {
            (name, one.id)
            for name, records in family.items()
            if not name.startswith("complaint.dossier")
            for one in records
            if not self._is_apart(one, ticket)
        }
        files = self.env["ir.attachment"].sudo()
        found = files.search_fetch(
            [
                ("res_model", "in", list(family)),
                ("res_id", "in", [res_id for _name, res_id in owners]),
                ("type", "=", "binary"),
            ],
            order="id",
        )
        for file in found:
            if (file.res_model, file.res_id) in owners:
                yield self._file(file, "other")

    def _file(self, file, section, label=""):
        name = PurePath(file.name or "").stem or file.name
        return {
            "section": section,
            "title": "：".join(filter(None, (label, name))),
            "date": self._day(file.create_date),
            "attachment_id": file.id,
            "is_required": False,
        }

    # --- what is known by what ------------------------------------------------------------------

    def _marks(self, item):
        """Return by what a paper is recognised: its record, or its file and that file's content."""
        if "attachment_id" in item:
            file = self.env["ir.attachment"].sudo().browse(item["attachment_id"])
            return {file.id, file.checksum}
        return {(item["report_id"], item["res_id"])}

    def _filed_before(self, ticket):
        """Return by what the papers of the archived volumes are recognised."""
        volumes = ticket.dossier_ids.filtered(lambda one: one.state == "archived")
        filed = volumes.item_ids.filtered(lambda item: not item.left_out)
        marks = {(item.report_id.id, item.res_id) for item in filed if item.report_id}
        for file in filed.attachment_id:
            marks |= {file.id, file.checksum}
        return marks

    # --- words and dates ------------------------------------------------------------------------

    def _value(self, record, path):
        """Follow a path of field names from a record; nothing where there is none."""
        value = record
        for name in path.split(".") if path else ():
            value = value[name]
        return value if path else False

    def _day(self, value):
        """Return the day of a moment on the centre's calendar."""
        is_moment = isinstance(value, datetime)
        return self.company._complaint_local(value).date() if is_moment else value
