"""Tables as offices keep them: what becomes of each, and that no number is lost on the way."""

import io
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from analytics.data.imports.batch import FaultKind, ImportBatch, SourceFile
from analytics.data.imports.checks.validation import validate
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.file_names import safe_name
from analytics.data.imports.reader.entries import Entries
from analytics.data.imports.reader.files import csv_rows
from analytics.data.imports.reader.guard import decode
from analytics.data.imports.standing import Standing
from analytics.data.releases.standing import standing
from analytics.text_zh import unit_zh
from tests.support.drawn_imports import entries_of, project_catalog, workbook
from tests.support.paths import ROOT

CASES = ROOT / "tests/data/imports"
TODAY = date(2026, 11, 25)
TIMES = ("year", "period", "published")
A_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?")
MAY_DATE = re.compile(r"(19|20)[0-9]{2}(\.[0-9]+)?|1?[0-9](\.0)?|4[0-9]{4}(\.0)?")


@cache
def published(root: Path) -> Standing:
    return standing(root, "published")


def read_case(case: str) -> tuple[str, bytes, Entries]:
    path = next(CASES.glob(f"{case}*"))
    name, content = safe_name(path.name), path.read_bytes()
    return name, content, entries_of(name, content)


def take(case: str, root: Path) -> ImportBatch:
    name, content, entries = read_case(case)
    files = [SourceFile(name, content)]
    against = published(root)
    return validate({name: entries}, files, against, submitted_by="张三", submitted_on=TODAY)


def outcome(batch: ImportBatch) -> str:
    if batch.publishable:
        return "可发布"
    return "退回" if batch.of_kind(FaultKind.REFUSED) else "待确认"


def numbers_of(name: str, content: bytes, entries: Entries) -> set[tuple[str, int, int]]:
    """Find every number of a file without the reader: what dates a head or a row is none."""
    found = set()
    for sheet, rows in sheets_in(name, content):
        tables = [one for one in entries.sheets if one["name"] == sheet]
        depth = max((one["header"] for one in tables), default=-1)
        times = {one["columns"].get(field) for one in tables for field in TIMES}
        for row, line in enumerate(rows):
            for column, cell in enumerate(line):
                dates = row <= depth and MAY_DATE.fullmatch(str(cell))
                if tables and A_NUMBER.fullmatch(str(cell)) and not dates and column not in times:
                    found.add((sheet, row, column))
    return found


def sheets_in(name: str, content: bytes):
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in book.sheet_names:
            yield sheet, book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    else:
        yield "", csv_rows(name, decode(name, content))


