from . import (
    board_screen,
    helpdesk_portal,
    submission,
    tracking,
)
