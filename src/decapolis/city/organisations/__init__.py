"""Organisations of the city, as they describe themselves; no person is in them."""
