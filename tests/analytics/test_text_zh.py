"""Numbers, units and verdicts as they are read on screen and in exports."""

import ast
import math
import re
from datetime import date
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import text_zh
from analytics.domain import Confidence, Operator, Reason, ReasonGiven, RowStatus
from tests.support.paths import ROOT

NOTHING = [None, math.nan, math.inf, -math.inf]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 1, "0.0"),
        (1234.5, 1, "1,234.5"),
        (1234567.891, 2, "1,234,567.89"),
        (-1234.56, 1, "−1,234.6"),  # a minus sign, not a hyphen
        (56708.71, 0, "56,709"),
        (0.04, 1, "0.0"),
        (-0.04, 1, "0.0"),  # never minus nothing
        (-0.06, 1, "−0.1"),
        (999.96, 1, "1,000.0"),
    ],
)
def test_a_number_is_written_with_thousands_and_a_minus_sign(value, decimals, text):
    assert text_zh.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (3000, "亿元", 1, "3,000.0亿元"),
        (1600, "家", 0, "1,600家"),
        (-12.34, "亩", 1, "−12.3亩"),
        # Decimals are those of the stored fraction: 0.285 has three, 28.5 % has one.
        (0.285, "1", 3, "28.5%"),
        (0.0143, "1", 4, "1.43%"),
        (0.30, "1", 2, "30%"),
        (0.304, "1", 1, "30%"),
        (0.304, "1", 0, "30%"),
        (-0.0061, "1", 3, "−0.6%"),
        (1.0, "比值", 2, "1.00比值"),
    ],
)
def test_a_quantity_carries_its_unit_and_a_fraction_is_percent(value, unit, decimals, text):
    assert text_zh.quantity(value, unit, decimals) == text


@pytest.mark.parametrize(
    ("fraction", "signed", "text"),
    [
        (0.07, False, "7.0%"),
        (0.07, True, "+7.0%"),
        (-0.615, True, "−61.5%"),
        (0.0, True, "0.0%"),
        (0.0004, True, "0.0%"),  # no sign where nothing is left to be signed
        (-0.0004, True, "0.0%"),
        (0.0006, True, "+0.1%"),
        (1.5, False, "150.0%"),
    ],
)
def test_a_fraction_is_written_as_percent(fraction, signed, text):
    assert text_zh.percent(fraction, signed=signed) == text


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (0.015, "+1.5个百分点"),
        (-0.02, "−2.0个百分点"),
        (0.0, "0.0个百分点"),
        (0.0004, "0.0个百分点"),
    ],
)
def test_a_difference_of_fractions_is_written_in_points(fraction, text):
    assert text_zh.points(fraction) == text


@pytest.mark.parametrize("value", NOTHING)
def test_what_is_no_number_is_a_dash_everywhere(value):
    assert text_zh.number(value) == "—"
    assert text_zh.quantity(value, "亿元") == "—"
    assert text_zh.quantity(value, "1") == "—"
    assert text_zh.percent(value) == "—"
    assert text_zh.points(value) == "—"


@given(st.floats(), st.integers(0, 4))
def test_no_number_is_ever_printed_as_nan_or_as_minus_nothing(value, decimals):
    for text in (text_zh.number(value, decimals), text_zh.percent(value, decimals, signed=True)):
        assert "nan" not in text
        assert "inf" not in text
        assert "-" not in text
        assert text[0] not in "−+" or text.strip("−+0.,%")


@pytest.mark.parametrize(("unit", "text"), [("1", "%"), ("亿元", "亿元"), ("", "")])
def test_the_unit_of_a_fraction_is_shown_as_percent(unit, text):
    assert text_zh.unit_zh(unit) == text


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1.0, "极可能"),
        (0.9001, "极可能"),
        (0.90, "很可能"),  # 极可能 is more than 90 %
        (0.66, "很可能"),
        (0.6599, "可能性各半"),
        (0.33, "可能性各半"),
        (0.3299, "不太可能"),
        (0.10, "不太可能"),
        (0.0999, "极不可能"),  # less than 10 %
        (0.0, "极不可能"),
    ],
)
def test_every_probability_has_one_word(probability, word):
    assert text_zh.likelihood(probability) == word


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "不到1%"),
        (0.0099, "不到1%"),
        (0.01, "1%"),
        (0.438, "44%"),
        (0.99, "99%"),
        (0.9901, "超过99%"),
        (1.0, "超过99%"),
    ],
)
def test_a_sample_never_promises_all_or_nothing(probability, words):
    assert text_zh.odds_said(probability) == words


