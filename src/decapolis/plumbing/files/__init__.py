"""Files that people hand in: looked at, made anew where that can be done, kept under a random name."""
