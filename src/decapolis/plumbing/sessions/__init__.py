"""Sessions of those who sign in: which browser, since which day. Visitors without account have none."""
