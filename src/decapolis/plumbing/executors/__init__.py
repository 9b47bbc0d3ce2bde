"""Work in pieces: one after the other, in processes, or on several machines; the same results in the same order."""
