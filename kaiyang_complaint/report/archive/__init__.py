from . import (
    dossier_box,
    dossier_loan,
    dossier_sheet,
)
