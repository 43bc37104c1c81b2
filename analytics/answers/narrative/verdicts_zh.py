"""Sentences in Chinese about verdicts, for pages and exports alike."""

from collections.abc import Iterable, Mapping

from analytics import text_zh
from analytics.domain import (
    Confidence,
    Indicator,
    Kind,
    LeadTarget,
    Measure,
    NumberedTarget,
    Operator,
    Prospect,
    Target,
    TrendTarget,
)
from analytics.model.judgement.assessment import THRESHOLDS, Assessment
from analytics.model.judgement.joint import Outlook
from analytics.model.judgement.ordering import counts, most_urgent
from analytics.model.judgement.progress import Progress, ProgressStatus
from analytics.model.judgement.robustness import Robustness
from analytics.workbench import View


def measured(assessment: Assessment, value: float | None, indicator: Indicator) -> str:
    """Write a value in the target's measure: a growth rate, a ratio or a quantity."""
    measure = assessment.target.measure
    if measure in (Measure.CAGR, Measure.RELATIVE_GROWTH):
        return text_zh.percent(value, signed=measure is Measure.RELATIVE_GROWTH)
    if measure is Measure.RELATIVE_TO_CITY:
        return text_zh.number(value, 2)
    return text_zh.quantity(value, indicator.unit, indicator.decimals)


def target_zh(assessment: Assessment) -> str:
    """Write the target as the plan prints it."""
    target = assessment.target
    if target.measure is Measure.RELATIVE_TO_CITY:
        return "达到全市平均"
    return text_zh.target_value(
        target.operator, target.stated_value, target.stated_high, target.stated_unit
    )


def subject_zh(target: Target) -> str:
    """Name what a target is about; a growth target by its rate, not by the level."""
    if target.full_name_zh:
        return target.full_name_zh
    return f"{target.name_zh}年均增长率" if target.measure is Measure.CAGR else target.name_zh


def when_zh(target: Target) -> str:
    """Name the due year; of a growth target the years that it is counted over."""
    if target.measure is Measure.CAGR:
        return text_zh.span(target.counted_from + 1, target.due_year)
    return f"{target.due_year}年"


def goal_zh(target: Target) -> str:
    """Say the target's number in the plan's words: 突破3000亿元, 达到7%左右, 不少于150家."""
    if target.goal_zh:
        return target.goal_zh
    value = text_zh.target_value(
        target.operator, target.stated_value, target.stated_high, target.stated_unit
    ).lstrip("＞≥")
    match target.operator:
        case Operator.GT:
            return f"突破{value}"
        case Operator.RISE | Operator.FASTER:
            return value
    return f"达到{value}"


def aim_zh(target: Target) -> str:
    """Say what is to be reached and when: 2027年无人机产值达到百亿级规模."""
    return f"{when_zh(target)}{subject_zh(target)}{goal_zh(target)}"


def latest_parts(assessment: Assessment, indicator: Indicator) -> tuple[str, str]:
    """Write the newest figure, and its year and nature; a bound is shown as a bound."""
    bound = assessment.bound
    if bound is not None:
        value = text_zh.quantity(bound.value, indicator.unit, indicator.decimals)
        low = "，低可信度" if bound.confidence == Confidence.LOW else ""
        return f"＞{value}", f"{bound.year}年，{text_zh.NATURE_ZH[bound.status]}下限{low}"
    observed = assessment.observed
    if observed is None:
        return text_zh.DASH, ""
    nature = f"，{text_zh.NATURE_ZH[observed.status]}" if observed.status else ""
    value = measured(assessment, observed.value, indicator)
    return value, f"{_observed_zh(assessment.target, observed.year)}{nature}"


def _observed_zh(target: Target, year: int) -> str:
    """Name the year of a figure; an average growth belongs to all years since its base."""
    first = target.counted_from + 1
    if target.measure is Measure.CAGR and first < year:
        return f"{text_zh.span(first, year)}年均"
    return f"{year}年"


