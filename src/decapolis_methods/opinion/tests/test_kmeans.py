import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis_methods.opinion.kmeans import kmeans, nearest, silhouette


def test_nearest_takes_the_first_of_equally_near_centres() -> None:
    assert nearest(np.array([[1.0, 0.0]]), np.array([[0.0, 0.0], [2.0, 0.0]])).tolist() == [0]


def test_kmeans_by_hand() -> None:
    points = np.array([[0.0, 0.0], [0.0, 2.0], [10.0, 0.0], [10.0, 2.0]])
    found = kmeans(points, points[[0, 3]])
    assert found.centres.tolist() == [[0.0, 1.0], [10.0, 1.0]]
    assert found.labels.tolist() == [0, 0, 1, 1]
    assert found.spread == pytest.approx(4.0)


def test_kmeans_weights_count_as_repeated_points() -> None:
    points = np.array([[0.0], [1.0], [8.0], [9.5]])
    weights = np.array([3.0, 1.0, 2.0, 5.0])
    once = kmeans(points, points[[0, 2]], weights=weights)
    repeated = kmeans(np.repeat(points, weights.astype(int), axis=0), points[[0, 2]])
    assert np.allclose(once.centres, repeated.centres)
    assert once.spread == pytest.approx(repeated.spread)


def test_kmeans_cluster_without_points_keeps_its_centre() -> None:
    found = kmeans(np.array([[0.0], [1.0]]), np.array([[0.5], [50.0]]))
    assert found.centres.tolist() == [[0.5], [50.0]]
    assert found.labels.tolist() == [0, 0]


def test_kmeans_stops_at_the_tolerance() -> None:
    points = np.array([[0.0], [1.0], [2.0], [10.0]])
    loose = kmeans(points, np.array([[0.0], [1.0]]), tolerance=100.0)
    assert loose.centres.ravel().tolist() == [0.0, pytest.approx(13 / 3)]


def test_kmeans_spread_never_grows_with_more_rounds() -> None:
    points = np.random.default_rng(3).normal(size=(60, 2))
    spreads = [kmeans(points, points[:4], rounds=n).spread for n in range(1, 12)]
    assert spreads == sorted(spreads, reverse=True)


def test_silhouette_by_hand() -> None:
    # 0 and 1 against 10: a = 1, b = 10 and 9; the single point counts 0.
    value = silhouette(np.array([[0.0], [1.0], [10.0]]), np.array([0, 0, 1]))
    assert value == pytest.approx((9 / 10 + 8 / 9 + 0) / 3)


def test_silhouette_of_one_cluster_is_zero() -> None:
    assert silhouette(np.array([[0.0], [1.0]]), np.array([2, 2])) == 0.0


def test_silhouette_of_everybody_in_one_place_is_zero() -> None:
    assert silhouette(np.zeros((4, 2)), np.array([0, 0, 1, 1])) == 0.0


@given(st.lists(st.integers(1, 4), min_size=4, max_size=12), st.integers(0, 1000))
def test_silhouette_weights_count_as_repeated_points(weights: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    points, labels = random.normal(size=(len(weights), 2)), random.integers(0, 3, len(weights))
    once = silhouette(points, labels, weights=np.array(weights, dtype=float))
    repeated = silhouette(np.repeat(points, weights, axis=0), np.repeat(labels, weights))
    assert once == pytest.approx(repeated)


def test_kmeans_of_several_starts_is_the_tightest_of_each() -> None:
    rng = np.random.default_rng(8)
    points, weights, starts = rng.normal(size=(80, 2)), rng.integers(1, 5, 80).astype(float), rng.normal(size=(7, 4, 2))
    together = kmeans(points, starts, weights=weights)
    alone = min((kmeans(points, start, weights=weights) for start in starts), key=lambda end: end.spread)
    assert together.centres == pytest.approx(alone.centres)
    assert together.labels.tolist() == alone.labels.tolist()
    assert together.spread == pytest.approx(alone.spread)
