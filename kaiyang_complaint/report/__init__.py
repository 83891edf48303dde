from . import (
    extension_notice,
    guidance_note,
    log_level,
    meeting_minutes,
    referral_letter,
    registration_form,
    registration_letter,
)
