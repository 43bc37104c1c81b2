"""Every fault a filled-in table may have: its message names the cell, and how to mend it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.data.imports.batch import KIND_ZH, FaultKind
from analytics.data.imports.checks import rules
from analytics.data.reading.parsing import ParseError, parse_number
from tests.support.drawn_imports import ROOT, faults, project_catalog, take, workbook

OUTPUT = "规模以上工业在地产值"
LOCAL = "规模以上工业属地产值"
LAND = "工业园区工业用地面积"
COVER = "绿色产能覆盖率"
FIRMS = "高新技术企业总数"
CLUSTERS = ("新材料", "智能装备", "生命健康", "信息技术")
HEAD = "指标 | 年份 | 期间 | 数值 | 单位"
GROSS = "gross_output_territorial"


def rows(*lines: str, head: str = HEAD) -> str:
    return "\n".join((head, *lines))


def only(batch, kind: str, cell: str, rule: str):
    """Return the one fault, after checking kind, cell and rule."""
    assert faults(batch) == [(kind, cell, rule)]
    fault = next(fault for fault in batch.faults if fault.rule == rule)
    assert fault.file == "填报.csv"
    assert fault.message_zh
    assert fault.remedy_zh or fault.kind is FaultKind.NOTE
    assert batch.publishable is (fault.kind is FaultKind.NOTE)
    return fault


# ── years, periods, numbers as people type them ──────────────────────────────────────────


@pytest.mark.parametrize("year", ["2020", "2020年", "2020.0", "２０２０", "2020年度"])
def test_a_year_is_read_however_it_is_written(year):
    batch = take(rows(f"{OUTPUT} | {year} | 全年 | 100 | 亿元"))
    assert batch.publishable
    assert batch.rows["year"].tolist() == [2020]


def test_a_date_in_the_year_column_is_held_for_a_person():
    batch = take(rows(f"{OUTPUT} | 2020-12-31 | | 100 | 亿元"))
    fault = only(batch, "held", "B2", "年份是日期")
    assert "2020-12-31" in fault.message_zh
    assert batch.rows["period_kind"].tolist() == ["year"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", 1234.5),
        ("１２", 12.0),
        (" 88 ", 88.0),
        ("１，２３４．５", 1234.5),
        ("1e2", 100.0),
    ],
)
def test_a_number_is_read_however_it_is_written(text, value):
    batch = take(rows(f"{OUTPUT} | 2020 | 全年 | {text} | 亿元"))
    assert batch.rows["value"].tolist() == [value]
    assert batch.publishable


@pytest.mark.parametrize(
    "text",
    [
        "持平",
        "1.6倍",
        "约3000",
        "3000多",
        "Inf",
        "-inf",
        "NaN",
        "∞",
        "1,23",
        "12.3.4",
        "=1+1",
    ],
)
def test_what_is_no_number_is_refused_with_the_text_as_it_stands(text):
    batch = take(rows(f"{OUTPUT} | 2020 | 全年 | {text} | 亿元"))
    fault = only(batch, "refused", "D2", "数值")
    assert fault.value == text
    assert "留空" in fault.remedy_zh
    assert batch.rows.empty


@pytest.mark.parametrize("sign", ["n/a", "—", "…", "……", "缺", "***", "空缺", "/", "-", "－"])
def test_a_sign_for_no_figure_is_a_blank_and_is_counted(sign):
    batch = take(rows(f"{OUTPUT} | 2020 | 全年 | {sign} | 亿元"))
    assert (len(batch.rows), batch.blank, faults(batch)) == (0, 1, [])


@pytest.mark.parametrize(
    ("text", "value", "mark"),
    [
        ("1588.1①", 1588.1, "①"),
        ("2.1²", 2.1, "²"),
        ("1588⑴", 1588.0, "⑴"),
        ("1588.1[注]", 1588.1, "[注]"),
        ("1588.1[1]", 1588.1, "[1]"),
        ("1588.1*", 1588.1, "*"),
    ],
)
def test_a_footnote_mark_is_kept_in_the_note_and_never_a_digit(text, value, mark):
    batch = take(rows(f"{OUTPUT} | 2020 | 全年 | {text} | 亿元"))
    assert faults(batch) == [("note", "D2", "数后有标注")]
    assert batch.rows["value"].tolist() == [value]
    assert batch.rows["note"].tolist() == [f"原表标注{mark}"]


@given(st.characters(exclude_characters="0123456789０１２３４５６７８９eE.．"))
def test_no_character_that_is_no_digit_ever_adds_one(character):
    try:
        value = parse_number(f"15{character}")
    except ParseError:
        return
    assert value == 15.0


def test_a_number_too_large_to_be_exact_is_refused():
    only(take(rows(f"{OUTPUT} | 2020 | 全年 | 1e300 | 亿元")), "refused", "D2", "数值")


def test_an_empty_value_is_counted_and_is_no_fault():
    batch = take(rows(f"{OUTPUT} | 2020 | 全年 | | 亿元", f"{OUTPUT} | 2021 | 全年 | 5 | 亿元"))
    assert (batch.blank, len(batch.rows), faults(batch)) == (1, 1, [])


def test_a_text_number_in_a_workbook_is_read_and_said():
    table = [HEAD.split(" | "), [OUTPUT, 2020, "全年", "1,234.5", "亿元"]]
    batch = take(workbook(table), name="填报.xlsx")
    assert faults(batch) == [("note", "D2", "文本型数字")]
    assert batch.rows["value"].tolist() == [1234.5]
    assert batch.rows["origin"].tolist() == ["填报.xlsx:表!D2"]


def _day(sheet, row, column, book):
    look = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_datetime(row, column, date(2024, 9, 30), look)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (lambda s, r, c, b: s.write_boolean(r, c, True), "逻辑值"),
        (_day, "日期"),
        (lambda s, r, c, b: s.write_formula(r, c, "=1/0", None, "#DIV/0!"), "错误值"),
        (lambda s, r, c, b: s.write_formula(r, c, "=A1*2", None, ""), "不计算公式"),
    ],
)
def test_a_cell_that_holds_no_number_is_refused_and_never_taken_for_empty(cell, said):
    table = [HEAD.split(" | "), [OUTPUT, 2020, "全年", cell, "亿元"]]
    batch = take(workbook(table), name="填报.xlsx")
    refused = batch.of_kind(FaultKind.REFUSED)
    assert [(fault.sheet, fault.cell) for fault in refused] == [("表", "D2")]
    assert said in refused[0].message_zh
    assert "工作表“表”，D2" in refused[0].place_zh


def test_marked_cells_are_found_between_plain_rows_and_before_page_breaks():
    years = (2020, 2021, 2022)
    rows = [HEAD.split(" | "), *([OUTPUT, year, "全年", 1.0, "亿元"] for year in years)]
    rows[2][3] = lambda s, r, c, b: s.write_formula(r, c, "=1/0", None, "#DIV/0!")
    rows[3][3] = lambda s, r, c, b: s.set_h_pagebreaks([2]) or s.write(r, c, 3.0)
    batch = take(workbook(rows), name="填报.xlsx")
    assert [fault.cell for fault in batch.of_kind(FaultKind.REFUSED)] == ["D3"]
    assert batch.rows["value"].tolist() == [1.0, 3.0]


def test_a_formula_with_a_saved_result_gives_that_result_and_says_so():
    table = [
        HEAD.split(" | "),
        [OUTPUT, 2020, "全年", lambda s, r, c, b: s.write_formula(r, c, "=50*2", None, 99), "亿元"],
    ]
    batch = take(workbook(table), name="填报.xlsx")
    assert batch.rows["value"].tolist() == [99.0]
    assert faults(batch) == [("note", "", "公式")]


@pytest.mark.parametrize(
    ("year", "period", "cell"),
    [
        ("20", "全年", "B2"),
        ("二〇二〇", "全年", "B2"),
        ("1800", "全年", "B2"),
        ("", "全年", "B2"),
        ("2020", "秋天", "C2"),
        ("2020", "1—13月", "C2"),
        ("2020", "累计", "C2"),
        ("2020", "目标", "C2"),
        ("2020", "2016—2020年均", "C2"),
    ],
)
def test_a_time_that_cannot_be_read_is_refused_at_its_cell(year, period, cell):
    batch = take(rows(f"{OUTPUT} | {year} | {period} | 100 | 亿元"))
    only(batch, "refused", cell, "年份与期间")


@pytest.mark.parametrize(
    ("year", "period"), [("2027", "全年"), ("2026", "全年"), ("2026", "1—11月"), ("2026", "12月")]
)
def test_a_period_that_has_not_ended_is_refused(year, period):
    only(take(rows(f"{OUTPUT} | {year} | {period} | 9 | 亿元")), "refused", "C2", "期间尚未结束")


def test_january_and_february_belong_together():
    batch = take(rows(f"{OUTPUT} | 2025 | 2月 | 90 | 亿元"))
    only(batch, "held", "C2", "1月、2月单列")
    together = take(rows(f"{OUTPUT} | 2025 | 1—2月 | 180 | 亿元"))
    assert together.publishable
    assert together.rows["period_kind"].tolist() == ["cumulative"]


@pytest.mark.parametrize("written", ["2024-12-31", "2024.12", "2024年12月"])
def test_a_december_with_no_other_month_is_held_as_likely_a_whole_year(written):
    batch = take(f"日期 | {OUTPUT}（亿元）\n{written} | 1612.3")
    fault = only(batch, "held", "B2", "只有12月的数")
    assert "2024年12月1,612.3" in fault.message_zh


@pytest.mark.parametrize("beside", ["1—12月", "11月"])
def test_a_december_beside_other_months_or_the_year_so_far_is_one_month(beside):
    batch = take(
        rows(f"{LOCAL} | 2024 | 12月 | 150 | 亿元", f"{LOCAL} | 2024 | {beside} | 140 | 亿元")
    )
    assert "只有12月的数" not in {fault.rule for fault in batch.faults}


@pytest.mark.parametrize(
    ("year", "month", "share"),
    [
        (1612.3, 1250.3, "78%"),
        (1612.3, 484, "30%"),  # held from 30% on: 483.69
        (1612.3, 483, None),
        (-16, 9, None),  # a loss has no share
    ],
)
def test_a_month_that_is_a_large_part_of_a_year_near_by_is_held(year, month, share):
    known = (GROSS, "金山区", 2024, None, year)
    batch = take(rows(f"{OUTPUT} | 2025 | 9月 | {month} | 亿元"), known)
    found = [one for one in batch.faults if one.rule == "疑为累计数"]
    assert [(one.cell, one.kind) for one in found] == ([("D2", FaultKind.HELD)] if share else [])
    for one in found:
        assert one.message_zh.endswith(f"是2024年全年1,612.3的{share}")


# ── which indicator, where, in what unit and scope ───────────────────────────────────────


def test_an_offices_own_code_beside_a_name_is_no_identifier_of_ours():
    head = "指标代码 | 指标名称 | 年份 | 期间 | 数值 | 单位"
    for code in ("GY0101", "01", "1.2"):
        batch = take(rows(f"{code} | {OUTPUT} | 2020 | 全年 | 100 | 亿元", head=head))
        assert batch.publishable
    mistyped = take(rows(f"gross_output_x | {OUTPUT} | 2020 | 全年 | 100 | 亿元", head=head))
    assert "“gross_output_x”不在目录中" in mistyped.faults[0].message_zh


def test_a_row_of_an_unknown_indicator_is_left_out_only_when_a_person_says_so():
    batch = take(
        rows(f"{OUTPUT} | 2020 | 全年 | 9 | 亿元", "规模以上工业在地产质 | 2020 | 全年 | 9 | 亿元")
    )
    assert faults(batch) == [("held", "", "未读取的数"), ("note", "A3", "未读取的行")]
    held, noted = batch.faults[0], batch.of_kind(FaultKind.NOTE)[0]
    assert held.message_zh.startswith("文件共2个数，读取1，未读1，空0。未读的是：第3行")
    assert f"是否为“{OUTPUT}”" in noted.message_zh
    assert not batch.publishable
    assert batch.confirm_all().publishable


def test_a_name_and_an_id_that_differ_are_refused():
    head = "指标 | 指标标识 | 年份 | 数值 | 单位"
    batch = take(rows(f"{OUTPUT} | gdp | 2020 | 9 | 亿元", head=head))
    only(batch, "refused", "A2", "指标")


def test_a_value_without_an_indicator_is_left_out_and_named():
    batch = take(rows(" | 2020 | 全年 | 9 | 亿元"))
    assert set(faults(batch)) == {("held", "", "未读取的数"), ("note", "D2", "未读取的行")}
    assert not batch.confirm_all().publishable


@pytest.mark.parametrize(
    "region",
    ["火星", "上海市", "'; DROP TABLE observations; --", "../../etc/passwd", "read_csv('/x')"],
)
def test_a_region_the_indicator_does_not_have_is_refused(region):
    head = "指标 | 地区 | 年份 | 数值 | 单位"
    batch = take(rows(f"{OUTPUT} | {region} | 2020 | 9 | 亿元", head=head))
    assert "金山区" in only(batch, "refused", "B2", "地区").message_zh


@pytest.mark.parametrize("unit", ["亩", "家", "美元", "%", "<img onerror=alert(1)>", ""])
def test_a_unit_of_another_sort_or_none_is_refused(unit):
    only(take(rows(f"{OUTPUT} | 2020 | 全年 | 9 | {unit}")), "refused", "E2", "单位")


@pytest.mark.parametrize(
    ("name", "text", "unit", "value"),
    [
        (OUTPUT, "12345600", "万元", 1234.56),
        (LAND, "15000", "亩", 10.0),
        (LAND, "1000", "公顷", 10.0),
        (COVER, "35", "%", 0.35),
        (COVER, "0.35", "比值", 0.35),
    ],
)
def test_units_of_one_sort_are_converted(name, text, unit, value):
    batch = take(rows(f"{name} | 2020 | 全年 | {text} | {unit}"))
    assert batch.rows["value"].tolist() == [value]
    assert batch.rows["unit"].tolist() == [project_catalog().indicators[_id(name)].unit]


def _id(name: str) -> str:
    return next(i.id for i in project_catalog().indicators.values() if i.name_zh == name)


def test_a_break_of_scope_is_refused_in_its_column_and_held_in_the_words():
    head = "指标 | 年份 | 数值 | 单位 | 口径 | 说明"
    batch = take(rows(f"{OUTPUT} | 2020 | 9 | 亿元 | 属地 | ", head=head))
    assert "口径是“在地”" in only(batch, "refused", "E2", "口径").message_zh
    batch = take(rows(f"{OUTPUT} | 2020 | 9 | 亿元 | 在地 | 统计口径有调整", head=head))
    only(batch, "held", "F2", "口径有变化")


def test_a_constant_price_value_of_a_nominal_indicator_is_refused():
    head = "指标 | 年份 | 数值 | 单位 | 价格"
    batch = take(rows(f"{OUTPUT} | 2020 | 9 | 亿元 | 2020年可比价", head=head))
    only(batch, "refused", "E2", "价格")
    assert take(rows(f"{OUTPUT} | 2020 | 9 | 亿元 | 现价", head=head)).publishable


@pytest.mark.parametrize("day", ["明天", "2030-01-01", "45000"])
def test_a_day_of_publication_that_is_none_or_to_come_is_refused(day):
    head = "指标 | 年份 | 数值 | 单位 | 发布日期"
    only(take(rows(f"{OUTPUT} | 2020 | 9 | 亿元 | {day}", head=head)), "refused", "E2", "发布日期")


@pytest.mark.parametrize("day", ["2020-12-31", "2021-01-01"])
def test_a_value_may_be_published_on_the_last_day_of_its_period_or_after(day):
    head = "指标 | 年份 | 数值 | 单位 | 发布日期"
    assert faults(take(rows(f"{OUTPUT} | 2020 | 9 | 亿元 | {day}", head=head))) == []


def test_a_value_published_before_its_period_ended_is_held():
    head = "指标 | 年份 | 数值 | 单位 | 发布日期"
    batch = take(rows(f"{OUTPUT} | 2020 | 9 | 亿元 | 2020-06-30", head=head))
    only(batch, "held", "E2", "发布日期早于期末")


def test_a_note_too_long_to_keep_is_refused():
    head = "指标 | 年份 | 数值 | 单位 | 说明"
    long = "长" * 501
    fault = only(
        take(rows(f"{OUTPUT} | 2020 | 9 | 亿元 | {long}", head=head)), "refused", "E2", "说明过长"
    )
    assert len(fault.value) < 70


# ── size and bounds ──────────────────────────────────────────────────────────────────────


def test_bounds_and_whole_numbers():
    batch = take(
        rows(
            f"{OUTPUT} | 2020 | 全年 | -5 | 亿元",
            f"{COVER} | 2020 | 全年 | 135 | %",
            f"{FIRMS} | 2020 | 全年 | -1 | 家",
            f"{FIRMS} | 2021 | 全年 | 10.5 | 家",
        )
    )
    assert faults(batch) == [
        ("refused", "D2", "低于下限"),
        ("refused", "D3", "超过上限"),
        ("refused", "D4", "低于下限"),
        ("refused", "D5", "个数须为整数"),
    ]
    assert "不能大于100%" in batch.faults[1].message_zh
    assert batch.rows.empty


def test_a_fraction_under_the_percent_sign_is_held():
    only(take(rows(f"{COVER} | 2020 | 全年 | 0.35 | %")), "held", "D2", "百分数过小")


def test_a_percentage_under_the_unit_of_a_fraction_exceeds_its_bound():
    fault = only(take(rows(f"{COVER} | 2020 | 全年 | 35 | 比值")), "refused", "D2", "超过上限")
    assert "单位改为%" in fault.remedy_zh


def test_a_cell_shown_as_percent_is_read_as_shown():
    def percent(sheet, row, column, book):
        sheet.write_number(row, column, 0.35, book.add_format({"num_format": "0.0%"}))

    table = [HEAD.split(" | "), [COVER, 2020, "全年", percent, "%"]]
    batch = take(workbook(table), name="填报.xlsx")
    assert batch.rows["value"].tolist() == [0.35]
    assert faults(batch) == [("note", "D2", "百分比格式")]


@pytest.mark.parametrize(
    ("name", "known", "text", "unit", "meant"),
    [
        (OUTPUT, ("gross_output_territorial", 2000), "20500000", "亿元", "万元"),
        (OUTPUT, ("gross_output_territorial", 2000), "0.205", "亿元", ""),
        (LAND, ("park_land", 20), "31000", "平方公里", "亩"),
        (LAND, ("park_land", 20), "2050", "平方公里", "公顷"),
        (LAND, ("park_land", 20), "20.5", "亩", "平方公里"),
    ],
)
def test_a_value_of_another_size_than_its_neighbours_is_held_and_the_unit_guessed(
    name, known, text, unit, meant
):
    batch = take(
        rows(f"{name} | 2021 | 全年 | {text} | {unit}"), (known[0], "金山区", 2020, None, known[1])
    )
    fault = only(batch, "held", "D2", "量级异常")
    assert (f"疑为按“{meant}”填列" in fault.message_zh) is bool(meant)
    assert len(batch.rows) == 1
    assert batch.confirm([fault.id]).publishable


@pytest.mark.parametrize(
    ("name", "known", "unit", "largest", "too_large"),
    [
        # level and ratio: 8 times the neighbour's value; share: 20; flow: 30; count: 50
        (OUTPUT, ("gross_output_territorial", 100), "亿元", "800", "801"),
        ("工业园区单位土地产值", ("park_land_output", 100), "亿元/平方公里", "800", "801"),
        (COVER, ("green_capacity_coverage", 0.04), "%", "80", "80.1"),
        ("工业固定资产投资", ("industrial_fixed_investment", 10), "亿元", "300", "301"),
        ("数字化转型标杆企业", ("digital_benchmark_firms", 2), "家", "100", "101"),
    ],
)
def test_how_many_times_its_neighbour_a_value_may_be_depends_on_its_kind(
    name, known, unit, largest, too_large
):
    neighbour = (known[0], "金山区", 2020, None, known[1])
    found = {
        text: ("held", "D2", "量级异常")
        in faults(take(rows(f"{name} | 2021 | 全年 | {text} | {unit}"), neighbour))
        for text in (largest, too_large)
    }
    assert found == {largest: False, too_large: True}


@pytest.mark.parametrize(("text", "held"), [("12.5", False), ("12.4", True)])
def test_a_value_may_be_as_many_times_smaller(text, held):
    neighbour = ("gross_output_territorial", "金山区", 2020, None, 100)
    found = faults(take(rows(f"{OUTPUT} | 2021 | 全年 | {text} | 亿元"), neighbour))
    assert (("held", "D2", "量级异常") in found) is held


def test_a_whole_column_in_another_unit_is_seen_against_illustrative_figures_too():
    drawn = [(GROSS, "金山区", year, None, 2000.0, "illustrative") for year in (2020, 2021)]
    lines = [f"{OUTPUT} | {year} | 全年 | {year}0000 | 亿元" for year in (2020, 2021)]
    assert faults(take(rows(*lines), *drawn)) == [
        ("held", "D2", "量级异常"),
        ("held", "D3", "量级异常"),
    ]


def test_one_value_out_of_line_among_its_own_kind_is_held_and_the_others_are_not():
    values = [100, 105, 1100000, 115, 121]
    lines = [f"{OUTPUT} | {2016 + n} | 全年 | {v} | 亿元" for n, v in enumerate(values)]
    assert faults(take(rows(*lines))) == [("held", "D4", "量级异常")]


def test_of_two_values_alone_that_cannot_both_be_right_both_are_held():
    lines = [f"{OUTPUT} | {2020 + n} | 全年 | {v} | 亿元" for n, v in enumerate((100, 1050000))]
    assert faults(take(rows(*lines))) == [("held", "D2", "量级异常"), ("held", "D3", "量级异常")]


# ── series ───────────────────────────────────────────────────────────────────────────────


def test_the_same_value_twice_is_taken_once():
    batch = take(rows(*[f"{OUTPUT} | 2020 | 全年 | 100 | 亿元"] * 2))
    assert "与D2相同" in only(batch, "note", "D3", "重复填列").message_zh
    assert len(batch.rows) == 1


def test_two_values_for_one_key_are_both_refused_and_name_each_other():
    batch = take(rows(f"{OUTPUT} | 2020 | 全年 | 100 | 亿元", f"{OUTPUT} | 2020年 | | 101 | 亿元"))
    assert faults(batch) == [("refused", "D2", "重复且不一致"), ("refused", "D3", "重复且不一致")]
    assert "D3" in batch.faults[0].message_zh
    assert batch.rows.empty


def test_values_of_two_days_are_two_vintages_and_no_fault():
    head = "指标 | 年份 | 数值 | 单位 | 发布日期"
    batch = take(
        rows(
            f"{OUTPUT} | 2020 | 100 | 亿元 | 2021-01-20",
            f"{OUTPUT} | 2020 | 101 | 亿元 | 2021-10-20",
            head=head,
        )
    )
    assert faults(batch) == []
    assert batch.rows["published_on"].tolist() == [date(2021, 1, 20), date(2021, 10, 20)]


MONTHS = "指标 | 年份 | 期间 | 数值 | 单位 | 说明"


def test_a_running_total_never_falls_without_a_word_of_revision():
    may, june = (
        f"{OUTPUT} | 2025 | 1—5月 | 500 | 亿元 | ",
        f"{OUTPUT} | 2025 | 1—6月 | 480 | 亿元 | ",
    )
    fault = only(take(rows(may, june, head=MONTHS)), "refused", "D3", "累计数减少")
    assert "1—6月480，少于1—5月500" in fault.message_zh
    said = take(rows(may, june + "修订：核减重复统计", head=MONTHS))
    assert faults(said) == [("note", "D3", "累计数减少（已注明修订）")]


def test_a_running_total_is_held_against_the_release_too():
    batch = take(rows(f"{OUTPUT} | 2025 | 1—6月 | 480 | 亿元"), (GROSS, "金山区", 2025, 5, 500.0))
    only(batch, "refused", "D2", "累计数减少")


def test_a_running_total_may_be_below_an_illustrative_one():
    june = rows(f"{OUTPUT} | 2025 | 1—6月 | 480 | 亿元")
    assert faults(take(june, (GROSS, "金山区", 2025, 5, 500.0, "illustrative"))) == []


def test_a_total_above_a_later_one_of_the_release_is_refused_at_its_own_cell():
    batch = take(rows(f"{OUTPUT} | 2025 | 1—5月 | 500 | 亿元"), (GROSS, "金山区", 2025, 6, 480.0))
    only(batch, "refused", "D2", "累计数减少")


def test_a_gap_inside_the_table_is_held_and_one_towards_the_release_is_said():
    lines = [f"{OUTPUT} | {year} | 全年 | 100 | 亿元" for year in (2020, 2021, 2024)]
    fault = only(take(rows(*lines)), "held", "D4", "序列中断")
    assert "2022—2023年" in fault.message_zh
    batch = take(rows(lines[2]), (GROSS, "金山区", 2021, None, 100.0))
    only(batch, "note", "D2", "与已有数据不衔接")


def test_a_month_missing_between_running_totals_is_held():
    lines = [f"{OUTPUT} | 2025 | 1—{m}月 | {m}00 | 亿元" for m in (2, 3, 5)]
    assert "缺4月" in only(take(rows(*lines)), "held", "D4", "序列中断").message_zh


def test_a_refused_value_does_not_make_a_gap_as_well():
    lines = [f"{OUTPUT} | {2020 + n} | 全年 | {v} | 亿元" for n, v in enumerate((100, "持平", 104))]
    assert faults(take(rows(*lines))) == [("refused", "D3", "数值")]


def test_months_must_agree_with_running_totals():
    batch = take(
        rows(
            f"{OUTPUT} | 2025 | 1—2月 | 180 | 亿元",
            f"{OUTPUT} | 2025 | 3月 | 90 | 亿元",
            f"{OUTPUT} | 2025 | 1—3月 | 300 | 亿元",
        )
    )
    fault = only(batch, "held", "D4", "当月与累计不符")
    assert "3月90，两期累计之差为120" in fault.message_zh


def test_a_year_that_differs_from_its_twelve_months_is_said():
    batch = take(
        rows(f"{OUTPUT} | 2025 | 全年 | 1210 | 亿元", f"{OUTPUT} | 2025 | 1—12月 | 1200 | 亿元")
    )
    fault = only(batch, "note", "D3", "全年与1—12月不符")
    assert "2025年全年1,210，1—12月累计1,200" in fault.message_zh


def test_a_stock_that_falls_is_said():
    lines = [f"{FIRMS} | {2023 + n} | 全年 | {v} | 家" for n, v in enumerate((90, 100, 95))]
    only(take(rows(*lines)), "note", "D4", "存量减少")


def test_a_series_across_a_declared_break_says_so():
    name = "全市规模以上工业总产值"
    lines = [f"{name} | {year} | 全年 | 34000 | 亿元" for year in (2018, 2019)]
    assert "营业收入" in only(take(rows(*lines)), "note", "D2", "口径断点").message_zh


# ── identities ───────────────────────────────────────────────────────────────────────────


def test_the_territorial_figure_is_never_below_the_administered_one():
    batch = take(
        rows(f"{OUTPUT} | 2025 | 全年 | 900 | 亿元", f"{LOCAL} | 2025 | 全年 | 950 | 亿元")
    )
    fault = only(batch, "refused", "D2", "在地不小于属地")
    assert "900亿元小于" in fault.message_zh
    assert batch.rows["indicator_id"].tolist() == ["gross_output_registered"]


def test_the_identity_holds_against_the_release_but_not_against_illustrations():
    line = rows(f"{OUTPUT} | 2025 | 全年 | 900 | 亿元")
    local = ("gross_output_registered", "金山区", 2025, None, 950.0)
    assert faults(take(line, local)) == [("refused", "D2", "在地不小于属地")]
    assert faults(take(line, (*local, "illustrative"))) == []


def _clusters(total: float, *parts: float) -> str:
    names = [f"{name}产业集群产值" for name in CLUSTERS]
    lines = [f"{n} | 2025 | 全年 | {v} | 亿元" for n, v in zip(names, parts, strict=False)]
    return rows(f"四大产业集群产值 | 2025 | 全年 | {total} | 亿元", *lines)


def test_parts_make_up_their_total():
    assert faults(take(_clusters(100, 40, 30, 20, 10))) == []
    fault = only(take(_clusters(100, 40, 30, 20, 5)), "refused", "D2", "分项与合计不符")
    assert "四大产业集群产值100亿元，分项合计95亿元" in fault.message_zh


def test_the_number_of_clusters_follows_from_their_output():
    table = _clusters(1300, 600, 510, 100, 90).replace(
        HEAD, f"{HEAD}\n500亿级产业集群数 | 2025 | 全年 | 3 | 个"
    )
    fault = only(take(table), "held", "D2", "个数与分项不符")
    assert "填3，按分项为2" in fault.message_zh


def test_some_parts_alone_cannot_exceed_their_total():
    assert faults(take(_clusters(100, 40, 30))) == []
    only(take(_clusters(100, 80, 30)), "refused", "D2", "分项与合计不符")


def test_a_share_must_follow_from_its_parts_and_no_part_exceeds_the_whole():
    part, share = "工业战略性新兴产业产值", "战略性新兴产业产值占规上工业产值比重"
    table = [
        f"{share} | 2025 | 全年 | 40 | %",
        f"{part} | 2025 | 全年 | 300 | 亿元",
        f"{LOCAL} | 2025 | 全年 | 1000 | 亿元",
    ]
    fault = only(take(rows(*table)), "held", "D2", "比值与分子分母不符")
    assert "按分子分母计算为30%，填的是40%" in fault.message_zh
    table[1] = f"{part} | 2025 | 全年 | 1300 | 亿元"
    assert ("refused", "D2", "部分大于总体") in faults(take(rows(*table)))


def test_one_series_under_two_names_has_one_value():
    batch = take(
        rows("产业经济规模 | 2025 | 全年 | 900 | 亿元", f"{OUTPUT} | 2025 | 全年 | 950 | 亿元")
    )
    only(batch, "refused", "D2", "同一序列不一致")


def test_a_missing_figure_of_the_city_is_named_where_a_target_needs_it():
    batch = take(rows("产业经济规模 | 2025 | 全年 | 900 | 亿元"))
    notes = [fault for fault in batch.faults if fault.rule == "缺全市对照数"]
    assert [fault.message_zh for fault in notes] == ["缺2025年的全市规模以上工业总产值"]


# ── all at once ──────────────────────────────────────────────────────────────────────────


def test_every_fault_is_reported_at_once_in_the_order_of_the_file():
    batch = take(
        rows(
            f"{OUTPUT} | 2020 | 全年 | 持平 | 亩",
            f"{OUTPUT} | 20 | 全年 | 5 | 亿元",
            f"{FIRMS} | 2020 | 全年 | 1.5 | 家",
        )
    )
    assert faults(batch) == [
        ("refused", "D2", "数值"),
        ("refused", "E2", "单位"),
        ("refused", "B3", "年份与期间"),
        ("refused", "D4", "个数须为整数"),
    ]


def test_confirming_answers_only_what_is_held_now():
    batch = take(rows(f"{OUTPUT} | 2025 | 2月 | 90 | 亿元", f"{OUTPUT} | 2025 | 1月 | 90 | 亿元"))
    first, second = batch.of_kind(FaultKind.HELD)
    assert batch.confirm([first.id]).waiting == (second,)
    assert not batch.confirm(["ffffffffff"]).publishable
    assert batch.confirm_all().publishable


def test_a_confirmation_does_not_outlive_the_value_it_was_given_for():
    known = (GROSS, "金山区", 2020, None, 2000.0)
    once = take(rows(f"{OUTPUT} | 2021 | 全年 | 20500000 | 亿元"), known)
    again = take(rows(f"{OUTPUT} | 2021 | 全年 | 30500000 | 亿元"), known)
    assert not again.confirm(fault.id for fault in once.waiting).publishable


def test_every_rule_is_in_the_handbook_with_its_remedy():
    handbook = (ROOT / "docs/import_rules.md").read_text(encoding="utf-8")
    every = [rule for rule in vars(rules).values() if isinstance(rule, rules.Rule)]
    assert len(every) > 35
    for rule in every:
        line = f"| {rule.name_zh} | {KIND_ZH[rule.kind]} | {rule.remedy_zh or '—'} |"
        assert line in handbook


# ── what may not be shown ────────────────────────────────────────────────────────────────

BESIDE = f"{HEAD} | 说明 | 企业数 | 保密"


@pytest.mark.parametrize(
    ("cells", "kind", "cell", "rule"),
    [
        (" | 两 | ", "refused", "G2", "企业数"),
        (" | 2.5 | ", "refused", "G2", "企业数"),
        (" | -1 | ", "refused", "G2", "企业数"),
        (" | | 绝密", "refused", "H2", "保密"),
        ("企业数：若干 | | ", "held", "F2", "企业数无法辨认"),
    ],
)
def test_what_is_stated_of_enterprises_and_secrecy_is_typed(cells, kind, cell, rule):
    only(take(rows(f"{OUTPUT} | 2020 | 全年 | 9 | 亿元 | {cells}", head=BESIDE)), kind, cell, rule)


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        (" | 2 | ", "企业数：2"),
        ("含试产 | 12 | 否", "含试产；企业数：12"),
        (" | | 是", "保密：是"),
        (" | — | ", ""),
        (" | ２ | 是", "企业数：2；保密：是"),
    ],
)
def test_what_is_stated_in_columns_of_their_own_is_kept_with_the_note(cells, note):
    batch = take(rows(f"{OUTPUT} | 2020 | 全年 | 9 | 亿元 | {cells}", head=BESIDE))
    assert batch.publishable
    assert batch.rows["note"].tolist() == [note]


def test_a_column_of_enterprises_without_one_of_values_is_not_lost():
    batch = take("地区 | 企业数 | 规模以上工业在地产值（亿元） | 年份\n金山区 | 12 | 9 | 2020")
    assert batch.tallies[0].read + batch.tallies[0].unread == 2


def test_a_confidential_row_of_a_wide_table_is_marked():
    batch = take(f"指标 | 单位 | 保密 | 2019年 | 2020年\n{OUTPUT} | 亿元 | 是 | 8 | 9")
    assert batch.rows["note"].tolist() == ["保密：是", "保密：是"]
