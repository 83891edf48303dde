from . import extension_notice, log_level, registration_form
