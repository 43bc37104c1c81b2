"""Blocks of 操作记录: whether the record is whole, and its last entries."""

import streamlit as st

from analytics import text_zh
from analytics.data.access import trail
from analytics.data.access.command import line_of
from analytics.data.access.identity import Identity, Role
from pages.common import releases
from pages.common.text import bullets, table
from pages.reference.parts import audit_words as words

LISTED = 100
_KIND = dict(trail.ACT_ZH)


def show(who: Identity) -> None:
    """Show the record to someone who may see it."""
    who.require(Role.ADMINISTER)
    st.title(words.TITLE, anchor=False)
    st.caption(words.ABOUT)
    found = trail.records(releases.ROOT)
    _whole(found)
    kinds = st.pills(
        words.ONLY, list(_KIND), format_func=_KIND.__getitem__, selection_mode="multi", key="acts"
    )
    chosen = [one for one in found if not kinds or one.act in kinds]
    table([_row(one) for one in reversed(chosen[-LISTED:])])
    if len(chosen) > LISTED:
        st.caption(words.MOST.format(LISTED, len(chosen)))
    st.download_button(
        words.SAVE,
        lambda: "\n".join(map(line_of, trail.records(releases.ROOT))).encode(),
        words.FILE,
        icon=":material/download:",
        key="audit_download",
        on_click="ignore",
    )


def _whole(found: list[trail.Record]) -> None:
    if problems := trail.verify(releases.ROOT):
        st.error(words.BROKEN.format(bullets(problems[:20])), icon=":material/error:")
    elif found:
        last = found[-1]
        st.success(
            words.SOUND.format(last.number, last.sha256[:16]),
            icon=":material/task_alt:",
        )
    else:
        st.info(words.EMPTY, icon=":material/info:")


def _row(one: trail.Record) -> dict[str, str]:
    return {
        words.NUMBER: str(one.number),
        words.WHEN: one.when[:19].replace("T", " "),
        words.ACT: trail.ACT_ZH[one.act],
        words.WHO: one.label or text_zh.DASH,
        words.SESSION: one.session or text_zh.DASH,
        words.WHAT: one.what or text_zh.DASH,
    }
