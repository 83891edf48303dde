from . import complaint_delegate_wizard
