from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.pointers import POINTERS, TICKET, is_of_desk


class ComplaintPointingMixin(models.AbstractModel):
    """Records attached to a record are read by those who may read that record.

    ``tools.pointers`` says by which fields it names the record.
    """

    _name = "complaint.pointing.mixin"
    _description = "Read by those who may Read the Record it Names"

    def _check_access(self, operation):
        """Refuse also what else the user might read, where the record may not be read."""
        refused = super()._check_access(operation)
        left = self - refused[0] if refused else self
        hidden = left._about_hidden()
        if hidden:
            forbidden = refused[0] | hidden if refused else hidden
            refused = (forbidden, forbidden._refusal)
        unread = refused[0] if refused and operation == "read" else hidden
        if unread:
            unread.sudo()._drop_from_cache()
        return refused

    def _refusal(self):
        kind = self.env["ir.model"]._get(self._name).name
        return AccessError(
            self.env._("You are not allowed to see or change this, or not any more: %s.", kind)
        )

    def _about_hidden(self):
        """Return the records about records of the desk that the user may not read."""
        hidden, pointer = self.browse(), POINTERS[self._name][0]
        named = self._named() if any(self._ids) else {}
        for records, _needed in self._hidden_of_desk(named):
            hidden |= self.filtered(
                lambda one, records=records: (
                    one.sudo()[pointer.model] == records._name
                    and one.sudo()[pointer.record] in records._ids
                )
            )
        return hidden

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        """Find nothing about a record of the desk that the user may not read."""
        if self.env.is_superuser() or bypass_access:
            return super()._search(
                domain, offset, limit, order, bypass_access=bypass_access, **kwargs
            )
        works_here = self.env.user.has_group("kaiyang_complaint.group_complaint_user")
        if not works_here:
            domain = Domain(domain) & self._outside_the_desk()
        query = super()._search(domain, offset, limit, order, **kwargs)
        if not works_here:
            return query
        found = self.browse(query)
        hidden = found._about_hidden()
        return (found - hidden)._as_query(order) if hidden else query

    def _outside_the_desk(self):
        """Return the domain of the records about nothing of the desk, for one query to decide."""
        pointer = POINTERS[self._name][0]
        models_here = [name for name in self.env.registry if is_of_desk(name) and name != TICKET]
        self.env[TICKET].flush_model(["is_complaint"])

        def is_ordinary(model, alias, query):
            # Looked up one by one: a list of all ordinary tickets would be made for each search.
            return SQL(
                "EXISTS (SELECT FROM helpdesk_ticket AS ticket "
                "WHERE ticket.id = %s AND ticket.is_complaint IS NOT TRUE)",
                model._field_to_sql(alias, pointer.record, query),
            )

        return Domain(pointer.model, "not in", models_here) & (
            Domain(pointer.model, "!=", TICKET) | Domain.custom(to_sql=is_ordinary)
        )
