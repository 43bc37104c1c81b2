"""在线填报: type figures into a grid; they are checked as one types."""

from collections import Counter
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from analytics.data.imports import typed_in
from analytics.data.imports.batch import KIND_ZH, Fault, FaultKind
from analytics.data.imports.standing import Standing
from analytics.data.imports.typed_in import Column, Place
from analytics.data.releases.files import ReleaseError
from analytics.domain import Indicator
from pages.common import releases
from pages.common.session import session
from pages.common.text import fill, table
from pages.reference.import_parts import words
from pages.reference.import_parts.memory import kind_badge, memory, person, today, told
from pages.reference.import_parts.shared_standing import standing_of

HandIn = Callable[[list[tuple[str, bytes]], Standing, str], None]
_HEIGHT = 420  # pixels; the grid scrolls inside
_LISTED = 20


def typing(hand_in: HandIn) -> None:
    """Offer the grid, say at once what is wrong in it, and hand it in as a file."""
    panel = st.expander(words.TYPING, icon=":material/edit_note:", key="typing", on_change="rerun")
    if not panel.open:
        return
    with panel:
        st.caption(words.TYPING_ABOUT)
        try:
            against = standing_of(session().release_name)
        except ReleaseError as error:
            told(error)
            return
        columns, items = _asked(against)
        _edit(items, columns, against)
        _outcome(against, hand_in)


def _asked(against: Standing) -> tuple[list[Column], list[Indicator]]:
    """Let a person choose years or a period of the year; return columns and indicators."""
    step = st.segmented_control(
        words.PERIOD,
        (words.YEARLY, words.MONTHLY),
        default=words.YEARLY,
        required=True,
        key="typing_step",
    )
    if step == words.YEARLY:
        return typed_in.yearly_columns(today()), typed_in.asked(against.catalog, monthly=False)
    choices = {column.title: column for column in typed_in.periods(today())}
    chosen = st.selectbox(words.RUNNING, list(choices), key="typing_period")
    return [choices[chosen]], typed_in.asked(against.catalog, monthly=True)


def _edit(items: Sequence[Indicator], columns: Sequence[Column], against: Standing) -> None:
    here = memory()
    # Another grid after each publication: the one before keeps its edits under its key. One that
    # is new on the page begins with what was typed before.
    key = f"typed_{here.published}_{'_'.join(column.title for column in columns)}"
    if key not in st.session_state or key not in here.grids:
        here.grids[key] = typed_in.grid(items, columns, against.current, here.typed, here.beside)
    edited = st.data_editor(
        here.grids[key],
        key=key,
        hide_index=True,
        height=_HEIGHT,
        placeholder="",
        disabled=[words.INDICATOR, words.UNIT, words.NEWEST],
        column_config={
            words.INDICATOR: st.column_config.TextColumn(pinned=True, width=200),
            words.UNIT: st.column_config.TextColumn(width=80),
            words.NEWEST: st.column_config.TextColumn(width=220),
            **{
                column.title: st.column_config.NumberColumn(width=100, format="%.10g")
                for column in columns
            },
            typed_in.ENTERPRISES: st.column_config.NumberColumn(
                width=80,
                min_value=0,
                step=1,
                help=words.ENTERPRISES_HELP,
            ),
            typed_in.CONFIDENTIAL: st.column_config.CheckboxColumn(
                width=60, help=words.CONFIDENTIAL_HELP
            ),
        },
    )
    _remember(edited, columns)


def _remember(edited: pd.DataFrame, columns: Sequence[Column]) -> None:
    """Keep what is typed in these columns, and what was typed in others."""
    shown = {(column.year, column.period) for column in columns}
    others = {place: value for place, value in memory().typed.items() if place[1:] not in shown}
    memory().typed = others | typed_in.taken(edited, columns)
    rows = {str(name) for name in edited.index}
    kept = {name: stated for name, stated in memory().beside.items() if name not in rows}
    memory().beside = kept | typed_in.taken_beside(edited)


def _outcome(against: Standing, hand_in: HandIn) -> None:
    """Say how many figures are sound and what is wrong with the others."""
    here = memory()
    if not here.typed:
        st.caption(words.NOTHING_TYPED)
        return
    here.found = typed_in.found_in(here.typed, against, here.found, today=today())
    faults = [pair for found in here.found.values() for pair in found]
    kinds = Counter(fault.kind for fault, _ in faults)
    counts = "，".join(
        words.OF_KIND.format(KIND_ZH[kind], kinds[kind]) for kind in FaultKind if kinds[kind]
    )
    st.markdown(words.TYPED.format(len(here.typed), counts or words.NO_FAULT))
    grave = [pair for pair in faults if pair[0].kind is not FaultKind.NOTE]
    if grave:
        with st.container(key="typed_faults"):
            table([_fault_row(*pair, against) for pair in grave[:_LISTED]])
    if st.button(words.CHECK_TYPED, key="check_typed", type="primary", disabled=not person()):
        file = typed_in.as_file(here.typed, here.beside, against.catalog)
        hand_in([(file.name, file.content)], against, releases.releases()[session().release_name])
    if not person():
        st.caption(words.PERSON_MISSING)


def _fault_row(fault: Fault, place: Place, against: Standing) -> dict[str, str]:
    return {
        words.HANDLING: kind_badge(fault.kind),
        words.INDICATOR: fill("{}", _named(place, against)),
        words.GIVEN: fault.value,
        words.PROBLEM: fault.message_zh,
        words.REMEDY: fault.remedy_zh,
    }


def _named(place: Place, against: Standing) -> str:
    name, year, period = place
    return words.PLACE_TYPED.format(
        against.catalog.indicators[name].name_zh, Column(year, period).title
    )
