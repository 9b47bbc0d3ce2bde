"""Pages of sign-in, accounts, roles and the record."""
