from . import (
    base_import_import,
    complaint_gateway_key,
)
