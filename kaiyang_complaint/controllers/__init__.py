from . import (
    internal,
    portal,
    public,
)
