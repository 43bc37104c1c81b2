"""The files of the laboratory's figures: the page's numbers, every scenario told by its id."""

import csv
import io
from dataclasses import dataclass
from datetime import date

import numpy as np
import openpyxl
import pandas as pd
import pytest
from PIL import Image

from analytics.answers.steering.decomposition import Decomposition, decompose
from analytics.answers.steering.sensitivity import Tornado, tornado
from analytics.domain import Scenario
from analytics.output.charts import fan
from analytics.output.charts.scenarios import DOWN, UP
from analytics.output.export import chart_tables, image
from analytics.output.export.glyphs import MissingGlyphs
from analytics.output.figures.figure import Figure
from analytics.output.figures.gap import gap_figure
from analytics.output.figures.note import Stamp
from analytics.output.figures.scenarios import scenarios_figure
from analytics.output.figures.sensitivity import tornado_figure
from analytics.text_zh import DEMO_MARK
from analytics.workbench import View

DAY, LAST_YEAR = date(2026, 11, 25), 2027
TARGET, LEVER = "gross_output_registered_2027", "gross_output_registered.g2027"
BOUND_ONLY = "gross_output_territorial_2027"  # published as a lower bound, without a history
PRESSED = ((LEVER, 0.03), ("stress.repeat_2022", 1.0))
CHARTS = ("走势", "敏感性", "缺口")


@dataclass(frozen=True)
class Laboratory:
    """Baseline and a scenario with a stress test, and what the page draws of them."""

    scenarios: list[tuple[Scenario, View]]
    tornado: Tornado
    gap: Decomposition
    figures: dict[str, Figure]
    stamp: Stamp


def scenario(bench, name: str, settings=()) -> tuple[Scenario, View]:
    """A scenario with its outlook, as the laboratory holds it."""
    before = bench.view({})
    view = bench.view(dict(settings), before=before) if settings else before
    return Scenario(name=name, settings=settings, release=bench.release.id), view


def compared(*scenarios: tuple[Scenario, View], target: str = TARGET) -> Figure:
    """One target in several scenarios."""
    return scenarios_figure(scenarios, target, last_year=LAST_YEAR)


def stamp(bench) -> Stamp:
    """The state of the page, which itself shows the baseline."""
    return Stamp(Scenario(release=bench.release.id), bench.release, DAY)


@pytest.fixture(scope="module")
def lab(demo_bench) -> Laboratory:
    base, pressed = scenario(demo_bench, "基准"), scenario(demo_bench, "加压", PRESSED)
    one, view = pressed
    bars, parts = (make(demo_bench, dict(PRESSED), TARGET) for make in (tornado, decompose))
    figures = {
        "走势": compared(base, pressed),
        "敏感性": tornado_figure(view, bars, one),
        "缺口": gap_figure(view, parts, one),
    }
    return Laboratory([base, pressed], bars, parts, figures, stamp(demo_bench))


def opened(figure: Figure, state: Stamp) -> openpyxl.Workbook:
    """The workbook, read by another library."""
    return openpyxl.load_workbook(io.BytesIO(chart_tables.xlsx(figure, state)), data_only=True)


def sheet(book: openpyxl.Workbook, name: str) -> pd.DataFrame:
    """One sheet of a workbook as a table."""
    rows = list(book[name].values)
    return pd.DataFrame(rows[1:], columns=rows[0])


# ── numbers ──────────────────────────────────────────────────────────────────────────────


def test_the_headline_is_what_the_page_says_of_the_figure(lab):
    for figure in lab.figures.values():
        assert figure.finding == figure.takeaway.rstrip("。")
        assert figure.unit == "亿元"


def test_each_scenarios_median_is_the_verdicts_own(lab):
    due = lab.figures["走势"].details.table.query("年份 == 2027").set_index("情景")[fan.MEDIAN]
    for one, view in lab.scenarios:
        assert due[one.name] == pytest.approx(view.verdict(TARGET).median)
    assert due["加压"] != pytest.approx(due["基准"])


def test_bars_and_parts_hold_the_numbers_they_were_worked_out_as(lab):
    bars = lab.figures["敏感性"].details.table.pivot_table(
        index="调节项", columns="方向", values=fan.MEDIAN, sort=False
    )
    assert bars[DOWN].tolist() == [x.median_down for x in lab.tornado.bars]
    assert bars[UP].tolist() == [x.median_up for x in lab.tornado.bars]
    (change,) = lab.figures["缺口"].details.native[0].lines
    np.testing.assert_allclose(change.values, [x.median for x in lab.gap.parts])
    assert sum(change.values) == pytest.approx(lab.gap.scenario - lab.gap.baseline)


