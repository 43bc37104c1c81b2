"""What growth of output and of output per land leaves for the land."""

from collections.abc import Iterator

from analytics import text_zh
from analytics.answers.consistency.finding import Finding, FindingKind, Severity, Switch
from analytics.answers.consistency.plan import Known, Plan, clauses
from analytics.answers.consistency.words import amount, nature, printed, rate
from analytics.domain import MU_PER_SQUARE_KILOMETRE, GrowthTarget, Indicator, SumTarget

NOTHING = 1e-9  # a rate below this is rounding


def implied_denominators(plan: Plan) -> Iterator[Finding]:
    """Say what a numerator's and a quotient's growth leave for the denominator."""
    for quotient in plan.of_kind(GrowthTarget):
        identity = plan.indicators[quotient.indicator].identity
        if not identity or identity.op != "ratio":
            continue
        top = plan.find(identity.of[0], GrowthTarget)
        if top and top.due_year == quotient.due_year:
            yield _finding(quotient, top, plan.indicators[identity.of[1]], plan)


def _finding(quotient: GrowthTarget, top: GrowthTarget, bottom: Indicator, plan: Plan) -> Finding:
    growth = (1 + top.value) / (1 + quotient.value) - 1
    flows, base = _flows(bottom, plan), plan.at_base(bottom.id)
    both = dict.fromkeys((printed(top), printed(quotient)))
    change = "零增长" if abs(growth) < NOTHING else f"年均增长{rate(growth)}"
    return Finding(
        id=f"implied-growth/{bottom.id}",
        kind=FindingKind.IMPLIED,
        title_zh=(
            f"{top.name_zh}与{quotient.name_zh}年均增长{'和'.join(both)}，隐含{bottom.name_zh}{change}"
        ),
        clauses=clauses((top, quotient, *flows)),
        arithmetic_zh=(
            f"{bottom.name_zh}＝{top.name_zh}÷{quotient.name_zh}："
            f"(1＋{rate(top.value)})÷(1＋{rate(quotient.value)})－1＝{rate(growth)}（年均）",
            *_tolerance_step(quotient, top, plan),
            *(_land_steps(growth, flows, base, plan.reading.span(top)) if flows else ()),
            *(_fullest_step(top, flows, base, plan.reading.span(top)) if flows and base else ()),
        ),
        assumption=(Switch.BASE, Switch.TOLERANCE),
        consequence_zh=_consequence(flows),
        severity=Severity.NOTE,
        readings=(top, quotient),
        illustrative=bool(flows and base and base.illustrative),
    )


def _flows(bottom: Indicator, plan: Plan) -> tuple[SumTarget, ...]:
    """Return the targets on what adds to an area and what takes away, where both have one."""
    if bottom.identity is None or bottom.identity.op != "area_moved_by":
        return ()
    found = (plan.find(name, SumTarget) for name in bottom.identity.of)
    flows = tuple(flow for flow in found if flow is not None)
    return flows if len(flows) == len(bottom.identity.of) else ()


def _tolerance_step(quotient: GrowthTarget, top: GrowthTarget, plan: Plan) -> Iterator[str]:
    """Say how far 左右 lets the implied growth move."""
    (low, high), (least, most) = (_ends(target, plan) for target in (top, quotient))
    if (low, least) != (high, most):
        span = "至".join(rate((1 + a) / (1 + b) - 1) for a, b in ((low, most), (high, least)))
        yield f"“左右”各取一端（±{rate(plan.reading.tolerance)}）：年均{span}"


def _ends(target: GrowthTarget, plan: Plan) -> tuple[float, float]:
    slack = plan.reading.tolerance if target.is_approximate else 0.0
    return target.value * (1 - slack), target.value * (1 + slack)


def _land_steps(
    growth: float, flows: tuple[SumTarget, ...], base: Known | None, years: int
) -> Iterator[str]:
    """Hold the implied change of land against what is supplied and vacated."""
    supply, cleared = (flow.value for flow in flows)
    areas = "，".join(
        f"{flow.name_zh}{printed(flow)}＝"
        f"{text_zh.number(flow.value / MU_PER_SQUARE_KILOMETRE, 2)}平方公里"
        for flow in flows
    )
    yield f"{areas}（1平方公里＝{MU_PER_SQUARE_KILOMETRE:g}亩）"
    if abs(growth) < NOTHING:
        change = 0.0
    elif base:
        change = base.value * ((1 + growth) ** years - 1) * MU_PER_SQUARE_KILOMETRE
    else:
        return
    leave = supply - change
    if leave < 0:
        yield f"用地须净增{amount(change, '亩')}，超过新增供应{amount(supply, '亩')}"
        return
    share = text_zh.percent(leave / cleared, 0)
    text = f"用地净变动{amount(change, '亩')}，须有{amount(leave, '亩')}退出使用"
    yield f"{text}，为{flows[1].name_zh}目标的{share}"


def _fullest_step(
    top: GrowthTarget, flows: tuple[SumTarget, ...], base: Known, years: int
) -> Iterator[str]:
    """Say what becomes of output per land if all supply is used and none is vacated."""
    grows = (1 + flows[0].value / MU_PER_SQUARE_KILOMETRE / base.value) ** (1 / years) - 1
    slower = (1 + top.value) / (1 + grows) - 1
    yield (
        f"{nature(base)}{base.year}年用地{text_zh.number(base.value)}平方公里：若新增供应全部投用而"
        f"无一退出，用地年均增长{text_zh.percent(grows)}，"
        f"产值照目标增长时单位土地产出年均只增{text_zh.percent(slower)}"
    )


def _consequence(flows: tuple[SumTarget, ...]) -> str:
    if not flows:
        return "分母的变化由两项增速决定，方案未单独载明。"
    return (
        "新增供应若不由退出的土地抵消，两项增速不能同时按字面实现；"
        "方案把“腾退、提升”合为一数，未分列退出多少，无从核对。"
        "此处假定供应与腾退都落在规上企业用地。"
    )
