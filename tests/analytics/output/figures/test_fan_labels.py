"""What stands beside a fan: each line named where it ends, the axis held open."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.output.figures.fan_labels import fan_datasets, recent, set_apart, spread
from analytics.output.figures.fan_numbers import fan_frame
from tests.support.drawn import metric, series

PATH = metric({2024: 95.0, 2025: 100.0}, [110.0, 120.0])
HISTORY = metric({year: float(year) for year in range(2010, 2026)}, [2026.0])


def words(frame, unit="亿元", **more) -> list[str]:
    """The words beside the lines, from the top down."""
    labels = fan_datasets(frame, unit, **more)["labels"]
    return labels.sort_values("value", ascending=False)["text"].tolist()


def test_each_line_is_named_with_its_value_where_it_ends():
    said = words(fan_frame(PATH, target=(2027, 150.0)))
    assert said[0] == "目标 150.0"
    assert said[-1] == "2025年 100.0"
    assert said[1] == "较目标低30.0"  # 120 − 150
    assert set(said[2:-1]) == {"预测 120.0", "80%上沿 120.0", "80%下沿 120.0"}
    assert "较目标" not in "".join(words(fan_frame(PATH, target=(2027, 120.0))))


def test_where_a_fan_goes_on_the_target_names_its_year_and_no_gap_to_a_later_median():
    said = words(fan_frame(PATH, target=(2026, 150.0)))
    assert said[0] == "2026年目标 150.0"
    assert "较目标" not in "".join(said)  # 预测 120.0 is of 2027


@pytest.mark.parametrize("height", [90, 140, 340])
def test_words_do_not_touch_however_low_the_drawing_and_the_newest_value_stays(height):
    data = fan_datasets(fan_frame(PATH, target=(2027, 121.0)), "亿元")
    apart = set_apart(data, height)["labels"]
    (span,) = data["span"].itertuples()
    beside = sorted(apart["value"][apart["series"] != "历史"])
    a_pixel = (span.high - span.low) * 1.2 / height  # the axis goes on to round numbers
    assert min(above - below for below, above in pairwise(beside)) >= 15 * a_pixel * 0.99
    assert apart["value"].iloc[-1] == data["labels"]["value"].iloc[-1] == 100.0


@pytest.mark.parametrize(("first", "is_early"), [(2025, True), (2024, True), (2022, False)])
def test_where_the_newest_value_stands_early_its_words_do_not_run_out_to_the_left(first, is_early):
    """They lay on the values of the axis; the years go on to 2027."""
    path = metric(dict.fromkeys(range(first, 2026), 100.0), [110.0, 120.0])
    drawn = fan_datasets(fan_frame(path), "亿元")
    assert drawn["labels"]["leftmost"].iloc[-1] == is_early
    assert drawn["span"]["named"].iloc[0] == (2027 if is_early else 2025)  # 预测, out of their way


def test_a_scenario_and_its_baseline_are_both_named_where_they_differ():
    moved = metric({2025: 100.0}, [130.0, 140.0])
    assert {"情景 140.0", "基准 120.0"} <= set(words(fan_frame(moved, baseline=PATH)))
    assert not any("基准" in one for one in words(fan_frame(PATH, baseline=PATH)))


def test_whole_things_are_whole_and_a_growth_target_says_its_growth():
    counted = metric({2025: 2.0}, [3.0])
    assert "预测 3" in words(fan_frame(counted), unit="个")
    frame = fan_frame(PATH, target=(2027, 121.0))
    assert "目标 121.0（年均10%）" in words(frame, goal="121.0（年均10%）")


def test_a_newest_value_that_is_no_figure_says_what_it_is():
    assert words(fan_frame(PATH), newest="所需")[-1] == "2025年所需 100.0"


def test_a_history_alone_has_no_words_of_what_is_ahead():
    assert words(fan_frame(metric({2024: 95.0, 2025: 100.0}))) == ["2025年 100.0"]


def test_the_axis_holds_what_it_is_told_to_whatever_is_drawn():
    span = fan_datasets(fan_frame(PATH), "亿元", reach=(10.0, 900.0))["span"].iloc[0]
    assert (span["low"], span["high"]) == (10.0, 900.0)
    span = fan_datasets(fan_frame(PATH), "亿元", reach=(99.0, 100.0))["span"].iloc[0]
    assert (span["low"], span["high"]) == (95.0, 120.0)
    assert (span["start"], span["end"]) == (2025, 2027)


def test_the_newest_value_and_six_years_before_it_are_drawn_or_all_since_the_base():
    frame = fan_frame(HISTORY)
    assert recent(frame)["year"].tolist() == list(range(2019, 2027))
    assert recent(frame, since=2015)["year"].min() == 2015
    only_bound = fan_frame(metric({}), bounds=series({2024: 3000.0}), target=(2027, 3000.0))
    assert recent(only_bound)["year"].tolist() == [2024, 2027]


@given(st.lists(st.floats(-1e3, 1e3), max_size=8), st.floats(0.1, 50))
def test_words_never_overlap_and_keep_their_order(values, gap):
    placed = spread(values, gap)
    order = sorted(range(len(values)), key=lambda number: values[number])
    apart = [placed[b] - placed[a] for a, b in pairwise(order)]
    assert all(distance >= gap * (1 - 1e-6) - 1e-9 for distance in apart)


def test_words_with_room_stay_where_their_lines_end():
    assert spread([1.0, 5.0, 9.0], 2.0) == [1.0, 5.0, 9.0]
    assert spread([5.0, 5.0], 2.0) == pytest.approx([4.0, 6.0])