# case, what becomes of it, numbers read, numbers left and listed, the rules that say so
OUTCOMES = """
A01_ | 待确认 | 8 | 4 | 未读取的数、序列中断
A02_ | 待确认 | 6 | 3 | 未读取的数
A04_ | 待确认 | 2 | 12 | 未读取的数
A05_ | 待确认 | 2 | 6 | 未读取的数
A06_ | 待确认 | 0 | 12 | 未读取的数
A08b_ | 待确认 | 4 | 4 | 未读取的数
A09_ | 待确认 | 0 | 8 | 未读取的数
A10_ | 待确认 | 8 | 5 | 未读取的数
B01_ | 待确认 | 1 | 3 | 未读取的数
B03_ | 可发布 | 3 | 0 | —
B04_ | 可发布 | 3 | 0 | —
B06_ | 待确认 | 2 | 2 | 未读取的数
B08_ | 可发布 | 4 | 0 | —
B08b_ | 可发布 | 4 | 0 | —
B09_ | 可发布 | 8 | 0 | —
B10_ | 待确认 | 4 | 0 | 疑为存量
B12_ | 待确认 | 2 | 2 | 未读取的数
C01_ | 可发布 | 3 | 0 | —
C01b_ | 待确认 | 0 | 1 | 未读取的数
C02d_ | 待确认 | 2 | 0 | 表头是日期序号
C03_ | 待确认 | 4 | 0 | 缩小显示的数、量级异常、不小于全市、疑为存量
C03b_ | 待确认 | 4 | 0 | 缩小显示的数、量级异常、不小于全市
C05_ | 待确认 | 3 | 0 | 疑为指数
C06_ | 待确认 | 6 | 0 | 地区与标题不同、不小于全市
C09_ | 可发布 | 15 | 0 | —
C1302_2012 | 可发布 | 108 | 6 | —
C1302_2017 | 可发布 | 85 | 5 | —
D01_ | 退回 | 30 | 4 | 未读取的数、量级异常、单位
E01c_ | 可发布 | 2 | 0 | —
E02_ | 可发布 | 2 | 0 | —
E07_ | 可发布 | 2 | 0 | —
E07b_ | 可发布 | 2 | 0 | —
E09_ | 可发布 | 2 | 0 | —
E13_ | 退回 | 0 | 0 | 找不到表头
E14_ | 可发布 | 2 | 0 | —
E15b_ | 可发布 | 2 | 0 | —
E16_ | 可发布 | 2 | 0 | —
F01_ | 退回 | 12 | 0 | 序列中断、数值、负数的写法
F02_ | 待确认 | 10 | 32 | 未读取的数
F03_ | 可发布 | 5 | 0 | —
F05_ | 待确认 | 2 | 2 | 未读取的数
F07_ | 可发布 | 4 | 0 | —
F07b_ | 可发布 | 4 | 0 | —
F08_ | 待确认 | 1 | 2 | 未读取的数
F08c_ | 待确认 | 1 | 2 | 未读取的数
F08d_ | 待确认 | 1 | 1 | 未读取的数
G01_ | 退回 | 4 | 0 | 计划或预计数、类型
G02_ | 可发布 | 3 | 0 | —
G02b_ | 退回 | 7 | 0 | 年份与期间
G03_ | 待确认 | 3 | 0 | 说明写着预计或目标
G04_ | 可发布 | 6 | 0 | —
G05_ | 待确认 | 9 | 0 | 零值
G06_ | 退回 | 9 | 0 | 单位、百分数过小、量级异常
G07_ | 退回 | 4 | 0 | 重复且不一致
H01_ | 待确认 | 30 | 0 | 疑为存量
J01_ | 待确认 | 2 | 2 | 未读取的数
J02_ | 待确认 | 2 | 2 | 未读取的数
K01_ | 退回 | 16 | 0 | 发布日期
Q01_ | 待确认 | 0 | 4 | 未读取的数
Q03_ | 可发布 | 6 | 0 | —
Q04_ | 可发布 | 2 | 0 | —
Q04c_ | 可发布 | 2 | 0 | —
Q04e_ | 待确认 | 2 | 2 | 未读取的数
Q05_ | 待确认 | 2 | 0 | 单位写法不一致、量级异常、不小于全市
Q06_ | 待确认 | 6 | 0 | 量级异常、不小于全市
Q07_ | 退回 | 4 | 0 | 量级异常、累计数减少
S01_ | 退回 | 1 | 0 | 年份与期间
S02_ | 可发布 | 3 | 0 | —
S04_ | 待确认 | 4 | 0 | 标题与表头的期间不同
S06_ | 待确认 | 2 | 2 | 未读取的数
N1_month_revised_up/1 | 可发布 | 3 | 0 | —
N1_month_revised_up/2 | 可发布 | 4 | 0 | —
N2_parts_then_total/1 | 可发布 | 14 | 0 | —
N2_parts_then_total/2 | 可发布 | 6 | 0 | —
N2_parts_then_total/control | 退回 | 9 | 0 | 分项与合计不符、个数与分项不符、比值与分子分母不符
S07_ | 退回 | 6 | 0 | 低于下限、个数须为整数、超过上限
T02_ | 待确认 | 2 | 2 | 未读取的数
U01_ | 待确认 | 6 | 0 | 单位写法不一致
U02_ | 待确认 | 6 | 0 | 量级异常、不小于全市
U03_ | 待确认 | 3 | 0 | 疑为存量
U04_ | 可发布 | 2 | 0 | —
"""
LINES = [[cell.strip() for cell in line.split("|")] for line in OUTCOMES.strip().splitlines()]


