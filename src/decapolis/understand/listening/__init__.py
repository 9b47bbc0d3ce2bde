"""Step 2: the city listens to its constituencies."""
