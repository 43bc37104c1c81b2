"""Sliders with typed entry; both write the same setting."""

from collections.abc import Callable

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.answers.steering.goal_seek import goal_seek
from analytics.answers.steering.reference_rates import marks
from analytics.domain import Lever, LeverClass, LeverEffect
from analytics.model.judgement.assessment import Assessment
from analytics.model.scenarios.levers import code_value, shown_value
from analytics.model.scenarios.settings_zh import period_zh, setting_zh, unit_of
from analytics.remembered import remembered
from analytics.workbench import View, Workbench
from pages.common import answers, presets, releases, widgets
from pages.common.session import session
from pages.common.share import share_panel
from pages.common.text import Markdown, bullets, fill, lines, plain

_OPEN_PAIRS = 2  # indicators whose levers are shown at once
_ENTRIES: dict[str, Callable[..., float]] = {"s": st.slider, "n": st.number_input}


def panel(bench: Workbench, item: Assessment) -> None:
    """Show the levers that move a target, with reference marks and resets."""
    levers = movable(bench, item.target.indicator)
    with st.container(border=True, key="levers"):
        heading("调整增速")
        presets.choice()
        if levers:
            st.caption(plain(_effort(bench, item)))
        else:
            st.info("没有可推算的历史，无从调整。", icon=":material/info:")
        others(controls(bench, levers, item.target.id))
    share_panel()


def heading(title: str) -> None:
    """Show a title with the reset of everything beside it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(title, anchor=False)
        st.button(
            "全部复位",
            key="reset_all",
            icon=":material/restart_alt:",
            disabled=not session().settings,
            on_click=session().reset_levers,
        )


def movable(bench: Workbench, indicator_id: str) -> list[Lever]:
    """Return the levers of an indicator that have draws to move."""
    return [x for x in bench.catalog.levers_of(indicator_id) if _has_draws(bench, x)]


def controls(bench: Workbench, levers: list[Lever], target_id: str | None) -> set[str]:
    """Show slider and typed value of levers, the periods of one indicator side by side.

    ``target_id`` is the target that a lever can be set to meet; None for none.
    The levers of further indicators are built when their panel is opened.
    Returns the levers that are in sight.
    """
    names = list(dict.fromkeys(lever.applies_to for lever in levers))
    pairs = [[lever for lever in levers if lever.applies_to == name] for name in names]
    shown = pairs[:_OPEN_PAIRS]
    for pair in shown:
        _pair(bench, pair, target_id)
    if further := pairs[_OPEN_PAIRS:]:
        names_zh = plain("、".join(_name(bench, pair) for pair in further))
        title = f"其余{len(further)}个相关指标：{names_zh}"
        key = f"further_{names[0]}"
        panel = st.expander(title, icon=":material/tune:", key=key, on_change="rerun")
        if panel.open:
            shown = pairs
            with panel:
                for pair in further:
                    _pair(bench, pair, target_id)
    if message := session().lever_message:
        session().lever_message = ""
        st.info(plain(message), icon=":material/target:")
    return {lever.id for pair in shown for lever in pair}


def _has_draws(bench: Workbench, lever: Lever) -> bool:
    region = bench.catalog.indicators[lever.applies_to].home_region
    return bool(bench.baseline[region][lever.applies_to].years)


def _effort(bench: Workbench, item: Assessment) -> str:
    """Say what is needed for the target, and from when on levers act."""
    indicator = bench.catalog.indicators[item.target.indicator]
    text = verdicts_zh.effort(item, indicator)
    last = bench.history(item.target.indicator).values
    if len(last):
        text += f"。调整只作用于{int(last.index[-1]) + 1}年及以后的预测，实际值不变"
    return f"{text}。下列参照均为其余调节项不动时的年均值，括号内为对应的滑块位置。"


def _name(bench: Workbench, pair: list[Lever]) -> str:
    return bench.catalog.indicators[pair[0].applies_to].name_zh


def _pair(bench: Workbench, levers: list[Lever], target_id: str | None) -> None:
    indicator = bench.catalog.indicators[levers[0].applies_to]
    before = answers.baseline()
    assumption = levers[0].lever_class is LeverClass.ASSUMPTION
    st.markdown(
        fill("**{}**", indicator.name_zh) + ("　:gray-badge[假设]" if assumption else ""),
        help=levers[0].rationale_zh,
    )
    for column, lever in zip(st.columns(len(levers), gap="medium"), levers, strict=True):
        with column:
            _control(lever, indicator.unit)
            st.caption(_marks_zh(before, lever.id, target_id))
            _shortcuts(lever, target_id)


def _control(lever: Lever, unit: str) -> None:
    """Show slider and typed value of one lever; each writes the setting."""
    growth = lever.effect is LeverEffect.GROWTH_PP
    period = period_zh(lever)
    label = f"{period}年均增速±（个百分点）" if growth else f"{period}每年新增±（{unit}）"
    low, high, step = (shown_value(lever, x) for x in (lever.minimum, lever.maximum, lever.step))
    limits = {"min_value": float(low), "max_value": float(high), "step": float(step)}
    form = "%.1f" if growth else "%.0f"
    now = float(shown_value(lever, session().settings.get(lever.id, 0.0)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for kind, widget in _ENTRIES.items():
            key = f"{kind}:{lever.id}"
            widgets.show(key, now)
            widget(
                label,
                value=0.0,  # without it a slider gathers the whole session; ``show`` has the value
                **limits,
                format=form,
                key=key,
                on_change=_take,
                args=(lever, key),
                label_visibility="visible" if kind == "s" else "collapsed",
                width="stretch" if kind == "s" else 130,
            )


@remembered()
def _marks_zh(baseline: View, lever_id: str, target_id: str | None) -> Markdown:
    """Write the reference rates beside a lever, each with the slider's place, or why none."""
    catalog = baseline.bench.catalog
    lever = catalog.levers[lever_id]
    unit = catalog.indicators[lever.applies_to].unit
    parts, missing = [], []
    for mark in marks(baseline, lever_id, target_id):
        if mark.value is None:
            missing.append(f"{mark.name}：{mark.reason}")
            continue
        growth = lever.effect is LeverEffect.GROWTH_PP
        rate = text_zh.quantity(mark.value, unit)
        rate = text_zh.percent(mark.value, signed=True) if growth else rate
        place = "超出范围"
        if mark.setting is not None:
            place = setting_zh(catalog, lever, mark.setting).removesuffix(unit_of(catalog, lever))
        parts.append(fill("**{}** {}", mark.name, f"{rate}（{place}）"))
    return lines(Markdown("　".join(parts)), "；".join(missing))


