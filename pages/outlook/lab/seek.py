"""What it takes: one lever for one target, or the least effort for several."""

import streamlit as st

from analytics import text_zh
from analytics.answers.steering.effort import Effort
from analytics.answers.steering.influence import influences
from analytics.answers.steering.rates import projected_rate
from analytics.domain import LeverEffect
from analytics.model.scenarios.settings_zh import period_zh, rate_zh, setting_zh
from analytics.workbench import Workbench
from pages.common import answers
from pages.common.session import session
from pages.common.text import fill, plain, table
from pages.outlook.lab import words
from pages.outlook.lab.names import target_names

_CRITERIA = {None: words.BY_MEDIAN} | {
    share / 100: words.BY_ODDS.format(share) for share in (50, 66, 75, 80, 90, 95)
}


def seek(bench: Workbench) -> None:
    """Show both ways of solving; nothing is changed until it is applied."""
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, key="seek_one"):
        _one(bench)
    with right, st.container(border=True, key="seek_many"):
        _many(bench)


def _one(bench: Workbench) -> None:
    st.markdown(words.SEEK_ONE)
    target_id = _target(bench)
    levers = influences(bench, bench.catalog.targets[target_id])
    if not levers:
        st.info(words.NO_LEVER, icon=":material/block:")
        return
    names = {name: bench.catalog.levers[name].name_zh for name in levers}
    lever_id = st.selectbox(
        words.LEVER,
        list(names),
        format_func=names.__getitem__,
        key=f"seek_lever_{target_id}",
        persist_state="session",
    )
    _solution(bench, target_id, lever_id, _criterion("seek_criterion"))


def _target(bench: Workbench) -> str:
    names = target_names(x for x in bench.catalog.targets.values() if x.value is not None)
    return st.selectbox(
        words.TARGET,
        list(names),
        format_func=names.__getitem__,
        key="seek_target",
        persist_state="session",
    )


def _criterion(key: str) -> float | None:
    return st.selectbox(
        words.CRITERION,
        list(_CRITERIA),
        format_func=_CRITERIA.__getitem__,
        key=key,
        persist_state="session",
    )


def _solution(bench: Workbench, target_id: str, lever_id: str, probability: float | None) -> None:
    """Show the growth rate that just meets the target, and offer it."""
    key = tuple((name, x) for name, x in session().scenario.settings if name != lever_id)
    found = answers.solution(session().release_id, key, target_id, lever_id, probability)
    lever = bench.catalog.levers[lever_id]
    why = f"{text_zh.reason_zh(found.reason)}。" if found.reason else ""
    if found.value is None or found.on_step is None:
        st.warning(plain(why), icon=":material/block:")
        return
    if not why:
        slider = setting_zh(bench.catalog, lever, found.on_step)
        if lever.first_month > 1:  # moved for some months, it moves the year by less
            slider = f"{period_zh(lever)}{slider}"
        rate = projected_rate(bench, lever, {lever_id: found.on_step})
        needed = rate_zh(bench.catalog, lever, rate)
        period = text_zh.span(lever.first_year, lever.last_year)
        st.success(fill(words.SOLUTION, period, needed, slider), icon=":material/target:")
    else:
        st.warning(plain(why), icon=":material/vertical_align_top:")
    st.button(
        words.ADOPT,
        key="seek_apply",
        icon=":material/check:",
        on_click=session().set_lever,
        args=(lever_id, found.on_step),
        disabled=session().settings.get(lever_id, 0.0) == found.on_step,
    )


def _many(bench: Workbench) -> None:
    st.markdown(words.SEEK_MANY)
    names = target_names(x for x in bench.catalog.targets.values() if x.value is not None)
    chosen = st.multiselect(
        words.TARGET,
        list(names),
        format_func=names.__getitem__,
        key="effort_targets",
        placeholder=words.PICK_SEVERAL,
        persist_state="session",
    )
    probability = _criterion("effort_criterion")
    if not chosen:
        st.caption(words.PICK_FIRST)
        return
    found = answers.effort(
        session().release_id, session().scenario.settings, tuple(chosen), probability
    )
    _effort(bench, found, names)


def _effort(bench: Workbench, found: Effort, names: dict[str, str]) -> None:
    if found.fractions:
        share = text_zh.percent(found.largest, 1)
        st.success(
            words.EFFORT.format(len(found.met), share),
            icon=":material/target:",
        )
        table([_row(bench, found, *one) for one in found.fractions], narrow="effort")
    elif found.met:
        st.success(words.NO_EFFORT, icon=":material/check:")
    for one in found.unreachable:
        text = plain(f"{names[one.target_id]}：{one.reason}。")
        st.warning(text, icon=":material/vertical_align_top:")
    for target_id, reason in found.left_out:
        st.info(plain(f"{names[target_id]}：{reason}。"), icon=":material/block:")
    st.button(
        words.ADOPT_ALL,
        key="effort_apply",
        icon=":material/check:",
        on_click=session().apply,
        args=(dict(found.on_step),),
        disabled=not found.fractions,
    )


def _row(bench: Workbench, found: Effort, name: str, share: float) -> dict[str, str]:
    lever = bench.catalog.levers[name]
    decimals = 3 if lever.effect is LeverEffect.GROWTH_PP else 1
    return {
        words.LEVER: lever.name_zh,
        words.EXACT: setting_zh(bench.catalog, lever, found.exact[name], decimals),
        words.ON_STEP: setting_zh(bench.catalog, lever, found.on_step[name]),
        words.SHARE: text_zh.percent(share, 1),
    }
