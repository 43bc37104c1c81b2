"""Sliders with typed entry; both write the same setting."""

import streamlit as st

from analytics import narrative_zh, text_zh
from analytics.domain import SHANGHAI, Lever, LeverClass, LeverEffect
from analytics.scenario import code_value, shown_value
from analytics.workbench import home_region
from pages.common import state

_PERIOD = "{first}—{last}年"


def panel(bench, item) -> None:
    """Show the levers that move a target, with reference marks and resets."""
    levers = _movable(bench, item.target.indicator)
    with st.container(border=True, key="levers"):
        _heading("调整增速")
        if levers:
            st.caption(text_zh.escape(_marks(bench, item)))
        else:
            st.info("没有可推算的历史，无从调整。", icon=":material/info:")
        _controls(bench.catalog, levers)
        _others(bench.catalog, {lever.id for lever in levers})


def city_panel(bench, item, effect: str) -> None:
    """Show the city's growth as an assumption, then the district's own levers.

    ``effect`` says what the assumptions alone would do.
    """
    counterpart = bench.catalog.indicators[item.target.indicator].city_counterpart
    city = _movable(bench, counterpart) if bench.baseline[SHANGHAI][counterpart].years else []
    own = _movable(bench, item.target.indicator)
    with st.container(border=True, key="levers"):
        _heading("全市增速假设与本区增速")
        if not city:
            st.info("全市这一指标没有可推算的年度数值，无从假设。", icon=":material/info:")
        _controls(bench.catalog, city)
        _controls(bench.catalog, own)
        st.caption("只改变最近一个实际年份之后的预测；全市增速是假设，不由本区决定。")
        if effect:
            st.markdown(f":material/compare_arrows: {text_zh.escape(effect)}")
        _others(bench.catalog, {lever.id for lever in (*city, *own)})


def _heading(title: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(title, anchor=False)
        st.button(
            "全部复位",
            key="reset_all",
            icon=":material/restart_alt:",
            disabled=not state.settings(),
            on_click=state.reset_levers,
        )


def _movable(bench, indicator_id: str) -> list[Lever]:
    """Return the levers of an indicator that have draws to move."""
    return [x for x in bench.catalog.levers_of(indicator_id) if _has_draws(bench, x)]


def _controls(catalog, levers: list[Lever]) -> None:
    """Show slider and typed value of levers, the periods of one indicator side by side."""
    for name in dict.fromkeys(lever.applies_to for lever in levers):
        _pair(catalog, [lever for lever in levers if lever.applies_to == name])


def _has_draws(bench, lever: Lever) -> bool:
    region = home_region(bench.catalog.indicators[lever.applies_to])
    return bool(bench.baseline[region][lever.applies_to].years)


def _marks(bench, item) -> str:
    """Put the reference growth rates beside the sliders."""
    indicator = bench.catalog.indicators[item.target.indicator]
    text = narrative_zh.effort(item, indicator)
    last = bench.history(item.target.indicator).values
    if len(last):
        text += f"。调整只作用于{int(last.index[-1]) + 1}年及以后的预测，实际值不变"
    return f"参照：{text}。"


def _pair(catalog, levers: list[Lever]) -> None:
    indicator = catalog.indicators[levers[0].applies_to]
    assumption = levers[0].lever_class is LeverClass.ASSUMPTION
    st.markdown(
        f"**{text_zh.escape(indicator.name_zh)}**" + ("　:gray-badge[假设]" if assumption else ""),
        help=levers[0].rationale_zh,
    )
    for column, lever in zip(st.columns(len(levers), gap="medium"), levers, strict=True):
        with column:
            _control(lever, indicator.unit)


def _control(lever: Lever, unit: str) -> None:
    """Show slider and typed value of one lever; each writes the setting."""
    growth = lever.effect is LeverEffect.GROWTH_PP
    period = _PERIOD.format(first=lever.first_year, last=lever.last_year)
    label = f"{period}年均增速±（个百分点）" if growth else f"{period}每年新增±（{unit}）"
    low, high, step = (shown_value(lever, x) for x in (lever.minimum, lever.maximum, lever.step))
    limits = {"min_value": float(low), "max_value": float(high), "step": float(step)}
    form = "%.1f" if growth else "%.0f"
    now = float(shown_value(lever, state.settings().get(lever.id, 0.0)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for kind, widget in (("s", st.slider), ("n", st.number_input)):
            key = f"{kind}:{lever.id}"
            state.show(key, now)
            widget(
                label,
                **limits,
                format=form,
                key=key,
                on_change=_take,
                args=(lever, key),
                label_visibility="visible" if kind == "s" else "collapsed",
                width="stretch" if kind == "s" else 130,
            )


def _take(lever: Lever, key: str) -> None:
    value = code_value(lever, st.session_state[key])
    state.take(key, lambda: state.set_lever(lever.id, value))


def _others(catalog, shown: set[str]) -> None:
    """List what else has been moved, so that no change is out of sight."""
    moved = [catalog.levers[name] for name in state.settings() if name not in shown]
    if moved:
        names = "；".join(
            f"{lever.name_zh} {shown_value(lever, state.settings()[lever.id]):+g}"
            for lever in moved
        )
        st.caption(f":material/tune: 其他已调整：{text_zh.escape(names)}")
