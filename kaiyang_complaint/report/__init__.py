from . import log_level, registration_form
