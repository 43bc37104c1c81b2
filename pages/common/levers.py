"""Sliders that show growth rates, with typed entry; both write the same setting."""

import math
from collections.abc import Callable
from functools import partial

import streamlit as st

from analytics import text_zh
from analytics.answers.steering.rates import RateScale, rate_scale
from analytics.domain import LeadTarget, Lever, LeverClass, LeverEffect, Target
from analytics.model.scenarios.levers import code_value, shown_value
from analytics.model.scenarios.settings_zh import setting_zh
from analytics.workbench import Workbench
from pages.common import missing, releases, required, track, widgets, words, zones
from pages.common.session import session
from pages.common.text import bullets, fill, plain
from pages.common.zones import all_but, only, zone

_OPEN_PAIRS = 2  # indicators whose levers are shown at once
_ENTRIES: dict[str, Callable[..., float]] = {"s": st.slider, "n": st.number_input}


def panel(bench: Workbench, target: Target) -> None:
    """Show the levers that move a target, with reference marks, and what it asks of them."""
    levers = movable(bench, target.indicator)
    with st.container(key="levers", gap="small"):
        if not levers:
            missing.nothing_to_steer(bench, target)
        others(controls(bench, levers, target.id))


def heading(title: str) -> None:
    """Show a title with the reset of everything beside it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(title, anchor=False)
        reset()


def reset() -> None:
    """Offer to put everything back."""
    st.button(
        words.RESET_ALL,
        key="reset_all",
        icon=":material/restart_alt:",
        disabled=not session().settings,
        on_click=session().reset_levers,
    )


def movable(bench: Workbench, indicator_id: str) -> list[Lever]:
    """Return the levers of an indicator that have draws to move."""
    return [x for x in bench.catalog.levers_of(indicator_id) if _has_draws(bench, x)]


def policy_can_move(bench: Workbench) -> bool:
    """Tell whether any lever of the district's own has draws to move."""
    levers = bench.catalog.levers.values()
    return any(x.lever_class is LeverClass.POLICY and _has_draws(bench, x) for x in levers)


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
        title = words.FURTHER.format(len(further), names_zh)
        key = f"further_{names[0]}"
        panel = st.expander(title, icon=":material/tune:", key=key, on_change="rerun")
        if panel.open:
            shown = pairs
            with panel:
                for pair in further:
                    _pair(bench, pair, target_id)
    return {lever.id for pair in shown for lever in pair}


def _has_draws(bench: Workbench, lever: Lever) -> bool:
    region = bench.catalog.indicators[lever.applies_to].home_region
    return bool(bench.baseline[region][lever.applies_to].years)


def _name(bench: Workbench, pair: list[Lever]) -> str:
    return bench.catalog.indicators[pair[0].applies_to].name_zh


def _pair(bench: Workbench, levers: list[Lever], target_id: str | None) -> None:
    indicator = bench.catalog.indicators[levers[0].applies_to]
    assumption = levers[0].lever_class is LeverClass.ASSUMPTION
    st.markdown(
        fill(words.LEVER, indicator.name_zh) + (words.ASSUMED if assumption else ""),
        help=levers[0].rationale_zh,
    )
    for lever in levers:
        _control(bench, lever)
    if target_id is not None and not assumption:
        acting = [x for x in levers if x.first_year <= bench.catalog.targets[target_id].due_year]
        for lever in acting[:1]:
            _required(bench, lever, target_id)


def _required(bench: Workbench, lever: Lever, target_id: str) -> None:
    """Show what a target asks of a lever; a lead over the city takes long, so when asked for."""

    def show() -> None:
        asks = partial(required.panel, bench, lever, target_id)
        zone(f"required:{lever.id}", asks, follows=all_but(lever.id))

    if not isinstance(bench.catalog.targets[target_id], LeadTarget):
        show()
        return
    title = words.ASKED
    asked = st.expander(title, key=f"asked_{lever.code}", on_change="rerun")
    if asked.open:
        with asked:
            show()