def outlook_parts(assessment: Assessment, indicator: Indicator) -> tuple[str, str]:
    """Write the projected median at the due year, and its 80 % interval."""
    if assessment.median is None:
        return text_zh.DASH, ""
    median = measured(assessment, assessment.median, indicator)
    if assessment.interval_80 is None:
        return median, "无区间"
    low, high = (measured(assessment, x, indicator) for x in assessment.interval_80)
    return median, f"{_interval(low, high)}{text_zh.reference(assessment.is_reference)}"


def _interval(low: str, high: str) -> str:
    """Write an interval with its unit once; a percent sign stands at both ends."""
    unit = high.lstrip("+−0123456789,.")
    shared = unit and unit != "%" and low.endswith(unit)
    return f"{low.removesuffix(unit) if shared else low}—{high}"


def joined(parts: tuple[str, str]) -> str:
    """Write a figure with its note in brackets."""
    value, note = parts
    return f"{value}（{note}）" if note else value


def pace_zh(assessment: Assessment, indicator: Indicator) -> str:
    """Write what was due by now, the yardstick of 序时进度."""
    if assessment.expected_now is None:
        return text_zh.DASH
    due = f"应达{measured(assessment, assessment.expected_now, indicator)}"
    now = assessment.nowcast
    if now is None:
        return due
    return f"{now.year}年{due}，预计{measured(assessment, now.value, indicator)}"


def pace_note_zh() -> str:
    """Explain where the words of 序时进度 change and what the marks mean."""
    low, high = (text_zh.percent(x, 0) for x in (THRESHOLDS.on_track, THRESHOLDS.ahead))
    return (
        f"序时进度：实际进展占应有进展的{high}及以上为快于预期，{low}—{high}为基本符合预期，"
        f"不足{low}为滞后（本项目的划线，国家无统一标准）。"
        "判断合进度与前景为一语：达成概率66%及以上为前景好，33%以下为前景弱。"
        "累计目标按往年同样长时段的中位进程衡量，不足三段的按时间均摊；"
        "够格个数看差一个就达标的那个成员。"
        "★为“力争、争取”类目标。"
    )


def probability_zh(assessment: Assessment) -> str:
    """Write the probability, or a dash; sampling error is below the rounding."""
    odds = text_zh.odds(assessment.probability)
    marked = assessment.is_reference and assessment.probability is not None
    return f"{odds}（{text_zh.REFERENCE}）" if marked else odds


def method_range_zh(assessment: Assessment, *, moved: bool = False) -> str:
    """Say how far the odds go over methods and windows; that is the baseline's where moved."""
    if assessment.probability is None or assessment.method_range is None:
        return ""
    whose = "基准" if moved else ""
    return f"{whose}{_over_methods(assessment.method_range)}"


def method_range_in(view: View, assessment: Assessment) -> str:
    """Say it of a judgement in a view, where what the target rests on may be moved."""
    return method_range_zh(assessment, moved=view.touches(assessment.target))


def _over_methods(spread: tuple[float, float]) -> str:
    low, high = (text_zh.odds(x) for x in spread)
    return f"换方法{low}—{high}" if low != high else "换方法不变"


def coverage_zh(assessment: Assessment) -> str:
    """Say how often intervals like this one held when they were tested."""
    coverage = assessment.due.coverage
    if assessment.probability is None:
        return ""
    if coverage is None:
        return "此类区间未经公开序列检验"
    return (
        f"同样长度的历史、同样远近，80%区间实测覆盖{text_zh.percent(coverage.coverage_80, 0)}"
        f"（{coverage.n_series}条公开序列）"
    )


def outlook_zh(outlook: Outlook) -> str:
    """Say how likely a group of open targets is met together; nothing of a single one."""
    if outlook.joint is None:
        return "未到期目标均无概率，不作联合判断"
    joint, n = outlook.joint, outlook.joint.n_targets
    if n == 1:
        return ""
    text = f"有概率的{n}项未到期目标：预计达成{text_zh.number(outlook.expected)}项"
    text += f"，全部达成{text_zh.probability_zh(joint.probability)}"
    if n > 2:
        half = (n + 1) // 2
        share = text_zh.percent(outlook.at_least[half - 1], 0)
        text += f"；至少{half}项达成的概率{share}"
    if outlook.n_references:
        text += f"；其中{outlook.n_references}项为{text_zh.REFERENCE}"
    left = len(outlook.left_out)
    return text + (f"（另{left}项无概率，未计入）" if left else "")


