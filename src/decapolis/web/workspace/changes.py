"""What changed in the last fourteen days, in plain words and as far as the viewer may hear of it; never who did it.

When somebody was last here is not kept, so that it cannot be the measure.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from decapolis.city.access.public import Viewer
from decapolis.city.audit.public import Happening, happenings
from decapolis.plumbing import clock
from decapolis.plumbing.declaring import Words, declared

SPAN = timedelta(days=14)


@dataclass(frozen=True)
class Changed:
    """What changed on a day, and how many times."""

    day: date
    sentence: str
    times: int


def changes(viewer: Viewer) -> list[Changed]:
    """What changed, the newest first."""
    words = {act: said for acts in declared("CHANGES") for act, said in acts.items()}
    permissions = {act: said.permission for act, said in words.items()}
    found = happenings(viewer, permissions, since=clock.today() - SPAN)
    named = _names(viewer, found, words)
    counted = Counter((each.day, _sentence(each, words[each.act], named[each.act])) for each in found)
    return [Changed(day, sentence, times) for (day, sentence), times in counted.items()]


def _names(
    viewer: Viewer, found: Sequence[Happening], words: Mapping[str, Words]
) -> defaultdict[str, Mapping[int, str]]:
    """Names of the subjects of each act, where the act has any; each kind is asked for once."""
    numbers: dict[str, set[int]] = {}
    for each in found:
        if words[each.act].names:
            numbers.setdefault(each.act, set()).add(_number(each))
    asked: defaultdict[str, Mapping[int, str]] = defaultdict(dict)
    for act, of_act in numbers.items():
        if names := words[act].names:
            asked[act] = names(viewer, of_act)
    return asked


def _sentence(happening: Happening, words: Words, names: Mapping[int, str]) -> str:
    what = names.get(_number(happening)) if names else None
    return gettext(words.named) % {"what": what} if what else gettext(words.sentence)


def _number(happening: Happening) -> int:
    number = happening.subject.rpartition(":")[2]
    return int(number) if number.isdecimal() else 0
