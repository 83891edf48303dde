from . import (
    guidance_note,
    refusal_notice,
    registration_form,
    registration_letter,
)
