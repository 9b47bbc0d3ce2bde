"""Rules in words: what each kind is called, what becomes of it, and the day from which its time is counted."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from decapolis.plumbing.declaring import declared
from decapolis.plumbing.dues import Rule

SINCE: Mapping[str, str] = {
    "current_on": gettext_noop("the day on which it was last known to be right"),
    "day": gettext_noop("its day"),
    "ends_on": gettext_noop("its last day"),
    "expire_date": gettext_noop("its end"),
    "expires_on": gettext_noop("its last day"),
    "finished_at": gettext_noop("its end"),
    "kept_on": gettext_noop("the day on which it was last kept"),
    "left_on": gettext_noop("the day on which the colleague left"),
    "seen_at": gettext_noop("the moment of its last sign of life"),
    "signed_on": gettext_noop("the day of the signature"),
    "stopped_on": gettext_noop("the day of the stop"),
    "votes_kept_until": gettext_noop("the day until which the conversation says that answers are kept"),
    "written_on": gettext_noop("the day on which it was written"),
}
"""By the last field on the way to the day."""
VERBS: Mapping[str, str] = {
    "erase": gettext_noop("is deleted"),
    "scrub": gettext_noop("is emptied; the rest stays"),
    "blur": gettext_noop("is made a month or a year"),
}


def called(rule: Rule) -> str:
    """What a rule is about, a kind of row or one value of it, as its part declares it."""
    return kind_called(f"{rule.kind}.{rule.field}" if rule.field else rule.kind)


def kind_called(kind: str) -> str:
    """What a kind is called; one that is no more, as it was named in the code."""
    return next((_(kinds[kind]) for kinds in declared("KINDS") if kind in kinds), kind)


def since(rule: Rule) -> str:
    """From which day the time is counted."""
    return _(SINCE[rule.fate.since.rpartition("__")[2]])


def becomes(rule: Rule) -> str:
    """What becomes of it then."""
    return _(VERBS[rule.verb])
