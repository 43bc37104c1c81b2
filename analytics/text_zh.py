"""Numbers, units and verdicts in Chinese, for pages and exports alike."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date

from analytics.domain import FRACTION, Fact, Operator, Reason, ReasonGiven, RowStatus

REFERENCE = "参照推算"  # the usual growth of its kind stands in for a history of its own
NATURE_ZH = {
    RowStatus.OFFICIAL: "公布",
    RowStatus.SUBMITTED: "填报",
    RowStatus.REPORTED: "转引",
    RowStatus.DERIVED: "推算",
    RowStatus.ILLUSTRATIVE: "演示",
    RowStatus.ASSUMED: "假设",
}
PLAN = "《金山区加快推进新型工业化的行动方案》（金府发〔2024〕1号，2024年6月11日）"
NATURES_ZH = (
    "数字性质：公布＝政府网站；填报＝本区导入；转引＝媒体或转载；推算＝由公布数计算；"
    "演示＝生成数据；假设＝使用者键入；预测＝模型；情景＝用户调整。"
)
CONFIDENCE_ZH = {"high": "高", "medium": "中", "low": "低"}
DEMO_MARK = "含演示数据，不作决策依据"
DASH = "—"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|<>~$:&])")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_TITLED = re.compile(r"(\w+)-(\w+)")  # part of the plan and the title within it

PERIOD_ZH = {
    "year": "年度",
    "cumulative": "累计",
    "month": "当月",
    "point": "时点",
    "span": "多年",
    "event": "单次",
    "plan": "目标",
}


def escape(text: str) -> str:
    """Return text that Markdown shows literally."""
    return _MARKDOWN.sub(r"\\\1", " ".join(str(text).splitlines()))


def number(value: float | None, decimals: int = 1, *, signed: bool = False) -> str:
    """Write a number with thousands separators, a dash where there is none.

    ``signed`` puts + before what is above zero as printed.
    """
    if value is None or not math.isfinite(value):
        return DASH
    text = f"{value:,.{decimals}f}"
    if not float(text.replace(",", "")):
        return text.lstrip("-")
    return f"+{text}" if signed and value > 0 else text.replace("-", "−")


def trimmed(value: float, decimals: int = 1) -> str:
    """Write a number without zeros after its point: 2, 0.5."""
    return number(value, decimals).removesuffix(f".{'0' * decimals}")


def day(one: date) -> str:
    """Write a day as official documents do, without padding: 2026年1月2日."""
    return f"{one.year}年{one.month}月{one.day}日"


def unit_zh(unit: str) -> str:
    """Name a unit as printed on screen."""
    return "%" if unit == FRACTION else unit


def quantity(value: float | None, unit: str, decimals: int = 1) -> str:
    """Write a value with its unit; fractions become percent.

    ``decimals`` are those of the value as stored: three decimals of a fraction
    are one decimal of percent.
    """
    if value is None or not math.isfinite(value):
        return DASH
    if unit == FRACTION:
        return percent(value, max(decimals - 2, 0))
    return f"{number(value, decimals)}{unit}"


def odds(share: float | None) -> str:
    """Write a probability as whole percent, never nought or all; a dash where there is none."""
    if share is None:
        return DASH
    if share < 0.01:
        return "＜1%"
    return "＞99%" if share > 0.99 else percent(share, 0)


def odds_said(share: float) -> str:
    """Say a probability in running text: 不到1%, 44%, 超过99%."""
    return odds(share).replace("＜", "不到").replace("＞", "超过")


def round_odds(share: float) -> str:
    """Write a probability as a round word, in tenths: more than that it does not hold."""
    tenths = round(share * 10)
    if tenths == 0:
        return "不足一成"
    return "九成以上" if tenths == 10 else f"约{'零一二三四五六七八九'[tenths]}成"


def percent(fraction: float | None, decimals: int = 1, *, signed: bool = False) -> str:
    """Write a fraction as percent, with a sign where growth is meant."""
    if fraction is None or not math.isfinite(fraction):
        return DASH
    return f"{number(fraction * 100, decimals, signed=signed)}%"


def points_between(before: float, after: float) -> int:
    """Return the difference of two shares in points, as they are printed whole."""
    return round(after * 100) - round(before * 100)


def points(fraction: float | None, decimals: int = 1) -> str:
    """Write a difference of fractions in percentage points."""
    if fraction is None or not math.isfinite(fraction):
        return DASH
    return f"{number(fraction * 100, decimals, signed=True)}个百分点"


def span(first: int, last: int) -> str:
    """Name the years from the first to the last: 2025—2027年."""
    return f"{first}—{last}年"


COUNTED_ZH = "零一两三四五六七八九"  # numbers of things, up to nine


def recent_zh(count: int) -> str:
    """Name the last few years, at most nine: 近五年."""
    return f"近{COUNTED_ZH[count]}年"


def years(values: Iterable[int]) -> str:
    """Write years with runs drawn together: 2015—2018、2025年; a dash for none."""
    runs = _runs(values)
    return f"{runs}年" if runs else DASH


def _runs(values: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for year in sorted(values):
        if runs and year == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], year]
        else:
            runs.append([year])
    return "、".join("—".join(map(str, run)) for run in runs)


def growth(fraction: float | None, decimals: int = 1) -> str:
    """Write a growth rate with arrow and sign."""
    if fraction is None or not math.isfinite(fraction):
        return DASH
    arrow = "" if round(fraction, decimals + 2) == 0 else "↑" if fraction > 0 else "↓"
    return f"{arrow}{percent(fraction, decimals, signed=True)}"


def grown(fraction: float) -> str:
    """Say a growth rate in running text: 增长6.2%, 下降1.3%."""
    return f"{'下降' if fraction < 0 else '增长'}{percent(abs(fraction))}"


def target_value(operator: Operator, value: float | None, high: float | None, unit: str) -> str:
    """Write a target as the plan states it: operator, number as printed, unit."""
    if value is None:
        return {Operator.RISE: "显著提升", Operator.FASTER: "显著快于全市"}[operator]
    printed = f"{value:g}"
    if operator is Operator.RANGE:
        return f"{printed}—{high:g}{unit}"
    prefix = {Operator.GT: "＞", Operator.GE: "≥"}.get(operator, "")
    suffix = "左右" if operator is Operator.APPROX else ""
    return f"{prefix}{printed}{unit}{suffix}"


_LIKELIHOOD = ((0.66, "很可能"), (0.33, "可能性各半"), (0.10, "不太可能"), (0.0, "极不可能"))
_NEARLY_CERTAIN = 0.90  # only what is above it; the other words begin on their number


def likelihood(probability: float) -> str:
    """Put a probability in words (>90 %, 66—90 %, 33—66 %, 10—33 %, <10 %)."""
    if probability > _NEARLY_CERTAIN:
        return "极可能"
    return next(word for floor, word in _LIKELIHOOD if probability >= floor)


def probability_zh(probability: float) -> str:
    """Say how likely, as a word and in percent."""
    return f"{likelihood(probability)}（{odds_said(probability)}）"


def source_title(title: str) -> str:
    """Write a source's title as published, and say of one without Chinese that it is English."""
    return title if _CHINESE.search(title) else f"英文资料“{title}”"


