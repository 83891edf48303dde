from . import (
    complaint_calendar_import,
    complaint_delegate_wizard,
    complaint_dossier_add,
    complaint_gateway_key,
    complaint_invalid_wizard,
    complaint_letter_answer,
    complaint_letter_register,
    complaint_reason_wizard,
    complaint_referral_answer,
    complaint_refusal_wizard,
    complaint_reply_wizard,
    complaint_settlement_wizard,
)
