"""What installing and uninstalling do beyond what Odoo does by itself."""

import logging

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.fields import Domain
from odoo.tools import SQL, sql

from .models.access.access_seal_folder import SealFolder
from .models.access.complaint_procedure_mixin import GUARD
from .models.hall.ir_sequence import LETTER

# What dossiers and findings, and so their cases, can't be deleted before; latest first, for a
# correction holds what it corrects.
HOLDING = (
    *("complaint.dossier.loan", "complaint.dossier.note", "complaint.dossier.batch"),
    "complaint.assessment.line",
)
_logger = logging.getLogger(__name__)
SIGN_UP = "auth_signup.invitation_scope"
SIGN_UP_BEFORE = "kaiyang_complaint.invitation_scope_before"
# Apps whose visitors make accounts of their own.
NEED_SIGN_UP = ("website_sale", "website_slides", "website_forum")
# What is stored and computed of complaints: of tickets and channels of others all is empty.
COMPUTED_COLUMNS = {
    "helpdesk_ticket": {
        "is_complaint": "bool",
        "due_at": "timestamp",
        "accept_by": "timestamp",
        "is_restricted": "bool",
        "window_unit_id": "int4",
        "missing_elements": "varchar",
        "received_on": "date",
        "complainant_signed_at": "timestamp",
        "reason_text": "text",
        "complainant_phone_key": "varchar",
        "awaits_review": "bool",
        "dossier_id": "int4",
        "archive_gap_codes": "varchar",
        "acting_level": "varchar",
    },
    "helpdesk_ticket_channel": {
        "registration_form": "varchar",
        "form_title": "varchar",
        "dossier_title": "varchar",
        "paper_name": "varchar",
        "paper_phrase": "varchar",
    },
    "helpdesk_ticket_category": {"search_key": "varchar"},
}
COMPUTED_RELATIONS = {"complaint_aspect_rel": ("ticket_id", "aspect_id")}


def pre_init_hook(env):
    """Add the columns and tables of computed fields to the records that are there.

    Odoo computes a field for every record when it adds its column: it would read all tickets of
    other teams, and mark each as changed by the installation.
    """
    for table, columns in COMPUTED_COLUMNS.items():
        for column, kind in columns.items():
            if not sql.column_exists(env.cr, table, column):
                sql.create_column(env.cr, table, column, kind)
    for relation, (one, other) in COMPUTED_RELATIONS.items():
        names = {
            "relation": SQL.identifier(relation),
            "one": SQL.identifier(one),
            "other": SQL.identifier(other),
        }
        env.cr.execute(
            SQL(
                """CREATE TABLE IF NOT EXISTS %(relation)s (
                       %(one)s INTEGER NOT NULL,
                       %(other)s INTEGER NOT NULL,
                       PRIMARY KEY (%(one)s, %(other)s)
                   );
                   CREATE INDEX IF NOT EXISTS %(index)s ON %(relation)s (%(other)s, %(one)s)""",
                index=SQL.identifier(f"{relation}_{other}_{one}_idx"),
                **names,
            )
        )


def post_init_hook(env):
    """Close what a complaint desk does not need open."""
    close_sign_up(env)


def close_sign_up(env):
    """Keep sign-up off, unless another app needs it.

    Odoo opens ``/web/signup`` to everybody. Nobody needs an account to complain, and whoever
    makes one is a portal user of the desk; representatives are invited.
    """
    parameters = env["ir.config_parameter"].sudo()
    if parameters.get_param(SIGN_UP) != "b2c":
        return
    needing = [("name", "in", NEED_SIGN_UP), ("state", "in", ("installed", "to upgrade"))]
    if env["ir.module.module"].sudo().search_count(needing, limit=1):
        return
    parameters.set_param(SIGN_UP_BEFORE, "b2c")
    parameters.set_param(SIGN_UP, "b2b")
    _logger.info("Sign-up is by invitation now: a complaint desk has no accounts for visitors.")


def _reopen_sign_up(env):
    parameters = env["ir.config_parameter"].sudo()
    before = parameters.get_param(SIGN_UP_BEFORE)
    if before and parameters.get_param(SIGN_UP) == "b2b":
        parameters.set_param(SIGN_UP, before)
    parameters.set_param(SIGN_UP_BEFORE, False)


def _leave_calendars(env):
    """Delete meetings on complaints from all calendars: their entries name the complaint."""
    meetings = env["complaint.meeting"].search([("event_id", "!=", False)])
    complaints = env["helpdesk.ticket"].search([("is_complaint", "=", True)])
    linked = Domain("res_model", "=like", "complaint.%")
    linked |= Domain("res_model", "=", "helpdesk.ticket") & Domain("res_id", "in", complaints.ids)
    entries = meetings.event_id | env["calendar.event"].search(linked)
    entries.with_context(complaint_guard=GUARD).unlink()


def uninstall_hook(env):
    """Take the complaints along: nothing would guard what citizens confided once we are gone.

    Left behind they would be ordinary tickets, open to every helpdesk user.
    """
    _reopen_sign_up(env)
    leaving = env(context={**env.context, "active_test": False, MODULE_UNINSTALL_FLAG: True})
    _leave_calendars(leaving)
    for name in HOLDING:
        leaving[name].search([], order="id desc").unlink()
    leaving["helpdesk.ticket"].search([("is_complaint", "=", True)]).unlink()
    teams = env["helpdesk.ticket.team"].with_context(active_test=False)
    rooms = teams.search([("is_complaint_room", "=", True)])
    sequences = rooms.complaint_sequence_id
    rooms.complaint_sequence_id = False
    sequences |= env["ir.sequence"].search([("code", "=like", f"{LETTER}%")])
    sequences.unlink()
    # What is kept outside the database goes once the rest is gone.
    env.cr.postcommit.add(SealFolder(env.cr.dbname).remove)
