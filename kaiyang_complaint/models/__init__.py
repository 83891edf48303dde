# Chapters are loaded in this order: each knows those above it, never those below.
from . import (
    access,
    hall,
    time,
    case,
    intake,
    letter,
    handling,
    feedback,
    result,
    archive,
    exchange,
    desk,
)
