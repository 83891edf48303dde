"""One box that finds complaints by whatever somebody knows of them."""

from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.search_key import typed_keys
from ...tools.search_words import (
    INDEXED,
    is_code,
    is_identity,
    is_mobile,
    is_number,
    number_endings,
    search_words,
)
from ...tools.wording import comparable, phone_key
from ..intake.search_fields import contains, search_reason

UNIT = "complaint.window.unit"
# Digits alone are the end of a complaint's number up to so many.
ENDING = 4
# A single character is the beginning of a name, and nothing else.
WORD = 2
# The shortest identity number is longer than any telephone.
PHONE, IDENTITY = 13, 6


class CaseSearch:
    """The complaints that each word of a search leads to.

    Each of the ways in which a word may be meant is asked by itself, so that an index answers it;
    a condition that joins them by "or" would read the table. What identifies the complainant is
    asked only for users who may read it: nobody learns it by what is found. The rules of the
    complaints decide as ever, for they are asked about the complaints found.

    :param tickets: of the user who searches
    """

    def __init__(self, tickets):
        self.tickets, self.env = tickets, tickets.env

    def domain(self, text):
        """Return the condition for a text: every word must be found."""
        words = search_words(text)
        return Domain.AND(self._found_by(word) for word in words) if words else Domain.FALSE

    def _found_by(self, word):
        queries = [*self._of_cases(word), *self._of_records(word)]
        if not queries:
            return Domain.FALSE

        def to_sql(_model, alias, _query):
            return SQL("%s IN (%s)", SQL.identifier(alias, "id"), SQL(" UNION ").join(queries))

        return Domain.custom(to_sql=to_sql)

    # --- what stands in the complaint itself ----------------------------------------------------

    def _of_cases(self, word):
        """Return a query for each way in which the word may stand in a complaint."""
        ours = Domain("is_complaint", "=", True)
        known = [*self._by_number(word), *self._by_place(word), *self._by_words(word)]
        known += self._by_complainant(word)
        # Whether the user may read them is decided by the search that these are part of.
        return [self.tickets._search(ours & one, bypass_access=True).select() for one in known]

    def _by_number(self, word):
        if is_identity(word):
            return
        if word.isdigit():
            if len(word) <= ENDING:
                for ending in number_endings(word):
                    yield Domain("number", "=like", f"%{ending}")
            elif not is_mobile(word):
                yield Domain("external_ref", "ilike", word)
        elif is_code(word) and len(word) >= INDEXED:
            yield Domain("external_ref", "ilike", word)
            yield Domain("number", "ilike", word)

    def _by_place(self, word):
        windows, units = self._known("complaint.window", word), self._known(UNIT, word)
        if windows:
            yield Domain("window_id", "in", windows.ids)
        if units:
            yield Domain("window_unit_id", "in", units.ids)

    def _known(self, name, word):
        """Return the windows, units or staff that the word names, as where one is chosen."""
        (key, *_none) = typed_keys(word) or [""]
        # A number is whole; of a name some characters do.
        is_whole = len(key) < WORD or any(char.isdigit() for char in key)
        named = Domain("search_key", "like", f" {key} " if is_whole else key)
        return self.env[name].with_context(active_test=False).search(named)

    def _by_words(self, word):
        """Look for the words of matter and reason: two characters in the title alone.

        Letters and digits without a word are the number of something.
        """
        if len(word) < WORD or is_code(word):
            return
        yield contains("name", word)
        if len(comparable(word)) >= INDEXED and self._may_read("reason_search"):
            yield search_reason(self.tickets, "ilike", word)

    def _by_complainant(self, word):
        """Look for name, telephone and identity number, for those who may read them."""
        if self._may_read("complainant_search") and not is_code(word):
            yield contains("partner_name", word, from_start=len(word) == 1)
        if not is_number(word):
            return
        if self._may_read("complainant_phone") and INDEXED <= len(word) <= PHONE:
            # A whole number is known by its digits, a part of one by how it was written.
            key = phone_key(word)
            known = Domain("complainant_phone_key", "=", key) if key else Domain.FALSE
            yield known | Domain("complainant_phone", "ilike", word)
        if (
            self._may_read("complainant_id_number")
            and len(word) >= IDENTITY
            and not is_mobile(word)
        ):
            yield Domain("complainant_id_number", "ilike", word)

    def _may_read(self, name):
        return self.tickets._has_field_access(self.tickets._fields[name], "read")

    # --- what hangs on it -----------------------------------------------------------------------

    def _of_records(self, word):
        """Return a query for each record of a complaint that the word may name."""
        if len(word) < WORD:
            return
        persons = self.env["complaint.respondent"]
        known = self._known("complaint.window.staff", word)
        by_name = [Domain("staff_id", "in", known.ids)] if known else []
        by_name += [] if is_code(word) else [contains("stated_name", word)]
        for one in by_name:
            yield persons._search(one, bypass_access=True).select("ticket_id")
        dossiers = self.env["complaint.dossier"]
        named = is_code(word) and not is_number(word) and len(word) >= INDEXED
        if named and dossiers.has_access("read"):
            yield dossiers._search(Domain("number", "ilike", word)).select("ticket_id")


def search_case(tickets, operator, value):
    """Find complaints by number, complainant, place, staff or words: what the box asks for.

    :raise AccessError: for anyone who is not of the desk
    """
    if operator != "ilike" or not value:
        return NotImplemented
    # Odoo asks for the groups of a field only where it reads a column.
    tickets._check_field_access(tickets._fields["case_search"], "read")
    return CaseSearch(tickets).domain(value)
