"""Pure rules of the regulation: no ``env``, no clock, no database; every promise is a doctest."""
