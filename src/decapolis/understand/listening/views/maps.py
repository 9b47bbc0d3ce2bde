"""The opinion map of a result: marks, outlines and the words that say the same."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decapolis.plumbing.charts.clouds import Cloud, Plane, plane
from decapolis.understand.listening.views import words
from decapolis_methods.opinion.released import MapGroup, OpinionMap, Released

NO_GROUP = "u"
"""Voice of people in no group: a hollow mark."""


@dataclass(frozen=True)
class Voice:
    """A group beside the map: its mark, its name and how many people."""

    voice: str
    name: str
    people: str


@dataclass(frozen=True)
class MapSheet:
    """The map with its words: a title, a description for those who do not see it, and how to read it."""

    plane: Plane
    title: str
    description: str
    notes: tuple[str, ...]


def map_sheet(released: Released) -> MapSheet | None:
    """Draw the map; None where there is none to draw."""
    if released.map is None or not released.groups:
        return None
    return MapSheet(
        plane([_cloud(group) for group in released.map.groups]),
        _("Opinion map: %(count)s groups") % {"count": words.spelled(len(released.groups))},
        " ".join([_("Marks that lie close together stand for similar answers."), *_places(released, released.map)]),
        _notes(released, released.map),
    )


def voices(released: Released) -> tuple[Voice, ...]:
    """List the groups with their sizes, and the people in none where that may be said."""
    listed = [
        Voice(group.letter, words.group_name(group.letter), people(released, group.people, group.percent))
        for group in released.groups
    ]
    if released.groups and released.undecided:
        part = 100 * released.undecided / max(released.participants, 1)
        listed.append(Voice(NO_GROUP, words.group_name(""), people(released, released.undecided, part)))
    return tuple(listed)


def people(released: Released, count: int, part: float) -> str:
    """Write how many people, and which part of everybody; "about" where the figures are rounded."""
    if released.figures_rounded_to > 1:
        pattern = ngettext("about %(count)s person, %(part)s", "about %(count)s people, %(part)s", count)
    else:
        pattern = ngettext("%(count)s person, %(part)s", "%(count)s people, %(part)s", count)
    return pattern % {"count": words.number(count), "part": words.percent(part)}


def _cloud(group: MapGroup) -> Cloud:
    name = words.group_name(group.letter)
    return Cloud(group.letter or NO_GROUP, name, group.marks, group.outline, group.sway)


def _notes(released: Released, drawn: OpinionMap) -> tuple[str, ...]:
    marks = ngettext(
        "One mark is about %(count)s person, moved a little, so that nobody can find themselves or a neighbour.",
        "One mark is about %(count)s people, moved a little, so that nobody can find themselves or a neighbour.",
        drawn.people_per_mark,
    )
    notes = [
        marks % {"count": words.spelled(drawn.people_per_mark)},
        _("Close together means similar answers; left, right, up and down mean nothing."),
        _("People who answered too little to be placed are not on the map."),
    ]
    if any(group.sway for group in drawn.groups):
        sway = _("Dashed: how far a group’s edge moved in %(rounds)s repeats.")
        notes.append(sway % {"rounds": words.number(released.certainty.rounds)})
    return tuple(notes)


def _places(released: Released, drawn: OpinionMap) -> list[str]:
    """Say in words where each group lies."""
    sizes = {each.name: each.people for each in voices(released)}
    said = []
    for group in drawn.groups:
        name = words.group_name(group.letter)
        place = _place(group, drawn) if group.letter else _("between the groups")
        said.append(
            _("%(group)s (%(people)s): %(place)s.") % {"group": name, "people": sizes.get(name, "–"), "place": place}
        )
    return said


def _place(group: MapGroup, drawn: OpinionMap) -> str:
    """Name the part of the map where a group's centre lies: a ninth of it."""
    across = [each.centre[0] for each in drawn.groups]
    down = [each.centre[1] for each in drawn.groups]
    names = (
        (_("upper left"), _("top"), _("upper right")),
        (_("left"), _("middle"), _("right")),
        (_("lower left"), _("bottom"), _("lower right")),
    )
    return names[_third(group.centre[1], down)][_third(group.centre[0], across)]


def _third(value: float, among: list[float]) -> int:
    low, high = min(among), max(among)
    # Less than a fifth of the map apart is called the middle.
    if high - low < 0.2:
        return 1
    return min(2, int(3 * (value - low) / (high - low)))
