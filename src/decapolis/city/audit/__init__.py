"""What was done, by whom and when: a record that cannot be quietly changed."""
