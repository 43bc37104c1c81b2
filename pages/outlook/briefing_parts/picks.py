"""Which targets and charts the briefing holds, and in which order."""

from collections.abc import Mapping

import streamlit as st

from analytics.model.judgement.ordering import most_urgent
from analytics.output.briefing import named_figures
from analytics.output.briefing.writing import Draft
from analytics.workbench import View
from pages.common import widgets
from pages.common.session import session
from pages.common.text import plain
from pages.outlook.briefing_parts import choices as chosen


def targets_and_charts(made: Draft) -> None:
    """Choose which targets are listed and charted, and in which order."""
    asked, shown = made.request, made.view
    # a label that changed would close it under the user's hands
    with st.expander("选目标与图", icon=":material/checklist:", key="briefing_picks"):
        st.caption(f"现列{len(asked.targets)}项目标、{len(asked.charts)}幅图。")
        _picker("targets", "列入目标表", _names(shown), asked.targets, shown)
        if not asked.preset.letter:
            _picker("charts", "配图", named_figures.drawable(shown), asked.charts, shown)
        st.button(
            "恢复本类简报的选择",
            key="briefing_reset",
            icon=":material/restart_alt:",
            on_click=_reset,
            disabled=chosen.choices().now.targets is None and chosen.choices().now.charts is None,
        )
        _fits(made)
    _lacking(shown)


def _fits(made: Draft) -> None:
    """Warn where more is picked than a one-page briefing is laid out for."""
    preset, asked = made.request.preset, made.request
    full = len(asked.targets) > preset.most_targets or len(asked.charts) > preset.most_charts
    if preset.compact and full:
        st.caption(
            f":material/info: {preset.name_zh}按{preset.most_targets}项目标、"
            f"{preset.most_charts}幅图排版，超出后可能多于一页。"
        )


def _lacking(shown: View) -> None:
    """Name picked charts that this release cannot draw; they come back with another."""
    targets = shown.bench.catalog.targets
    names = [targets[named_figures.target_of(x)].name_zh for x in chosen.without_numbers(shown)]
    if names:
        listed = plain("、".join(names))
        st.info(
            f"本数据版本没有可绘制的数据，以下图未列入：{listed}。", icon=":material/hide_image:"
        )


def _reset() -> None:
    chosen.choices().change(targets=None, charts=None)
    session().touch()


def _picker(
    field: str, label: str, names: Mapping[str, str], picked: tuple[str, ...], shown: View
) -> None:
    """Choose some of the offered targets; they are kept in the order picked."""
    key = f"briefing_{field}"
    widgets.show(key, [name for name in picked if name in names])
    st.multiselect(
        f"{label}（按选入的先后排列）",
        list(names),
        format_func=names.__getitem__,
        key=key,
        placeholder="请选择",
        on_change=lambda: _keep(field, tuple(st.session_state[key])),
    )
    if len(picked) > 1:
        _order(field, label, picked, names, shown)


def _names(shown: View) -> dict[str, str]:
    return {
        name: f"{target.order}. {target.name_zh}（{target.due_year}年）"
        for name, target in shown.bench.catalog.targets.items()
    }


def _keep(field: str, names: tuple[str, ...]) -> None:
    chosen.choices().change(**{field: names})
    session().touch()


def _order(
    field: str, label: str, picked: tuple[str, ...], names: Mapping[str, str], shown: View
) -> None:
    """Sort what was picked, or move one up or down."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        one = st.selectbox(
            f"调整次序：{label}",
            picked,
            format_func=names.__getitem__,
            key=f"briefing_move_{field}",
        )
        at = picked.index(one)
        for word, icon, to in (
            ("上移", "arrow_upward", at - 1),
            ("下移", "arrow_downward", at + 1),
        ):
            st.button(
                word,
                key=f"briefing_{field}_{icon}",
                icon=f":material/{icon}:",
                disabled=not 0 <= to < len(picked),
                on_click=_keep,
                args=(field, _swapped(picked, at, to)),
            )
        for word, order in _sorted(picked, shown).items():
            st.button(
                word,
                key=f"briefing_{field}_{word}",
                disabled=order == picked,
                on_click=_keep,
                args=(field, order),
            )


def _sorted(picked: tuple[str, ...], shown: View) -> dict[str, tuple[str, ...]]:
    """Return what was picked in the plan's order, and by how much it needs attention."""
    catalog = shown.bench.catalog.targets
    by_plan = sorted(picked, key=lambda name: catalog[named_figures.target_of(name)].order)
    items = [shown.verdict(x) for x in dict.fromkeys(map(named_figures.target_of, picked))]
    urgent = [item.target.id for item in most_urgent(items, len(items))]
    rank = {name: at for at, name in enumerate(urgent)}
    by_need = sorted(by_plan, key=lambda name: rank.get(named_figures.target_of(name), len(rank)))
    return {"按方案顺序": tuple(by_plan), "最需关注在前": tuple(by_need)}


def _swapped(picked: tuple[str, ...], at: int, to: int) -> tuple[str, ...]:
    names = list(picked)
    if 0 <= to < len(names):
        names[at], names[to] = names[to], names[at]
    return tuple(names)
