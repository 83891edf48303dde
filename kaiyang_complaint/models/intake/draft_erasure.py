import re

from odoo.fields import Domain

from ...tools.codes import TICKET

# Where a file may hang that was uploaded into the form of a complaint before it was saved.
UPLOADED_TO = (False, TICKET, "mail.compose.message")
EMBEDDED_FILE = re.compile(r"/web/(?:image|content)/(\d+)")
# What is said and filed about a record points at it by model and id.
REFERENCES = (
    ("mail.message", "model"),
    ("mail.scheduled.message", "model"),
    ("mail.activity", "res_model"),
    ("mail.followers", "res_model"),
    ("ir.attachment", "res_model"),
)
# What carries texts to browsers, and keeps them for a day.
TRANSPORTS = (("bus.bus", "message"), ("mail.push", "payload"))


class DraftErasure:
    """Deletes drafts with everything that was ever put down about them (四.2).

    The rights are those of the act that erases: it checks them first.

    :param drafts: complaints that were never registered
    """

    def __init__(self, drafts):
        self.env = drafts.env
        self.drafts = drafts.sudo().with_context(active_test=False)

    def run(self):
        """Delete the drafts, whoever wrote or filed what about them; files of others stay."""
        if not self.drafts:
            return
        self._delete_parts()
        self._delete_dialogs()
        self._delete_transports()
        # Found while the drafts still name them, deleted when nothing names them any more.
        files = self._own_files()
        self.drafts._with_procedure().unlink()
        files.unlink()

    def _delete_parts(self):
        """Delete what hangs on the drafts, each by its own model: it has files and messages too."""
        for field in self.drafts._fields.values():
            if field.type == "one2many" and self._is_part(field):
                self.drafts[field.name].unlink()
        for name, about in REFERENCES:
            model = self.env[name].sudo().with_context(active_test=False)
            model.search([(about, "=", TICKET), ("res_id", "in", self.drafts.ids)]).unlink()

    def _is_part(self, field):
        """Return whether the records of a field live and die with the complaint."""
        inverse = self.env[field.comodel_name]._fields.get(field.inverse_name)
        return bool(inverse) and inverse.type == "many2one" and inverse.ondelete == "cascade"

    # --- what was typed into dialogs ------------------------------------------------------------

    def _delete_dialogs(self):
        """Delete the dialogs that were opened on the drafts: they keep for hours what was typed."""
        for name in self.env.registry:
            model = self.env[name].sudo()
            if model._transient and not model._abstract:
                model.search(self._linked_dialogs(model._fields)).unlink()
                listing = model.search(self._listing_dialogs(model._fields))
                listing.filtered(lambda dialog: self._listed(dialog.res_ids)).unlink()

    def _linked_dialogs(self, dialog_fields):
        return Domain.OR(
            Domain(name, "in", self.drafts.ids)
            for name, field in dialog_fields.items()
            if field.store and field.comodel_name == TICKET
        )

    def _listing_dialogs(self, dialog_fields):
        names = {"model", "res_model"} if "res_ids" in dialog_fields else set()
        return Domain.OR(
            Domain(name, "=", TICKET)
            for name in names & dialog_fields.keys()
            if dialog_fields[name].store
        )

    def _listed(self, res_ids):
        """Return whether one of the drafts is in a list of ids, however a dialog writes it."""
        ids = set(map(int, re.findall(r"\d+", str(res_ids))))
        return bool(ids & set(self.drafts.ids))

    # --- what was sent to browsers --------------------------------------------------------------

    def _delete_transports(self):
        """Delete what waits for browsers to fetch, such as what is typed by two at a time."""
        # In the text of a bus message the ids are digits among others: 12 must not match 123.
        own = re.compile(rf"(?<!\d)(?:{'|'.join(map(str, self.drafts.ids))})(?!\d)")
        for name, text in TRANSPORTS:
            rows = self.env[name].sudo().search([(text, "like", f'"{TICKET}"')])
            rows.filtered(lambda row, text=text: own.search(row[text] or "")).unlink()

    # --- files ----------------------------------------------------------------------------------

    def _own_files(self):
        """Return the files of the drafts, also those uploaded before the draft was saved.

        A file that hangs on another record, or that another complaint uses as well, is not theirs.
        """
        embedded = EMBEDDED_FILE.findall(
            "".join(str(draft.description or "") for draft in self.drafts)
        )
        files = self.env["ir.attachment"].sudo().browse(map(int, embedded)).exists()
        files = files.filtered(lambda file: file.res_model == TICKET)
        for name in self._file_fields():
            linked = self.drafts[name]
            # A scan that two complaints name belongs to both.
            others = self.drafts.search(
                [(name, "in", linked.ids), ("id", "not in", self.drafts.ids)]
            )
            files |= linked - others[name]
        ids = {False, *self.drafts.ids}
        return files.filtered(lambda file: file.res_model in UPLOADED_TO and file.res_id in ids)

    def _file_fields(self):
        return [
            name
            for name, field in self.drafts._fields.items()
            if field.type == "many2many" and field.store and field.comodel_name == "ir.attachment"
        ]
