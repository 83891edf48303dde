"""``python -m security`` is the whole matrix."""

from .matrix import main

main()
