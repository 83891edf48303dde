from . import statistics_month
