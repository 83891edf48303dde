import base64
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...report.engine import dossier_pages, paper
from ...report.engine.dossier_pictures import UnprintableError
from ...tools import bounded, budgets, file_kinds
from ...tools.budgets import OverBudgetError
from ...tools.codes import TICKET
from ...tools.flow import ENDS
from ...tools.released_file import UnreleasableError, neutral_name, neutral_number, released
from .complaint_lock_mixin import case_models, is_unlocked
from .over_budget import over_budget

# How a file is found, shown and shut, not what it is: pages write it when somebody only looks.
BESIDE_THE_FILE = frozenset({"access_token", "index_content", "public", "thumbnail"})
# Where a file may hang that a record of a case, or a message about it, uses as well.
LOOSE = frozenset({False, "mail.compose.message"})
SLIP = "complaint.slip"
# A change of these may put a file on a slip, or change what goes out with it.
WHAT_LEAVES = frozenset({"res_model", "res_id", "res_field", "name", "raw", "datas", "type", "url"})
# Only code can put this object into the context: a caller over RPC can't.
RELEASE = object()
# What decides whether a file of a case is of a kind that is taken, and what it is called.
WHAT_IT_IS = frozenset({"raw", "datas", "name", "res_model", "res_id", "type"})


class IrAttachment(models.Model):
    """Files of a case stay as they are once it has ended; none is added once it is archived.

    What was frozen, such as an issued letter or a paper of an archived dossier, stays as it is
    whatever becomes of its case.
    """

    _name = "ir.attachment"
    _inherit = ["complaint.attached.mixin", "ir.attachment"]
    _sealed_in = ENDS

    complaint_frozen = fields.Boolean(
        string="Frozen", readonly=True, copy=False, help="Part of what was issued or archived."
    )

    released_as = fields.Char(
        readonly=True, copy=False, help="Checksum and name with which a file may leave the centre."
    )

    def _freeze(self):
        """Keep files as they are from now on."""
        self.sudo()._unlocked().write({"complaint_frozen": True})

    @api.model_create_multi
    def create(self, vals_list):
        """Let no caller freeze a file: that is for the procedures.

        :raise UserError: naming a file of a case that is empty, or of a kind that is not taken
        """
        if not is_unlocked(self.env):
            reset = {"complaint_frozen": False, "released_as": False}
            vals_list = [{**vals, **reset} for vals in vals_list]
        files = super().create(self._with_fitting_names(vals_list))
        files._release()
        return files

    def write(self, vals):
        """Refuse changes of frozen files, and kinds of files that are not taken.

        :raise UserError: naming one
        """
        if not self._is_beside_the_case(vals):
            self._assert_unfrozen(vals)
        if self.env.context.get("complaint_release") is not RELEASE:
            vals = {name: vals[name] for name in vals if name != "released_as"}
        result = super().write(vals)
        if WHAT_IT_IS & vals.keys():
            self._fit_names()
        if WHAT_LEAVES & vals.keys():
            self._release()
        return result

    # --- what goes out to a unit -----------------------------------------------------------------

    def _release(self):
        """Let files of slips go out under a neutral name and without their properties.

        What was attached, by whatever door, stays in the case as it came; the slip gets a copy.

        :raise UserError: for what can't be freed of its properties, or is no file
        """
        if self.env.context.get("complaint_release") is RELEASE:
            return
        ours = self.filtered(
            lambda file: file.res_model == SLIP and file.res_id and not file.res_field
        )
        # Sorted, so that neutral numbers follow the order in which files were attached.
        for file in ours.sudo().with_context(complaint_release=RELEASE).sorted("id"):
            slip = self.env[SLIP].sudo().browse(file.res_id).exists()
            if slip:
                file._release_with(slip)

    def _release_with(self, slip):
        """Put a copy that may leave in the place of a file, and the file itself into the case."""
        # Released before and unchanged: its name may have been changed by hand, and is put back.
        checksum, _blank, name = (self.released_as or "").partition(" ")
        if name and checksum == self.checksum:
            self.name = name
            return
        if self.type != "binary":
            raise UserError(self.env._("A link is not a file: attach the file itself to the slip."))
        copy = self._without_metadata(self.raw or b"", self.name)
        # Before the slip's copy replaces the content: the original is the evidence.
        self._keep_original(slip.ticket_id)
        others = (slip.attachment_ids - self).mapped("name")
        name = neutral_name(max(map(neutral_number, others), default=0) + 1, copy)
        self.write({"name": name, "raw": copy.content, "description": False})
        self.released_as = f"{self.checksum} {name}"

    @api.model
    def _without_metadata(self, content, name):
        """Return a file as it may leave the centre.

        :raise UserError: saying why it may not
        """
        try:
            return bounded.run(
                released,
                content,
                name,
                seconds=budgets.LOOK_SECONDS,
                memory_mb=budgets.PAGES_MEMORY_MB,
            )
        except OverBudgetError as error:
            raise UserError(over_budget(self.env, error)) from error
        except UnreleasableError as error:
            obstacles = {
                "picture": self.env._(
                    "“%s” is a picture that can't be freed of place, time and owner of the camera. "
                    "Save it as JPEG or PNG, then attach it.",
                    name,
                ),
                "document": self.env._(
                    "“%s” can't be read: it is damaged, too large or has a password. "
                    "Save it anew, then attach it.",
                    name,
                ),
                "archive": self.env._(
                    "“%s” is an archive or damaged: attach the files it holds one by one.", name
                ),
            }
            raise UserError(obstacles[error.kind]) from error

    def _keep_original(self, case):
        """Keep a file as it came with its case, unless the case has it already."""
        known = [("res_model", "=", TICKET), ("res_id", "=", case.id)]
        if not self.search_count([*known, ("checksum", "=", self.checksum)], limit=1):
            original = {"name": self.name, "raw": self.raw, "mimetype": self.mimetype}
            self.create({**original, "res_model": TICKET, "res_id": case.id})

    def _postprocess_contents(self, values):
        """Keep the files of a case as they came, dot for dot: they are its evidence.

        Odoo scales pictures down where they are stored: of a scan of many pages it leaves the
        first, a damaged one it makes whole, and none says any more when it was taken.
        """
        if self._is_evidence(values):
            return values
        return super()._postprocess_contents(values)

    def _is_evidence(self, values):
        file = self[:1].sudo()
        owner = values.get("res_model", file.res_model) or ""
        res_id = values.get("res_id", file.res_id)
        if owner == TICKET and res_id:
            complaint = [("id", "=", res_id), ("is_complaint", "=", True)]
            tickets = self.env[TICKET].sudo().with_context(active_test=False)
            return bool(tickets.search_count(complaint, limit=1))
        # Not attached yet counts as well: nobody knows where a file will hang once it is saved.
        return not owner or owner in {TICKET, *LOOSE} or owner.startswith("complaint.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._assert_unfrozen()

    def _is_beside_the_case(self, vals):
        return vals.keys() <= BESIDE_THE_FILE and not vals.get("public")

    def _assert_unfrozen(self, vals=()):
        if is_unlocked(self.env):
            return
        frozen = self.sudo().filtered("complaint_frozen")
        if frozen or "complaint_frozen" in vals:
            raise UserError(
                self.env._(
                    "“%s” belongs to what was issued or archived: it stays as it is.",
                    (frozen or self)[:1].name,
                )
            )

    # --- the kinds of files that are taken ------------------------------------------------------

    @api.model
    def _with_fitting_names(self, vals_list):
        """Return the values of new files; those of cases are taken, and named by what they are."""
        context = self.env.context
        owners = [
            (
                vals.get("res_model", context.get("default_res_model")),
                vals.get("res_id", context.get("default_res_id")),
            )
            for vals in vals_list
        ]
        of_cases = self._complaint_owners(owners)
        return [
            {**vals, **self._values_of_taken(vals.get("name"), self._given_content(vals))}
            if owner in of_cases and self._is_a_file(vals)
            else vals
            for vals, owner in zip(vals_list, owners, strict=True)
        ]

    @api.model
    def _values_of_taken(self, name, content):
        """Return what is put down about a file that becomes one of a case.

        :raise UserError: where it is not taken
        """
        return {"name": self._fitting_name(name, content)}

    def _fit_names(self):
        files = self.sudo().filtered(self._is_a_file)
        of_cases = self._complaint_owners([(file.res_model, file.res_id) for file in files])
        for file in files:
            if (file.res_model, file.res_id) in of_cases:
                values = self._values_of_taken(file.name, file.raw)
                if any(file[name] != value for name, value in values.items()):
                    # The change itself was let in: this is part of it.
                    file._unlocked().write(values)

    def _assert_taken(self):
        """Refuse files from elsewhere that a record of a case is to name, but can't take in.

        :raise UserError: naming one
        """
        files = self.sudo().filtered(self._is_a_file)
        of_cases = self._complaint_owners([(file.res_model, file.res_id) for file in files])
        for file in files:
            if (file.res_model, file.res_id) not in of_cases:
                self._fitting_name(file.name, file.raw)

    @api.model
    def _is_a_file(self, vals):
        """Return whether it is a file that someone sees as such, and no field of a record."""
        if not isinstance(vals, dict):
            vals = {"type": vals.type, "res_field": vals.res_field}
        return vals.get("type", "binary") == "binary" and not vals.get("res_field")

    @api.model
    def _given_content(self, vals):
        content = vals.get("raw") or b""
        if not content and vals.get("datas"):
            return base64.b64decode(vals["datas"])
        return content.encode() if isinstance(content, str) else content

    @api.model
    def _complaint_owners(self, owners):
        """Return which of some pairs of a model and an id are complaints or parts of them."""
        tickets = {res_id for model, res_id in owners if model == TICKET and res_id}
        complaints = self.env[TICKET].sudo().with_context(active_test=False)
        if tickets:
            domain = [("id", "in", list(tickets)), ("is_complaint", "=", True)]
            complaints = complaints.search(domain)
        ours = set(complaints.ids)
        return {
            (model, res_id)
            for model, res_id in owners
            if model
            and res_id
            and (res_id in ours if model == TICKET else model.startswith("complaint."))
        }

    @api.model
    def _fitting_name(self, name, content):
        """Return the name of a file, with the extension of what it is.

        :raise UserError: where it is empty, or of a kind that an office does not take
        """
        refusal = self._refusal(name, content)
        if refusal:
            raise UserError(refusal)
        return file_kinds.fitting_name(name or "file", file_kinds.kind_of(content))

    @api.model
    def _refusal(self, name, content):
        """Return why a file is not taken; nothing where it is."""
        if not content:
            return self.env._("“%s” is empty. Choose it again.", name)
        # By what is in it; the name decides only whether it would run as a program.
        if file_kinds.kind_of(content) and not file_kinds.is_program(name):
            return ""
        return self.env._(
            "“%s” is not taken. What is taken, by what is in the file: PDF and OFD; pictures "
            "(JPEG, PNG, TIFF, BMP, GIF, WebP, JPEG 2000, HEIC); documents of Word, Excel, "
            "PowerPoint and WPS without macros; texts (txt, csv); mails (eml, msg); "
            "recordings (mp3, wav, amr, m4a, aac, ogg, mp4, mov). Unpack what is packed (zip,"
            " rar) and send its files.",
            name,
        )

    def _assert_signed(self):
        """Accept only readable pictures and PDFs as a signed record.

        :raise ValidationError: naming the file
        """
        for file in self.sudo():
            try:
                bounded.run(
                    dossier_pages.assert_readable,
                    file.raw or b"",
                    seconds=budgets.LOOK_SECONDS,
                    memory_mb=budgets.PAGES_MEMORY_MB,
                )
            except UnprintableError as error:
                raise ValidationError(self._unsigned(file, error)) from error
            except OverBudgetError as error:
                raise ValidationError(self._unsigned(file, over_budget(self.env, error))) from error

    def _unsigned(self, file, reason):
        return self.env._(
            "“%(name)s” is no signed record: it takes a picture or a PDF that opens. (%(reason)s)",
            name=file.name,
            reason=reason,
        )

    @api.model
    def _assert_signature(self, signature):
        """Accept only a picture as a signature on the screen.

        :param signature: a picture in base64; nothing passes
        :raise ValidationError: where it is none, or has too many dots
        """
        if signature and not paper.is_printable(base64.b64decode(signature)):
            raise ValidationError(self.env._("The signature is not a picture. Sign again."))

    def _assert_recordings(self):
        """Let only sound and film with something in it pass as a recording.

        :raise ValidationError: naming the file
        """
        for file in self.sudo():
            if not file_kinds.is_recording(file.raw or b""):
                raise ValidationError(
                    self.env._(
                        "“%s” is no recording: it takes sound or a film (mp3, wav, amr, m4a, aac, "
                        "ogg, mp4, mov) with something in it.",
                        file.name,
                    )
                )

    # --- the cases they belong to ---------------------------------------------------------------

    def _cases(self):
        """Return also the cases whose records or messages name a file that hangs elsewhere."""
        # The picture of a file hangs on that file: it is none of the case.
        files = self.filtered(lambda file: file.sudo().res_model != self._name)
        cases = super(IrAttachment, files)._cases()
        naming = case_models(self.env) | LOOSE
        shared = files.sudo().filtered(lambda file: file.res_model in naming)
        return cases | shared._cases_using() if shared else cases

    def _cases_using(self):
        """Return the cases of the records that name the files, asked for all at once."""
        # One query over all relations: a file may be named by letters, minutes and dossiers alike.
        uses = [self._use(field) for field in self._lists_of_files()]
        found = defaultdict(set)
        for name, res_id in self.env.execute_query(SQL(" UNION ALL ").join(uses)):
            found[name].add(res_id)
        cases = self.env["helpdesk.ticket"].sudo()
        for name, ids in found.items():
            cases |= self.env[name].sudo().browse(ids)._cases()
        return cases

    def _use(self, field):
        return SQL(
            "SELECT %(model)s, %(record)s FROM %(relation)s WHERE %(file)s IN %(ids)s",
            model=field.model_name,
            record=SQL.identifier(field.column1),
            relation=SQL.identifier(field.relation),
            file=SQL.identifier(field.column2, to_flush=field),
            ids=tuple(self.ids),
        )

    def _lists_of_files(self):
        """Return the fields in which records of a case name files, wherever these hang."""
        return [
            field
            for name in case_models(self.env)
            if not self.env[name]._abstract
            for field in self.env[name]._fields.values()
            if field.type == "many2many" and field.store and field.comodel_name == self._name
        ]