def _control(bench: Workbench, lever: Lever) -> None:
    """Show slider and typed value of one lever; each writes the setting."""
    indicator = bench.catalog.indicators[lever.applies_to]
    growth = lever.effect is LeverEffect.GROWTH_PP
    period = text_zh.span(lever.first_year, lever.last_year)
    label = words.GROWTH.format(period) if growth else words.ADDED.format(period, indicator.unit)
    scale = rate_scale(bench, lever)
    low, high = (scale.shown(shown_value(lever, x)) for x in (lever.minimum, lever.maximum))
    limits = {"min_value": low, "max_value": high, "step": _step(lever, low, high)}

    def entries() -> None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(plain(label))
            _entry("n", lever, label, scale, **limits)
            st.button(
                "",
                key=f"reset:{lever.id}",
                icon=":material/undo:",
                help=words.RESET,
                disabled=lever.id not in session().settings,
                on_click=_put_back,
                args=(lever.id,),
                type="tertiary",
            )

        _entry("s", lever, label, scale, **limits)

    with st.container(gap=None, key=f"lever_{lever.code}_{lever.last_year}"):
        zone(f"lever:{lever.id}", entries, follows=only(lever.id))
        track.track(bench, lever, low, high)


def _put_back(lever_id: str) -> None:
    session().set_lever(lever_id, 0.0)
    zones.redraw_all()


def _step(lever: Lever, low: float, high: float) -> float:
    """Return how far a key press goes: less than a lever's own step would move nothing.

    Rounded down, so that the last step still lies within the bounds.
    """
    if lever.effect is LeverEffect.GROWTH_PP:
        return 0.1
    steps = round((lever.maximum - lever.minimum) / lever.step)
    return math.floor((high - low) / steps * 10_000) / 10_000


def _entry(kind: str, lever: Lever, label: str, scale: RateScale, **limits: float) -> None:
    """Show one of the two entries of a lever."""
    key = f"{kind}:{lever.id}"
    widgets.show(key, _shown(key, lever, scale, limits["step"]))
    _ENTRIES[kind](
        label,
        value=scale.rest,  # without it a slider gathers the whole session; ``show`` has the value
        **limits,
        format="%.1f",
        key=key,
        on_change=_take,
        args=(lever, key, scale, kind == "n"),
        label_visibility="collapsed",
        width="stretch" if kind == "s" else 74,
    )


def _shown(key: str, lever: Lever, scale: RateScale, step: float) -> float:
    """Return what an entry shows: the rate of the setting, or what was sent where it means that.

    A rate to one decimal in the place of the exact one would be a new value for the entry,
    which overwrites the press that follows before it arrives.
    """
    setting = session().settings.get(lever.id, 0.0)
    rate, sent = scale.shown(shown_value(lever, setting)), st.session_state.get(key)
    if sent is None or abs(sent - rate) > max(step, 0.1) / 2 - 1e-6:
        return rate
    return sent if code_value(lever, scale.moved(sent)) == setting else rate


def _take(lever: Lever, key: str, scale: RateScale, follows: bool) -> None:
    value = code_value(lever, scale.moved(st.session_state[key]))
    widgets.take(key, lambda: session().set_lever(lever.id, value), follows=follows)
    zones.redraw(lever.id, value)


def others(shown: set[str]) -> None:
    """List what else has been moved, so that no change is out of sight."""
    catalog = releases.catalog()
    moved = [(name, value) for name, value in session().settings.items() if name not in shown]
    if moved:
        panel = st.expander(words.OTHERS_MOVED.format(len(moved)), icon=":material/tune:")
        panel.markdown(
            bullets(
                f"{one.name_zh}　{setting_zh(catalog, one, value)}"
                for one, value in ((catalog.adjustables[name], value) for name, value in moved)
            )
        )
