from . import (
    complaint_answer_wizard,
    complaint_letter_register,
)
