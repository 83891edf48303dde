"""Writes a planned year of complaints into a demonstration."""
