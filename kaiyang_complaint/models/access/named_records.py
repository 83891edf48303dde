from ...tools.codes import TICKET


def assert_named_readable(record, names):
    """Refuse what names a complaint, a record of its handling or of a hall that can't be read.

    A form computes before anything is saved, from whatever complaint it is given, and what is
    stored or related is computed beyond the user's rights.

    :param names: the fields that were given
    :raise AccessError: where one names what the user may not read
    """
    if record.env.su:
        return
    for name in names:
        if name in record._names_complaints or _is_about_complaint(record, name):
            record[name]._origin.check_access("read")


def _is_about_complaint(record, name):
    field = record._fields.get(name)
    if not field or field.type != "many2one":
        return False
    named = record.env[field.comodel_name]
    ours = named._name == TICKET or named._name.startswith("complaint.")
    return ours or "ticket_id" in named._fields
