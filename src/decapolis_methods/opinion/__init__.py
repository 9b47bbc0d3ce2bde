"""Statements and participants: where people agree, where they differ, and how sure that is."""
