"""Steps 1 to 4: the city understands."""
