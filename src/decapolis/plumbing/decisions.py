"""Decisions as they are shown: what was chosen among what, on which evidence, why, by whom, when, and who dissented."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Dissent:
    """What somebody said against a decision."""

    words: Text
    by: Text


@dataclass(frozen=True)
class Decision:
    """A decision with its reason, without which there is none; `others` are the options that were not chosen."""

    chosen: Text
    reason: Text
    by: Text
    on: date
    others: tuple[Text, ...] = ()
    evidence: tuple[Text, ...] = ()
    dissent: tuple[Dissent, ...] = ()

    def __post_init__(self) -> None:
        if not str(self.reason).strip():
            raise ValueError("A decision without a reason is none: say why.")
