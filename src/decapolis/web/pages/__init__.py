"""Pages that belong to no step and no noun: the home, set-up, the mailbox, drafts, downloads, health."""
