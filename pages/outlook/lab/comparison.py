"""Scenarios side by side: outcomes together, target by target, and what was assumed."""

import pyarrow as pa
import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.answers.steering import compare
from analytics.domain import Scenario, Verdict
from analytics.workbench import View
from pages.common import releases, session
from pages.common.scenarios_at_hand import compared
from pages.common.target_table import badge, cell

_OPEN_ROWS = 10  # a longer list is folded away
_FEW_COLUMNS = 3


def comparison(bench) -> None:
    """Show joint outcomes, targets and assumptions of every scenario, 基准 first."""
    scenarios = compared()
    base = releases.baseline(session.release_id())
    views = [releases.view(session.release_id(), one.settings) for one in scenarios]
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
    _conclusion(scenarios, views)
    _joint(base, scenarios, views)
    _assumptions(base, scenarios[1:])
    _targets(base, scenarios, views)


def _without_numbers(views: list[View]) -> bool:
    """Tell whether no scenario lets any target be judged."""
    items = (item for view in views for item in view.verdicts().values())
    return all(item.verdict is Verdict.NO_DATA for item in items)


def _conclusion(scenarios: list[Scenario], views: list[View]) -> None:
    """Name the scenario under which most targets are expected to be met."""
    expected = [view.outlook().expected for view in views]
    if len(scenarios) == 1 or None in expected:
        return
    best = max(range(len(expected)), key=expected.__getitem__)
    base, top = expected[0], expected[best]
    text = f"基准下预计达成{text_zh.number(base)}项。"
    if best:
        more = text_zh.number(top - base)
        text += (
            f"预计达成最多的是“{scenarios[best].name}”，{text_zh.number(top)}项，比基准多{more}项。"
        )
    else:
        text += "其余情景都不多于基准。"
    with st.container(border=True, key="conclusion"):
        st.markdown(f"**结论**　{text_zh.escape(text)}")


def _joint(base: View, scenarios: list[Scenario], views: list[View]) -> None:
    st.header("联合达成", anchor=False)
    rows = [
        {"范围": text_zh.escape(row.name_zh)}
        | {
            text_zh.escape(one.name): _joint_cell(outcome, first=not number)
            for number, (one, outcome) in enumerate(zip(scenarios, row.outcomes, strict=True))
        }
        for row in compare.joint_rows(base, views)
    ]
    _table(rows, "joint")
    st.caption(
        "每格上行：未到期且有概率的目标中预计达成几项（比基准增减）；下行：全部达成的概率（±抽样误差，百分点）。"
        "各情景用同一批抽样，差别只来自所作调整。"
    )


def _table(rows: list[dict[str, str]], name: str) -> None:
    """Show a table; one of few columns fits a narrow screen without scrolling."""
    fits = len(rows[0]) <= _FEW_COLUMNS
    with st.container(key=f"{'narrow' if fits else 'wide'}_{name}"):
        st.table(pa.Table.from_pylist(rows), border="horizontal", hide_index=True)


def _joint_cell(outcome, *, first: bool) -> str:
    joint = outcome.outlook.joint
    if joint is None:
        return text_zh.DASH
    number = f"{text_zh.number(outcome.outlook.expected)}项（共{joint.n_targets}项）"
    change = "" if first else _signed(outcome.expected_change, 1)
    return cell(f"{number}{change}", f"全部达成{_share(joint.probability, joint.mc_error)}")


def _share(probability: float, error: float) -> str:
    if probability < 0.001:
        return "＜0.1%"
    return f"{text_zh.percent(probability)}±{text_zh.number(error * 100)}"


def _signed(change: float | None, decimals: int) -> str:
    text = text_zh.number(change, decimals)
    if not text.strip("0.−") or change is None:
        return ""
    return f" {text}" if text.startswith("−") else f" +{text}"


def _targets(base: View, scenarios: list[Scenario], views: list[View]) -> None:
    st.header("各项目标", anchor=False)
    rows = compare.verdict_rows(base, views)
    changed = [row for row in rows if row.changed]
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
            text_zh.escape(one.name): _outcome(outcome, indicators, first=not number)
            for number, (one, outcome) in enumerate(zip(scenarios, row.outcomes, strict=True))
        }
        for row in rows
    ]
    _table(cells, "targets")
    st.caption(
        "每格：判断；达成概率（比基准增减，百分点）；到期年份中位数。判断改变的，注明原判断。"
    )


def _outcome(outcome, indicators, *, first: bool) -> str:
    item = outcome.assessment
    indicator = indicators[item.target.indicator]
    change = outcome.probability_change
    chance = text_zh.escape(verdicts_zh.probability_zh(item))
    if change and not first and round(change, 2):
        chance += f"　**{text_zh.escape(text_zh.number(change * 100, 0, signed=True))}**"
    median = text_zh.escape(verdicts_zh.outlook_parts(item, indicator)[0])
    before = f"（原{outcome.verdict_before}）" if outcome.verdict_changed else ""
    return f"{badge(item)}{before}  \n{chance}  \n:small[:gray[{median}]]"


def _assumptions(base: View, scenarios: list[Scenario]) -> None:
    """List what is set, policy and assumptions apart, and what assumptions do alone."""
    rows = compare.assumption_rows(base.bench.catalog, scenarios)
    if not rows:
        return
    st.header("改了什么", anchor=False)
    for policy, title in ((True, "政策调节项"), (False, "假设（全市增速、压力测试）")):
        own = [row for row in rows if row.policy is policy]
        st.markdown(f"**{title}**" + ("" if own else "　没有改动"))
        if not own:
            continue
        many = len(own) > _OPEN_ROWS
        place = st.expander(f"共{len(own)}项", key=f"assumed_{policy}") if many else st.container()
        with place:
            cells = [
                {"项目": text_zh.escape(row.name_zh)}
                | dict(
                    zip(
                        (text_zh.escape(one.name) for one in scenarios),
                        (text if value else text_zh.DASH for text, value in _pairs(row)),
                        strict=True,
                    )
                )
                for row in own
            ]
            _table(cells, f"moved_{policy}")
    for one in scenarios:
        effect = compare.assumption_effect(base, dict(one.settings))
        if effect.settings:
            text = text_zh.escape(f"{one.name}：{effect.sentence_zh}")
            st.markdown(f":material/compare_arrows: {text}")


def _pairs(row):
    return zip(row.texts, row.values, strict=True)