def together_zh(outlook: Outlook) -> str:
    """Say in one sentence how many open targets are expected to be met; nothing if unknown."""
    if outlook.joint is None:
        return ""
    half = (outlook.joint.n_targets + 1) // 2
    share = text_zh.odds_said(outlook.at_least[half - 1])
    expected = text_zh.number(outlook.expected, 0)
    return (
        f"有概率的{outlook.joint.n_targets}项未到期目标预计可达成约{expected}项，"
        f"至少{half}项达成的可能性为{share}。"
    )


PROGRESS_ZH = {
    ProgressStatus.TARGET_ACHIEVED: "已达目标",
    ProgressStatus.SUBSTANTIAL: "显著进展",
    ProgressStatus.MODERATE: "中等进展",
    ProgressStatus.LIMITED: "有限进展",
    ProgressStatus.DETERIORATION: "退步",
}


def progress_zh(progress: Progress | None) -> str:
    """Write the progress ratio with its word and score, nothing where there is none."""
    if progress is None or progress.value is None:
        return ""
    ratio, score = text_zh.number(progress.value, 2), text_zh.number(progress.score, 1)
    word = PROGRESS_ZH[progress.status]
    return f"{word}：实际年均增速÷所需年均增速＝{ratio}，得分{score}（−5至5）"


def odds_zh(found: Robustness) -> str:
    """Say the odds as a round word, with their range over methods and windows."""
    if found.probability is None:
        return ""
    word = text_zh.round_odds(found.probability)
    if found.spread is None:
        return word
    return f"{word}（{_over_methods(found.spread)}）"


def base_zh(found: Robustness) -> str:
    """Say what another base year does to the verdict; one that turns it comes first."""
    ordered = sorted(found.bases, key=lambda one: one.holds)
    return "；".join(
        f"{one.name_zh}，{'结论不变' if one.holds else '结论翻转'}"
        f"（达成概率{text_zh.odds(found.probability)}→{text_zh.odds(one.probability)}）"
        for one in ordered
    )


def robustness_zh(found: Robustness) -> str:
    """Say how many other methods and windows agree, and which do not."""
    if found.probability is None or not found.methods:
        return text_zh.reasons_zh(found.notes)
    agree = sum(one.holds for one in found.methods)
    turned = "、".join(
        f"{one.name_zh}（{text_zh.odds(one.probability)}）"
        for one in found.methods
        if not one.holds
    )
    parts = [
        f"换方法和时段{len(found.methods)}种，{agree}种结论不变",
        f"改变结论的：{turned}" if turned else "",
        text_zh.reasons_zh(found.notes),
    ]
    return "；".join(part for part in parts if part)


GROUPS_ZH = {
    Prospect.DONE: "已完成",
    Prospect.GOOD: "前景好",
    Prospect.EVEN: "把握不大",
    Prospect.WEAK: "前景弱",
    Prospect.MISSED: "到期未达到",
    Prospect.OPEN: "数据不足或前景不明",
}


def conclusion(
    assessments: Iterable[Assessment], indicators: Mapping[str, Indicator], *, worst: bool = True
) -> str:
    """Sum up a group of targets in one or two sentences, naming the worst unless told not to."""
    items = list(assessments)
    if not items:
        return "没有目标。"
    parts = [f"{number}项{GROUPS_ZH[one]}" for one, number in counts(items).items() if number]
    leaning = sum(item.is_reference and item.probability is not None for item in items)
    marked = f"（{leaning}项为{text_zh.REFERENCE}）" if leaning else ""
    summary = f"{len(items)}项目标中，{'，'.join(parts)}{marked}。"
    named = most_urgent(items, 1) if worst else []
    return summary + "".join(
        f"最需关注：{attention(item, indicators[item.target.indicator])}" for item in named
    )


