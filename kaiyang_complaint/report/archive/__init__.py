from . import (
    dossier_box,
    dossier_loan,
    dossier_notes,
    dossier_sheet,
)
