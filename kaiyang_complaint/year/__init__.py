"""Writes a planned year of complaints into a demonstration; only the command loads this package."""
