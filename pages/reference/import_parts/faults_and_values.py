"""What was found in the files: faults and their mending, what is to be confirmed, the values."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analytics import text_zh
from analytics.data.imports.batch import KIND_ZH, Fault, FaultKind, ImportBatch, Preview, SourceFile
from analytics.data.imports.checks.findings import figure
from analytics.data.imports.intake import corrected_copy, corrected_name
from analytics.data.imports.reader.columns import period_zh
from analytics.data.imports.standing import Standing
from analytics.domain import Indicator
from pages.common.text import fill, plain, table
from pages.reference.import_parts import words
from pages.reference.import_parts.memory import kind_badge

_ONE_BY_ONE = 40  # held faults confirmed each by itself; more of them, together
_LISTED = 100  # faults shown on the page; the corrected copy has them all
_VALUES_LISTED = 1000  # values shown of each sort


def faults(batch: ImportBatch) -> None:
    """List every fault with its place and how to mend it."""
    if not batch.faults:
        st.success(words.SOUND, icon=":material/task_alt:")
        return
    kinds = {kind: n for kind in FaultKind if (n := len(batch.of_kind(kind)))}
    found = "，".join(
        words.FAULTS_OF_KIND.format(KIND_ZH[kind], n, words.MEANING[kind])
        for kind, n in kinds.items()
    )
    st.markdown(words.FAULTS.format(found))
    grave = [*batch.of_kind(FaultKind.REFUSED), *batch.of_kind(FaultKind.HELD)]
    _fault_table(grave, "faults")
    if notes := batch.of_kind(FaultKind.NOTE):
        with st.expander(words.NOTES.format(len(notes)), icon=":material/info:"):
            _fault_table(notes, "fault_notes")
    with st.container(horizontal=True):
        for file in batch.files:
            if any(fault.file == file.name for fault in batch.faults):
                _corrected(batch, file)


def _fault_table(found: Sequence[Fault], key: str) -> None:
    if not found:
        return
    with st.container(key=key):
        table([_fault_row(fault) for fault in found[:_LISTED]])
    if len(found) > _LISTED:
        st.caption(words.FAULTS_LISTED.format(_LISTED, len(found)))


def _fault_row(fault: Fault) -> dict[str, str]:
    return {
        words.HANDLING: kind_badge(fault.kind),
        words.PLACE: fill(words.FAULT_PLACE, fault.sheet or fault.file, fault.cell),
        words.GIVEN: fault.value,
        words.PROBLEM: fault.message_zh,
        words.REMEDY: fault.remedy_zh,
        words.RULE: fault.rule,
    }


def _corrected(batch: ImportBatch, file: SourceFile) -> None:
    st.download_button(
        fill(words.CORRECTED, file.name),
        lambda: corrected_copy(batch, file),
        corrected_name(file),
        icon=":material/rate_review:",
        key=f"corrected_{file.sha256[:8]}",
        on_click="ignore",
    )


def confirmed(batch: ImportBatch) -> ImportBatch:
    """Let a person confirm what is doubtful, one by one while there are few."""
    held = batch.of_kind(FaultKind.HELD)
    if not held:
        return batch
    st.markdown(words.CONFIRM)
    if len(held) > _ONE_BY_ONE:
        sure = st.checkbox(
            words.CONFIRM_ALL.format(len(held)),
            not batch.waiting,
            key="confirm_all",
        )
        return batch.confirm_all() if sure else batch
    ids = [
        fault.id
        for fault in held
        if st.checkbox(
            plain(words.CONFIRM_ONE.format(fault.place_zh, fault.value, fault.message_zh)),
            fault.id in batch.confirmed,
            key=f"confirm_{fault.id}",
        )
    ]
    return batch.confirm(ids)


def counts(changes: Preview) -> None:
    """Say how many values there are of each sort."""
    with st.container(horizontal=True, key="import_counts"):
        for label, count in changes.counts.items():
            st.metric(label, words.COUNT.format(count), border=True, width=128)


def values(changes: Preview, against: Standing) -> None:
    """Show the values by what becomes of them."""
    shown = {
        words.REVISED: changes.revised,
        words.NEW: changes.new,
        words.HELD: changes.held,
        words.UNCHANGED: changes.unchanged,
    }
    filled = {name: rows for name, rows in shown.items() if len(rows)}
    if not filled:
        return
    for tab, (name, rows) in zip(
        st.tabs([words.OF_SORT.format(name, len(rows)) for name, rows in filled.items()]),
        filled.items(),
        strict=True,
    ):
        with tab:
            shown_rows = rows.head(_VALUES_LISTED)
            st.dataframe(_value_table(shown_rows, against), hide_index=True, key=f"values_{name}")
            if len(rows) > _VALUES_LISTED:
                st.caption(words.VALUES_LISTED.format(_VALUES_LISTED, len(rows)))


def _value_table(rows: pd.DataFrame, against: Standing) -> pd.DataFrame:
    indicators = against.catalog.indicators
    return pd.DataFrame(
        [
            {
                words.INDICATOR: indicators[row["indicator_id"]].name_zh,
                words.REGION: row["region"],
                words.PERIOD: period_zh(row["period_kind"], row["period_end"]),
                words.OLD_VALUE: _old(row, indicators),
                words.NEW_VALUE: figure(row["value"], indicators[row["indicator_id"]].unit),
                words.PLACE: " ".join(part for part in (row["sheet"], row["cell"]) if part),
            }
            for row in rows.to_dict("records")
        ]
    )


def _old(row: Mapping[Hashable, Any], indicators: Mapping[str, Indicator]) -> str:
    if pd.isna(row["old_value"]):
        return text_zh.DASH
    value = figure(row["old_value"], indicators[row["indicator_id"]].unit)
    return words.WITH_NATURE.format(value, text_zh.NATURE_ZH[row["old_status"]])
