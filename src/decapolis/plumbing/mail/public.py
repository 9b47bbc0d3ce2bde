"""What every other part may use of mail."""

from decapolis.plumbing.mail.letters import Reader
from decapolis.plumbing.mail.queries import Posted, mailbox, waiting
from decapolis.plumbing.mail.store import can_write, has_mailbox, write_letter

__all__ = ["Posted", "Reader", "can_write", "has_mailbox", "mailbox", "waiting", "write_letter"]