def test_word_and_share_stand_together():
    assert text_zh.probability_zh(0.438) == "可能性各半（44%）"


@pytest.mark.parametrize(
    ("value", "text"), [(2.0, "2"), (0.5, "0.5"), (58.0, "58"), (1000.0, "1,000"), (10.04, "10")]
)
def test_no_zero_is_written_after_a_point(value, text):
    assert text_zh.trimmed(value) == text


def test_a_day_is_written_without_padding():
    assert text_zh.day(date(2026, 1, 2)) == "2026年1月2日"


@pytest.mark.parametrize(
    ("fraction", "text"), [(0.062, "增长6.2%"), (-0.013, "下降1.3%"), (0.0, "增长0.0%")]
)
def test_growth_is_said_without_arrows_and_signs(fraction, text):
    assert text_zh.grown(fraction) == text


def test_documents_leave_the_statistics_of_a_trend_out():
    facts = {"first": 2019, "last": 2025, "tau": 0.02, "p_value": 1.0}
    reason = ReasonGiven(code=Reason.TREND_UNCLEAR, facts=tuple(facts.items()))
    assert text_zh.reason_zh(reason, text_zh.IN_DOCUMENTS_ZH) == (
        "方案未给数值，2019—2025年趋势不明显"
    )


@pytest.mark.parametrize(
    ("operator", "value", "high", "unit", "text"),
    [
        (Operator.GT, 3000, None, "亿元", "＞3000亿元"),
        (Operator.GE, 30, None, "%", "≥30%"),
        (Operator.GE, 7.5, None, "%", "≥7.5%"),
        (Operator.APPROX, 7, None, "%", "7%左右"),
        (Operator.RANGE, 1, 2, "个", "1—2个"),
        (Operator.RISE, None, None, "%", "显著提升"),
        (Operator.FASTER, None, None, "%", "显著快于全市"),
    ],
)
def test_a_target_is_written_as_the_plan_prints_it(operator, value, high, unit, text):
    assert text_zh.target_value(operator, value, high, unit) == text


def test_every_target_of_the_plan_can_be_written(catalog):
    for target in catalog.targets.values():
        text = text_zh.target_value(
            target.operator, target.stated_value, target.stated_high, target.stated_unit
        )
        assert text.strip("＞≥")
        assert "None" not in text
        assert "e+" not in text


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("年均增长5~8%，占比3~4%", r"年均增长5\~8%，占比3\~4%"),  # would be struck out
        ("成本$3，收入$5", r"成本\$3，收入\$5"),  # would be a formula
        (":red[假]", r"\:red\[假\]"),
        (":material/home:", r"\:material/home\:"),
        ("<img src=x onerror=alert(1)>", r"\<img src=x onerror=alert\(1\)\>"),
        ("&lt;img&gt;", r"\&lt;img\&gt;"),
        ("[点我](https://example.org)", r"\[点我\]\(https\://example.org\)"),
        ("![图](x.png)", r"\!\[图\]\(x.png\)"),
        ("**粗** _斜_ `码`", r"\*\*粗\*\* \_斜\_ \`码\`"),
        ("# 标题", r"\# 标题"),
        ("a|b", r"a\|b"),
        (r"\*", r"\\\*"),
        ("两行\n> 引用\r# 标题", r"两行 \> 引用 \# 标题"),
        ("规模以上工业产值（在地）", "规模以上工业产值（在地）"),
    ],
)
def test_markdown_in_a_label_is_shown_and_not_obeyed(text, literal):
    assert text_zh.escape(text) == literal


@given(st.text())
def test_escaping_adds_backslashes_and_takes_nothing_but_line_breaks(text):
    as_shown = re.sub(r"\\(.)", r"\1", text_zh.escape(text))
    assert as_shown == " ".join(text.splitlines())


def test_every_nature_and_confidence_of_a_row_has_a_name():
    assert set(text_zh.NATURE_ZH) == set(RowStatus)
    assert set(text_zh.CONFIDENCE_ZH) == set(Confidence)