# ── workbook and table, opened again ─────────────────────────────────────────────────────


@pytest.mark.parametrize("chart", CHARTS)
def test_the_workbook_has_an_editable_chart_with_the_numbers_of_the_page(lab, chart):
    figure = lab.figures[chart]
    book = opened(figure, lab.stamp)
    assert len(book["图表数据"]._charts) == len(figure.details.native) == 1
    held = sheet(book, "数据")[list(figure.details.table)]
    for name in figure.details.table.select_dtypes("number"):
        np.testing.assert_allclose(
            held[name].astype(float), figure.details.table[name].astype(float)
        )
    cells = [x for row in book["图表数据"].values for x in row if isinstance(x, int | float)]
    for line in figure.details.native[0].lines:
        for value in (x for x in line.values if x is not None):
            assert np.isclose(value, cells).any(), line.name


@pytest.mark.parametrize("chart", CHARTS)
def test_workbook_names_every_moved_setting_the_stress_test_and_the_source(lab, chart):
    book = opened(lab.figures[chart], lab.stamp)
    assumed = sheet(book, "假设").astype(str).agg("".join, axis=1).tolist()
    prefix = "加压：" if chart == "走势" else ""
    assert any(x.startswith(f"{prefix}规模以上工业属地产值") and "+3.0" in x for x in assumed)
    assert any(x.startswith(f"{prefix}重演2022年") and "启用" in x for x in assumed)
    assert "为熟悉功能而生成的演示数据" in str(list(book["来源"].values))


@pytest.mark.parametrize("chart", CHARTS)
def test_each_row_of_the_csv_tells_scenario_release_and_the_illustrative_mark(
    lab, demo_bench, chart
):
    text = chart_tables.csv_bytes(lab.figures[chart], lab.stamp).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(lab.figures[chart].details.table)
    chosen = lab.scenarios[-1][0]  # not the one the page itself shows
    assert {row["情景编号"] for row in rows} == {chosen.id}
    assert {row["版本校验"] for row in rows} == {demo_bench.release.hash}
    assert {row["提示"] for row in rows} == {DEMO_MARK}


# ── picture ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("chart", CHARTS)
def test_the_picture_is_300_dpi_and_states_mark_scenario_and_release(lab, demo_bench, chart):
    figure, chosen = lab.figures[chart], lab.scenarios[-1][0]
    image.check(figure, lab.stamp)
    assert figure.demo and DEMO_MARK in figure.heading
    with Image.open(io.BytesIO(image.png(figure, lab.stamp))) as picture:
        assert picture.width == 1843 and round(picture.info["dpi"][0]) == 300
        said = picture.info["Description"]
        inked = np.asarray(picture.convert("L")) < 250
    assert f"加压（编号{chosen.id}）" in said and demo_bench.release.id in said
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    assert rows[-1] < len(inked) - 2 and columns[-1] < inked.shape[1] - 2  # nothing runs out


def test_the_targets_line_is_explained_only_where_it_is_drawn(demo_bench, lab):
    base, view = lab.scenarios[0]
    for target, drawn in ((TARGET, True), ("drone_output_2027", False)):
        figure = tornado_figure(view, tornado(demo_bench, {}, target), base)
        assert ("虚线为达标线" in figure.details.note.reading) is drawn
        assert ("在图外" in figure.finding) is not drawn


def test_every_scenario_drawn_is_named_with_its_id(lab):
    note = "".join(lab.figures["走势"].lines(lab.stamp))
    for one, _ in lab.scenarios:
        assert f"{one.name}（编号{one.id}）" in note


def test_a_name_our_font_cannot_write_is_refused_with_its_character(demo_bench):
    strange = scenario(demo_bench, "冲刺🚀", PRESSED)
    with pytest.raises(MissingGlyphs, match="🚀"):
        image.check(compared(scenario(demo_bench, "基准"), strange), stamp(demo_bench))


def test_a_name_like_a_formula_stays_text_in_the_workbook(demo_bench):
    figure = compared(scenario(demo_bench, "=1+1", PRESSED))
    cells = [c for one in opened(figure, stamp(demo_bench)) for row in one.iter_rows() for c in row]
    assert not [c.coordinate for c in cells if c.data_type == "f"]


def test_published_figures_alone_bear_no_mark(published_bench):
    figure = compared(scenario(published_bench, "基准"), target=BOUND_ONLY)
    assert not figure.demo and not figure.mark
    assert (
        "提示"
        not in chart_tables.csv_bytes(figure, stamp(published_bench))
        .decode("utf-8-sig")
        .splitlines()[0]
    )