def _take(lever: Lever, key: str) -> None:
    value = code_value(lever, st.session_state[key])
    widgets.take(key, lambda: session().set_lever(lever.id, value))


def _shortcuts(lever: Lever, target_id: str | None) -> None:
    """Offer the value that meets the target, and the way back to zero."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if target_id is not None and lever.lever_class is LeverClass.POLICY:
            growth = lever.effect is LeverEffect.GROWTH_PP
            st.button(
                "按所需增速" if growth else "按所需新增",
                key=f"seek:{lever.id}",
                icon=":material/target:",
                on_click=_seek,
                args=(lever, target_id),
                disabled=lever.first_year > releases.catalog().targets[target_id].due_year,
                type="tertiary",
            )
        st.button(
            "复位",
            key=f"reset:{lever.id}",
            icon=":material/undo:",
            disabled=lever.id not in session().settings,
            on_click=session().set_lever,
            args=(lever.id, 0.0),
            type="tertiary",
        )


def _seek(lever: Lever, target_id: str) -> None:
    """Set a lever to where the target's median is just met, and say what came of it."""
    bench = answers.bench()
    found = goal_seek(bench, session().settings, target_id, lever.id)
    name = bench.catalog.targets[target_id].name_zh
    if found.on_step is None:
        session().lever_message = f"{name}：{found.reason}。"
        return
    session().set_lever(lever.id, found.on_step)
    value = f"“{lever.name_zh}”已设为{setting_zh(bench.catalog, lever, found.on_step)}"
    result = "中位数恰好达到目标" if found.reached and not found.reason else found.reason
    session().lever_message = f"{value}：{name}{result}。"


def others(shown: set[str]) -> None:
    """List what else has been moved, so that no change is out of sight."""
    catalog = releases.catalog()
    moved = [(name, value) for name, value in session().settings.items() if name not in shown]
    if moved:
        panel = st.expander(f"其他已调整{len(moved)}项", icon=":material/tune:")
        panel.markdown(
            bullets(
                f"{one.name_zh}　{setting_zh(catalog, one, value)}"
                for one, value in ((catalog.adjustables[name], value) for name, value in moved)
            )
        )
