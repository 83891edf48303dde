from . import complaint_eligibility
