from . import complaint_statistics_month
