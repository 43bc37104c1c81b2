"""The words of the briefing: its title, and every sentence rewritten by hand."""

from collections.abc import Sequence

import streamlit as st

from analytics.output.briefing import compose, named_figures
from analytics.output.briefing.writing import Draft
from pages.common import widgets
from pages.common.text import bullets, plain
from pages.outlook.briefing_parts import choices as chosen

_TITLE_LENGTH = 60
_SENTENCE_LENGTH = 600


def words(made: Draft) -> None:
    """Let the user rewrite the title and every generated sentence."""
    generated = compose.sentences(made.view, made.request)
    edits = chosen.choices().now.edits
    count = sum(text in edits for text in generated.values())
    with st.expander(
        "改标题和文字" + (f"（已改{count}处）" if count else ""), icon=":material/edit_note:"
    ):
        _title(made)
        charts = named_figures.drawable(made.view)
        for key, sentence in generated.items():
            part, _, name = key.partition(".")
            label = f"要点{name}" if part == compose.HIGHLIGHT else f"图：{charts[name]}"
            _sentence(key, label, sentence, edits)
        st.caption("清空一句即不写入。改写只替换原句；数据变化后原句不同，改写不再采用并在此列出。")
    _unused(compose.unused(generated, edits))


def _title(made: Draft) -> None:
    widgets.show("briefing_title", chosen.choices().now.title or made.request.preset.title)
    st.text_input("标题", key="briefing_title", max_chars=_TITLE_LENGTH, on_change=_take_title)


def _take_title() -> None:
    text = " ".join(st.session_state["briefing_title"].split())
    chosen.choices().now.title = "" if text == chosen.preset().title else text


def _sentence(key: str, label: str, sentence: str, edits: dict[str, str]) -> None:
    widget = f"briefing_sentence_{key}"
    widgets.show(widget, edits.get(sentence, sentence))
    st.text_area(
        label,
        key=widget,
        max_chars=_SENTENCE_LENGTH,
        height="content",
        on_change=_take_sentence,
        args=(widget, sentence),
    )
    if strange := compose.new_numbers(sentence, edits.get(sentence, "")):
        said = f"改写后新出现的数字：{'、'.join(strange)}。不在原句中，请自行核对。"
        st.caption(f":material/warning: {plain(said)}")


def _take_sentence(widget: str, sentence: str) -> None:
    edits = chosen.choices().now.edits
    text = " ".join(st.session_state[widget].split())
    if text == sentence:
        edits.pop(sentence, None)
    else:
        edits[sentence] = text


def _unused(texts: Sequence[str]) -> None:
    """Say which rewritten sentences no longer fit, so that no stale number slips in."""
    kept = [text for text in texts if text]
    if not kept:
        return
    st.warning(
        f"以下改写的原句已随数据或选择变化，未采用；需要时请重新改写：\n{bullets(kept)}",
        icon=":material/history_edu:",
    )
    st.button("不再提示这些改写", key="briefing_forget", on_click=_forget, args=(tuple(texts),))


def _forget(texts: tuple[str, ...]) -> None:
    edits = chosen.choices().now.edits
    for sentence in [x for x, text in edits.items() if text in texts]:
        del edits[sentence]
