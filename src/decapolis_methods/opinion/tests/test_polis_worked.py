"""A whole conversation worked by hand: four people, three statements, two groups.

            1    2    3       1 parts {1, 2} from {3, 4}; on 2 all agree but one, who passed; on 3 one half answered
    p1      1    1    1
    p2      1    1    .
    p3     -1    1   -1
    p4     -1    0    .

Centre (1+1-1-1)/4 = 0, (1+1+1+0)/4 = 3/4, (1-1)/2 = 0. Less the centre:

    p1      1   1/4   1       squares: 1: 4, 2: 3 * 1/16 + 9/16 = 3/4, 3: 2
    p2      1   1/4   .       products: 1 with 2: 1/4 + 1/4 - 1/4 + 3/4 = 1, 1 with 3: 1 + 1 = 2,
    p3     -1   1/4  -1                 2 with 3: 1/4 - 1/4 = 0
    p4     -1  -3/4   .

so that the axes are the first two eigenvectors of [[4, 1, 2], [1, 3/4, 0], [2, 0, 2]].
"""

from math import sqrt

import numpy as np
import pytest

from decapolis_methods.opinion.analysis import Analysis, Moderation
from decapolis_methods.opinion.polis import analyse_polis
from decapolis_methods.opinion.votes import Votes

WHO = [1, 1, 1, 2, 2, 3, 3, 3, 4, 4]
WHAT = [1, 2, 3, 1, 2, 1, 2, 3, 1, 2]
HOW = [1, 1, 1, 1, 1, -1, 1, -1, -1, 0]
SQUARES = np.array([[4.0, 1.0, 2.0], [1.0, 0.75, 0.0], [2.0, 0.0, 2.0]])


@pytest.fixture
def worked() -> Analysis:
    none = np.zeros(3, dtype=bool)
    votes = Votes.from_triplets(WHO, WHAT, HOW)
    return analyse_polis(votes, Moderation(none, none), groups={1: 0, 2: 0, 3: 1, 4: 1})


def test_centre(worked: Analysis):
    assert worked.centre.tolist() == [0.0, 0.75, 0.0]


def test_components_are_eigenvectors(worked: Analysis):
    """Stretched by the squares, an eigenvector keeps its direction; and no other is stretched more."""
    stretched = worked.components @ SQUARES
    stretch = (stretched * worked.components).sum(axis=1)
    np.testing.assert_allclose(stretched, worked.components * stretch[:, None], atol=1e-12)
    assert stretch.tolist() == pytest.approx(np.linalg.eigvalsh(SQUARES)[:0:-1].tolist())


def test_positions_push_out_those_who_answered_less(worked: Analysis):
    """p1 and p3 answered all three; p2 and p4 two of them: times sqrt(3/2)."""
    less_centre = np.array([[1, 0.25, 1], [1, 0.25, 0], [-1, 0.25, -1], [-1, -0.75, 0]])
    pushed = np.array([1.0, sqrt(1.5), 1.0, sqrt(1.5)])
    np.testing.assert_allclose(worked.positions, less_centre @ worked.components.T * pushed[:, None], atol=1e-12)


def test_counts(worked: Analysis):
    assert worked.counts.agree.tolist() == [[2, 2, 1], [0, 1, 0]]
    assert worked.counts.disagree.tolist() == [[0, 0, 0], [2, 0, 1]]
    assert worked.counts.seen.tolist() == [[2, 2, 1], [2, 2, 1]]
    assert worked.everybody.seen.tolist() == [[4, 4, 2]]


def test_representative_of_the_first_group(worked: Analysis):
    """Statement 1: share (2+1)/(2+2) = 3/4, z 2 sqrt(3) (3/3 - 1/2) = 1.732; the others (0+1)/(2+2) = 1/4, ratio 3;
    z of the two (3/3 - 1/3) / sqrt(4/6 * 2/6 * 2/3) = 1.732: telling. Nothing else is: of 2 the z of the two shares is
    (3/3 - 2/3) / sqrt(5/6 * 1/6 * 2/3) = 1.095, of 3 (2/2 - 1/2) / sqrt(3/4 * 1/4 * 1) = 1.155.
    """
    [found] = worked.representative[0]
    assert (found.statement, found.direction, found.successes, found.trials) == (1, "agree", 2, 2)
    figures = [found.share, found.share_test, found.ratio, found.ratio_test]
    assert figures == pytest.approx([0.75, sqrt(3), 3.0, (2 / 3) / sqrt(4 / 27)])


def test_representative_of_the_second_group(worked: Analysis):
    """Statement 1 the other way round. It agrees with 2 best of all (share 1/2, ratio 2/3), but that is not good."""
    [found] = worked.representative[1]
    assert (found.statement, found.direction, found.successes, found.trials) == (1, "disagree", 2, 2)
    assert found.ratio == pytest.approx(3.0)


def test_consensus(worked: Analysis):
    """Statement 2: share 4/6, z 2 sqrt(5) (4/5 - 1/2) = 1.342 is telling; of the others none has half."""
    [found] = worked.consensus
    assert (found.statement, found.direction, found.successes, found.trials) == (2, "agree", 3, 4)
    assert [found.share, found.share_test] == pytest.approx([2 / 3, 0.6 * sqrt(5)])


def test_group_aware_consensus(worked: Analysis):
    """3/4 * 1/4, 3/4 * 2/4, 2/3 * 1/3."""
    assert worked.group_aware_consensus.tolist() == pytest.approx([3 / 16, 3 / 8, 2 / 9])


def test_priorities(worked: Analysis):
    """With extremity e = sqrt(3) (1 - centre) length: ((1 - p) (1 + e) a (1 + 8 / 2^(s / 5)))^2.

    1: p = 1/6, a = 3/6, s = 4; 2: p = 2/6, a = 4/6, s = 4; 3: p = 1/4, a = 2/4, s = 2.
    """
    length = np.hypot(*worked.components)
    extremity = sqrt(3) * np.array([1.0, 0.25, 1.0]) * length
    newness = 1 + 8 / 2 ** np.array([0.8, 0.8, 0.4])
    expected = (np.array([5 / 6, 4 / 6, 3 / 4]) * (1 + extremity) * np.array([3 / 6, 4 / 6, 2 / 4]) * newness) ** 2
    assert worked.priorities.tolist() == pytest.approx(expected.tolist())
