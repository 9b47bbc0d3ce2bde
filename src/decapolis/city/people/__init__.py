"""Accounts of staff and partners: the only persons the product knows by name."""
