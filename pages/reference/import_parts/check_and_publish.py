"""Blocks of 数据导入: template, upload, faults, preview, publication."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analytics import text_zh
from analytics.data.access.identity import AccessError
from analytics.data.imports.batch import KIND_ZH, Fault, FaultKind, ImportBatch, Preview, SourceFile
from analytics.data.imports.checks.findings import figure
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.intake import corrected_copy, corrected_name, read_import
from analytics.data.imports.preview import preview
from analytics.data.imports.reader.columns import period_zh
from analytics.data.imports.standing import Standing
from analytics.data.imports.template import template_csv, template_workbook
from analytics.data.releases.accepting import accept
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.handed_in import HandedIn
from analytics.data.sources.substitution import imported_indicators, replaced
from analytics.domain import Indicator, RowStatus
from pages.common import releases, widgets
from pages.common.progress import progress
from pages.common.session import session
from pages.common.text import fill, plain, table
from pages.reference.import_parts import handing_in
from pages.reference.import_parts.effect import effect
from pages.reference.import_parts.mapping_questions import ask, kept
from pages.reference.import_parts.memory import (
    NAME,
    Checked,
    given_by_hand,
    keep_person,
    kind_badge,
    memory,
    person,
    stamp,
    today,
    told,
    who,
)
from pages.reference.import_parts.shared_standing import standing_of

ONE_BY_ONE = 40  # held faults confirmed each by itself; more of them, together
LISTED = 100  # faults shown on the page; the corrected copy has them all
VALUES_LISTED = 1000  # values shown of each sort
_MEANING = {
    FaultKind.REFUSED: "须改好再传",
    FaultKind.HELD: "须由人核实",
    FaultKind.NOTE: "不影响发布",
}


# ── template and upload ──────────────────────────────────────────────────────────────────


@st.cache_resource(show_spinner=False, max_entries=4)
def _template(kind: str, day: date) -> bytes:
    make = template_workbook if kind == "xlsx" else template_csv
    return make(releases.catalog(), as_of=day)


def templates() -> None:
    """Offer the workbook to fill in."""
    with st.container(border=True, key="templates"):
        st.markdown(
            "**一、取模板**　每个专项行动一张表，指标、口径、单位已填好，只填数值；"
            "单位自有的按年、按月横排的表也可以直接导入。"
        )
        with st.container(horizontal=True):
            for kind, label in (("xlsx", "下载模板（Excel）"), ("csv", "下载模板（CSV）")):
                st.download_button(
                    label,
                    partial(_template, kind, today()),
                    f"金山_指标填报表_{today()}.{kind}",
                    icon=":material/download:",
                    key=f"template_{kind}",
                    on_click="ignore",
                )


def upload() -> None:
    """Take files and a name, and check them when asked."""
    with st.container(border=True, key="upload"):
        st.markdown("**二、上传并核对**　核对时只读取文件，不改动任何数据。")
        if given_by_hand():
            widgets.show(NAME, person())
            st.text_input(
                "填报人",
                key=NAME,
                max_chars=40,
                placeholder="姓名或科室，记入版本记录",
                on_change=keep_person,
            )
        files = st.file_uploader(
            "选择文件（.xlsx、.xls、.et 或 .csv，每个不超过20MB，可多选）",
            type=["xlsx", "xls", "et", "csv", "txt", "tsv"],
            accept_multiple_files=True,
            key=f"import_files_{memory().round}",
        )
        ready = bool(files) and bool(person())
        if st.button("开始核对", key="check", type="primary", disabled=not ready):
            _check(files)
        if not ready:
            st.caption("填写填报人并选择文件后，即可核对。")


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
        with progress("正在读取与核对…") as move:
            batch = read_import(
                files,
                against,
                submitted_by=waiting.label if waiting else person(),
                submitted_on=today(),
                progress=move,
                on_wait=lambda ahead: move(0.0, f"前面还有{ahead}个文件在核对…"),
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
        st.markdown(fill("**三、核对结果**　{}", names))
        ask(checked, _again)
        _faults(checked.batch)
        kept(checked.against.mappings)
        batch = _confirmed(checked.batch)
        changes = _changes(checked, batch)
        _counts(changes)
        _tables(changes, checked.against)
        effect(checked, batch)
        _publish(checked, batch, changes)


def _changes(checked: Checked, batch: ImportBatch) -> Preview:
    """Compare the batch with what is held, once for what is confirmed of it."""
    here = memory()
    if here.compared is None or here.compared[:2] != (checked, batch.confirmed):
        found = preview(batch, checked.against.current)
        here.compared = (checked, batch.confirmed, found)
    return here.compared[2]


def _faults(batch: ImportBatch) -> None:
    """List every fault with its place and how to mend it."""
    if not batch.faults:
        st.success("没有发现问题。", icon=":material/task_alt:")
        return
    counts = {kind: n for kind in FaultKind if (n := len(batch.of_kind(kind)))}
    found = "，".join(f"{KIND_ZH[kind]}{n}处（{_MEANING[kind]}）" for kind, n in counts.items())
    st.markdown(f"发现{found}。")
    grave = [*batch.of_kind(FaultKind.REFUSED), *batch.of_kind(FaultKind.HELD)]
    _fault_table(grave, "faults")
    if notes := batch.of_kind(FaultKind.NOTE):
        with st.expander(f"提示（{len(notes)}处）", icon=":material/info:"):
            _fault_table(notes, "fault_notes")
    with st.container(horizontal=True):
        for file in batch.files:
            if any(fault.file == file.name for fault in batch.faults):
                _corrected(batch, file)


def _fault_table(faults: Sequence[Fault], key: str) -> None:
    if not faults:
        return
    with st.container(key=key):
        table([_fault_row(fault) for fault in faults[:LISTED]])
    if len(faults) > LISTED:
        st.caption(f"只列前{LISTED}处，全部{len(faults)}处见带批注的文件。")


def _fault_row(fault: Fault) -> dict[str, str]:
    return {
        "处理": kind_badge(fault.kind),
        "位置": fill("{}　**{}**", fault.sheet or fault.file, fault.cell),
        "填的是": fault.value,
        "问题": fault.message_zh,
        "怎么改": fault.remedy_zh,
        "规则": fault.rule,
    }


def _corrected(batch: ImportBatch, file: SourceFile) -> None:
    st.download_button(
        fill("下载带批注的“{}”", file.name),
        lambda: corrected_copy(batch, file),
        corrected_name(file),
        icon=":material/rate_review:",
        key=f"corrected_{file.sha256[:8]}",
        on_click="ignore",
    )


def _confirmed(batch: ImportBatch) -> ImportBatch:
    """Let a person confirm what is doubtful, one by one while there are few."""
    held = batch.of_kind(FaultKind.HELD)
    if not held:
        return batch
    st.markdown("**请逐项核实**　数值确实无误的打勾；有误的请改好文件再传。")
    if len(held) > ONE_BY_ONE:
        sure = st.checkbox(
            f"以上{len(held)}处已逐一核实，数值无误",
            not batch.waiting,
            key="confirm_all",
        )
        return batch.confirm_all() if sure else batch
    ids = [
        fault.id
        for fault in held
        if st.checkbox(
            plain(f"{fault.place_zh}“{fault.value}”：{fault.message_zh}"),
            fault.id in batch.confirmed,
            key=f"confirm_{fault.id}",
        )
    ]
    return batch.confirm(ids)


def _counts(changes: Preview) -> None:
    with st.container(horizontal=True, key="import_counts"):
        for label, count in changes.counts.items():
            st.metric(label, f"{count:,}个", border=True, width=128)


def _tables(changes: Preview, against: Standing) -> None:
    """Show the values by what becomes of them."""
    shown = {
        "修订": changes.revised,
        "新增": changes.new,
        "待确认": changes.held,
        "不变": changes.unchanged,
    }
    filled = {name: rows for name, rows in shown.items() if len(rows)}
    if not filled:
        return
    for tab, (name, rows) in zip(
        st.tabs([f"{name}（{len(rows)}）" for name, rows in filled.items()]),
        filled.items(),
        strict=True,
    ):
        with tab:
            shown_rows = rows.head(VALUES_LISTED)
            st.dataframe(_value_table(shown_rows, against), hide_index=True, key=f"values_{name}")
            if len(rows) > VALUES_LISTED:
                st.caption(f"只列前{VALUES_LISTED:,}个，共{len(rows):,}个。")


def _value_table(rows: pd.DataFrame, against: Standing) -> pd.DataFrame:
    indicators = against.catalog.indicators
    return pd.DataFrame(
        [
            {
                "指标": indicators[row["indicator_id"]].name_zh,
                "地区": row["region"],
                "期间": period_zh(row["period_kind"], row["period_end"]),
                "原值": _old(row, indicators),
                "新值": figure(row["value"], indicators[row["indicator_id"]].unit),
                "位置": " ".join(part for part in (row["sheet"], row["cell"]) if part),
            }
            for row in rows.to_dict("records")
        ]
    )


def _old(row: Mapping[Hashable, Any], indicators: Mapping[str, Indicator]) -> str:
    if pd.isna(row["old_value"]):
        return text_zh.DASH
    value = figure(row["old_value"], indicators[row["indicator_id"]].unit)
    return f"{value}（{text_zh.NATURE_ZH[row['old_status']]}）"


# ── publication ──────────────────────────────────────────────────────────────────────────


def _publish(checked: Checked, batch: ImportBatch, changes: Preview) -> None:
    st.markdown("**四、发布**")
    _withdrawals(batch, checked.against.current)
    if refused := len(changes.refused):
        st.warning(
            f"有{refused}处退回，改好后再传；在此之前不发布任何数值。", icon=":material/block:"
        )
    elif waiting := len(batch.waiting):
        st.warning(f"还有{waiting}处待核实，打勾后才能发布。", icon=":material/pending:")
    elif not person():
        st.caption("请先在上方填写填报人，发布也记入版本记录。")
    ready = batch.publishable and bool(person()) and releases.writable()
    if not handing_in.publishes(checked.waiting):
        handing_in.offer(batch, _about(batch, changes), ready=ready)
    elif st.button("发布新版本", key="publish", type="primary", disabled=not ready):
        _accept(checked, batch, changes)


def _withdrawals(batch: ImportBatch, current: pd.DataFrame) -> None:
    """Say which illustrative series go, and which values may not be published."""
    catalog = releases.catalog()
    series = batch.rows[["indicator_id", "status", "region", "period_kind"]].drop_duplicates()
    imported = imported_indicators(series.to_dict("records"))
    invented = set(current.loc[current["status"] == RowStatus.ILLUSTRATIVE, "indicator_id"])
    gone = (replaced(imported, catalog) - imported) & invented
    names = "、".join(catalog.indicators[name].name_zh for name in sorted(gone))
    text = f"发布后，{len(imported)}个区级指标用填报数"
    text += "，其演示数据全部撤下。" if imported & invented else "。"
    if names:
        text += f"由它们推算或受其约束的演示数据一并撤下：{names}；"
        text += "其中各组成部分都有实际数的，由程序推算。"
    notes = batch.rows["note"].value_counts()  # thousands of rows share a few
    withheld = sum(n for note, n in notes.items() if releases.disclosure().withheld(str(note)))
    if withheld:
        text += f"另有{withheld}个数值保密或涉及企业过少，按披露规则只存档、不发布，"
        text += "当年的同一指标和可推算出它们的数一并不发布。"
    st.caption(plain(text))


def _about(batch: ImportBatch, changes: Preview) -> str:
    files = "、".join(file.name for file in batch.files)
    return f"导入 {files}（{_counted(changes)}）"


def _counted(changes: Preview) -> str:
    return "，".join(f"{name}{n}" for name, n in changes.counts.items() if n and name != "退回")


def _accept(checked: Checked, batch: ImportBatch, changes: Preview) -> None:
    about = stamp(_about(batch, changes), against=checked.release_id)
    try:
        with progress("正在发布…") as move:
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
    memory().message = (
        f"已发布新版本：{_counted(changes)}。各页从现在起使用新数据，旧版可在下方返回。"
    )
    st.rerun()
