"""A visitor's own notes on a target's chart: put on, listed, taken off."""

import streamlit as st

from analytics.domain import Target
from analytics.output.figures.chart_notes import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_NOTE,
    MOST_NOTES,
    ChartNote,
    annotated,
    clean_text,
)
from analytics.output.figures.figure import Figure
from pages.common import answers, words
from pages.common.session import session
from pages.common.text import plain


def noted(figure: Figure, target_id: str) -> Figure:
    """Put the visitor's notes on a target's figure."""
    return annotated(figure, [one for one in session().notes if one.target == target_id])


def notes_panel(target: Target) -> None:
    """Let the visitor write a note at a year of a target's chart, and take it off again."""
    st.caption(words.NOTES_ABOUT)
    for number, one in enumerate(session().notes):
        if one.target == target.id:
            _listed(number, one)
    if len(session().notes) == MOST_NOTES:
        st.info(words.NOTES_FULL.format(MOST_NOTES), icon=":material/info:")
        return
    when, what, add = st.columns([2, 6, 2], vertical_alignment="bottom")
    with when:
        newest = min(answers.bench().release.as_of.year, LAST_YEAR)
        years = range(LAST_YEAR, FIRST_YEAR - 1, -1)
        st.selectbox(
            words.NOTE_YEAR,
            years,
            index=LAST_YEAR - newest,
            format_func=words.YEAR.format,
            key="note_year",
        )
    with what:
        st.text_input(words.NOTE, key="note_words", max_chars=LONGEST_NOTE)
    with add:
        st.button(
            words.ADD_NOTE,
            key="note_add",
            icon=":material/add_comment:",
            on_click=_add,
            args=(target.id,),
        )


def _listed(number: int, note: ChartNote) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(plain(note.text_zh))
        st.button(
            words.DROP_NOTE,
            key=f"note_drop_{number}",
            icon=":material/delete:",
            type="tertiary",
            on_click=_drop,
            args=(number,),
        )


def _add(target_id: str) -> None:
    said = clean_text(st.session_state["note_words"])
    if said:
        note = ChartNote(target_id, st.session_state["note_year"], said)
        session().keep_notes([*session().notes, note])
        st.session_state["note_words"] = ""


def _drop(number: int) -> None:
    notes = list(session().notes)
    del notes[number]
    session().keep_notes(notes)
