from . import (
    archive,
    desk,
    engine,
    feedback,
    handling,
    intake,
    letter,
    result,
)
