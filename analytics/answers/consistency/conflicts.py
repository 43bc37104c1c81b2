"""The same thing said twice with another number or in other words."""

from collections.abc import Iterator

from analytics import text_zh
from analytics.answers.consistency.finding import TOTALS_ZH, Finding, FindingKind, Severity, Switch
from analytics.answers.consistency.plan import Plan, statements
from analytics.answers.consistency.words import amount, nature, printed, raised, rate, yi
from analytics.domain import CountTarget, GrowthTarget, Measure, NumberedTarget, Target, ValueTarget

Claims = list[Target]  # one target as each place of the plan states it
Numbered = list[ValueTarget]  # the same where the plan gives a number: all of them, or none


def conflicts(plan: Plan) -> Iterator[Finding]:
    """Compare all statements about one indicator, measure and due year.

    Statements that repeat a number in the same words, however often, are one
    target and no finding.
    """
    for group in _disagreeing(plan):
        claims = [plan.reading.apply(claim) for claim in group]
        numbered: Numbered = [x for x in claims if isinstance(x, NumberedTarget)]
        numbers = len({(claim.value, claim.value_high) for claim in numbered}) > 1
        yield Finding(
            id=f"{'conflict' if numbers else 'wording'}/{_name(claims[0])}",
            kind=FindingKind.CONTRADICTION if numbers else FindingKind.WORDING,
            title_zh=_title(claims),
            clauses=tuple(claim.clause for claim in claims),
            arithmetic_zh=(*_steps(claims, plan), *_tolerance_steps(numbered)),
            assumption=_switches(claims),
            consequence_zh=_consequence(numbered, numbers),
            severity=Severity.CLARIFY if numbers else Severity.MINOR,
            readings=tuple(claims),
            illustrative=_uses_illustration(claims, plan),
        )


def _disagreeing(plan: Plan) -> Iterator[Claims]:
    """Yield groups of statements that differ, each way of saying it once."""
    groups: dict[tuple[object, ...], dict[tuple[object, ...], Target]] = {}
    for said in (said for target in plan.targets for said in statements(target)):
        same_thing = said.indicator, said.measure, said.due_year
        same_words = said.value, said.value_high, said.operator, said.firmness
        groups.setdefault(same_thing, {}).setdefault(same_words, said)
    yield from (list(group.values()) for group in groups.values() if len(group) > 1)


def _name(claim: Target) -> str:
    return f"{claim.indicator}/{claim.measure}/{claim.due_year}"


def _title(claims: Claims) -> str:
    said = "，".join(f"{_where(claim)}写“{_bare(claim)}”" for claim in claims)
    return f"{claims[0].name_zh}：{said}"


def _where(claim: Target) -> str:
    return text_zh.section_zh(claim.clause.section)


def _bare(claim: Target) -> str:
    """Write the number as a reader finds it, without our sign for 达到."""
    return printed(claim).removeprefix("≥")


def _switches(claims: Claims) -> tuple[Switch, ...]:
    used = {
        Switch.BASE: claims[0].measure is Measure.CAGR,
        Switch.TOLERANCE: any(claim.is_approximate for claim in claims),
        Switch.TOTAL: claims[0].measure is Measure.COUNT_OVER_THRESHOLD,
    }
    return tuple(switch for switch, is_used in used.items() if is_used)


def _steps(claims: Claims, plan: Plan) -> Iterator[str]:
    rates = [claim for claim in claims if isinstance(claim, GrowthTarget)]
    counts = [claim for claim in claims if isinstance(claim, CountTarget)]
    if rates:
        yield from _growth_steps(rates, plan)
    elif counts:
        yield from _count_steps(counts, plan)
    else:
        yield _value_step(claims)


def _growth_steps(claims: list[GrowthTarget], plan: Plan) -> Iterator[str]:
    """Say what each rate comes to over the years counted."""
    years, due = plan.reading.span(claims[0]), claims[0].due_year
    period = f"{plan.reading.base_year + 1}—{due}年（{years}年）"
    for claim in claims:
        yield _growth_step(
            f"{_where(claim)}“{_bare(claim)}”，{period}",
            claim.value,
            years,
        )
        lowest = claim.threshold
        if lowest != claim.value:
            yield _growth_step(f"其中“左右”的下限{rate(lowest)}", lowest, years)
    low, high = (pick(claim.value for claim in claims) for pick in (min, max))
    if low < high:
        apart = ((1 + high) / (1 + low)) ** years - 1
        yield f"到{due}年，较高要求的终点比较低的高{text_zh.percent(apart)}"
        yield from _level_step(low, high, claims[0], plan)


