"""Data and sources: what is held, from where, as known when, and what is missing."""

import csv
import io
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from analytics.answers.reports import changes, wanted_data
from analytics.domain import RowStatus
from analytics.output.charts.coverage import heat_map_spec
from analytics.output.export import plain_tables
from analytics.output.figures import coverage
from analytics.workbench import build_workbench
from pages.common import releases
from tests.support.import_fixtures import OUTPUT, batch, publish_batch
from tests.support.pages import new_app, open_page
from tests.support.release_fixtures import copy_built

PAGE = "pages/reference/sources.py"


@pytest.fixture(scope="module")
def imported(release_root, tmp_path_factory) -> Path:
    """A project in which the district's own output was imported, with a later revision."""
    root = copy_built(release_root, tmp_path_factory.mktemp("held") / "project")
    values = {year: 1500.0 + 40 * (year - 2015) for year in range(2015, 2026)}
    publish_batch(root, batch({OUTPUT: values}, day=date(2026, 2, 1)))
    revised = batch({OUTPUT: {2025: 1911.5}}, day=date(2026, 6, 1))
    publish_batch(root, revised, when="2026-11-25T10:00:00")
    return root


@pytest.fixture(scope="module")
def bench(imported):
    return build_workbench(imported, "demo")


def open_sources(root: Path, monkeypatch, **query: str) -> AppTest:
    """Open the page on the releases of a project."""
    monkeypatch.setattr(releases, "ROOT", root)
    return new_app(**query).run().switch_page(PAGE).run()


def texts(app: AppTest) -> str:
    return "\n".join(str(item.value) for item in [*app.markdown, *app.caption])


# ── the page ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("release", ["demo", "published"])
def test_the_page_runs_on_both_releases(imported, monkeypatch, release):
    app = open_sources(imported, monkeypatch, release=release)
    assert not app.exception
    assert not app.error
    assert "41项目标涉及39个区级指标" in texts(app)
    assert len(app.dataframe) == 2


def test_an_indicator_shows_definition_sources_and_which_value_is_used(imported, monkeypatch):
    app = open_sources(imported, monkeypatch, indicator=OUTPUT)
    assert "口径：属地，单位：亿元" in texts(app)
    assert "不列示差额" in texts(app)
    rows = app.dataframe[0].value
    newest = rows[rows["期间"] == "2025年"]
    assert newest["数值"].tolist() == [1911.5, 1900.0]
    assert newest["采用"].tolist() == ["采用", "备查"]
    assert newest["性质"].tolist() == ["填报", "填报"]
    assert newest["来源"].tolist() == ["填报：填报.csv"] * 2


def test_a_number_is_seen_as_it_was_known_on_an_earlier_day(imported, monkeypatch):
    app = open_sources(imported, monkeypatch, indicator=OUTPUT)
    app.date_input[0].set_value(date(2026, 5, 31)).run()
    rows = app.dataframe[0].value
    assert rows[rows["期间"] == "2025年"]["数值"].tolist() == [1900.0]
    app.date_input[0].set_value(date(2013, 5, 7)).run()  # the day before the first release
    assert "到2013-05-07为止，没有该指标的记录" in app.info[0].value


def test_no_difference_of_territorial_and_district_output_is_on_the_page(imported, monkeypatch):
    bench = build_workbench(imported, "published")
    whole = bench.history("gross_output_territorial").annual.set_index("year")["value"]
    part = bench.history(OUTPUT).annual.set_index("year")["value"]
    gaps = {f"{gap:.2f}".rstrip("0").rstrip(".") for gap in (whole - part).dropna()}
    assert gaps  # 2024 is published as a bound of the one and imported for the other
    app = open_sources(imported, monkeypatch, release="published", indicator=OUTPUT)
    shown = texts(app) + "".join(item.value.to_csv() for item in app.dataframe)
    assert not any(gap in shown for gap in gaps)


# ── coverage ─────────────────────────────────────────────────────────────────────────────


def test_the_map_gives_each_year_the_nature_of_the_figure_in_use(bench):
    names = [OUTPUT, "enterprise_output", "new_materials_output", "gross_output_territorial"]
    cells = coverage.coverage(bench, names, range(2023, 2027))
    found = {(r.indicator_id, r.year): (r.nature, r.value) for r in cells.itertuples()}
    assert found[OUTPUT, 2025] == ("填报", "1,911.5亿元")
    assert found["enterprise_output", 2025] == ("推算", "1,911.5亿元")
    assert found["new_materials_output", 2024][0] == "演示"
    assert found["gross_output_territorial", 2024] == ("下限", "＞3,000.0亿元")
    assert ("new_materials_output", 2026) not in found


def test_months_that_are_all_invented_are_called_so(demo_bench):
    cells = coverage.coverage(demo_bench, [OUTPUT], [2026])
    assert cells[["nature", "mark"]].values.tolist() == [["演示", "月"]]


def test_the_map_is_marked_where_it_shows_illustrative_figures():
    for demo in (True, False):
        title = heat_map_spec("覆盖", ("甲", "乙"), dark=False, demo=demo)["title"]
        assert ("含演示数据" in title["subtitle"]) is demo


