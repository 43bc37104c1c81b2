"""The 方案自洽性 page: every finding listed, none resolved silently."""

import pytest

from tests.support.pages import DEMO_WORDS, open_page, texts

PAGE = "pages/reference/consistency.py"
TITLES = (
    "500亿级产业集群数",
    "工业园区单位土地税收",
    "工业园区单位土地产值",
    "用地面积零增长",
    "其余产业须增长更快",
    "600亿元（属地）或≥900亿元（在地）",
    "属地产值目标的60%、在地产值目标的40%",
    "14项累计新增类目标未载明",
)
SWITCHED = {"base": "2021", "tolerance": "10", "total": "territorial"}


def plain(app) -> str:
    """All text of the page as a reader sees it."""
    return texts(app).replace("\\", "")


@pytest.mark.parametrize("query", [{}, SWITCHED], ids=["usual", "switched"])
@pytest.mark.parametrize("release", ["demo", "published"])
def test_all_eight_findings_are_listed_on_either_release_whatever_the_switches(release, query):
    app = open_page(PAGE, release=release, **query)
    assert not app.error
    assert not app.warning
    text = plain(app)
    assert "方案文本有2处矛盾、1处措辞不一、4处隐含值、1处未载明" in text
    for number, title in enumerate(TITLES, start=1):
        heading = next(line for line in text.splitlines() if f"**{number}. " in line)
        assert title in heading


def test_the_switches_start_from_the_usual_reading_and_follow_the_address():
    app = open_page(PAGE)
    keys = ("option_base", "option_tolerance", "option_total")
    assert [app.selectbox(key=key).value for key in keys] == ["2023", "5", "registered"]
    app = open_page(PAGE, **SWITCHED)
    assert [app.selectbox(key=key).value for key in keys] == ["2021", "10", "territorial"]


def test_changing_the_base_year_changes_the_arithmetic_and_the_stated_assumption():
    app = open_page(PAGE)
    assert "2024—2027年（4年）：(1＋10%)⁴＝1.464" in plain(app)
    app.selectbox(key="option_base").set_value("2024").run()
    assert "2025—2027年（3年）：(1＋10%)³＝1.331" in plain(app)
    assert "所用假定：基期2024年" in plain(app)


def test_changing_the_total_changes_what_the_share_asks_for():
    app = open_page(PAGE)
    assert "现按属地产值，须不低于600亿元" in plain(app)
    app.selectbox(key="option_total").set_value("territorial").run()
    assert "现按在地产值，须不低于900亿元" in plain(app)


def test_the_conflicting_clauses_are_quoted_and_each_is_judged():
    text = plain(open_page(PAGE))
    assert "“工业园区单位土地税收年均增长率…10%左右”" in text
    assert "工业园区单位土地税收年均增长率达到8%”" in text
    line = next(one for one in text.splitlines() if "各处分别判断" in one and "10%左右" in one)
    assert line.count("-badge[") >= 2


def test_the_verdicts_a_base_year_turns_are_shown_on_every_base_year():
    rows = open_page(PAGE, base="2022").table[0].value
    assert list(rows) == ["指标", "2020年", "2021年", "2022年（所选）", "2023年", "2024年"]
    supply = rows[rows["指标"] == "新增工业用地供应"].iloc[0]
    assert supply["2022年（所选）"] != supply["2023年"]


def test_the_demo_release_lists_low_targets_and_says_that_none_exclude_each_other():
    app = open_page(PAGE)
    rows = app.table[1].value
    (firms,) = [row for _, row in rows.iterrows() if "高新技术企业总数" in row["方案原文"]]
    assert "1,515家" in firms["最新"]
    assert firms["今后只需年均"] == r"\+2.8%"
    assert firms["近年实际年均"].startswith(r"\+6.9%")
    assert firms["达成概率"] == "＞99%"
    assert "未发现难以并立的目标" in plain(app)
    assert DEMO_WORDS in texts(app)


def test_the_published_release_says_why_there_is_nothing_to_try():
    app = open_page(PAGE, release="published")
    said = " ".join(info.value for info in app.info)
    assert "没有可判为偏低的目标" in said
    assert "无从检验" in said
    assert "没有哪项判断随基期改变" in plain(app)
    assert "演示" not in plain(app).replace("演示＝生成数据", "")


def test_a_scenario_is_named_and_moves_what_the_data_say():
    lever = "gross_output_registered.g2027"
    before, after = open_page(PAGE), open_page(PAGE, **{lever: "5"})
    assert "情景：已调整1项" in plain(after)
    assert plain(before) != plain(after).replace("情景：已调整1项", "")


def test_an_unknown_assumption_in_the_address_is_named():
    app = open_page(PAGE, base="1999")
    assert "1999" in app.warning[0].value
