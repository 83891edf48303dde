from odoo import api, fields, models

from ..case.helpdesk_ticket import HelpdeskTicket as Case
from .gateway import Gateway


class HelpdeskTicket(models.Model):
    """How complaints come in from the website, and what an import keeps of them (一.3)."""

    _inherit = "helpdesk.ticket"
    _procedural = {**Case._procedural, "import_id": False}

    import_id = fields.Many2one(
        "complaint.import",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The import that this complaint came with; as a draft it waits in a list of its own.",
    )

    @api.model
    def register_complaint(self, external_ref, description, **details):
        """Register a complaint of the website as a draft, once under each of its numbers (一.3).

        ``POST /json/2/helpdesk.ticket/register_complaint`` with the API key of the interface.

        :param external_ref: the site's own number of the complaint
        :param description: what is complained about, and why
        :param details: ``name`` (title), ``partner_name``, ``complainant_phone``,
            ``complainant_address``, ``complainant_id_number``, ``is_confidential``, ``window``
            (number), ``staff`` (badges or names), ``received_at``, ``service_datetime`` (the
            centre's time, or with an offset), ``service_item``, ``service_ref``, ``conduct``
            (numbers), ``attachments`` (``name`` and ``content``, base64)
        :return: ``{"external_ref", "created", "state"}``
        :raise AccessError: for anyone but the user of the interface
        :raise UserError: naming all that is wrong; nothing was registered
        """
        call = {**details, "external_ref": external_ref, "description": description}
        return Gateway(self.env).take_in(call)
