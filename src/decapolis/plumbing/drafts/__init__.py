"""Drafts: what somebody with an account typed and has not sent yet, so that none of it is lost."""
