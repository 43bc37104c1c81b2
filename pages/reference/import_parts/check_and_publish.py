"""Blocks of 数据导入: template, upload, what was found, publication."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analytics.data.access.identity import AccessError
from analytics.data.imports.batch import ImportBatch, Preview
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.intake import read_import
from analytics.data.imports.preview import preview
from analytics.data.imports.standing import Standing
from analytics.data.imports.template import template_csv, template_workbook
from analytics.data.releases.accepting import accept
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.handed_in import HandedIn
from analytics.data.sources.substitution import imported_indicators, replaced
from analytics.domain import RowStatus
from pages.common import releases, widgets
from pages.common.progress import progress
from pages.common.session import session
from pages.common.text import fill, plain
from pages.reference.import_parts import faults_and_values, handing_in, words
from pages.reference.import_parts.effect import effect
from pages.reference.import_parts.mapping_questions import ask, kept
from pages.reference.import_parts.memory import (
    NAME,
    Checked,
    given_by_hand,
    keep_person,
    memory,
    person,
    stamp,
    today,
    told,
    who,
)
from pages.reference.import_parts.shared_standing import standing_of

# ── template and upload ──────────────────────────────────────────────────────────────────


@st.cache_resource(show_spinner=False, max_entries=4)
def _template(kind: str, day: date) -> bytes:
    make = template_workbook if kind == "xlsx" else template_csv
    return make(releases.catalog(), as_of=day)


def templates() -> None:
    """Offer the workbook to fill in."""
    with st.container(border=True, key="templates"):
        st.markdown(words.TEMPLATES)
        with st.container(horizontal=True):
            for kind, label in words.TEMPLATE_KINDS.items():
                st.download_button(
                    label,
                    partial(_template, kind, today()),
                    words.TEMPLATE_FILE.format(today(), kind),
                    icon=":material/download:",
                    key=f"template_{kind}",
                    on_click="ignore",
                )


def upload() -> None:
    """Take files and a name, and check them when asked."""
    with st.container(border=True, key="upload"):
        st.markdown(words.UPLOAD)
        if given_by_hand():
            widgets.show(NAME, person())
            st.text_input(
                words.PERSON,
                key=NAME,
                max_chars=40,
                placeholder=words.PERSON_ASKED,
                on_change=keep_person,
            )
        files = st.file_uploader(
            words.FILES,
            type=["xlsx", "xls", "et", "csv", "txt", "tsv"],
            accept_multiple_files=True,
            key=f"import_files_{memory().round}",
        )
        ready = bool(files) and bool(person())
        if st.button(words.CHECK, key="check", type="primary", disabled=not ready):
            _check(files)
        if not ready:
            st.caption(words.NOT_READY if given_by_hand() else words.NO_FILE)


def _check(files: Sequence[UploadedFile]) -> None:
    """Read and validate the files, with progress; what was checked before is dropped."""
    memory().checked = None
    try:
        name = session().release_name
        release, against = releases.releases()[name], standing_of(name)
    except ReleaseError as error:
        told(error)
        return
    check([(file.name, file.getvalue()) for file in files], against, release)


def _again(checked: Checked) -> None:
    """Read the same files once more, with what a person explained meanwhile."""
    files = [(file.name, file.content) for file in checked.batch.files]
    check(files, checked.against, checked.release_id, checked.waiting)


def check(
    files: Sequence[tuple[str, bytes]],
    against: Standing,
    release: str,
    waiting: HandedIn | None = None,
) -> None:
    """Have files checked against what is held, and show what was found."""
    here = memory()
    try:
        with progress(words.CHECKING) as move:
            batch = read_import(
                files,
                against,
                submitted_by=waiting.label if waiting else person(),
                submitted_on=today(),
                progress=move,
                on_wait=lambda ahead: move(0.0, words.FILES_AHEAD.format(ahead)),
            )
    except (ImportFileError, ReleaseError) as error:
        told(error)
        return
    batch = batch.confirm(waiting.confirmed) if waiting else batch
    here.checked = Checked(batch, against, release, waiting)
    here.round += 1
    st.rerun()


# ── what was found ───────────────────────────────────────────────────────────────────────


def findings() -> None:
    """Show faults, what would change, and the way to publish."""
    checked = memory().checked
    if checked is None:
        return
    with st.container(border=True, key="findings"):
        names = "、".join(file.name for file in checked.batch.files)
        st.markdown(fill(words.FINDINGS, names))
        ask(checked, _again)
        faults_and_values.faults(checked.batch)
        kept(checked.against.mappings)
        batch = faults_and_values.confirmed(checked.batch)
        changes = _changes(checked, batch)
        faults_and_values.counts(changes)
        faults_and_values.values(changes, checked.against)
        effect(checked, batch)
        _publish(checked, batch, changes)


def _changes(checked: Checked, batch: ImportBatch) -> Preview:
    """Compare the batch with what is held, once for what is confirmed of it."""
    here = memory()
    if here.compared is None or here.compared[:2] != (checked, batch.confirmed):
        found = preview(batch, checked.against.current)
        here.compared = (checked, batch.confirmed, found)
    return here.compared[2]


# ── publication ──────────────────────────────────────────────────────────────────────────


def _publish(checked: Checked, batch: ImportBatch, changes: Preview) -> None:
    st.markdown(words.PUBLICATION)
    _withdrawals(batch, checked.against.current)
    if refused := len(changes.refused):
        st.warning(words.MUST_MEND.format(refused), icon=":material/block:")
    elif waiting := len(batch.waiting):
        st.warning(words.MUST_CONFIRM.format(waiting), icon=":material/pending:")
    elif not person():
        st.caption(words.PERSON_PUBLISHES)
    ready = batch.publishable and bool(person()) and releases.writable()
    if not handing_in.publishes(checked.waiting):
        handing_in.offer(batch, _about(batch, changes), ready=ready)
    elif st.button(words.PUBLISH, key="publish", type="primary", disabled=not ready):
        _accept(checked, batch, changes)


def _withdrawals(batch: ImportBatch, current: pd.DataFrame) -> None:
    """Say which illustrative series go, and which values may not be published."""
    catalog = releases.catalog()
    series = batch.rows[["indicator_id", "status", "region", "period_kind"]].drop_duplicates()
    imported = imported_indicators(series.to_dict("records"))
    invented = set(current.loc[current["status"] == RowStatus.ILLUSTRATIVE, "indicator_id"])
    gone = (replaced(imported, catalog) - imported) & invented
    names = "、".join(catalog.indicators[name].name_zh for name in sorted(gone))
    text = words.REPLACED.format(len(imported))
    text += words.DEMO_REPLACED if imported & invented else "。"
    if names:
        text += words.ALSO_REPLACED.format(names)
    notes = batch.rows["note"].value_counts()  # thousands of rows share a few
    withheld = sum(n for note, n in notes.items() if releases.disclosure().withheld(str(note)))
    if withheld:
        text += words.WITHHELD.format(withheld)
    st.caption(plain(text))


def _about(batch: ImportBatch, changes: Preview) -> str:
    files = "、".join(file.name for file in batch.files)
    return words.IMPORTED.format(files, _counted(changes))


def _counted(changes: Preview) -> str:
    return "，".join(f"{name}{n}" for name, n in changes.taken_counts.items() if n)


def _accept(checked: Checked, batch: ImportBatch, changes: Preview) -> None:
    about = stamp(_about(batch, changes), against=checked.release_id)
    try:
        with progress(words.PUBLISHING) as move:
            accept(
                releases.ROOT,
                batch,
                who=who(),
                stamp=about,
                waiting=checked.waiting.id if checked.waiting else "",
                on_progress=move,
            )
            releases.open_current()
    except (ReleaseError, AccessError) as error:
        told(error)
        return
    memory().checked = None
    memory().typed = {}
    memory().grids = {}
    memory().beside = {}
    memory().published += 1
    memory().found = {}
    memory().message = words.PUBLISHED.format(_counted(changes))
    st.rerun()
