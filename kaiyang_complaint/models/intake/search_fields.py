"""What a clerk types to find a complaint, as conditions that an index answers.

Each is the ``search`` of a field that holds nothing: the field is what the search bar asks for.
"""

from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.wording import COMPARED, comparable, doubled_pattern, phone_key


def search_complainant(tickets, operator, value):
    """Find by a part of the complainant's name, or by a telephone however it was written."""
    if operator != "ilike" or not value:
        return NotImplemented
    # Odoo asks for the groups of a field only where it reads a column.
    tickets._check_field_access(tickets._fields["complainant_search"], "read")
    found = contains("partner_name", value)
    # A name is looked for among names alone: two characters would read the whole index of numbers.
    if any(char.isdigit() for char in value):
        found |= Domain("complainant_phone", "ilike", value)
    if key := phone_key(value):
        found |= Domain("complainant_phone_key", "=", key)
    return found


def search_respondent(tickets, operator, value):
    """Find by a part of the name of who is complained about."""
    if operator != "ilike" or not value:
        return NotImplemented
    # Looked up before: staff are few, and the query then finds their cases by an index.
    staff = tickets.env["complaint.window.staff"].search([("name", "ilike", value)])
    named = Domain("staff_id", "in", staff.ids) | contains("stated_name", value)
    return Domain("respondent_ids", "any", named)


def search_reason(_tickets, operator, value):
    """Find by words of the matter or the reason, whatever stands between them."""
    words = comparable(value) if operator == "ilike" and value else ""
    if not words:
        return NotImplemented
    # Of a long text only the beginning is kept for comparison.
    beyond = Domain.custom(to_sql=_is_cut) & Domain("description", "ilike", value)
    return Domain("reason_text", "ilike", words) | beyond


def contains(name, value, from_start=False):
    """Return the domain of the records in which a short text contains another.

    Names have two or three characters, of which the trigrams of PostgreSQL tell nothing: every
    character counts twice here, as in the index.

    :param from_start: whether the text begins with the other: so an index finds a single character
    """
    pattern = doubled_pattern(value)[1 if from_start else 0 :]

    def to_sql(model, alias, query):
        column = model._field_to_sql(alias, name, query)
        return SQL(r"regexp_replace(%s, '(.)', '\1\1', 'g') ILIKE %s", column, pattern)

    return Domain.custom(to_sql=to_sql)


def doubled_trigrams(name, where=""):
    """Return the definition of the index that ``contains`` uses."""

    def definition(registry):
        doubled = rf"regexp_replace({name}, '(.)', '\1\1', 'g')"
        return f"USING gin ({doubled} gin_trgm_ops) {where}" if registry.has_trigram else ""

    return definition


def _is_cut(model, alias, query):
    return SQL("length(%s) = %s", model._field_to_sql(alias, "reason_text", query), COMPARED)
