"""What every other part may use of drafts."""

from decapolis.plumbing.drafts.filling import FormDraft, filled, sent
from decapolis.plumbing.drafts.in_steps import Answered, Step, TaskInSteps, in_steps
from decapolis.plumbing.drafts.rescue import Rescued, land, rescue
from decapolis.plumbing.drafts.sealing import Content, Tag, TooLong, signed, tag_in, typed_in
from decapolis.plumbing.drafts.store import Kept, forget, keep, kept

__all__ = [
    "Answered",
    "Content",
    "FormDraft",
    "Kept",
    "Rescued",
    "Step",
    "Tag",
    "TaskInSteps",
    "TooLong",
    "filled",
    "forget",
    "in_steps",
    "keep",
    "kept",
    "land",
    "rescue",
    "sent",
    "signed",
    "tag_in",
    "typed_in",
]
