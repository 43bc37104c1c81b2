"""Scenarios side by side: outcomes together, target by target, and what was assumed."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import scenarios_zh, verdicts_zh
from analytics.answers.steering import compare
from analytics.domain import Indicator, Scenario, Verdict
from analytics.workbench import View, Workbench
from pages.common import answers
from pages.common.conclusion import conclusion
from pages.common.scenarios_at_hand import compared
from pages.common.target_table import badge
from pages.common.text import Markdown, cell, fill, lines, plain, small, table

_OPEN_ROWS = 10  # a longer list is folded away
_FEW_COLUMNS = 3


def comparison(bench: Workbench) -> None:
    """Show joint outcomes, targets and assumptions of every scenario, 基准 first."""
    scenarios = compared()
    base = answers.baseline()
    views = [answers.view_of(one) for one in scenarios]
    if len(scenarios) == 1:
        st.info(
            "目前只有基准。选一个预设或到“调整”改动后存为情景，即可在此并排比较。",
            icon=":material/tune:",
        )
    if _without_numbers(views):
        st.info(
            "所选数据版本的历史不足，各项目标均无法推算，情景之间比不出差别。",
            icon=":material/hide_source:",
        )
        _assumptions(base, scenarios[1:])
        return
    names = [one.name for one in scenarios]
    if best := scenarios_zh.best_zh(names, [view.outlook().expected for view in views]):
        conclusion([best], of_scenario=False)
    _joint(base, names, views)
    _assumptions(base, scenarios[1:])
    _targets(base, names, views)


def _without_numbers(views: Sequence[View]) -> bool:
    """Tell whether no scenario lets any target be judged."""
    items = (item for view in views for item in view.verdicts().values())
    return all(item.verdict is Verdict.NO_DATA for item in items)


def _joint(base: View, names: Sequence[str], views: Sequence[View]) -> None:
    st.header("联合达成", anchor=False)
    rows = [
        {"范围": row.name_zh}
        | {
            name: _joint_cell(outcome, first=not number)
            for number, (name, outcome) in enumerate(zip(names, row.outcomes, strict=True))
        }
        for row in compare.joint_rows(base, views)
    ]
    _table(rows, "joint")
    st.caption(
        "每格上行：未到期且有概率的目标中预计达成几项（比基准增减）；下行：全部达成的概率（±抽样误差，百分点）。"
        "各情景用同一批抽样，差别只来自所作调整。"
    )


def _table(rows: Sequence[Mapping[str, str]], name: str) -> None:
    """Show a table; one of few columns fits a narrow screen without scrolling."""
    if len(rows[0]) <= _FEW_COLUMNS:
        table(rows, narrow=name)
        return
    with st.container(key=f"wide_{name}"):
        table(rows)


def _joint_cell(outcome: compare.JointOutcome, *, first: bool) -> str:
    joint = outcome.outlook.joint
    if joint is None:
        return text_zh.DASH
    number = f"{text_zh.number(outcome.outlook.expected)}项（共{joint.n_targets}项）"
    change = "" if first else _signed(outcome.expected_change)
    return cell(f"{number}{change}", f"全部达成{_share(joint.probability)}")


def _share(probability: float) -> str:
    if probability < 0.001:
        return "＜0.1%"
    return text_zh.percent(probability)


def _signed(change: float | None) -> str:
    """Write a change after the number it is of, nothing where it rounds to none."""
    if change is None or not round(change, 1):
        return ""
    return f" {text_zh.number(change, signed=True)}"


def _targets(base: View, names: Sequence[str], views: Sequence[View]) -> None:
    st.header("各项目标", anchor=False)
    rows = compare.verdict_rows(base, views)
    changed = tuple(row for row in rows if row.changed)
    if changed:
        only_changed = st.toggle(
            f"只看有变化的（{len(changed)}项，共{len(rows)}项）",
            value=True,
            key="only_changed",
            persist_state="session",
        )
        rows = changed if only_changed else rows
    indicators = base.bench.catalog.indicators
    cells = [
        {"目标": cell(row.target.name_zh, verdicts_zh.target_zh(row.outcomes[0].assessment))}
        | {
            name: _outcome(outcome, indicators, first=not number)
            for number, (name, outcome) in enumerate(zip(names, row.outcomes, strict=True))
        }
        for row in rows
    ]
    _table(cells, "targets")
    st.caption(
        "每格：判断；达成概率（比基准增减，百分点）；到期年份中位数。判断改变的，注明原判断。"
    )


def _outcome(
    outcome: compare.Outcome, indicators: Mapping[str, Indicator], *, first: bool
) -> Markdown:
    item, change = outcome.assessment, outcome.probability_change
    chance: str = verdicts_zh.probability_zh(item)
    if change and not first and round(change, 2):
        chance = fill("{}　**{}**", chance, text_zh.number(change * 100, 0, signed=True))
    median, _ = verdicts_zh.outlook_parts(item, indicators[item.target.indicator])
    before = f"（原{outcome.verdict_before}）" if outcome.verdict_changed else ""
    return lines(fill("{}{}", badge(item), before), chance, small(median))


def _assumptions(base: View, scenarios: Sequence[Scenario]) -> None:
    """List what is set, policy and assumptions apart, and what assumptions do alone."""
    rows = compare.assumption_rows(base.bench.catalog, scenarios)
    if not rows:
        return
    st.header("改了什么", anchor=False)
    names = [one.name for one in scenarios]
    for policy, title in ((True, "政策调节项"), (False, "假设（全市增速、压力测试）")):
        own = [row for row in rows if row.policy is policy]
        st.markdown(f"**{title}**" + ("" if own else "　没有改动"))
        if own:
            _assumed(own, names, policy=policy)
    for one in scenarios:
        effect = compare.assumption_effect(base, dict(one.settings))
        if effect.settings:
            said = plain(f"{one.name}：{effect.sentence_zh}")
            st.markdown(f":material/compare_arrows: {said}")


def _assumed(rows: Sequence[compare.AssumptionRow], names: Sequence[str], *, policy: bool) -> None:
    """List what each scenario sets; a long list is folded away."""
    many = len(rows) > _OPEN_ROWS
    place = st.expander(f"共{len(rows)}项", key=f"assumed_{policy}") if many else st.container()
    with place:
        _table([{"项目": row.name_zh} | _set_to(row, names) for row in rows], f"moved_{policy}")


def _set_to(row: compare.AssumptionRow, names: Sequence[str]) -> dict[str, str]:
    shown = (
        text if value else text_zh.DASH for text, value in zip(row.texts, row.values, strict=True)
    )
    return dict(zip(names, shown, strict=True))