@pytest.mark.parametrize(("name", "end", "taken", "left", "rules"), LINES)
def test_every_case_ends_as_drawn_and_adds_up(release_root, name, end, taken, left, rules):
    batch = take(name, release_root)
    (tally,) = batch.tallies
    assert (outcome(batch), tally.read, tally.unread) == (end, int(taken), int(left))
    assert f"共{int(taken) + int(left)}个数，读取{taken}，未读{left}，空" in tally.said_zh
    serious = {fault.rule for fault in batch.faults if fault.kind is not FaultKind.NOTE}
    assert serious == set(rules.split("、")) - {"—"}


@pytest.mark.parametrize("name", [line[0] for line in LINES])
def test_every_number_of_a_case_is_read_or_listed(name):
    file, content, entries = read_case(name)
    sheets = [entries.sheets[number]["name"] for number in entries.columns["sheet"]]
    read = set(zip(sheets, entries.columns["row"], entries.columns["column"], strict=True))
    left = {(one["sheet"], one["row"], one["column"]) for one in entries.unread}
    assert numbers_of(file, content, entries) <= read | left
    assert not read & left


REFUSED = {
    "E04": "网页，不是工作簿或CSV；请用Excel或WPS打开，另存为",
    "E05": "XML文件，不是工作簿或CSV；请用Excel或WPS打开，另存为",
    "E08": "“数据”→“编辑链接”→“断开链接”",
    "E12_": "文字编码无法识别",
    "E12b": "文字编码无法识别",
    "S05": "工作表“Sheet1”占用1,048,576行×16,384列，过大；请删除",
    "E15_": "第2行起不是可读的CSV（引号或换行有误）",
}


@pytest.mark.parametrize(("name", "said"), REFUSED.items())
def test_what_cannot_be_read_says_what_to_do(release_root, name, said):
    with pytest.raises(ImportFileError, match=said):
        take(name, release_root)


VALUES = {
    "B09": [1533.2, 1570.6, 1588.1, 1612.0, 0.018, 0.019, 0.021, 0.02],
    "U01": [61.2, 64.1, 98.2, 104.9, 411.2, 432.0],
    "A08b": [1588.1, 1612.3, 98.2, 104.9],
    "A10": [1520.4, 81.2, 1533.2, 79.6, 1570.6, 80.3, 1588.1, 1612.3],
    "F07_": [380.1, 790.2, 1203.4, 1612.3],
    "B10": [1588.1, 104.9, 1085.0, 340.0],
}


@pytest.mark.parametrize(("name", "values"), VALUES.items())
def test_values_are_what_the_table_says(release_root, name, values):
    assert take(name, release_root).rows["value"].tolist() == pytest.approx(values, rel=1e-12)


def test_months_of_a_table_under_the_word_running_are_running_totals(release_root):
    rows = take("G02_", release_root).rows
    assert rows["period_kind"].tolist() == ["cumulative"] * 3


# ── any table in a layout of ours is read to the digit ───────────────────────────────────

NAMES = [item for item in project_catalog().indicators.values() if item.unit != "1"]
CELLS = st.one_of(st.none(), st.decimals(0, 10**7, places=2, allow_nan=False).map(float))


def years_across(years, items, values):
    head = ["指标", "单位", *(f"{year}年" for year in years)]
    return [head, *([i.name_zh, unit_zh(i.unit), *values[i.id]] for i in items)]


def two_rows_of_heads(years, items, values):
    first = ["指标", "单位"]
    second = ["", ""]
    for year in years:
        first += [f"{year}年", ""]
        second += ["绝对值", "增长"]
    body = []
    for item in items:
        cells = [cell for value in values[item.id] for cell in (value, 9.9)]
        body.append([item.name_zh, unit_zh(item.unit), *cells])
    return [first, second, *body]


def years_down(years, items, values):
    head = ["年份", *(f"{item.name_zh}（{unit_zh(item.unit)}）" for item in items)]
    rows = [[year, *(values[i.id][n] for i in items)] for n, year in enumerate(years)]
    return [head, *rows]


def units_below(years, items, values):
    head = ["年份", *(item.name_zh for item in items)]
    units = ["", *(f"（{unit_zh(item.unit)}）" for item in items)]
    return [head, units, *years_down(years, items, values)[1:]]


def side_by_side(years, items, values):
    table = years_across(years, items, values)
    return [
        [*row, "", *row_]
        for row, row_ in zip(
            table, years_across([year - 40 for year in years], items, values), strict=True
        )
    ]