def attention(assessment: Assessment, indicator: Indicator) -> str:
    """Say why a target needs attention, with its numbers."""
    target, probability = assessment.target, assessment.probability
    likely = "" if probability is None else f"达成{text_zh.probability_zh(probability)}"
    likely += text_zh.reference(assessment.is_reference) if likely else ""
    latest, note = latest_parts(assessment, indicator)
    return (
        f"{subject_zh(target)}：目标{goal_zh(target)}，最新{latest}（{note}），"
        f"{target.due_year}年{likely}；"
        f"{effort(assessment, indicator)}。"
    )


def headline(assessment: Assessment) -> str:
    """Say in one line what a target's chart shows."""
    text = f"{subject_zh(assessment.target)}：{assessment.verdict}"
    if assessment.probability is None:
        why = "".join(
            f"，{text_zh.reason_zh(reason, text_zh.IN_DOCUMENTS_ZH)}"
            for reason in assessment.reasons[:1]
        )
        return text + why
    likely = text_zh.probability_zh(assessment.probability)
    mark = text_zh.reference(assessment.is_reference)
    return f"{text}，{assessment.target.due_year}年达成{likely}{mark}"


def effort(assessment: Assessment, indicator: Indicator) -> str:
    """Say what growth or yearly addition is still needed, beside the recent one."""
    text = _needed(assessment, indicator)
    if _is_counted(assessment, indicator):
        if assessment.recent.step is None:
            return text
        recent = text_zh.recent_zh(assessment.recent.step_years)
        step = text_zh.trimmed(assessment.recent.step)
        return f"{text}，{recent}平均每年{step}{indicator.unit}"
    if assessment.recent.growth is None:
        return text
    recent = text_zh.recent_zh(assessment.recent.growth_years)
    return f"{text}，{recent}实际年均{text_zh.grown(assessment.recent.growth)}"


def _is_counted(assessment: Assessment, indicator: Indicator) -> bool:
    return assessment.target.measure is Measure.CUMULATIVE or indicator.kind is Kind.COUNT


def _needed(assessment: Assessment, indicator: Indicator) -> str:
    step, rate = assessment.needed.step, assessment.needed.growth
    reached = assessment.gap is not None and assessment.gap <= 0
    now = assessment.nowcast
    when = f"{now.year + 1}年起" if now else "今后"
    if _is_counted(assessment, indicator) and step is not None:
        if step < 1 and assessment.gap is not None:  # no half of a thing a year
            return f"{when}还需新增{text_zh.trimmed(assessment.gap)}{indicator.unit}"
        return f"{when}每年还需新增{text_zh.trimmed(step)}{indicator.unit}"
    if rate is None:
        return "目标已达到" if reached else "今后所需增速无法计算"
    if reached and assessment.target.measure is not Measure.CAGR:
        return f"已达目标水平，今后年均增速不低于{text_zh.percent(rate)}即可保持"
    if rate < 0:
        return f"{when}年均下降不超过{text_zh.percent(-rate)}即可达到"
    return f"{when}需年均增长{text_zh.percent(rate)}"


def reading(assessment: Assessment) -> str:
    """State how the operator of the wording is read."""
    match assessment.target:
        case TrendTarget():
            return "方案未给数值，按趋势方向与显著性判断"
        case LeadTarget(margin=margin):
            lead = text_zh.points(margin)
            return f"“显著快于”按年均增速高出全市{lead}以上判定（幅度为本项目假定）"
        case NumberedTarget(operator=Operator.GT):
            return "“突破、超过”按严格大于判定"
        case NumberedTarget(operator=Operator.APPROX, tolerance=tolerance):
            floor = text_zh.percent(1 - tolerance, 0)
            return f"“左右”按不低于目标值的{floor}判定（容差为本项目假定）"
        case NumberedTarget(operator=Operator.RANGE):
            return "区间目标达到下限即为实现"
    return "“以上、不少于、达到”含本数"
