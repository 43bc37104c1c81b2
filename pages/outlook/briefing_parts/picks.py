"""Which targets and charts the briefing holds, and in which order."""

from collections.abc import Mapping

import streamlit as st

from analytics.model.judgement.ordering import most_urgent
from analytics.output.briefing import compose, named_figures
from analytics.output.briefing.writing import Draft
from analytics.workbench import View
from pages.common import widgets
from pages.common.session import session
from pages.common.text import plain
from pages.outlook.briefing_parts import choices as chosen
from pages.outlook.briefing_parts import texts


def targets_and_charts(made: Draft) -> None:
    """Choose which targets are listed and charted, and in which order."""
    asked, shown = made.request, made.view
    # a label that changed would close it under the user's hands
    with st.expander(texts.PICKS, icon=":material/checklist:", key="briefing_picks"):
        st.caption(texts.PICKED.format(len(asked.targets), len(asked.charts)))
        _picker("targets", texts.TARGETS, _names(shown), asked.targets, shown)
        if not asked.preset.letter:
            _picker("charts", texts.CHARTS, named_figures.drawable(shown), asked.charts, shown)
        st.button(
            texts.RESET,
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
        st.caption(texts.FITS.format(preset.name_zh, preset.most_targets, preset.most_charts))


def _lacking(shown: View) -> None:
    """Name picked charts that this release cannot draw; they come back with another."""
    targets = shown.bench.catalog.targets
    lacking = compose.without_numbers(shown, chosen.choices().now)
    names = [targets[named_figures.target_of(x)].name_zh for x in lacking]
    if names:
        listed = plain("、".join(names))
        st.info(texts.LACKING.format(listed), icon=":material/hide_image:")


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
        texts.AS_PICKED.format(label),
        list(names),
        format_func=names.__getitem__,
        key=key,
        placeholder=texts.PICK,
        on_change=lambda: _keep(field, tuple(st.session_state[key])),
    )
    if len(picked) > 1:
        _order(field, label, picked, names, shown)


def _names(shown: View) -> dict[str, str]:
    return {
        name: texts.TARGET.format(target.order, target.name_zh, target.due_year)
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
            texts.ORDER.format(label),
            picked,
            format_func=names.__getitem__,
            key=f"briefing_move_{field}",
        )
        at = picked.index(one)
        for word, icon, to in (
            (texts.UP, "arrow_upward", at - 1),
            (texts.DOWN, "arrow_downward", at + 1),
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
    return {texts.BY_PLAN: tuple(by_plan), texts.BY_NEED: tuple(by_need)}


def _swapped(picked: tuple[str, ...], at: int, to: int) -> tuple[str, ...]:
    names = list(picked)
    if 0 <= to < len(names):
        names[at], names[to] = names[to], names[at]
    return tuple(names)
