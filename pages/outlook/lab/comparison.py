"""Scenarios side by side: outcomes together, target by target, and what was assumed."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import scenarios_zh
from analytics.answers.steering import compare
from analytics.domain import Scenario, Verdict
from analytics.workbench import View, Workbench
from pages.common import answers
from pages.common.conclusion import conclusion
from pages.common.scenarios_at_hand import compared
from pages.common.text import cell, plain, table
from pages.outlook.lab.odds_grid import odds_grid

_OPEN_ROWS = 10  # a longer list is folded away
_FEW_COLUMNS = 3


def comparison(bench: Workbench) -> None:
    """Show joint outcomes, targets and assumptions of every scenario, 基准 first."""
    scenarios = compared()
    base = answers.baseline()
    views = [answers.view_of(one) for one in scenarios]
    if len(scenarios) == 1:
        st.info(
            "目前只有基准。到“调整”选预设或动滑块，再存为情景，即可在此并排比较。",
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
        "每格上行：未到期且有概率的目标中预计达成几项（比基准增减）；下行：全部达成的概率。"
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
    change = "" if first else _signed(outcome.outlook.expected, outcome.expected_change)
    return cell(f"{number}{change}", f"全部达成{_share(joint.probability)}")


def _share(probability: float) -> str:
    if probability < 0.001:
        return "＜0.1%"
    return text_zh.percent(probability)


def _signed(now: float | None, change: float | None) -> str:
    """Write the difference of the numbers shown, nothing where they are the same."""
    if now is None or change is None:
        return ""
    shown = round(round(now, 1) - round(now - change, 1), 1)
    return f" {text_zh.number(shown, signed=True)}" if shown else ""


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
    odds_grid(rows, names, base.bench.catalog.indicators)
    st.caption("每格为达成概率与比基准增减的百分点；颜色按前景，判断改变的注明。点目标看走势。")


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
