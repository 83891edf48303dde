"""What the code knew of the four channels becomes what their records say."""

from odoo.tools import SQL, sql

TABLE = "helpdesk_ticket_channel"
FLAGS = (
    "is_visit",
    "is_letter",
    "asks_for_recording",
    "asks_for_signature",
    "asks_for_contact",
    "has_external_ref",
)
ON_PAPER = ("registration_form", "form_title", "dossier_title", "paper_name", "paper_phrase")
SHEET = ("report_registration_letter", "信函／网上投诉处理单")
# Code -> what the channel asks for, and what papers say of it.
CHANNELS = {
    "onsite": (
        {"is_visit", "asks_for_signature"},
        (
            "report_registration_onsite",
            "现场投诉举报登记表",
            "现场投诉举报登记表",
            "现场",
            "来访",
        ),
    ),
    "phone": (
        {"asks_for_recording"},
        (
            "report_registration_phone",
            "电话投诉举报登记表",
            "电话投诉举报登记表",
            "电话",
            "来电",
        ),
    ),
    "web": (
        {"asks_for_contact", "has_external_ref"},
        (*SHEET, "网上投诉处理单", "政务服务网", "通过政务服务网"),
    ),
    "letter": ({"is_letter"}, (*SHEET, "信函投诉处理单", "信函", "来信")),
}


def migrate(cr, _version):
    """Fill the columns before the fields are loaded: nothing of a complaint is computed anew."""
    columns = {**dict.fromkeys(FLAGS, "boolean"), **dict.fromkeys(ON_PAPER, "varchar")}
    for name, kind in columns.items():
        if not sql.column_exists(cr, TABLE, name):
            sql.create_column(cr, TABLE, name, kind)
    for code, (asked, words) in CHANNELS.items():
        values = {name: name in asked for name in FLAGS} | dict(zip(ON_PAPER, words, strict=True))
        assigned = [SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items()]
        cr.execute(
            SQL(
                "UPDATE helpdesk_ticket_channel SET %s WHERE complaint_code = %s",
                SQL(", ").join(assigned),
                code,
            )
        )
    # The code is a text now: Odoo would look up what to do with the values of its selection.
    cr.execute(
        """
        DELETE FROM ir_model_fields_selection
         WHERE field_id IN (
            SELECT id FROM ir_model_fields
             WHERE model = 'helpdesk.ticket.channel' AND name = 'complaint_code'
         )
        """
    )
