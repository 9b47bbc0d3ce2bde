"""Pages of step 2: what was heard."""
