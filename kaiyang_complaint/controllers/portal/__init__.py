from . import (
    account,
    call_portal,
    export,
    feedback_portal,
    report_portal,
    slip_paper,
    slip_portal,
    upload,
)
