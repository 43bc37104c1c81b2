"""Which kind of briefing, which scenario it is about, and what it is compared with."""

from collections.abc import Callable

import streamlit as st

from analytics.domain import Scenario
from analytics.model.scenarios import links
from analytics.output.briefing import letter
from analytics.output.briefing.kinds import Chapter
from analytics.output.briefing.writing import Draft
from pages.common import widgets
from pages.common.scenarios_at_hand import BASELINE
from pages.common.session import UNNAMED, session
from pages.outlook.briefing_parts import choices as chosen
from pages.outlook.briefing_parts import texts


def kind() -> None:
    """Choose the kind of briefing."""
    known = chosen.library().presets
    widgets.show("briefing_kind", chosen.choices().preset)
    st.segmented_control(
        texts.KIND,
        list(known),
        format_func=lambda name: known[name].name_zh,
        key="briefing_kind",
        on_change=_take("preset", "briefing_kind"),
        required=True,
    )


def _take(field: str, key: str) -> Callable[[], None]:
    def take(name: str) -> None:
        setattr(chosen.choices(), field, name)
        session().touch()

    return widgets.on_choice(key, take)


def little_known(made: Draft) -> None:
    """Offer the letter that asks for data where a briefing would be pages of dashes."""
    if made.request.preset.letter or not letter.is_due(made.view):
        return
    kind = next(one for one in chosen.library().presets.values() if one.letter)
    with st.container(border=True, key="briefing_little_known"):
        st.markdown(texts.LITTLE_KNOWN.format(letter.FEWEST_JUDGED))
        st.button(
            texts.REWRITE.format(kind.name_zh),
            key="briefing_request",
            icon=":material/outgoing_mail:",
            on_click=_take_kind,
            args=(kind.id,),
        )


def _take_kind(name: str) -> None:
    chosen.choices().preset = name
    session().touch()


def scenarios() -> None:
    """Choose which scenario is written about, its name, and what it is compared with."""
    known, about = chosen.scenarios(), chosen.scenario()
    if len(known) == 1:
        st.caption(texts.ONLY_BASELINE)
        return
    which, name, others = st.columns([4, 3, 5], gap="medium", vertical_alignment="bottom")
    with which:
        widgets.show("briefing_which", about.name)
        st.selectbox(
            texts.WHICH,
            list(known),
            format_func=lambda one: (
                texts.WITH_COUNT.format(one, len(known[one].settings))
                if known[one].settings
                else one
            ),
            key="briefing_which",
            on_change=_take("scenario", "briefing_which"),
        )
    with name:
        _name(about)
    with others:
        rest = [one for one in known if one != about.name]
        widgets.show("briefing_beside", list(chosen.beside()))
        st.multiselect(
            texts.BESIDE,
            rest,
            key="briefing_beside",
            on_change=_take_beside,
            placeholder=texts.NO_BESIDE,
        )
    _without_comparison()


def _without_comparison() -> None:
    """Say where the kind of briefing has no table for the scenarios picked."""
    known = chosen.library().presets.values()
    asked = [name for name in chosen.beside() if name != BASELINE]
    if asked and Chapter.COMPARISON not in chosen.preset().parts:
        others = "、".join(x.name_zh for x in known if Chapter.COMPARISON in x.parts)
        st.caption(texts.NOT_COMPARED.format(chosen.preset().name_zh, others))


def _take_beside() -> None:
    chosen.choices().beside = tuple(st.session_state["briefing_beside"])
    session().touch()


def _name(about: Scenario) -> None:
    """Name what is moved now; saved scenarios are named in the laboratory."""
    present = about.settings == session().scenario.settings and bool(about.settings)
    widgets.show("briefing_name", about.name)
    st.text_input(
        texts.NAME,
        key="briefing_name",
        max_chars=links.LONGEST_NAME,
        on_change=_take_name,
        disabled=not present or about.name in [one.name for one in session().saved],
    )


def _take_name() -> None:
    name = st.session_state["briefing_name"].strip()
    session().apply(session().settings, links.clean_name(name) if name else UNNAMED)
    chosen.choices().scenario = ""
