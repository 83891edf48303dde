from collections import defaultdict

from markupsafe import Markup
from odoo import api, fields, models

from ...report.archive.dossier_drawing import Drawing
from ...tools import file_kinds
from ...tools.flow import ENDS
from ..access.complaint_lock_mixin import ARCHIVED, is_unlocked
from ..access.ir_attachment import WHAT_IT_IS
from ..access.notices import in_language_of
from ..case.on_duty import OnDuty

# What a dossier is made of is put together after its complaint has ended.
DOSSIER = {"complaint.dossier": "", "complaint.dossier.item": "dossier_id"}
# What only looking at a file finds out.
FOUND = frozenset({"complaint_print_state", "complaint_print_fault"})
TO_LOOK_AT = {"complaint_print_state": "due", "complaint_print_fault": False}
# So many files a transaction: each takes a second or less.
AT_ONCE = 20
UNPRINTABLE = "kaiyang_complaint.activity_unprintable"


class IrAttachment(models.Model):
    """Files of dossiers: put together after the complaint has ended, and then frozen (八).

    Whether a file of a case can be printed is looked at when it comes in, while the complainant or
    the unit can still be asked for another one.
    """

    _inherit = "ir.attachment"

    complaint_print_state = fields.Selection(
        [("due", "To Look At"), ("fine", "Printable"), ("fault", "Not Printable")],
        string="Printing",
        readonly=True,
        copy=False,
        help="Empty where nobody looked.",
    )
    complaint_print_fault = fields.Char(string="Not Printable Because", readonly=True, copy=False)

    _to_look_at = models.Index("(id) WHERE complaint_print_state = 'due'")

    @api.model_create_multi
    def create(self, vals_list):
        """Let a job look at the files of cases, as soon as they are there."""
        files = super().create([self._unjudged(vals) for vals in vals_list])
        files._trigger_check()
        return files

    def write(self, vals):
        """Let nobody say of a file that it can be printed but who looked at it."""
        result = super().write(self._unjudged(vals))
        if WHAT_IT_IS & vals.keys():
            self._trigger_check()
        return result

    @api.model
    def _unjudged(self, vals):
        """Return values without what only looking at a file finds out: it may be due again."""
        if is_unlocked(self.env):
            return vals
        is_due = vals.get("complaint_print_state") == "due"
        vals = {name: vals[name] for name in vals if name not in FOUND}
        return {**vals, **TO_LOOK_AT} if is_due else vals

    @api.model
    def _values_of_taken(self, name, content):
        return {**super()._values_of_taken(name, content), **TO_LOOK_AT}

    def _assert_not_frozen(self, states):
        filed = self.filtered(lambda file: file.sudo().res_model in DOSSIER)
        if not is_unlocked(self.env):
            filed._dossiers()._assert_draft()
        super(IrAttachment, filed)._assert_not_frozen(ARCHIVED)
        return super(IrAttachment, self - filed)._assert_not_frozen(states)

    def _dossiers(self):
        """Return the dossiers that the files hang on."""
        dossiers = self.env["complaint.dossier"].sudo()
        for model, files in self.sudo().grouped("res_model").items():
            owners = self.env[model].sudo().browse(files.mapped("res_id")).exists()
            dossiers |= owners.mapped(DOSSIER[model])
        return dossiers

    # --- whether they can be printed ------------------------------------------------------------

    def _trigger_check(self):
        """Start the job that looks at new files, once a transaction."""
        started = self.env.cr.precommit.data
        due = self.filtered(lambda file: file.sudo().complaint_print_state == "due")
        if due and "complaint_look" not in started:
            started["complaint_look"] = True
            self.env.ref("kaiyang_complaint.cron_file_look").sudo()._trigger()

    def _check_printable(self):
        """Find out which files can be printed; what there is no time for is looked at later."""
        with Drawing() as drawing:
            for file in self:
                if drawing.is_late:
                    break
                file._set_print_state(drawing.fault(file.raw or b""))
                # One at a time: the cache would keep them all.
                file.invalidate_recordset(["raw", "datas"])

    def _set_print_state(self, fault):
        """Put down why a file can't be printed, or that it can."""
        found = {"complaint_print_state": "fault" if fault else "fine"}
        found["complaint_print_fault"] = fault or False
        file = self.sudo()._unlocked()
        if any(file[name] != value for name, value in found.items()):
            file.write(found)

    def _set_print_state_after_binding(self, fault):
        """Put down why a file has no pages, once all of it was drawn; a recording has none."""
        if not file_kinds.is_recording(self.raw or b""):
            self._set_print_state(fault)

    @api.model
    def _cron_check_files(self):
        """Look at new files of cases, and tell the clerk of those that can't be printed."""
        due = [("complaint_print_state", "=", "due")]
        files = self.sudo().search(due, order="id", limit=AT_ONCE)
        files._check_printable()
        files._notify_unprintable()
        left = self.sudo().search_count(due)
        self.env["ir.cron"]._commit_progress(len(files), remaining=left)

    def _notify_unprintable(self):
        """Give the clerk in charge of a case a to-do: whoever sent the file can still be asked.

        Where the case has ended, its dossier names the file.
        """
        faulty = defaultdict(self.browse)
        for file in self.filtered("complaint_print_fault"):
            for case in file._cases():
                faulty[case] |= file
        for case, files in faulty.items():
            if case.complaint_state not in ENDS:
                clerk = OnDuty(case).clerk()
                files._tell(in_language_of(case, clerk), clerk)

    def _tell(self, case, clerk):
        lines = Markup("").join(
            Markup("<li>%s</li>") % f"“{file.name}”（{file.complaint_print_fault}）"
            for file in self
        )
        remedy = case.env._(
            "These files can't be printed in the dossier. Ask for them as PDF or JPEG, whole and "
            "without a password, as long as whoever sent them can be reached:"
        )
        note = Markup("<p>%s</p><ul>%s</ul>") % (remedy, lines)
        if clerk:
            case.activity_schedule(UNPRINTABLE, user_id=clerk.id, note=note)
        else:
            case._message_log(body=note)
