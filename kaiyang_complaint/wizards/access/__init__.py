from . import complaint_access_check
