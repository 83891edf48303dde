from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.tools.sql import column_exists

from odoo.addons.kaiyang_complaint.models.hall.ir_sequence import LETTER

# Where a room kept its series of numbers -> the kind of letter they belong to.
SERIES = {"referral_sequence_id": "referral", "transfer_sequence_id": "transfer"}


def migrate(cr, _version):
    """Let the referrals of a running desk join its letters, under the numbers they have."""
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "zh_CN"})
    for column, kind in SERIES.items():
        if column_exists(cr, "helpdesk_ticket_team", column):
            _take_over_series(env, column, kind)
    _issue_letters(env)


def _take_over_series(env, column, kind):
    """Let a centre go on counting where its room, of several the one that is furthest, stands."""
    rows = env.execute_query(
        SQL(
            "SELECT %(column)s FROM helpdesk_ticket_team WHERE %(column)s IS NOT NULL",
            column=SQL.identifier(column),
        )
    )
    sequences = env["ir.sequence"].browse(row[0] for row in rows)
    for series in sequences.grouped("company_id").values():
        drawn = {one: max(one.date_range_ids.mapped("number_next"), default=0) for one in series}
        furthest = max(series, key=drawn.get)
        furthest.code = LETTER + kind


def _issue_letters(env):
    """Issue the letters of the referrals that were signed off, as they are now."""
    signed_off = [("state", "in", ("approved", "sent", "answered")), ("letter_id", "=", False)]
    for referral in env["complaint.referral"].search(signed_off, order="id"):
        approval = referral.approval_id
        referral._issue_letter(
            issued_at=approval.decided_at or referral.create_date,
            issued_by_id=(approval.decided_by_id or referral.create_uid).id,
        )
        _catch_up(referral)


def _catch_up(referral):
    letter = referral.letter_id
    if referral.state in ("sent", "answered"):
        referral._send_letter()
    if referral.state == "answered":
        letter._mark_answered(
            referral.answer,
            referral.answered_at,
            referral.answer_file_ids,
            by=referral.answer_recorded_by_id,
        )
