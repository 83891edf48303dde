"""Chance, words and hours of the year: no ``env``, no clock, no database."""
