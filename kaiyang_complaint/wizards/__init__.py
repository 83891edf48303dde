from . import (
    access,
    archive,
    case,
    desk,
    exchange,
    feedback,
    handling,
    intake,
    letter,
    result,
    time,
)
