"""One figure for page and file: what it costs when, and what each of the two is given."""

from dataclasses import replace

import pandas as pd
import pytest

from analytics.domain import Scenario
from analytics.output.figures.note import SourceLine, named_sources
from tests.support import drawn_briefing as drawn


def test_what_only_files_hold_is_worked_out_when_first_asked_for_and_once():
    calls = []
    figure = drawn.figure()

    def work_out():
        calls.append(1)
        return figure.work_out()

    watched = replace(figure, work_out=work_out)
    assert watched.spec(dark=True) and watched.takeaway and watched.heading and watched.mark
    assert calls == []
    assert watched.paper_spec() and watched.finding and watched.lines(drawn.STAMP)
    assert calls == [1]


def test_page_and_paper_differ_in_background_and_height_alone():
    told = replace(drawn.figure(), height=140)
    page, paper = told.spec(dark=False), told.paper_spec()
    assert (page["height"], paper["height"]) == (340, 140)
    assert {**paper, "height": 340} == page
    assert told.spec(dark=True)["config"] != page["config"] == paper["config"]


def test_a_figure_that_names_no_scenario_is_saved_in_the_pages_own():
    assert drawn.figure().stamped(drawn.STAMP) == drawn.STAMP


def test_a_figure_of_several_scenarios_names_them_all_and_its_file_after_the_last():
    two = tuple(Scenario(name=name, settings=((name, 0.01),)) for name in ("甲", "乙"))
    note = replace(drawn.figure().details.note, scenarios=two)
    figure = drawn.figure().retold(note=note)
    stamp = figure.stamped(drawn.STAMP)
    assert (stamp.scenario, stamp.beside) == (two[1], two[:1])
    said = "".join(figure.lines(drawn.STAMP))
    assert all(f"{one.name}（编号{one.id}）" in said for one in two)
    assert drawn.SCENARIO.id not in said


@pytest.mark.parametrize(("demo", "heading"), [(True, 3), (False, 2)])
def test_the_heading_names_subject_unit_and_the_mark_where_due(demo, heading):
    said = drawn.figure(illustrative=demo).heading.split("｜")
    assert said == [drawn.SUBJECT, "单位：亿元", "含演示数据，不作决策依据"][:heading]


def test_what_is_not_a_number_is_handed_over_as_nothing():
    frame = pd.DataFrame({"year": [2024, 2025], "value": [1.5, float("nan")]})
    rows = replace(drawn.figure(), datasets={"fan": frame}).rows()
    assert rows == {"fan": [{"year": 2024, "value": 1.5}, {"year": 2025, "value": None}]}


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([], "本数据版本没有该指标的来源"),
        (["甲"], "甲（2024年）"),
        (["甲", "甲", "乙"], "甲（2024年）；乙（2024年）"),
        (["甲", "乙", "丙", "丁"], "甲（2024年）；乙（2024年）；丙（2024年）；等4项"),
    ],
)
def test_a_picture_names_the_first_sources_and_counts_the_rest(sources, said):
    assert named_sources(SourceLine("公布", title, "2024年") for title in sources) == said


def test_where_there_is_little_room_one_source_is_named():
    lines = [SourceLine("公布", title, "2024年") for title in ("甲", "乙")]
    assert named_sources(lines, most=1) == "甲（2024年）；等2项"
