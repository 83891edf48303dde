from . import extension_notice, log_level, referral_letter, registration_form
