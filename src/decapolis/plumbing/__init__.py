"""What runs beneath: no civic word in it."""
