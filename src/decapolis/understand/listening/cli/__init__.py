"""Commands of step 2."""
