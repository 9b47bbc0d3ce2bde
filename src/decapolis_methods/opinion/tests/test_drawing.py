from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis_methods.errors import MethodError
from decapolis_methods.opinion.drawing import draw

WEIGHTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=50)
AT = st.floats(0, 1, exclude_max=True)


def test_draw_by_hand():
    """0.1 for each of two, and 0.8 in parts of 3 and 1: chances of 0.7 and 0.3."""
    drawn = [draw([3, 1], at=at / 10 + 0.05) for at in range(10)]
    assert [each.place for each in drawn] == [0] * 7 + [1] * 3
    assert {round(each.probability, 12) for each in drawn} == {0.7, 0.3}


@given(WEIGHTS, AT)
def test_a_chance_is_never_below_the_floor_nor_above_one(weights, at):
    drawn = draw(weights, at=at)
    assert 0 <= drawn.place < drawn.n == len(weights)
    assert 0.2 / len(weights) <= drawn.probability + 1e-12 <= 1 + 2e-12


@given(WEIGHTS)
def test_chances_add_up_to_one(weights):
    known = {draw(weights, at=at / 1000).place: draw(weights, at=at / 1000).probability for at in range(1000)}
    assert sum(known.values()) <= 1 + 1e-9
    if len(known) == len(weights):
        assert sum(known.values()) == pytest.approx(1)


def test_draws_come_as_often_as_they_say():
    weights = [5, 1, 0, 2]
    came = Counter(draw(weights, at=at / 10_000).place for at in range(10_000))
    for place in came:
        chance = next(d.probability for d in (draw(weights, at=a / 100) for a in range(100)) if d.place == place)
        assert came[place] / 10_000 == pytest.approx(chance, abs=2e-4)


def test_without_weights_all_are_alike():
    assert {draw([0, 0, 0, 0], at=at / 4).probability for at in range(4)} == {0.25}


@pytest.mark.parametrize(("weights", "at"), [([], 0.5), ([-1], 0.5), ([1], 1), ([1], -0.1), ([1], float("nan"))])
def test_what_cannot_be_drawn_is_refused(weights, at):
    with pytest.raises(MethodError):
        draw(weights, at=at)
