"""Small counts: what may be said of a few people, and how it is said instead."""
