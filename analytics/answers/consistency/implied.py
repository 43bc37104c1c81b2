"""Amounts and growth rates the plan implies without writing them down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analytics import text_zh
from analytics.answers.consistency.finding import (
    TOTAL_SCOPES,
    TOTALS,
    TOTALS_ZH,
    Finding,
    FindingKind,
    Severity,
    Switch,
)
from analytics.answers.consistency.plan import Known, Plan, clauses
from analytics.answers.consistency.words import nature, printed, raised, rate, yi
from analytics.domain import FRACTION, GrowthTarget, Indicator, LevelTarget
from analytics.model.judgement.growth import required_growth

PART, WHOLE = "green_chemical_output", "enterprise_output"  # the plan sets growth for both
WEIGHT_TOTAL = "gross_output_territorial"  # the part is counted 在地, so its weight is too
WEIGHTS = (0.2, 0.4, 0.6)  # tried because no weight is published


# ── a part that grows more slowly than its whole ─────────────────────────────────────────


@dataclass(frozen=True)
class Weight:
    """The part's share of the whole, and the two figures it comes from."""

    part: Known
    total: Known

    @property
    def share(self) -> float:
        """Share as a fraction."""
        return self.part.value / self.total.value


def rest_growth(part: float, whole: float, weight: float, years: int) -> float:
    """Return the growth of what is left when a part grows apart from its whole.

    Parameters
    ----------
    part, whole : float
        Growth a year of the part and of the whole, fractions.
    weight : float
        The part's share of the whole in the base year, 0 < weight < 1.
    years : int
        Years counted after the base year.

    Returns
    -------
    float
        Fraction a year: the g solving
        ``weight·(1+part)^n + (1−weight)·(1+g)^n = (1+whole)^n``.
    """
    left = (1 + whole) ** years - weight * (1 + part) ** years
    return float((left / (1 - weight)) ** (1 / years)) - 1


def slower_parts(plan: Plan) -> Iterator[Finding]:
    """Say how fast the rest must grow beside a part whose target is below the whole's."""
    part, whole = (plan.find(name, GrowthTarget) for name in (PART, WHOLE))
    if part is None or whole is None or part.value >= whole.value:
        return
    weight = _weight(plan)
    yield Finding(
        id=f"rest/{PART}",
        kind=FindingKind.IMPLIED,
        title_zh=(
            f"{part.name_zh}年均{printed(part)}低于{whole.name_zh}年均{printed(whole)}，"
            "其余产业须增长更快"
        ),
        clauses=clauses((part, whole)),
        arithmetic_zh=tuple(_rest_steps(part, whole, weight, plan)),
        assumption=(Switch.BASE, Switch.TOLERANCE, Switch.TOTAL),
        consequence_zh=(
            f"{part.name_zh}若只完成下限，其余产业的增速须高于总量目标，权重越大高出越多。"
            "方案未给出权重，也未写明两项是否同一口径。"
        ),
        severity=Severity.NOTE,
        readings=(part, whole),
        illustrative=bool(weight and (weight.part.illustrative or weight.total.illustrative)),
    )


def _weight(plan: Plan) -> Weight | None:
    part, total = plan.at_base(PART), plan.at_base(WEIGHT_TOTAL)
    if part is None or total is None or not 0 < part.value < total.value:
        return None
    return Weight(part, total)


def _rest_steps(
    part: GrowthTarget, whole: GrowthTarget, weight: Weight | None, plan: Plan
) -> Iterator[str]:
    years = plan.reading.span(whole)
    yield (
        f"设{part.name_zh}权重w、其余产业年均增速g：w×{raised(rate(part.value), years)}"
        f"＋(1－w)×{raised('g', years)}＝{raised(rate(whole.value), years)}"
    )
    tried = (
        f"w＝{text_zh.percent(w, 0)}时g＝"
        f"{text_zh.percent(rest_growth(part.value, whole.value, w, years))}"
        for w in WEIGHTS
    )
    yield f"权重没有公布，按几种权重试算：{'；'.join(tried)}"
    if weight:
        yield _weight_step(part, whole, weight, plan)
        if plan.reading.total == "registered":
            yield "企业产值按属地、绿色化工按在地处理，两者不得相除，上列权重只示量级"


def _weight_step(part: GrowthTarget, whole: GrowthTarget, weight: Weight, plan: Plan) -> str:
    years, tolerance = plan.reading.span(whole), plan.reading.tolerance
    growth = rest_growth(part.value, whole.value, weight.share, years)
    text = (
        f"{nature(weight.part, weight.total)}{weight.part.year}年权重（占在地产值）"
        f"{yi(weight.part.value)}÷{yi(weight.total.value)}＝{text_zh.percent(weight.share)}，"
        f"g＝{text_zh.percent(growth)}"
    )
    if whole.is_approximate and tolerance:
        lowest = whole.value * (1 - tolerance)
        least = rest_growth(part.value, lowest, weight.share, years)
        text += f"；总量只到“左右”的下限{rate(lowest)}时g＝{text_zh.percent(least)}"
    return text


# ── a share of one total or of the other ─────────────────────────────────────────────────


def implied_parts(plan: Plan) -> Iterator[Finding]:
    """Say what amount a share target implies under each total of the plan."""
    totals = plan.totals()
    for target in plan.of_kind(LevelTarget):
        identity = plan.indicators[target.indicator].identity
        if (
            target.unit == FRACTION
            and identity
            and identity.op == "ratio"
            and identity.of[1] in TOTALS.values()
        ):
            amounts = {key: target.value * total.value for key, total in totals.items()}
            if amounts:
                yield _amount_finding(target, plan.indicators[identity.of[0]], amounts, plan)


