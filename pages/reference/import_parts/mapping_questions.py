"""Blocks of 数据导入: what a table leaves open, asked once and remembered."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.mapping.declared import (
    LEAVE,
    TableMapping,
    as_toml,
    keep_mapping,
)
from analytics.data.imports.mapping.question import NAME as ABOUT_NAME
from analytics.data.imports.mapping.question import Prompt, Question, folded
from analytics.data.imports.mapping.questions import answered
from analytics.data.imports.reader import headings, kinds
from pages.common import releases
from pages.common.text import fill, plain
from pages.reference.import_parts import words
from pages.reference.import_parts.memory import Checked, person, today, told

_KINDS = (kinds.RUNNING, kinds.SINGLE)
_SCROLLED = 8  # questions shown without scrolling


def ask(checked: Checked, again: Callable[[Checked], None]) -> None:
    """Ask what the tables leave open; ``again`` reads the same files with the answers."""
    prompts = folded(checked.batch.questions)
    if not prompts:
        return
    with st.container(border=True, key="questions"):
        st.markdown(words.QUESTIONS.format(len(prompts)))
        left = [prompt for prompt in prompts if prompt.leaves_out]
        asked = [prompt for prompt in prompts if not prompt.leaves_out]
        asked += [part for prompt in left for part in _taken_back(prompt)]
        with st.container(height=420 if len(asked) > _SCROLLED else "content", border=False):
            answers: dict[tuple[str, str, str], str] = {}
            for prompt in asked:
                answer = _answer(prompt)
                answers |= {(one.shape, one.about, one.key): answer for one in prompt.questions}
        name = st.text_input(
            words.MAPPING_NAME, _proposed_name(checked), max_chars=40, key="map_name"
        )
        if st.button(words.SAVE_MAPPING, key="map_save", type="primary"):
            _save(checked, answers, name, again)


def _fixed(remarks: Sequence[Question]) -> None:
    if remarks:
        named = "、".join(words.ROW_LEFT_OUT.format(one.words) for one in remarks[:6])
        more = words.MORE_ROWS.format(len(remarks)) if len(remarks) > 6 else ""
        st.caption(plain(words.ROWS_LEFT_OUT.format(named, more)))


def _taken_back(prompt: Prompt) -> list[Prompt]:
    """List what is not imported, to be agreed to together; return what a person takes out."""
    _fixed([one for one in prompt.questions if one.fixed])
    parts = prompt.parts
    if not parts:
        return []
    places = range(len(parts))
    kept_out = st.multiselect(
        words.LEFT_OUT.format(len(parts)),
        places,
        list(places),
        format_func=lambda place: plain(_label(parts[place])),
        help=words.LEFT_OUT_HELP,
        key=f"map_left_{parts[0].first.shape}_{len(parts)}",
    )
    return [part for place, part in enumerate(parts) if place not in kept_out]


def _label(prompt: Prompt) -> str:
    what = words.INDICATOR if prompt.first.about == ABOUT_NAME else words.HEADING
    count = sum(one.count for one in prompt.questions)
    return words.ASKED.format(what, prompt.first.words, count)


def _answer(prompt: Prompt) -> str:
    one = prompt.first
    indicators = releases.catalog().indicators
    meant = (one.proposal,) if one.proposal == headings.DAY_NUMBER else _KINDS
    options = [LEAVE, *(indicators if one.about == ABOUT_NAME else meant)]

    def label(option: str) -> str:
        item = indicators.get(option)
        return item.name_zh if item else option or words.NOT_IMPORTED

    answer: str = st.selectbox(
        plain(_label(prompt)),
        options,
        index=options.index(one.proposal),
        format_func=label,
        key=f"map_{one.shape}_{one.about}_{one.key}",
    )
    return answer


def _proposed_name(checked: Checked) -> str:
    stem = Path(checked.batch.files[0].name).stem
    return re.sub(r"[0-9]+年?月?", "", stem).strip("-—_ ") or words.MAPPING_UNNAMED


def _save(
    checked: Checked,
    answers: dict[tuple[str, str, str], str],
    name: str,
    again: Callable[[Checked], None],
) -> None:
    known = checked.against.mappings
    asked = checked.batch.questions
    named = name or words.MAPPING_UNNAMED
    made = answered(asked, answers, known, name_zh=named, by=person(), on=today())
    try:
        for one in made if releases.writable() else ():
            keep_mapping(releases.ROOT, one)
    except ImportFileError as error:
        told(error)
        return
    against = replace(checked.against, mappings=(*known, *made))
    again(replace(checked, against=against))


def kept(mappings: Sequence[TableMapping]) -> None:
    """List the mappings people made, each to be carried elsewhere as TOML."""
    own = {one.shape: one for one in mappings if one.shape}
    if not own:
        return
    with st.expander(words.MAPPINGS.format(len(own)), icon=":material/table_convert:"):
        for shape, one in own.items():
            said = words.MAPPING_TOLD.format(
                one.saved_by, one.saved_on, len(one.names), len(one.headings)
            )
            st.markdown(fill(words.MAPPING, one.name_zh, said))
            st.download_button(
                words.EXPORT_MAPPING,
                as_toml(one),
                f"{shape}.toml",
                key=f"map_{shape}",
                on_click="ignore",
            )
