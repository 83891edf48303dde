from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.search_key import search_key, typed_keys


class ComplaintSearchKeyMixin(models.AbstractModel):
    """A record that is found by its number in any writing, its words, their pinyin and initials."""

    _name = "complaint.search.key.mixin"
    _description = "Found by Pinyin and Number"

    # Paths to the number and the names, and to texts of which the words alone count.
    _search_key_names = ("name",)
    _search_key_words = ()

    search_key = fields.Char(
        compute="_compute_search_key",
        store=True,
        index="trigram",
        help="What the record is found by while somebody types.",
    )

    @api.depends(lambda self: (*self._search_key_names, *self._search_key_words))
    def _compute_search_key(self):
        for record in self:
            names = [record._search_key_text(path) for path in self._search_key_names]
            words = [record._search_key_text(path) for path in self._search_key_words]
            record.search_key = search_key(names, words)

    def _search_key_text(self, path):
        value = self.mapped(path)
        return value[0] if value else ""

    @api.model
    def _search_display_name(self, operator, value):
        """Find by the key what the names alone would not find."""
        domain = super()._search_display_name(operator, value)
        keys = typed_keys(value) if operator == "ilike" and isinstance(value, str) else []
        if not keys:
            return domain
        return Domain(domain) | Domain.AND(Domain("search_key", "like", key) for key in keys)

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Offer first what bears exactly the number, the name or the initials that were typed."""
        keys = typed_keys(name) if operator == "ilike" else []
        if len(keys) != 1:
            return super().name_search(name, domain, operator, limit)
        domain = Domain(domain or Domain.TRUE)
        exact = Domain("search_key", "like", f" {keys[0]} ")
        first = super().name_search("", domain & exact, operator, limit)
        if limit and len(first) >= limit:
            return first
        others = domain & Domain("id", "not in", [record_id for record_id, _name in first])
        rest = limit and limit - len(first)
        return first + super().name_search(name, others, operator, rest)
