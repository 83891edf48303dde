import base64
import hashlib
import json

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.letter_kinds import KINDS
from .complaint_guarded import GUARD

WORDING = ("subject", "addressee", "address", "copy_to", "body")
REPORT = "kaiyang_complaint.report_letter"


class ComplaintLetterPaper(models.AbstractModel):
    """The letter on paper: rendered once when it is issued, and the same bytes ever after."""

    _name = "complaint.letter.paper"
    _description = "Paper of a Letter"

    def _paper_name(self):
        """Return the name of the file that is printed."""
        title = KINDS[self.kind].title
        void = "（作废）" if self.state == "cancelled" else ""
        return f"{title} {self.name}{void}" if self.name else f"{title}（草稿）"

    def _keep_paper(self, report, record):
        """Render the letter, or what its process prints as the letter, and freeze the PDF."""
        self.ensure_one()
        reports = self.env["ir.actions.report"].sudo()
        (content,) = reports._pre_render_qweb_pdf(report, res_ids=record.ids)[0].values()
        raw = content["stream"].getvalue()
        pdf = self.sudo()._attach([(f"{self.name}.pdf", base64.b64encode(raw))])
        pdf._freeze()
        self._guarded_write({"pdf_id": pdf.id, "sha256": hashlib.sha256(raw).hexdigest()})

    def _digest(self):
        """Return by what the letter, as it stands, is recognised: its words and its enclosures."""
        self.ensure_one()
        files = self.sudo().enclosure_ids.sorted("id")
        enclosed = [(file.name, file.checksum, file.url or "") for file in files]
        cases = sorted(self.sudo().ticket_ids.ids)
        content = [[self[name] or "" for name in WORDING], cases, enclosed]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def _assert_as_consented(self):
        """Refuse to let leave what a leader did not see: an enclosure may change by itself.

        :raise UserError: naming the way back
        """
        if self.consented and self.consented != self._digest():
            raise UserError(
                self.env._(
                    "“%s” is not what was consented to: an enclosure or a case of it changed. Take "
                    "it back and ask again.",
                    self.display_name,
                )
            )

    def _freeze_enclosures(self):
        """Replace what is enclosed by copies that nobody changes; what they came from lives on."""
        copies = self.env["ir.attachment"].sudo()
        for file in self.sudo().enclosure_ids:
            own = {"res_model": self._name, "res_id": self.id, "name": file.name}
            copies |= file.with_context(complaint_guard=GUARD).copy(own)
        copies._freeze()
        self._guarded_write({"enclosure_ids": [(6, 0, copies.ids)]})

    def _frozen_paper(self, report):
        """Return the attachment that a report prints instead of rendering anew.

        A cancelled letter is printed as such; its PDF stays on file as it left the printer.
        """
        is_valid = report == self.env.ref(REPORT) and self.state != "cancelled"
        return self.pdf_id if is_valid else self.pdf_id.browse()

    def _note_printed(self):
        """Put on record who printed an issued letter first, and when."""
        fresh = self.sudo().filtered(lambda letter: letter.state == "issued")
        fresh = fresh.filtered(lambda letter: not letter.printed_at)
        fresh = fresh._thawed()
        fresh._guarded_write({"printed_at": fields.Datetime.now(), "printed_by_id": self.env.uid})
