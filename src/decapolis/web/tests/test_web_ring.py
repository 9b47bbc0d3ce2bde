"""The ring of ten steps: its geometry by hand, mirrored, and what stands out."""

from itertools import pairwise

import pytest

from decapolis.plumbing.declaring import State
from decapolis.steps import STEPS
from decapolis.web.workspace.ring import segments

STATES: list[State] = ["going", "needs", "done", "done", "going", "needs", "going", "going", "needs", "done"]
DRAWN = (
    "M-145.9 -74.9A164 164 0 0 1 -98.1 -131.4A7 7 0 0 1 -88.2 -129.7L-66.8 -98.3A7 7 0 0 1 -68.3 -88.8"
    "A112 112 0 0 0 -98.9 -52.5A7 7 0 0 1 -108.0 -49.5L-142.6 -65.3A7 7 0 0 1 -145.9 -74.9Z"
)


@pytest.fixture
def ring():
    return segments(
        [(step.number, step.part, state) for step, state in zip(STEPS, STATES, strict=True)], mirrored=False
    )


@pytest.fixture
def mirror():
    return segments([(step.number, step.part, state) for step, state in zip(STEPS, STATES, strict=True)], mirrored=True)


def test_ring_is_drawn_as_designed(ring):
    assert ring[0].path == DRAWN
    assert (ring[0].x, ring[0].y, ring[1].move) == (-105.4, -89.1, "translate(-2.0 -6.7)")


def test_ring_is_symmetrical(ring):
    for left, right in ((0, 3), (1, 2), (9, 4), (8, 5), (7, 6)):
        assert (ring[left].x, ring[left].y) == (-ring[right].x, ring[right].y)


def test_ring_is_mirrored_for_who_reads_from_the_right(ring, mirror):
    assert [(each.x, each.y) for each in mirror] == [(-each.x, each.y) for each in ring]
    assert mirror[0].path.startswith("M145.9 -74.9A164 164 0 0 0 98.1 -131.4")


def test_only_what_needs_a_decision_stands_out(ring):
    assert [bool(each.move) for each in ring] == [state == "needs" for state in STATES]


def test_steps_go_round_clockwise(ring):
    turns = [first.x * second.y - first.y * second.x for first, second in pairwise(ring)]

    assert all(turn > 0 for turn in turns)