def reference(leans: bool) -> str:
    """Mark, after a comma, what rests on the usual growth of its kind."""
    return f"，{REFERENCE}" if leans else ""


REASONS_ZH = {
    Reason.NO_DATA: "无数据，不作预测",
    Reason.PAST_THE_END: "已有{last}年实绩，无需推算至{end}年",
    Reason.SHARE_OUT_OF_BOUNDS: "占比超出界限（{lower:g}至{upper:g}），请核对数据，不作预测",
    Reason.NEGATIVE_COUNT: "计数含负值，请核对数据，不作预测",
    Reason.NOT_PROJECTED: "历史不足，未作预测",
    Reason.SHORT_HISTORY: "历史过短，不给出概率",
    Reason.TOO_SHORT: "历史过短（{points}个数据点），不给出概率",
    Reason.CONSTANT: "无变化，不作区间预测",
    Reason.UNIT_JUMP: "{years}年与上一数值相差千倍以上（{values}），疑为单位错误，{because}",
    Reason.TENFOLD_INSIDE: (
        "{years}年约为前后年份的十倍或十分之一（{values}），疑为错位录入，{because}"
    ),
    Reason.TENFOLD_AT_END: (
        "{years}年约为上一数值的十倍或十分之一（{values}），疑为错位录入，{because}"
    ),
    Reason.LEVEL_BREAK: "{years}年水平突变（{values}），疑为口径调整，{because}",
    Reason.ZERO: "{years}年为零而其余年份均为正，疑为缺数，{because}",
    Reason.GROWTH_IN_LEVEL: "{years}年远小于前后年份（{values}），疑为误填增长率，{because}",
    Reason.PERCENT_FOR_FRACTION: "{years}年大于1（{values}），疑为误填百分数，{because}",
    Reason.UNTIL_CHECKED: "核实前不给出概率",
    Reason.LEFT_OUT: "按缺数处理，区间相应放宽",
    Reason.WIDENS: "区间相应放宽，请核对前后口径",
    Reason.REFERENCE: (
        "参照推算：仅有{points}个数据点，增长主要取自同类公开序列（{pool}）的常见水平"
    ),
    Reason.ONE_STOCK: "只有一年存量，看不出逐年增量，改按水平值推算",
    Reason.MONTHS_FALL: "{year}年累计数逐月回落，疑为口径调整或录入错误",
    Reason.GAPS_BRIDGED: "{years}年缺数，按直线内插推算趋势，区间已相应放宽",
    Reason.RECENT_GAP: "近年缺{years}年的数，只用{since}年起逐年相连的数推算",
    Reason.LONG_HORIZON: "推算{years_ahead}年，超出检验过的{measured}年，越远越须谨慎",
    Reason.TOO_LARGE_TO_COUNT: "数值过大，不像计数，改按水平值推算",
    Reason.STOCK_FELL: "存量曾经下降，不宜按只增不减的计数处理，改按水平值推算",
    Reason.NEAR_ITS_BOUNDS: "含贴近上下限的占比，按距界限{edge:.1%}处理后取logit",
    Reason.HAS_NEGATIVES: "历史含负值，不能取对数，改用加法尺度",
    Reason.HAS_ZEROS: "历史含零值，不能取对数，改用加法尺度",
    Reason.NOT_CONVERGED: "{method}未收敛或结果非有限数，改用{instead}",
    Reason.NOT_FINITE: "{method}的结果非有限数，已剔除",
    Reason.LAST_VALUE_KEPT: "改用末值外推",
    Reason.MONTHS_DISAGREE: "{year}年1—{month}月累计与各月相加不符，以累计数为准",
    Reason.MONTHS_AGAINST_YEAR: "{year}年各月合计与年度公布数不符，以年度数为准",
    Reason.MONTHS_AFTER_A_GAP: "缺少{missing}年全年数，{year}年的月度数据未采用",
    Reason.MONTHS_PAST_THE_END: "截止年份早于{year}年，月度数据未采用",
    Reason.MONTHS_TOO_FEW_YEARS: "仅有{points}个年度数据点，月度数据未采用",
    Reason.MONTHS_NOT_POSITIVE: "含零或负值，月度数据未采用",
    Reason.MONTHS_WITHOUT_PAST: (
        "往年没有1—{month}月的数据，无法推算{year}年余下月份，月度数据未采用"
    ),
    Reason.ADDITIONS_MISSING: "缺少{years}年的当年新增数，无法累计",
    Reason.ADDITIONS_NOT_BEGUN: "缺少{first}年起的当年新增数，无法累计",
    Reason.BASE_MISSING: "缺少基期（{base}年）的数值，无法计算年均增长率",
    Reason.DISTRICT_EMPTY: "本区无数据",
    Reason.BASE_MOVED: "{base}年缺少本区与全市的共同数值，改以{used}年为共同基期，不作内插",
    Reason.CITY_UNPUBLISHED: "无对标：全市无公布的年度数值",
    Reason.CITY_EMPTY: "无对标：全市无公布数据",
    Reason.CITY_UNMEASURED: "无对标：全市{because}",
    Reason.CITY_STALE: "无对标：全市该指标最近公布值为{last}年，不作外推比较",
    Reason.CITY_TOO_SHORT: "无对标：全市序列不足以推算到同一年份",
    Reason.NO_COMMON_YEAR: "无对标：全市与本区没有共同年份的数值",
    Reason.HELD_NOTHING: "本区没有年度数值",
    Reason.HELD_MONTHS: "本区没有年度数值，只有{months}条月度或累计记录",
    Reason.HELD_YEARS: "现有{years}年数值",
    Reason.HELD_YEARS_AND_MONTHS: "现有{years}年数值，只有{months}条月度或累计记录",
    Reason.NEEDS_ADDITIONS: "需要{first}年起逐年新增数，推算概率另需此前至少{fewest}年",
    Reason.NEEDS_A_TREND: "需要逐年数值（至少{fewest}年）以检验趋势",
    Reason.NEEDS_YEARS: "需要逐年数值（至少{fewest}年，含基期{base}年）",
    Reason.NEEDS_YEARS_OF_BOTH: (
        "需要逐年数值（至少{fewest}年，含基期{base}年），以及全市同口径数值"
    ),
    Reason.NOTHING_SINCE_BASE: "{base}年以来尚无实际值，序时进度无法判定",
    Reason.NO_COMMON_YEAR_SINCE_BASE: (
        "{base}年以来尚无本区与全市共同年份的实际值，序时进度无法判定"
    ),
    Reason.NOTHING_OBSERVED: "尚无实际值，序时进度无法判定",
    Reason.NO_COMMON_YEAR_OBSERVED: "尚无本区与全市共同年份的实际值，序时进度无法判定",
    Reason.PACE_WITHOUT_BASE: "缺少基期（{base}年）数值，无法计算序时进度",
    Reason.DUE_YEAR_MISSING: "缺少到期年份（{due}年）的数值",
    Reason.TREND_TOO_SHORT: "仅有{points}个年度数值，不足以检验趋势（至少{fewest}个）",
    Reason.TREND_UNCLEAR: (
        "方案未给数值，按{first}—{last}年趋势判断"
        "（Kendall τ={tau:.2f}，计入自相关p={p_value:.3f}），趋势不显著"
    ),
    Reason.TREND_TURNED: (
        "方案未给数值，{first}—{last}年趋势（Kendall τ={tau:.2f}，计入自相关p={p_value:.3f}）"
        "与{base}年以来的变化方向相反，不作判定"
    ),
    Reason.DUE_YEAR_OBSERVED: "到期年份已有实际值",
    Reason.MISSED: "到期未达到",
    Reason.NO_NUMBER: "方案未给数值",
    Reason.ONLY_A_TREND: "方案未给数值，只检验趋势",
    Reason.TREND: (
        "方案未给数值，按{first}—{last}年趋势判断（Kendall τ={tau:.2f}，计入自相关p={p_value:.3f}）"
    ),
    Reason.JUDGED_BY_MEMBER: (
        "进度看第{place}个成员{member}：{year}年{value:,.0f}{unit}，应达{expected:,.0f}{unit}"
    ),
    Reason.NO_NUMBER_TO_SOLVE: "方案未给数值，不能按数值求解",
    Reason.OUTCOME_SETTLED: "{due}年已有实际值，结果已定",
    Reason.LEVER_TOO_LATE: "本项自{first}年起作用，目标{due}年到期，调整无效",
    Reason.LEVER_ELSEWHERE: "本项不影响这一目标",
    Reason.LEVER_WITHOUT_EFFECT: "本项在取值范围内不改变这一目标",
    Reason.LEVER_ASSUMED: "假设项不由本区决定，不按目标求解",
    Reason.NO_TARGET_IN_PERIOD: "没有到期年份在本项作用期内的数值目标",
    Reason.BOUND_MEETS: "在{bound}处仍达到目标，范围内均可",
    Reason.BOUND_BINDS: "达不到目标：受限于{bound}",
    Reason.LINKED: "由其他指标推算，换方法和时段时各构成指标一并重算",
    Reason.YEARLY_ONLY: "换方法和时段时只用年度数据，不用当年月度数据",
    Reason.VARIANT_WITHOUT_PROBABILITY: "{variant}：{because}",
}


