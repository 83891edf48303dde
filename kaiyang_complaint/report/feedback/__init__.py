from . import feedback_record
