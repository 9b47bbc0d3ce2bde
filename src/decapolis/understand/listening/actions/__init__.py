"""Writes of listening: what comes in whole (`conversations`), and what residents answer (`answers`)."""