IN_DOCUMENTS_ZH = REASONS_ZH | {  # without the statistics that a page shows
    Reason.TREND_UNCLEAR: "方案未给数值，{first}—{last}年趋势不明显",
    Reason.TREND_TURNED: "方案未给数值，{first}—{last}年趋势与{base}年以来的变化方向相反",
    Reason.TREND: "方案未给数值，按{first}—{last}年趋势判断",
}


def reason_zh(reason: ReasonGiven, words: Mapping[Reason, str] = REASONS_ZH) -> str:
    """Say one reason with its facts."""
    facts = {name: _fact_zh(fact) for name, fact in reason.facts}
    at = dict(reason.facts).get("years")
    if isinstance(at, tuple) and "values" not in facts:  # values are listed year by year
        facts["years"] = _runs(map(int, at))
    if reason.because is not None:
        facts["because"] = reason_zh(reason.because, words)
    return ("全市：" if reason.of_city else "") + words[reason.code].format(**facts)


def _fact_zh(fact: Fact) -> int | float | str:
    """Write years or values as a list; single numbers are formatted by the sentence."""
    if not isinstance(fact, tuple):
        return fact
    return "、".join(str(one) if isinstance(one, int) else f"{one:g}" for one in fact)


def reasons_zh(reasons: Iterable[ReasonGiven], words: Mapping[Reason, str] = REASONS_ZH) -> str:
    """Say several reasons in one sentence."""
    return "；".join(reason_zh(reason, words) for reason in reasons)


def section_zh(section: str) -> str:
    """Write a place in the plan: ``三-效益;四(二)1`` as 三（效益）；四（二）1."""
    written = _TITLED.sub(r"\1(\2)", section)
    return written.replace(";", "；").replace("(", "（").replace(")", "）")
