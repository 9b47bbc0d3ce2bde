"""Statements and participants: where people agree, where they differ, and with what uncertainty."""
