from . import (
    complaint_paper,
    log_level,
)
