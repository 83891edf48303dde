from . import case_ledger, statistics_month