def _growth_step(label: str, growth: float, years: int) -> str:
    factor = (1 + growth) ** years
    return (
        f"{label}：{raised(rate(growth), years)}＝{text_zh.number(factor, 3)}，"
        f"累计增长{text_zh.percent(factor - 1)}"
    )


def _level_step(low: float, high: float, claim: GrowthTarget, plan: Plan) -> Iterator[str]:
    """Say at which levels the two rates arrive, where the base year's is known."""
    base = plan.at_base(claim.indicator)
    if base is None:
        return
    years, unit = plan.reading.span(claim), plan.indicators[claim.indicator].unit
    ends = (text_zh.number(base.value * (1 + growth) ** years, 2) for growth in (low, high))
    yield (
        f"{nature(base)}{base.year}年为{text_zh.number(base.value, 2)}{unit}，"
        f"到{claim.due_year}年应达{'或'.join(ends)}{unit}"
    )


def _count_steps(claims: list[CountTarget], plan: Plan) -> Iterator[str]:
    """Say what each count comes to in output, and beside the plan's total."""
    counts, unit = [claim.value for claim in claims], claims[0].unit
    said = "、".join(amount(x, unit) for x in counts)
    yield f"同一指标：{said}，相差{amount(max(counts) - min(counts), unit)}"
    yield from _milestone_steps(claims, plan)
    size = plan.size_counted(claims[0].indicator)
    if size is None:
        return
    total = plan.totals().get(plan.reading.total)
    for count in counts:
        text = f"各以{yi(size)}为界：{count:g}×{size:g}＝{yi(count * size)}"
        if total:
            share = text_zh.percent(count * size / total.value, 0)
            text += f"，为{TOTALS_ZH[plan.reading.total]}目标{yi(total.value)}的{share}"
        yield text


def _milestone_steps(claims: list[CountTarget], plan: Plan) -> Iterator[str]:
    """Hold each count against an earlier milestone of the same indicator."""
    claim = claims[0]
    for other in plan.of_kind(CountTarget):
        if other.indicator == claim.indicator and other.due_year < claim.due_year:
            more = "，".join(
                f"到{x.value:g}个须再增加{amount(x.value - other.value, x.unit)}" for x in claims
            )
            yield f"{other.due_year}年阶段目标{amount(other.value, other.unit)}：{more}"


def _value_step(claims: Claims) -> str:
    said = "、".join(f"{_where(claim)}“{printed(claim)}”" for claim in claims)
    values = [claim.value for claim in claims if claim.value is not None]
    if not values or min(values) == max(values):
        return f"{said}：数值相同，要求的松紧不同"
    return f"{said}：相差{amount(max(values) - min(values), claims[0].unit, 2)}"


def _tolerance_steps(claims: Numbered) -> Iterator[str]:
    """Say how wide 左右 would have to be for the statements to agree."""
    about = next((claim for claim in claims if claim.is_approximate), None)
    others = [claim.value for claim in claims if not claim.is_approximate]
    if about is None or not others:
        return
    needed = max(abs(value - about.value) / about.value for value in others)
    if needed:
        enough = "已够" if about.tolerance >= needed else "不够"
        yield f"“左右”须放宽到±{rate(needed)}两处才相容，所选±{rate(about.tolerance)}{enough}"
    elif about.tolerance:
        below = amount(about.value - about.threshold, about.unit, 2)
        yield f"按所选±{rate(about.tolerance)}，带“左右”的一处下限低{below}；容差为0时两处等同"
    else:
        yield "所选容差为0，两处数值等同，只有措辞不同"


def _consequence(claims: Numbered, numbers: bool) -> str:
    if numbers:
        loose, *_, strict = sorted(claims, key=lambda claim: claim.threshold)
        return f"达到{_bare(loose)}未必达到{_bare(strict)}，考核须先明确以哪一处为准。"
    if len({claim.threshold for claim in claims}) > 1:
        return "结果落在两条线之间时，按一处已达标、按另一处未达标。"
    return "含不含本数、是否“力争”，宽严不同。"


def _uses_illustration(claims: Claims, plan: Plan) -> bool:
    if claims[0].measure is not Measure.CAGR or len({claim.value for claim in claims}) == 1:
        return False
    base = plan.at_base(claims[0].indicator)
    return base is not None and base.illustrative