def test_every_nature_has_a_colour_of_its_own():
    spec = heat_map_spec("覆盖", ("甲",), dark=True, demo=False)
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["公布", "填报", "转引", "推算", "演示", "下限", "仅月度"]
    assert len(set(scale["range"])) == 7
    assert set(scale["domain"]) == set(coverage.NATURES)


# ── the shopping list ────────────────────────────────────────────────────────────────────


def test_the_list_asks_for_what_is_invented_missing_or_only_a_bound(bench, catalog):
    wants = {(w.indicator.id, w.region): w for w in wanted_data.shopping_list(bench, catalog)}
    assert (OUTPUT, "金山区") not in wants  # all years are real now
    assert wants["new_materials_output", "金山区"].invented == tuple(range(2019, 2026))
    territorial = wants["gross_output_territorial", "金山区"]
    assert territorial.bounds == (2024,)
    assert territorial.missing == (2019, 2020, 2021, 2022, 2023, 2025)
    assert len(wants["new_materials_output", "金山区"].targets) == 2


def test_series_that_serve_most_targets_come_first(demo_bench, catalog):
    counts = [len(want.targets) for want in wanted_data.shopping_list(demo_bench, catalog)]
    assert counts == sorted(counts, reverse=True)


def test_the_list_reads_back_the_same_from_both_downloads(demo_bench, catalog):
    table = wanted_data.shopping_table(wanted_data.shopping_list(demo_bench, catalog))
    text = plain_tables.to_csv(table, ("附注",)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == list(table.columns)
    assert rows[-1] == ["附注"]
    sheet = load_workbook(io.BytesIO(plain_tables.to_xlsx(table, "待补数据清单", ("附注",)))).active
    assert [cell.value for cell in sheet[2]] == list(table.columns)
    assert sheet.max_row == len(table) + 4  # title, header, a blank line, the note
    assert sheet["A3"].value == rows[1][0] == table["指标"].iloc[0]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1", "-x"])
def test_text_that_a_spreadsheet_would_compute_stays_text_and_numbers_stay_numbers(text):
    frame = pd.DataFrame({"名": [text], "值": [-5.5]})
    csv_text = plain_tables.to_csv(frame).decode("utf-8-sig")
    assert csv_text.splitlines()[1].removeprefix('"').startswith("'")
    assert csv_text.splitlines()[1].endswith(",-5.5")
    sheet = load_workbook(io.BytesIO(plain_tables.to_xlsx(frame, "表"))).active
    assert (sheet["A3"].data_type, sheet["A3"].value) == ("s", text)
    assert sheet["B3"].value == -5.5


# ── demo marks and what differs between releases ─────────────────────────────────────────


def test_targets_lose_the_demo_mark_exactly_where_no_illustrative_row_is_used(bench):
    for item in bench.view({}).verdicts().values():
        sides = bench.sides(item.target)
        rows = [
            bench.store.query("indicator_rows", indicator_id=name, region=region)
            for name, region in sides
        ]
        used = any((found["status"] == "illustrative").any() for found in rows)
        assert (RowStatus.ILLUSTRATIVE in item.statuses) is used, item.target.id
    marked = bench.view({}).verdict("gross_output_registered_2027").statuses
    assert RowStatus.ILLUSTRATIVE not in marked


def test_no_illustrative_member_moves_the_projection_of_a_real_figure(imported, demo_bench, bench):
    indicators = bench.catalog.indicators
    assert indicators["strategic_emerging_share"].identity is None  # one side is illustrative
    assert indicators["enterprise_output"].identity is not None  # its one member is real
    untouched = demo_bench.catalog.indicators
    assert untouched["strategic_emerging_share"].identity is not None


def test_the_difference_of_two_releases_is_told_in_numbers_and_verdicts(demo_bench, bench):
    found = changes.compare(demo_bench, bench)
    rows = found.values[found.values["indicator_id"] == OUTPUT]
    yearly = rows[rows["period_kind"] == "year"]
    assert set(yearly["change"]) == {changes.REVISED}
    assert yearly["value"].tolist()[-1] == 1911.5
    assert (rows[rows["period_kind"] != "year"]["change"] == changes.GONE).all()
    assert found.uses_illustration
    names = {new.target.id for _, new in found.verdicts}
    assert "gross_output_registered_2027" in names
    assert "rd_intensity_2027" not in names


def test_a_release_does_not_differ_from_itself(demo_bench):
    found = changes.compare(demo_bench, demo_bench)
    assert found.values.empty
    assert found.verdicts == ()
    assert not found.uses_illustration


def test_other_versions_of_a_period_are_counted_where_there_are_any():
    counted = [
        caption.value
        for release in ("demo", "published")
        for caption in open_page(PAGE, release=release).caption
        if "未注明日期的来源视为一直已知" in caption.value
    ]
    assert counted[0].startswith("177行，其中2行为同一期的其他版本（备查）。")
    assert counted[1].startswith("2行。")
