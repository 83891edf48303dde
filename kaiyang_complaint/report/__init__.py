from . import registration_form
