from . import (
    letter_register,
    letter_sheet,
    referral_letter,
)
