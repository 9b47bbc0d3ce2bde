"""Commands that set up, start and check the whole."""
