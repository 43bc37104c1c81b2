"""What publishing would do to the plan's targets, before anything is published."""

import streamlit as st

from analytics import text_zh
from analytics.answers.reports import changes
from analytics.data.imports.batch import ImportBatch
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.making import try_out
from analytics.domain import RowStatus, Standing
from analytics.model.judgement.assessment import Assessment
from pages.common import answers, releases
from pages.common.progress import progress
from pages.common.session import session
from pages.common.text import plain, table
from pages.reference.import_parts import words
from pages.reference.import_parts.memory import Checked, memory, told
from pages.reference.import_parts.versions import verdict_row


def effect(checked: Checked, batch: ImportBatch) -> None:
    """Show each target before and after, what leaves, and what is still missing."""
    if not batch.publishable or not releases.writable():
        return
    key = (checked.release_id, batch.id, batch.confirmed)
    if st.button(words.TRY_OUT, key="try_out", icon=":material/preview:"):
        _try_out(batch, key)
    if (tried := memory().tried) and tried[0] == key:
        _show(checked.release_id, tried[1])


def _try_out(batch: ImportBatch, key: tuple[object, ...]) -> None:
    """Build the releases as they would be; publishing takes them as they are."""
    try:
        with progress(words.TRYING_OUT) as move:
            made = try_out(releases.ROOT, batch, on_progress=move)
    except ReleaseError as error:
        told(error)
        return
    memory().tried = (key, made[session().release_name])


def _show(before: str, after: str) -> None:
    found = answers.difference(before, after)
    gone = found.values[found.values["change"] == changes.GONE]
    invented = int((gone["old_status"] == RowStatus.ILLUSTRATIVE).sum())
    text = words.VERDICTS_CHANGE.format(len(found.verdicts))
    text += words.DEMO_GOES.format(invented) if invented else "。"
    with st.container(key="effects"):
        st.markdown(plain(text))
        if found.verdicts:
            table([verdict_row(*pair) for pair in found.verdicts])
        if lacking := [new for _, new in found.verdicts if _is_undecided(new)]:
            st.markdown(words.STILL_LACKING)
            table([_lacking_row(item) for item in lacking], narrow="lacking")


def _is_undecided(item: Assessment) -> bool:
    return item.standing in (Standing.NO_DATA, Standing.UNDETERMINED)


def _lacking_row(item: Assessment) -> dict[str, str]:
    return {words.TARGET: item.target.name_zh, words.LACKS: text_zh.reasons_zh(item.reasons)}
