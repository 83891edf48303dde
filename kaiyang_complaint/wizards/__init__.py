from . import (
    access,
    archive,
    case,
    desk,
    exchange,
    feedback,
    hall,
    handling,
    intake,
    letter,
    result,
    time,
)
