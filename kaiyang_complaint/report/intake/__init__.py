from . import (
    guidance_note,
    placard,
    receipt,
    refusal_notice,
    registration_form,
    registration_letter,
)