def _amount_finding(
    target: LevelTarget, part: Indicator, amounts: Mapping[str, float], plan: Plan
) -> Finding:
    totals, latest = plan.totals(), plan.known(part.id)
    either = "或".join(f"≥{yi(x)}（{TOTAL_SCOPES[key]}）" for key, x in amounts.items())
    return Finding(
        id=f"implied-amount/{part.id}",
        kind=FindingKind.IMPLIED,
        title_zh=f"{target.name_zh}{printed(target)}，隐含{part.name_zh}{either}",
        clauses=clauses((target, *totals.values())),
        arithmetic_zh=(
            *(
                f"{TOTALS_ZH[key]}{printed(total)}：{rate(target.value)}×{yi(total.value)}"
                f"＝{yi(amounts[key])}"
                for key, total in totals.items()
            ),
            *_needed_step(target, part, amounts, plan),
        ),
        assumption=(Switch.TOTAL,),
        consequence_zh=_amount_consequence(amounts, plan.reading.total),
        severity=Severity.NOTE,
        readings=(target,),
        illustrative=bool(latest and latest.illustrative),
    )


def _amount_consequence(amounts: Mapping[str, float], chosen: str) -> str:
    text = "方案未写明分母是在地还是属地"
    if len(amounts) > 1:
        apart = max(amounts.values()) - min(amounts.values())
        text += f"，两种读法所需产值相差{yi(apart)}"
    if chosen in amounts:
        text += f"；现按{TOTALS_ZH[chosen]}，须不低于{yi(amounts[chosen])}"
    return f"{text}。总量若超过目标，所需数额同比例增加。"


def _needed_step(
    target: LevelTarget, part: Indicator, amounts: Mapping[str, float], plan: Plan
) -> Iterator[str]:
    """Say what growth leads there; a part counted 属地 is not led to a 在地 amount."""
    latest, chosen = plan.known(part.id), plan.reading.total
    if latest is None or chosen not in amounts or latest.year >= target.due_year:
        return
    text = f"{nature(latest)}{latest.year}年{part.name_zh}{yi(latest.value)}（{part.scope}）"
    if part.scope != TOTAL_SCOPES[chosen]:
        yield f"{text}，与{TOTAL_SCOPES[chosen]}的需要量口径不同，不计算所需增速"
        return
    growth = required_growth(latest.value, amounts[chosen], target.due_year - latest.year)
    yield f"{text}，到{target.due_year}年须年均增长{text_zh.percent(growth)}"


def shares_of_totals(plan: Plan) -> Iterator[Finding]:
    """Say what share of each total a park's output target is; the plan names no total."""
    unit = plan.indicators[TOTALS["registered"]].unit
    for target in plan.of_kind(LevelTarget):
        indicator = plan.indicators[target.indicator]
        is_park = indicator.scope == "园区" and indicator.unit == unit
        if is_park and plan.totals():
            yield _share_finding(target, plan)


def _share_finding(target: LevelTarget, plan: Plan) -> Finding:
    totals, chosen = plan.totals(), plan.reading.total
    shares = {key: target.value / total.value for key, total in totals.items()}
    beyond = max(shares.values()) > 1
    said = "、".join(f"{TOTALS_ZH[key]}目标的{rate(share)}" for key, share in shares.items())
    now = f"现按{TOTALS_ZH[chosen]}，须占{rate(shares[chosen])}；" if chosen in shares else ""
    return Finding(
        id=f"share-of-total/{target.indicator}",
        kind=FindingKind.INCOMPATIBLE if beyond else FindingKind.IMPLIED,
        title_zh=f"{target.name_zh}{printed(target)}，相当于{said}",
        clauses=clauses((target, *totals.values())),
        arithmetic_zh=tuple(
            f"{yi(target.value)}÷{TOTALS_ZH[key]}目标{yi(total.value)}＝{rate(shares[key])}"
            for key, total in totals.items()
        ),
        assumption=(Switch.TOTAL,),
        consequence_zh=(f"方案未写明口径。{now}新认定的园区会扩大范围，增长可能来自划入而非产出。"),
        severity=Severity.NOTE,
        readings=(target,),
    )


# ── a whole below its own part ───────────────────────────────────────────────────────────


def below_its_part(plan: Plan) -> Iterator[Finding]:
    """Find a whole whose target lies below that of its own part."""
    for whole in plan.of_kind(LevelTarget):
        identity = plan.indicators[whole.indicator].identity
        if not identity or identity.op != "at_least":
            continue
        part = plan.find(identity.of[0], LevelTarget)
        if part and part.due_year == whole.due_year and part.value > whole.value:
            yield Finding(
                id=f"below-part/{whole.indicator}",
                kind=FindingKind.INCOMPATIBLE,
                title_zh=f"{whole.name_zh}{printed(whole)}，低于它所含的{part.name_zh}{printed(part)}",
                clauses=clauses((whole, part)),
                arithmetic_zh=(f"{yi(whole.value)}＜{yi(part.value)}，而前者包含后者",),
                consequence_zh="达到后者时前者必已超额完成，前者不起约束作用。",
                severity=Severity.NOTE,
                readings=(whole, part),
            )