def below_each_other(years, items, values):
    blocks = [[["二、其他"], *years_across(years, [item], values)] for item in items]
    return [row for block in blocks for row in block]


def months_across(years, items, values):
    head = ["指标", "单位", *(f"{year}年1—9月" for year in years)]
    return [head, *years_across(years, items, values)[1:]]


def years_over_months(years, items, values):
    lines = [
        ["", "", *(f"{year}年" for year in years)],
        ["指标", "单位", *["1—9月" for _ in years]],
    ]
    return [*lines, *years_across(years, items, values)[1:]]


def one_in_a_row(years, items, values):
    rows = [
        [item.name_zh, year, "全年", values[item.id][n], unit_zh(item.unit)]
        for item in items
        for n, year in enumerate(years)
    ]
    return [["指标", "年份", "期间", "数值", "单位"], *rows]


def names_merged_down(years, items, values):
    def merged(word):
        def write(page, row, column, _):
            if len(years) > 1:
                page.merge_range(row, column, row + len(years) - 1, column, word)
            else:
                page.write(row, column, word)

        return write

    rows = [["指标", "年份", "数值", "单位"]]
    for item in items:
        for n, year in enumerate(years):
            words = [merged(item.name_zh), merged(unit_zh(item.unit))] if n == 0 else ["", ""]
            rows.append([words[0], year, values[item.id][n], words[1]])
    return rows


def exported(years, items, values):
    told = [
        ["指标名称", *(item.name_zh for item in items)],
        ["频率", *("年" for _ in items)],
        ["单位", *(unit_zh(item.unit) for item in items)],
    ]
    return [*told, *([f"{r[0]}-12-31", *r[1:]] for r in years_down(years, items, values)[1:])]


LAYOUTS = [
    *(years_across, two_rows_of_heads, years_down, units_below, side_by_side, below_each_other),
    *(months_across, years_over_months, one_in_a_row, names_merged_down, exported),
]


def test_a_figure_that_looks_like_a_year_stays_a_figure():
    rows = [["年份", "规模以上工业在地产值（亿元）"], [2024, 2020.0], [2025, 2031.0]]
    columns = entries_of("表.xlsx", workbook(rows)).columns
    assert list(columns["value"]) == ["2020", "2031"]


def test_the_dates_of_an_export_by_the_year_say_the_year():
    (item,) = [item for item in NAMES if item.id == "gross_output_territorial"]
    rows = exported([1990, 2024], [item], {item.id: [0.0, 1588.1]})
    columns = entries_of("表.xlsx", workbook(rows)).columns
    read = zip(columns["year"], columns["period"], columns["value"], strict=True)
    assert list(read) == [("1990", "全年", "0"), ("2024", "全年", "1588.1")]


@pytest.mark.parametrize("values", [(5.5, 3.0), (0.0, None), (0.0, 0.0)])
def test_the_frequency_of_several_series_is_no_new_head(values):
    items = [one for one in NAMES if one.id in ("gross_output_territorial", "high_tech_firms")]
    rows = exported([1990], items, {one.id: [x] for one, x in zip(items, values, strict=True)})
    columns = entries_of("表.xlsx", workbook(rows)).columns
    read = dict(zip(columns["indicator"], map(float, columns["value"]), strict=True))
    known = zip(items, values, strict=True)
    assert read == {one.name_zh: x for one, x in known if x is not None}


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_any_table_is_read_back_to_the_digit(layout, data):
    years = sorted(data.draw(st.sets(st.integers(1990, 2025), min_size=1, max_size=4)))
    items = data.draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    values = {item.id: [data.draw(CELLS) for _ in years] for item in items}
    entries = entries_of("表.xlsx", workbook(layout(years, items, values)))
    ids = {item.name_zh: item.id for item in items}
    columns = entries.columns
    found = {
        (ids[name], int(year)): float(value)
        for name, year, value in zip(
            columns["indicator"], columns["year"], columns["value"], strict=True
        )
        if int(year) >= 1990
    }
    assert found == {
        (name, year): value
        for name, row in values.items()
        for year, value in zip(years, row, strict=True)
        if value is not None
    }
    units = columns["unit"], columns["unit_head"]
    known = {unit_zh(item.unit) for item in items}
    assert {a or b for a, b in zip(*units, strict=True)} <= known
