"""Where each of the ten steps stands: those that stand say it themselves, the others are planned."""

from dataclasses import dataclass

from django.utils.translation import get_language_bidi, gettext
from django.utils.translation import gettext_noop as _

from decapolis.city.access.public import Viewer
from decapolis.plumbing.declaring import Standing, State, declaration
from decapolis.steps import PARTS, STEPS, Step
from decapolis.web.workspace.ring import Segment, segments

WORDS: dict[State, str] = {
    "done": _("in order"),
    "going": _("under way"),
    "needs": _("needs a decision"),
    "idle": _("not begun"),
    "planned": _("planned"),
}
ICONS: dict[State, str] = {"done": "done", "going": "going", "needs": "needs", "idle": "due", "planned": "due"}


@dataclass(frozen=True)
class Stand:
    """A step with where it stands."""

    step: Step
    standing: Standing

    @property
    def word(self) -> str:
        """Name of its state."""
        return gettext(WORDS[self.standing.state])

    @property
    def icon(self) -> str:
        """Icon of its state."""
        return ICONS[self.standing.state]


@dataclass(frozen=True)
class Ring:
    """The drawing: its pieces, the side on which the second part stands, what it says, how many steps need somebody."""

    segments: list[Segment]
    side: int
    states: list[tuple[State, str]]
    needing: int
    description: str


def stands(viewer: Viewer) -> list[Stand]:
    """All ten steps, as they stand for the viewer."""
    return [Stand(step, _standing(step, viewer)) for step in STEPS]


def by_part(found: list[Stand]) -> list[tuple[str, list[Stand]]]:
    """The steps under the names of the four parts."""
    return [(gettext(name), [each for each in found if each.step.part == part]) for part, name in PARTS.items()]


def ring(found: list[Stand]) -> Ring:
    """Draw the ring, in the direction in which the reader reads."""
    mirrored = get_language_bidi()
    pieces = [(each.step.number, each.step.part, each.standing.state) for each in found]
    numbers: dict[State, list[str]] = {
        state: [str(number) for number, _part, its in pieces if its == state] for state in WORDS
    }
    shown = [(state, gettext(WORDS[state])) for state in WORDS if numbers[state]]
    said = [gettext("Steps %(numbers)s: %(state)s.") % {"numbers": ", ".join(numbers[s]), "state": w} for s, w in shown]
    return Ring(
        segments=segments(pieces, mirrored=mirrored),
        side=-1 if mirrored else 1,
        states=shown,
        needing=len(numbers["needs"]),
        description=" ".join(said),
    )


def _standing(step: Step, viewer: Viewer) -> Standing:
    if not step.app:
        return Standing("planned", gettext(step.sentence))
    found: Standing = declaration(step.app).standing(viewer)
    return found
