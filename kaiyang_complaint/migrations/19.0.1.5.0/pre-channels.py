"""What the code knew of the four channels becomes what their records say."""

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
        cr.execute(f"ALTER TABLE helpdesk_ticket_channel ADD COLUMN IF NOT EXISTS {name} {kind}")
    assigned = ", ".join(f"{name} = %s" for name in columns)
    for code, (asked, words) in CHANNELS.items():
        cr.execute(
            f"UPDATE helpdesk_ticket_channel SET {assigned} WHERE complaint_code = %s",
            (*(name in asked for name in FLAGS), *words, code),
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
