from . import (
    complaint_dossier_add,
    complaint_dossier_boxing,
    complaint_dossier_catalogue,
)
