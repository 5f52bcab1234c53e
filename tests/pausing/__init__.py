"""A pause of one account and of all."""
