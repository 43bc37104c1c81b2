"""Every published row is loaded or rejected, under the right id, and ranked as stated."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.catalog.load import load_catalog
from analytics.catalog.series import MappingError, SeriesMapping, load_mapping
from analytics.data.reading.wording import is_lower_bound, is_rounded, status_of
from analytics.data.releases.release import open_release
from analytics.data.releases.summary import rejections_by_reason, summarise
from analytics.data.sources.published import (
    COLUMNS,
    FILES,
    SourceFileError,
    extract_published,
    read_rows,
)
from analytics.data.sources.vintages import number_vintages
from tests.support.release_fixtures import ROOT

CATALOG = load_catalog(ROOT)
MAPPING = load_mapping(ROOT / "data/catalog/series.toml")

PLAIN = {
    "indicator": "gdp",
    "indicator_zh": "地区生产总值",
    "region": "上海市",
    "year": "2020",
    "period": "annual",
    "value": "38700.58",
    "unit": "亿元",
    "basis": "现价",
    "definition_note": "",
    "source_title": "公报",
    "source_url": "https://tjj.sh.gov.cn/a.html",
    "source_date": "2021-03-19",
    "confidence": "high",
}


@pytest.fixture(scope="module")
def published(release_root) -> dict[str, pd.DataFrame]:
    _, folder = open_release(release_root, "published")
    return {path.stem: pd.read_parquet(path) for path in folder.glob("*.parquet")}


def write_files(folder: Path, *rows: dict[str, str]) -> Path:
    """Write the rows as the first source file and leave the second with its header only."""
    for name, content in zip(FILES, (rows, ()), strict=True):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(content)
    return folder


def extract(folder: Path, *rows: dict[str, str]):
    return extract_published(write_files(folder, *rows), CATALOG, MAPPING)


def preferred(table: pd.DataFrame, indicator: str, region: str, kind: str = "year") -> pd.Series:
    rows = table[
        (table["indicator_id"] == indicator)
        & (table["region"] == region)
        & (table["period_kind"] == kind)
        & (table["vintage"] == 1)
    ]
    return rows.set_index("year")["value"]


# ── every row accounted for ──────────────────────────────────────────────────────────────


def test_every_one_of_the_1405_rows_is_loaded_or_rejected_once(published):
    origins = [*published["observations"]["origin"], *published["rejections"]["origin"]]
    per_file = Counter(origin.split(":")[0] for origin in origins)
    assert per_file == {"published_jinshan.csv": 166, "published_shanghai.csv": 1239}
    assert len(set(origins)) == 1405


def test_an_origin_names_the_line_of_the_file(published):
    lines = (ROOT / "data/source" / FILES[0]).read_text(encoding="utf-8").splitlines()
    row = published["observations"].set_index("origin").loc["published_jinshan.csv:46"]
    assert (row["indicator_id"], row["value"]) == ("four_clusters_output", 1045.0)
    assert lines[45].startswith("four_clusters_output,四大产业集群产值,金山区,2020,annual,1045,")


def test_the_eight_rows_without_a_year_are_the_only_ones_rejected(published):
    rejected = published["rejections"]
    assert rejected["reason_zh"].value_counts().to_dict() == {"缺年份：原文未注明年份": 8}
    assert (rejected["year_text"] == "").all()
    # the undated “exceeded 300 billion” and the undated share of the four clusters
    assert {"gross_output_territorial", "four_clusters_share"} <= set(rejected["indicator_id"])


def test_the_summary_counts_rows_by_nature_and_rejections_by_reason(release_root):
    release, _ = open_release(release_root, "published")
    text = summarise(release, release_root)
    assert "载入1397行：推算57、公布493、转引847" in text
    assert "退回8行：缺年份：原文未注明年份（8行）" in text
    assert rejections_by_reason(release, release_root) == {"缺年份：原文未注明年份": 8}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"year": ""}, "缺年份：原文未注明年份"),
        ({"period": "二季度"}, "期间无法识别：“二季度”"),
        ({"value": "n/a"}, "缺数值：“n/a”"),
        ({"value": "Inf"}, "数值不是有限数：“Inf”"),
        ({"unit": "亩"}, "单位无法换算：“亩”不能换算为“亿元”"),  # gdp is catalogued in 亿元
        ({"unit": ""}, "缺单位"),
        ({"region": " "}, "缺地区"),
        ({"indicator": "gdp; DROP"}, "指标标识无效：“gdp; DROP”"),
        ({"confidence": "sure"}, "可信度无法识别：“sure”"),
    ],
)
def test_a_row_that_cannot_be_used_is_kept_with_its_reason(tmp_path, change, reason):
    found = extract(tmp_path, PLAIN, {**PLAIN, **change})
    assert len(found.observations) == 1
    assert [(row["origin"], row["reason_zh"]) for row in found.rejections] == [
        ("published_jinshan.csv:3", reason)
    ]


def test_a_row_with_too_few_or_too_many_cells_is_rejected(tmp_path):
    write_files(tmp_path, PLAIN)
    with (tmp_path / FILES[0]).open("a", encoding="utf-8") as file:
        file.write("gdp,地区生产总值,上海市\n")
        file.write(",".join(PLAIN.values()) + ",one too many\n")
    found = extract_published(tmp_path, CATALOG, MAPPING)
    assert [row["reason_zh"] for row in found.rejections] == ["单元格个数与表头不符"] * 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "published_jinshan.csv：文件不存在"),
        (b"", "published_jinshan.csv：表头与约定的13列不符"),
        (b"year,value\n2020,1\n", "published_jinshan.csv：表头与约定的13列不符"),
        ("指标\n".encode("gb18030"), "published_jinshan.csv：不是 UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, content, message):
    path = tmp_path / FILES[0]
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceFileError, match=message):
        list(read_rows(path))


# ── units, dates, nature ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "value", "unit"),
    [
        ({}, 38700.58, "亿元"),
        ({"value": "387005800", "unit": "万元"}, 38700.58, "亿元"),
        ({"value": "３８，７００．５８"}, 38700.58, "亿元"),
        ({"indicator": "gdp_yoy", "value": "1.7", "unit": "%"}, 0.017, "1"),
        ({"indicator": "rd_staff", "value": "67400", "unit": "人年"}, 67400.0, "人年"),
    ],
)
def test_a_value_is_stored_in_the_unit_of_its_indicator(tmp_path, change, value, unit):
    (row,) = extract(tmp_path, {**PLAIN, **change}).observations
    assert (row["value"], row["unit"]) == (value, unit)


@pytest.mark.parametrize(
    ("url", "title", "note", "status"),
    [
        ("https://tjj.sh.gov.cn/a.html", "公报", "", "official"),
        ("https://en.jinshan.gov.cn/a", "Jinshan", "", "official"),
        ("https://www.shine.cn/a", "shine", "", "reported"),
        ("https://tjj.sh.gov.cn.evil.com/a", "公报", "", "reported"),
        ("", "公报", "", "reported"),
        ("https://tjj.sh.gov.cn/a", "GitHub 引用公报", "", "reported"),
        ("https://tjj.sh.gov.cn/a.html", "公报", "[DERIVED] 推算", "derived"),
    ],
)
def test_the_nature_of_a_figure_follows_from_who_published_it(tmp_path, url, title, note, status):
    row = {**PLAIN, "source_url": url, "source_title": title, "definition_note": note}
    (observed,) = extract(tmp_path, row).observations
    assert observed["status"] == status


def test_derived_and_year_inferred_marks_stay_in_the_note(published):
    table = published["observations"]
    assert (
        table.loc[table["status"] == "derived", "note"].str.contains("[DERIVED]", regex=False)
    ).all()
    inferred = table[table["origin"] == "published_shanghai.csv:1114"].iloc[0]
    assert inferred["note"].startswith("[YEAR_INFERRED]")
    assert inferred["confidence"] == "low"


def test_a_source_keeps_the_date_as_printed_beside_its_first_possible_day(published):
    sources = published["sources"].set_index("published_text")
    assert sources.loc["2016-08前后", "published_on"] == date(2016, 8, 1)
    assert sources["rows"].sum() == len(published["observations"])


# ── bounds and rounding ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("indicator", "value", "text", "bound"),
    [
        ("gdp", "56700", "原文为“突破5.67万亿元”，非精确值，下限", True),
        ("gdp", "1200", '现价；下限"surpassed"', True),
        ("output", "2775", '非金山区，同类郊区对照；"突破"', True),
        ("output", "8000", "超过8000，下限，前两批", True),
        ("firms", "2000", '累计｜"超2000家"', True),
        ("firms", "12000", "over 12,000；新认定5961家", True),
        ("firms", "22000", "more than 22,000", True),
        ("investment", "360", '"360多亿元"', True),
        ("share", "80", "超过80%，下限", True),
        ("tax", "30", '"近30万元"，原为10多万元', False),  # 10多 was the value before
        ("output", "34800", "规模以上=年主营业务收入2000万元及以上法人工业企业", False),
        ("firms", "9200", "around 9,200，时点约2018年末", False),
        ("gdp_yoy", "5.4", "全年GDP“突破5.67万亿元”", False),  # speaks of the level
        ("output_yoy", "14.6", "原文exceed，下限", False),
    ],
)
def test_a_lower_bound_is_told_from_a_value_by_its_wording(indicator, value, text, bound):
    assert is_lower_bound(indicator, value, text) is bound


@pytest.mark.parametrize(
    ("indicator", "year", "text", "rounded"),
    [
        ("gdp", 2019, "四舍五入到百亿；初步数", True),
        ("gdp", 2021, "约数", True),
        ("gdp", 2025, "预计1.88万亿左右", True),
        ("output", 2009, "英文报道四舍五入到亿元", False),  # to the unit printed everywhere
        ("gdp", 2015, "按端点推定为2014-2021；2015为四舍五入", True),
        ("gdp", 2016, "按端点推定为2014-2021；2015为四舍五入", False),
        ("output_yoy", 2018, "四舍五入到百亿", False),
    ],
)
def test_a_figure_rounded_to_the_hundred_is_told_by_its_wording(indicator, year, text, rounded):
    assert is_rounded(indicator, year, text) is rounded


def test_the_bound_above_3000_is_loaded_as_a_low_confidence_bound(published):
    table = published["observations"]
    rows = table[(table["indicator_id"] == "gross_output_territorial") & (table["year"] == 2024)]
    (row,) = rows.to_dict("records")
    assert (row["value"], row["lower_bound"], row["confidence"]) == (3000.0, True, "low")


def test_derived_outranks_the_site_it_was_read_on():
    assert status_of(True, "现价｜[DERIVED] 推算") == "derived"


# ── which series a row belongs to ────────────────────────────────────────────────────────

ROUTES = [
    # source id, region in the file, basis, note -> id, region
    ("gdp", "上海市", "现价", "", "gdp", "上海市"),
    ("gdp_revised", "上海市", "现价", "", "gdp", "上海市"),
    ("gdp", "金山区", "1990年不变价", "", "gdp_1990_prices", "金山区"),
    ("gdp_growth", "金山区", "可比价", "", "gdp_yoy", "金山区"),
    ("gdp_growth_nominal", "金山区", "现价", "", "gdp_yoy_nominal", "金山区"),
    ("industrial_output_above_scale", "金山区", "现价", "", "gross_output_territorial", "金山区"),
    ("gross_output_above_scale", "金山区", "现价", "", "gross_output_territorial", "金山区"),
    ("gross_output_above_scale", "上海市", "现价", "", "gross_output_above_scale", "上海市"),
    (
        "gross_output_district_owned",
        "宝山区",
        "现价",
        "属地口径",
        "gross_output_district_owned",
        "宝山区",
    ),
    ("four_clusters_output", "金山区", "现价", "属地规上", "four_clusters_output", "金山区"),
    (
        "four_clusters_output",
        "金山区",
        "现价",
        "属地/在地未写明",
        "four_clusters_output_unstated_scope",
        "金山区",
    ),
    ("signed_projects_investment", "金山区", "计划投资", "", "signed_investment", "金山区"),
    (
        "zone_signed_projects_investment",
        "金山区",
        "计划投资",
        "",
        "zone_signed_projects_investment",
        "金山工业区",
    ),
    ("city_sei_share", "上海市", "", "", "strategic_emerging_share", "上海市"),
    ("city_high_tech_enterprises", "上海市", "", "", "high_tech_enterprises", "上海市"),
    (
        "peer_fengxian_industrial_output",
        "奉贤区",
        "现价",
        "",
        "gross_output_above_scale",
        "奉贤区",
    ),
    ("product_sales_rate", "上海市", "", "", "product_sales_rate", "上海市"),
]


@pytest.mark.parametrize(("source", "region", "basis", "note", "indicator", "place"), ROUTES)
def test_a_published_series_goes_to_its_indicator(source, region, basis, note, indicator, place):
    row = {"indicator": source, "region": region, "basis": basis, "definition_note": note}
    rule = MAPPING.rule_for(row)
    assert (rule.indicator, rule.region or region) == (indicator, place)


def test_every_rule_is_used_by_some_published_row():
    rows = [row for name in FILES for row in read_rows(ROOT / "data/source" / name)]
    used = {MAPPING.rule_for(row) for row in rows}
    assert [rule for rule in MAPPING.rules if rule not in used] == []


def test_the_yearbook_table_is_a_series_of_its_own(published):
    """上海统计年鉴表13.2, 2012 and 2017: 金山区's row is not the plan's 在地."""
    district = published["observations"].query("region == '金山区' and period_kind == 'year'")
    output = district[district["indicator_id"] == "yearbook_output"].set_index("year")["value"]
    assert output.to_dict() == {2012: 1682.09, 2017: 1826.28}
    territorial = district[district["indicator_id"] == "gross_output_territorial"]
    assert not {2012, 2017} & set(territorial["year"])
    city = published["observations"].query(
        "region == '上海市' and indicator_id == 'yearbook_output'"
    )
    assert city.set_index("year")["value"].to_dict() == {2012: 31896.88, 2017: 34135.26}


def test_growth_never_shares_a_series_with_levels(published):
    table = published["observations"]
    growth = table["indicator_id"].str.contains(r"_yoy|_growth|_mom|_cagr", regex=True)
    assert set(table.loc[growth, "unit"]) == {"1"}


def test_a_month_of_a_stock_is_a_moment_and_a_month_of_a_flow_is_a_month(published):
    kinds = published["observations"].set_index("origin")["period_kind"]
    assert kinds["published_shanghai.csv:1078"] == "point"  # 规上企业数，2024年6月
    assert kinds["published_shanghai.csv:234"] == "month"  # 规上产值，2020年11月


def test_the_series_table_lists_every_indicator_with_its_rows(published):
    series = published["series"].set_index("indicator_id")
    held = published["observations"]["indicator_id"].value_counts()
    assert series["rows"].sort_index().to_dict() == held.sort_index().to_dict()
    assert bool(series.loc["gdp", "catalogued"]) is True
    assert "2018" in series.loc["gdp", "note_zh"]
    assert bool(series.loc["product_sales_rate", "catalogued"]) is False
    assert series.loc["product_sales_rate", "name_zh"] == "规模以上工业产品销售率"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules = [", "series.toml：无法读取"),
        ("[[rule]]\nsource = 'a'", "series.toml：未知的键 rule"),
        ("[[rules]]\nsource = 'a'", "series.toml：rules 第1条的“indicator”有误"),
        ("[[rules]]\nsource='a'\nindicator='b'\nx=1", "series.toml：rules 第1条的“x”有误"),
    ],
)
def test_a_mistake_in_the_mapping_is_named(tmp_path, text, message):
    path = tmp_path / "series.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match=message):
        load_mapping(path)


def test_a_series_that_comes_in_two_units_keeps_the_first(tmp_path):
    first = {**PLAIN, "indicator": "energy", "value": "2", "unit": "万吨标准煤"}
    second = {**first, "year": "2021", "value": "19000", "unit": "吨标准煤"}
    found = extract_published(write_files(tmp_path, first, second), CATALOG, SeriesMapping((), ()))
    assert [(row["value"], row["unit"]) for row in found.observations] == [
        (2.0, "万吨标准煤"),
        (1.9, "万吨标准煤"),
    ]


# ── precedence ───────────────────────────────────────────────────────────────────────────

BASE = {
    "indicator_id": "gdp",
    "region": "上海市",
    "period_kind": "year",
    "period_start": date(2020, 1, 1),
    "period_end": date(2020, 12, 31),
    "status": "reported",
    "confidence": "medium",
    "published_on": date(2021, 1, 1),
    "lower_bound": False,
    "revision": 0,
    "rounded": False,
}

WINS = [
    # why                                     the winner, though worse in all that follows
    ("a value before a bound", {}, {"lower_bound": True}),
    ("even an illustrative one", {"status": "illustrative"}, {"lower_bound": True}),
    ("published before illustrative", {"rounded": True}, {"status": "illustrative"}),
    ("a revision before what it revises", {"revision": 1, "rounded": True}, {}),
    ("unrounded before rounded", {"status": "derived"}, {"rounded": True, "status": "official"}),
    ("official before reported", {"status": "official", "confidence": "low"}, {}),
    ("reported before derived", {"confidence": "low"}, {"status": "derived"}),
    (
        "high before medium confidence",
        {"confidence": "high", "published_on": date(2020, 1, 1)},
        {},
    ),
    ("medium before low confidence", {}, {"confidence": "low"}),
    ("later before earlier", {"published_on": date(2022, 1, 1)}, {}),
    ("dated before undated", {}, {"published_on": None}),
]


@pytest.mark.parametrize(("winner", "loser"), [w[1:] for w in WINS], ids=[w[0] for w in WINS])
@pytest.mark.parametrize("winner_first", [True, False])
def test_the_preferred_vintage_follows_the_stated_precedence(winner, loser, winner_first):
    rows = [{**BASE, **winner, "origin": "winner"}, {**BASE, **loser, "origin": "loser"}]
    ranked = number_vintages(pd.DataFrame(rows if winner_first else rows[::-1]))
    assert ranked["origin"].tolist() == ["winner", "loser"]
    assert ranked["vintage"].tolist() == [1, 2]


def test_equal_figures_are_all_kept_in_the_order_of_the_files():
    rows = [{**BASE, "origin": f"file:{line}"} for line in (2, 3, 4)]
    ranked = number_vintages(pd.DataFrame(rows))
    assert ranked[["origin", "vintage"]].to_numpy().tolist() == [
        ["file:2", 1],
        ["file:3", 2],
        ["file:4", 3],
    ]


def test_periods_of_different_kinds_never_compete():
    rows = [{**BASE, "origin": kind, "period_kind": kind} for kind in ("year", "plan", "point")]
    assert number_vintages(pd.DataFrame(rows))["vintage"].tolist() == [1, 1, 1]


# Read off the source files by hand: 2002–2011 pre-revision yearbook values, 2012 and 2015
# rounded (nothing better is published), 2018–2023 as revised by the 4th economic census.
CITY_GDP = {
    2002: 5741.03,
    2003: 6694.23,
    2004: 8072.8,
    2005: 9247.66,
    2006: 10572.24,
    2007: 12494.01,
    2008: 14069.87,
    2009: 15046.45,
    2010: 17165.98,
    2011: 19195.69,
    2012: 20100.0,
    2013: 21602.12,
    2014: 23560.94,
    2015: 25300.0,
    2016: 27466.15,
    2017: 30133.86,
    2018: 36011.82,
    2019: 37987.55,
    2020: 38963.3,
    2021: 43653.17,
    2022: 44652.8,
    2023: 47218.66,
    2024: 53926.71,
    2025: 56708.71,
}


def test_the_city_gdp_series_of_2002_to_2025_is_complete_and_census_revised(published):
    assert preferred(published["observations"], "gdp", "上海市").to_dict() == CITY_GDP


def test_the_unrevised_gdp_of_2018_stays_as_a_second_vintage(published):
    table = published["observations"]
    rows = table[(table["indicator_id"] == "gdp") & (table["region"] == "上海市")]
    year = rows[(rows["year"] == 2018) & (rows["period_kind"] == "year")]
    assert year.sort_values("vintage")["value"].tolist() == [36011.82, 32679.87]


def test_the_census_break_of_2018_is_declared(published):
    breaks = published["breaks"].set_index(["indicator_id", "region", "year"])["note_zh"]
    assert "四次经济普查" in breaks["gdp", "上海市", 2018]


def test_the_release_speaks_of_nothing_later_than_its_date(published):
    table = published["observations"]
    assert published["metadata"].iloc[0]["as_of"] == date(2026, 2, 12)
    assert table["published_on"].dropna().max() == date(2026, 2, 12)
    outcomes = table[table["period_kind"] != "plan"]
    assert outcomes["period_end"].max() == date(2026, 1, 31)