@pytest.mark.parametrize(
    ("years", "text"),
    [
        ([], "—"),
        ([2025], "2025年"),
        ([2015, 2016, 2017, 2018, 2025], "2015—2018、2025年"),
        ([2025, 2006, 2015], "2006、2015、2025年"),
    ],
)
def test_runs_of_years_are_drawn_together(years, text):
    assert text_zh.years(years) == text


# ── reasons ──────────────────────────────────────────────────────────────────────────────


def stated(template: str) -> set[str]:
    """Return the names of the facts that a sentence states."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_reason_has_one_sentence_and_no_two_have_the_same():
    assert set(text_zh.REASONS_ZH) == set(Reason)
    assert len(set(text_zh.REASONS_ZH.values())) == len(Reason)


def given_in_code() -> list[tuple[str, Reason, set[str]]]:
    """Return every reason that the analysis gives, with its place and the facts handed over."""
    files = sorted((ROOT / "analytics").rglob("*.py"))
    sources = {file: file.read_text(encoding="utf-8") for file in files}
    return [
        (f"{file.name}:{call.lineno}", Reason[name], {x.arg for x in call.keywords})
        for file, source in sources.items()
        if "Reason" in source and ".given(" in source
        for call in ast.walk(ast.parse(source))
        if (name := _reason_given(call))
    ]


def _reason_given(node: ast.AST) -> str | None:
    """Return the name of the reason in ``Reason.NAME.given(…)``, None for all else."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Attribute(ast.Name("Reason"), name), attr="given")
        ):
            return name
    return None


@pytest.mark.parametrize(("place", "reason", "facts"), given_in_code())
def test_a_reason_is_given_with_exactly_the_facts_its_sentence_states(place, reason, facts):
    assert facts == stated(text_zh.REASONS_ZH[reason]), place


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (Reason.TOO_SHORT.given(points=4), "历史过短（4个数据点），不给出概率"),
        (
            Reason.UNIT_JUMP.given(
                years=(2020, 2022), values=(9.5, 9500.0), because=Reason.UNTIL_CHECKED.given()
            ),
            "2020、2022年与上一数值相差千倍以上（9.5、9500），疑为单位错误，核实前不给出概率",
        ),
        (Reason.NEAR_ITS_BOUNDS.given(edge=0.001), "含贴近上下限的占比，按距界限0.1%处理后取logit"),
        (Reason.CONSTANT.given().said_of_city(), "全市：无变化，不作区间预测"),
        (
            Reason.CITY_UNMEASURED.given(because=Reason.BASE_MISSING.given(base=2023)),
            "无对标：全市缺少基期（2023年）的数值，无法计算年均增长率",
        ),
        (
            Reason.TREND.given(first=2015, last=2025, tau=0.73333, p_value=0.0556),
            "方案未给数值，按2015—2025年趋势判断（Kendall τ=0.73，计入自相关p=0.056）",
        ),
    ],
)
def test_a_reason_is_said_with_its_facts(reason, text):
    assert text_zh.reason_zh(reason) == text


def test_several_reasons_make_one_sentence_and_none_makes_nothing():
    held, needed = Reason.HELD_NOTHING.given(), Reason.NEEDS_A_TREND.given(fewest=5)
    assert text_zh.reasons_zh((held, needed)) == (
        "本区没有年度数值；需要逐年数值（至少5年）以检验趋势"
    )
    assert text_zh.reasons_zh(()) == ""


@pytest.mark.parametrize(
    ("section", "written"),
    [
        ("三", "三"),
        ("三-规模", "三（规模）"),
        ("四(五)1", "四（五）1"),
        ("三-效益;四(二)1", "三（效益）；四（二）1"),
    ],
)
def test_a_place_in_the_plan_is_written_as_in_official_papers(section, written):
    assert text_zh.section_zh(section) == written


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("2024年金山区国民经济和社会发展统计公报", "2024年金山区国民经济和社会发展统计公报"),
        ("SHINE：金山", "SHINE：金山"),
        ("Jinshan GDP jumps 6.7% on year", "英文资料“Jinshan GDP jumps 6.7% on year”"),
    ],
)
def test_a_source_keeps_its_title_and_an_english_one_is_said_to_be_so(title, written):
    assert text_zh.source_title(title) == written
