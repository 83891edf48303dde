"""Who may read what: a table made from the regulation alone, not from the addon's own rules.

Whoever is not listed for a word must not meet it, by any door.
"""

DESK = frozenset({"clerk", "colleague", "manager", "leader", "director"})
CHARGED = frozenset({"clerk", "leader", "director"})
ABROAD = frozenset({"foreign_clerk", "foreign_manager"})
# Case -> who may read it: restricted ones the clerk in charge and the leaders, what has ended
# also the archivist unless it is restricted, that of another centre nobody here.
READERS = {
    "open": DESK,
    "draft": DESK,
    "restricted": CHARGED,
    "archived": DESK | {"archivist"},
    "sealed": CHARGED,
    "foreign": ABROAD,
    # What another centre keeps for itself, of no case: people, windows, authorities, months.
    "abroad": ABROAD,
}
CASES = tuple(case for case in READERS if case != "abroad")
# Cases whose slip the unit's representative has.
SLIPPED = frozenset({"open", "archived"})
REPRESENTATIVE = frozenset({"rep"})
# What of such a case is the representative's to read: the slip and what is on it, their reply,
# the calls they get, the reports asked of them.
ON_SLIP = frozenset(
    {
        "complaint.slip",
        "complaint.slip.reply",
        "complaint.measure",
        "complaint.call",
        "complaint.written.report",
        "complaint.respondent",
        "mail.message:complaint.slip",
        "mail.message:complaint.call",
        "mail.message:complaint.written.report",
        # They read their own, the rules of Odoo say.
        "mail.notification:complaint.slip",
        "mail.notification:complaint.call",
        "mail.notification:complaint.written.report",
        "ir.attachment:complaint.slip",
        "ir.attachment:complaint.slip.reply",
        "ir.attachment:complaint.measure",
        "ir.attachment:complaint.call",
        "ir.attachment:complaint.written.report",
    }
)
# What of the complaint itself stands on it.
OF_COMPLAINT_ON_SLIP = frozenset({("helpdesk.ticket", "number")})
# But this of the same models is the room's own.
OFF_SLIP = frozenset(
    {
        ("complaint.slip", "contact_release_reason"),
    }
)
# What the clerk typed into the complaint that may stand on the slip, masked.
TYPED_ON_SLIP = frozenset({"service_item", "description", "stated_name", "room_opinion"})
# What is of the centre, whatever case it rests on: months, boards, files of many cases.
OF_THE_CENTRE = frozenset(
    {
        *("complaint.assessment", "complaint.board", "complaint.board.entry"),
        "complaint.dossier.batch",
    }
)
CENTRE = DESK | {"archivist"}
# A file that was not taken in yet tells everything of its complaints: who uploaded it and the
# managers read it. Those of the matrix nobody of the desk uploaded.
NOT_TAKEN_IN = frozenset({"complaint.import", "complaint.import.column"})
MANAGERS = frozenset({"manager"})
MANAGERS_ABROAD = frozenset({"foreign_manager"})


def readers(case, place, field):
    """Return the roles that may read a word planted in a field of a record of a case."""
    what = place.partition(":")[2] or place
    if what in NOT_TAKEN_IN:
        return MANAGERS_ABROAD if case in {"foreign", "abroad"} else MANAGERS
    allowed = READERS[case]
    if case in SLIPPED and _on_slip(place, field):
        allowed |= REPRESENTATIVE
    if what in OF_THE_CENTRE and case not in {"foreign", "abroad"}:
        allowed |= CENTRE
    return allowed


def _on_slip(place, field):
    if place == "flow":
        return field in TYPED_ON_SLIP
    if (place, field) in OF_COMPLAINT_ON_SLIP:
        return True
    return place in ON_SLIP and (place, field) not in OFF_SLIP
