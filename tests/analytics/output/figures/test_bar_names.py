"""The names beside bars: lines that have room, and nothing broken that belongs together."""

import pytest

from analytics.output.charts.scenarios import NEW_LINE
from analytics.output.figures.laboratory import wrapped


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "规模以上工业在地产值（2026年11月—2027年）±1.0个百分点",  # 2027 stood on two lines
            ["规模以上工业在地产值", "（2026年11月—2027年）", "±1.0个百分点"],
        ),
        (
            "全市规模以上工业总产值（2026年11月—2027年，假设）",
            ["全市规模以上工业总产值", "（2026年11月—2027年，", "假设）"],
        ),
        ("全市工业投资（2028—2035年，假设）", ["全市工业投资", "（2028—2035年，假设）"]),
        ("战略性新兴产业产值占规上工业产值比重", ["战略性新兴产业产值占规上工", "业产值比重"]),
    ],
)
def test_a_bars_name_is_broken_after_a_comma_or_where_no_number_is_cut(name, lines):
    assert wrapped(name).split(NEW_LINE) == lines
