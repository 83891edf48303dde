class UnprintableError(Exception):
    """A file that can't become pages, with the reason in the words of the dossier."""
