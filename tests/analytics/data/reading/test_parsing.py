"""What people print and type, and what the parsers make of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.data.reading.parsing import ParseError, parse_date, parse_number, parse_year
from analytics.data.reading.periods import parse_period
from analytics.data.reading.units import convert, standard_unit


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", 1234.5),
        ("1,234.5", 1234.5),
        ("12,345,678", 12345678.0),
        ("１，２３４．５", 1234.5),  # full-width, as typed with a Chinese input method
        ("１２", 12.0),
        (" 7 ", 7.0),
        ("-61.5", -61.5),
        ("−61.5", -61.5),  # U+2212, as statistical offices print it
        ("+3", 3.0),
        ("1038.0", 1038.0),
        ("5.", 5.0),
        ("1e3", 1000.0),
        (42, 42.0),
    ],
)
def test_a_number_is_read_as_people_write_it(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "缺数值"),
        ("n/a", "缺数值"),
        ("N/A", "缺数值"),
        ("—", "缺数值"),
        ("——", "缺数值"),
        ("…", "缺数值"),
        ("……", "缺数值"),
        ("Inf", "不是有限数"),
        ("-inf", "不是有限数"),
        ("NaN", "不是有限数"),
        ("1e999", "不是有限数"),
        (float("nan"), "不是有限数"),
        ("12,34", "数值无法识别"),
        ("1.2.3", "数值无法识别"),
        ("39.5%", "数值无法识别"),
        ("约300", "数值无法识别"),
        ("=1+1", "数值无法识别"),
    ],
)
def test_what_is_not_a_finite_number_is_refused_with_a_reason(text, reason):
    with pytest.raises(ParseError, match=reason):
        parse_number(text)


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_a_number_survives_being_printed_with_separators(value):
    assert parse_number(f"{value:,.4f}") == float(f"{value:.4f}")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2020", 2020),
        ("2020年", 2020),
        ("２０２０年", 2020),
        ("2020.0", 2020),
        ("2020-12-31", 2020),
        ("2020/6/1", 2020),
        ("2020年6月30日", 2020),
        ("2020-12-31 00:00:00", 2020),
        (date(2020, 1, 5), 2020),
        (2020, 2020),
    ],
)
def test_a_year_is_read_from_numbers_text_and_dates(text, year):
    assert parse_year(text) == year


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "缺年份：原文未注明年份"),
        ("—", "缺年份"),
        ("20*年", "年份无法识别"),
        ("2020.5", "年份无法识别"),
        ("20200", "年份无法识别"),
        ("1820", "年份超出"),
        ("3000", "年份超出"),
    ],
)
def test_what_is_not_a_year_is_refused_with_a_reason(text, reason):
    with pytest.raises(ParseError, match=reason):
        parse_year(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-11-23", date(2020, 11, 23)),
        ("2022-06-23(转载)", date(2022, 6, 23)),
        ("2026-01", date(2026, 1, 1)),
        ("2016-08前后", date(2016, 8, 1)),
        ("约2018", date(2018, 1, 1)),
        ('2019(据文内"2018年5月")', date(2019, 1, 1)),
        ("2021年7月5日", date(2021, 7, 5)),
        ("", None),
        ("不详", None),
        ("2021-02-30", None),
    ],
)
def test_a_printed_date_stands_for_its_first_possible_day(text, day):
    assert parse_date(text) == day


# Every wording of the source files, and the ones users are likely to type.
PERIODS = [
    # year    period                        kind          start         end
    ("2020", "annual", "year", "2020-01-01", "2020-12-31"),
    ("2016", "年末", "year", "2016-01-01", "2016-12-31"),
    ("2021", "全年", "year", "2021-01-01", "2021-12-31"),
    ("2012", "1-9月", "cumulative", "2012-01-01", "2012-09-30"),
    ("2012", "1—9月", "cumulative", "2012-01-01", "2012-09-30"),
    ("2012", "1～9月", "cumulative", "2012-01-01", "2012-09-30"),
    ("2012", "1至9月", "cumulative", "2012-01-01", "2012-09-30"),
    ("2012", "１－９月", "cumulative", "2012-01-01", "2012-09-30"),
    ("2012", "1月-9月", "cumulative", "2012-01-01", "2012-09-30"),
    ("2020", "1-2月", "cumulative", "2020-01-01", "2020-02-29"),  # leap year
    ("2019", "1-2月", "cumulative", "2019-01-01", "2019-02-28"),
    ("2023", "上半年", "cumulative", "2023-01-01", "2023-06-30"),
    ("2023", "前三季度", "cumulative", "2023-01-01", "2023-09-30"),
    ("2020", "1-3月(截至3-30)", "cumulative", "2020-01-01", "2020-03-30"),
    ("2022", "1月-2月中旬", "cumulative", "2022-01-01", "2022-02-20"),
    ("2020", "11", "month", "2020-11-01", "2020-11-30"),
    ("2024", "6月", "month", "2024-06-01", "2024-06-30"),
    ("2021", "时点2021-09", "point", "2021-09-01", "2021-09-30"),
    ("2024", "累计至2024-09", "point", "2024-09-01", "2024-09-30"),
    ("2020", "时点2020", "point", "2020-01-01", "2020-12-31"),
    ("2019", "时点", "point", "2019-01-01", "2019-12-31"),
    ("2023", "年内时点", "point", "2023-01-01", "2023-12-31"),
    ("2020", "研究时点", "point", "2020-01-01", "2020-12-31"),
    ("2025", "累计", "point", "2025-01-01", "2025-12-31"),
    ("2020", "2016-2020年均", "span", "2016-01-01", "2020-12-31"),
    ("2010", "2006-2010累计", "span", "2006-01-01", "2010-12-31"),
    ("2022", "累计2015-2022", "span", "2015-01-01", "2022-12-31"),
    ("2025", "2020→2025(十四五)", "span", "2021-01-01", "2025-12-31"),  # base not counted
    ("2023", "2015年以来累计(至2023-10发布)", "span", "2015-01-01", "2023-10-31"),
    ("2022", "2022-06-16活动", "event", "2022-06-16", "2022-06-16"),
    ("2019", "论坛当日", "event", "2019-01-01", "2019-12-31"),
    ("2035", "target", "plan", "2035-01-01", "2035-12-31"),
    ("2021", "annual target", "plan", "2021-01-01", "2021-12-31"),
    ("2017", "2015-2017 target", "plan", "2015-01-01", "2017-12-31"),
]


@pytest.mark.parametrize(("year", "text", "kind", "start", "end"), PERIODS)
def test_a_printed_period_becomes_a_kind_and_two_dates(year, text, kind, start, end):
    period = parse_period(year, text)
    assert (period.kind, str(period.start), str(period.end)) == (kind, start, end)


@pytest.mark.parametrize(
    ("year", "text", "reason"),
    [
        ("", "annual", "缺年份：原文未注明年份"),
        ("", "2023-10发布时最近一期", "缺年份"),  # the date of publication is not the year
        ("2020", "", "期间无法识别"),
        ("2020", "二季度", "期间无法识别"),  # neither a month nor cumulative
        ("2020", "3-5月", "期间无法识别"),
        ("2020", "13", "日期不存在"),
        ("2020", "1-13月", "日期不存在"),
        ("2021", "1-2月(截至2-30)", "日期不存在"),
        ("2021", "时点2022-09", "年份与期间不一致"),
        ("2020", "2016-2019年均", "年份与期间不一致"),
        ("2020", "2021-2020累计", "起点晚于终点"),
    ],
)
def test_a_period_that_cannot_be_placed_is_refused_with_a_reason(year, text, reason):
    with pytest.raises(ParseError, match=reason):
        parse_period(year, text)


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (7.4, "%", "1", 0.074),  # correctly rounded: 7.4 / 100 is 0.07400000000000001
        (5.0, "‰", "1", 0.005),
        (0.26, "比值", "1", 0.26),
        (1811127, "万元", "亿元", 181.1127),
        (5.67, "万亿元", "亿元", 56700.0),
        (238.0, "亿元", "亿元", 238.0),
        (3.0, "平方公里", "亩", 4500.0),  # 1 km² = 1500 亩
        (1500.0, "亩", "平方公里", 1.0),
        (2.0, "公顷", "亩", 30.0),  # 1 公顷 = 15 亩
        (30.0, "万元/亩", "亿元/平方公里", 4.5),  # 30 万元 × 1500 = 4.5 亿元
        (1.9, "万吨标准煤", "吨标准煤", 19000.0),
        (2.4, "万家", "家", 24000.0),
        (0.679, "吨标煤/万元", "吨标准煤/万元", 0.679),
    ],
)
def test_a_unit_converts_within_its_family(value, unit, to, expected):
    assert convert(value, unit, to) == expected


@pytest.mark.parametrize(
    ("unit", "to"), [("%", "亿元"), ("亩", "亿元"), ("人年", "家"), ("倍", "1")]
)
def test_units_that_measure_different_things_never_convert(unit, to):
    with pytest.raises(ParseError, match="单位无法换算"):
        convert(1.0, unit, to)


@pytest.mark.parametrize(
    ("unit", "to", "expected"),
    [
        ("亿元 100 million yuan", "亿元", 1.0),
        ("万元 10,000 yuan", "亿元", 1e-4),
        ("家 unit", "家", 1.0),
    ],
)
def test_a_unit_may_be_translated_behind(unit, to, expected):
    assert convert(1.0, unit, to) == expected


@pytest.mark.parametrize("unit", ["亿 kWh", "万元 USD", "亿 yuan", "亿元 tons"])
def test_what_may_be_another_measure_is_no_translation(unit):
    with pytest.raises(ParseError):
        convert(1.0, unit, "亿元")


@pytest.mark.parametrize(
    ("unit", "stored"), [("%", "1"), ("比值", "1"), ("％", "1"), ("亿元", "亿元"), ("人年", "人年")]
)
def test_shares_and_growth_are_stored_as_fractions_and_other_units_kept(unit, stored):
    assert standard_unit(unit) == stored
