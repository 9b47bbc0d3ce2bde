"""Bars and lanes: places as attributes of SVG."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from decapolis.plumbing.charts.strips import MARKS, Reading, bar, lanes, percent

readings = st.builds(
    lambda three: Reading(three[1], three[0], three[2]), st.tuples(*[st.floats(0, 100)] * 3).map(sorted)
)


def test_bar_draws_value_and_interval() -> None:
    drawn = bar(Reading(88, 85, 91))

    assert (drawn.fill, drawn.low, drawn.high, drawn.width) == ("88%", "85%", "91%", "6%")
    assert not drawn.is_range


def test_bar_of_a_range_is_full_as_far_as_is_certain() -> None:
    drawn = bar(Reading(None, 92, 100))

    assert drawn.is_range
    assert (drawn.fill, drawn.low, drawn.width) == ("92%", "92%", "8%")


def test_bar_stays_on_its_track() -> None:
    drawn = bar(Reading(104, -3, 120))

    assert (drawn.fill, drawn.low, drawn.high) == ("100%", "0%", "100%")


def test_percent_has_a_point_whatever_the_language() -> None:
    assert [percent(value) for value in (0, 12.34, 99.96, 100)] == ["0%", "12.3%", "100%", "100%"]


@given(readings)
def test_bar_is_written_as_svg_reads_it(reading: Reading) -> None:
    drawn = bar(reading)

    written = (drawn.fill, drawn.low, drawn.high, drawn.width)
    assert all(re.fullmatch(r"\d{1,3}(\.\d)?%", place) for place in written), written


def test_lanes_share_the_height() -> None:
    drawn = lanes([("a", Reading(20, 10, 30)), ("b", Reading(80, 70, 90))])

    assert [lane.y for lane in drawn.lanes] == ["25%", "75%"]


def test_lane_without_a_reading_draws_nothing() -> None:
    (lane,) = lanes([("a", None)]).lanes

    assert lane.is_empty
    assert (lane.at, lane.low, lane.high) == ("", "", "")


def test_lane_of_a_range_has_a_line_and_no_mark() -> None:
    (lane,) = lanes([("c", Reading(None, 0, 9))]).lanes

    assert not lane.is_empty
    assert (lane.at, lane.low, lane.high) == ("", "0%", "9%")


@given(st.lists(readings, min_size=1, max_size=5))
def test_lanes_lie_evenly_from_top_to_bottom(given_readings: list[Reading]) -> None:
    drawn = lanes([("a", reading) for reading in given_readings])

    heights = [0.0, *(float(lane.y.rstrip("%")) for lane in drawn.lanes), 100.0]
    assert all(above < below for above, below in pairwise(heights))


def test_marks_differ_in_shape() -> None:
    assert len(set(MARKS.values())) == len(MARKS) == 5
