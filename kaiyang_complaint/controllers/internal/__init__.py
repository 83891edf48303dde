from . import (
    assessment,
    dossier_archive,
)
