from ...tools import masking
from ...tools.person_names import likely_names


def known_identifiers(tickets):
    """Return what is recorded of the people of some cases, and what stays readable.

    It is read whoever asks: for texts that leave the desk, and to see what must not leave.
    """
    cases = tickets.sudo()
    people, feedbacks = cases.partner_id, cases.feedback_ids
    return masking.Known(
        names=_values(cases, "partner_name", "partner_email", "partner_id.name", "partner_id.email")
        + [name for callee in _values(feedbacks, "callee") for name in likely_names(callee)],
        numbers=_values(cases, "complainant_phone", "complainant_id_number")
        + _values(people, "phone")
        + _values(feedbacks, "called_number"),
        places=_values(cases, "complainant_address")
        + _values(people, "street", "street2", "parent_id.name"),
        kept=_readable_words(cases),
    )


def _readable_words(cases):
    """Return what a unit finds the cases by, and whom they are about."""
    people, slips, company = cases.respondent_ids, cases.slip_ids, cases.company_id
    units = cases.window_unit_id | people.unit_id
    staff = people.staff_id | units.representative_ids.staff_id
    return (
        _values(cases, "number", "external_ref", "service_ref")
        + _values(slips, "name")
        + _values(people, "stated_name")
        + _values(staff, "name")
        + _values(cases.window_id | people.window_id, "number", "name")
        + _values(units | slips.unit_id, "name", "phone")
        + _values(company, "name", "complaint_center_name", "complaint_signature")
        + _values(company, "complaint_regulation", "complaint_phone", "phone")
    )


def _values(records, *names):
    """Return what some fields of records hold, without the empty ones."""
    return [value for name in names for value in records.mapped(name) if value]
