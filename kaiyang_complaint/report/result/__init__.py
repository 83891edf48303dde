from . import (
    monthly_notice,
    written_report,
)
