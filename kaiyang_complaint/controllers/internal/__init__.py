from . import (
    assessment,
    case_ledger,
    dossier_archive,
)
