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
from pages.outlook.lab import words
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
            words.ONLY_BASELINE,
            icon=":material/tune:",
        )
    if _without_numbers(views):
        st.info(
            words.NO_NUMBERS,
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
    st.header(words.JOINT, anchor=False)
    rows = [
        {words.SCOPE: row.name_zh}
        | {
            name: _joint_cell(outcome, first=not number)
            for number, (name, outcome) in enumerate(zip(names, row.outcomes, strict=True))
        }
        for row in compare.joint_rows(base, views)
    ]
    _table(rows, "joint")
    st.caption(words.JOINT_NOTE)


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
    number = words.EXPECTED.format(text_zh.number(outcome.outlook.expected), joint.n_targets)
    change = "" if first else _signed(outcome.outlook.expected, outcome.expected_change)
    return cell(f"{number}{change}", words.ALL_MET.format(_share(joint.probability)))


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
    st.header(words.EACH_TARGET, anchor=False)
    rows = compare.verdict_rows(base, views)
    changed = tuple(row for row in rows if row.changed)
    if changed:
        only_changed = st.toggle(
            words.ONLY_CHANGED.format(len(changed), len(rows)),
            value=True,
            key="only_changed",
            persist_state="session",
        )
        rows = changed if only_changed else rows
    odds_grid(rows, names, base.bench.catalog.indicators)
    st.caption(words.GRID_NOTE)


def _assumptions(base: View, scenarios: Sequence[Scenario]) -> None:
    """List what is set, policy and assumptions apart, and what assumptions do alone."""
    rows = compare.assumption_rows(base.bench.catalog, scenarios)
    if not rows:
        return
    st.header(words.ASSUMPTIONS, anchor=False)
    names = [one.name for one in scenarios]
    for policy, title in ((True, words.POLICY), (False, words.ASSUMED_IN_FULL)):
        own = [row for row in rows if row.policy is policy]
        st.markdown(f"**{title}**" + ("" if own else words.NOTHING_MOVED))
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
    place = (
        st.expander(words.COUNT.format(len(rows)), key=f"assumed_{policy}")
        if many
        else st.container()
    )
    with place:
        _table([{words.ITEM: row.name_zh} | _set_to(row, names) for row in rows], f"moved_{policy}")


def _set_to(row: compare.AssumptionRow, names: Sequence[str]) -> dict[str, str]:
    shown = (
        text if value else text_zh.DASH for text, value in zip(row.texts, row.values, strict=True)
    )
    return dict(zip(names, shown, strict=True))
