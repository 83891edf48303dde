from . import complaint_window_move
