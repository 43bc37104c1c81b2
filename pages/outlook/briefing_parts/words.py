"""The words of the briefing: its title, and every sentence rewritten by hand."""

from collections.abc import Sequence

import streamlit as st

from analytics.output.briefing import compose, definition, named_figures
from analytics.output.briefing.definition import DefinitionError
from analytics.output.briefing.writing import Draft
from analytics.workbench import View
from pages.common import widgets
from pages.common.session import session
from pages.common.text import bullets, plain
from pages.outlook.briefing_parts import choices as chosen
from pages.outlook.briefing_parts import texts

_TITLE_LENGTH = 60
_SENTENCE_LENGTH = 600


def words(made: Draft) -> None:
    """Let the user rewrite the title and every generated sentence."""
    generated = compose.sentences(made.view, made.request)
    own = chosen.choices().now
    with st.expander(texts.WORDS, icon=":material/edit_note:", key="briefing_words"):
        _title(made)
        charts = named_figures.drawable(made.view)
        for key, sentence in generated.items():
            part, _, name = key.partition(".")
            label = (
                texts.POINT.format(name)
                if part == compose.HIGHLIGHT
                else texts.FIGURE.format(charts[name])
            )
            _sentence(key, label, sentence, made)
        if generated:
            st.caption(texts.WORDS_NOTE)
    _unused(compose.unused(generated, own.edits))


def _title(made: Draft) -> None:
    widgets.show("briefing_title", chosen.choices().now.title or made.request.preset.title)
    st.text_input(
        texts.HEADING, key="briefing_title", max_chars=_TITLE_LENGTH, on_change=_take_title
    )


def _take_title() -> None:
    text = " ".join(st.session_state["briefing_title"].split())
    chosen.choices().change(title="" if text == chosen.preset().title else text)
    session().touch()


def _sentence(key: str, label: str, sentence: str, made: Draft) -> None:
    widget, own = f"briefing_sentence_{key}", chosen.choices().now
    edits = own.edits
    widgets.show(widget, own.sentences.get(key, edits.get(sentence, sentence)))
    st.text_area(
        label,
        key=widget,
        max_chars=_SENTENCE_LENGTH,
        height="content",
        on_change=_take_sentence,
        args=(widget, key, sentence),
    )
    if strange := compose.new_numbers(sentence, edits.get(sentence, "")):
        said = texts.NEW_NUMBERS.format("、".join(strange))
        st.caption(f":material/warning: {plain(said)}")
    check_places(made.view, own.sentences.get(key, ""))


def check_places(view: View, *texts: str) -> None:
    """Say which placeholder has no figure."""
    try:
        for text in texts:
            definition.filled(view, text)
    except DefinitionError as error:
        st.error(plain(str(error)), icon=":material/error:")


def _take_sentence(widget: str, key: str, sentence: str) -> None:
    """Keep a sentence's own words: with placeholders for every issue, else for this very one."""
    own = chosen.choices().now
    text = " ".join(st.session_state[widget].split())
    edits = {was: said for was, said in own.edits.items() if was != sentence}
    sentences = {at: said for at, said in own.sentences.items() if at != key}
    if definition.has_places(text):
        sentences[key] = text
    elif text != sentence:
        edits[sentence] = text
    chosen.choices().change(edits=edits, sentences=sentences)
    session().touch()


def _unused(sentences: Sequence[str]) -> None:
    """Say which rewritten sentences no longer fit, so that no stale number slips in."""
    kept = [text for text in sentences if text]
    if not kept:
        return
    st.warning(texts.UNUSED.format(bullets(kept)), icon=":material/history_edu:")
    st.button(texts.FORGET, key="briefing_forget", on_click=_forget, args=(tuple(sentences),))


def _forget(sentences: tuple[str, ...]) -> None:
    edits = chosen.choices().now.edits
    kept = {sentence: text for sentence, text in edits.items() if text not in sentences}
    chosen.choices().change(edits=kept)
    session().touch()
