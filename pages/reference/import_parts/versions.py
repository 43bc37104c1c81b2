"""Blocks of 数据导入: the versions so far, the way back, and what differs between two."""

import pandas as pd
import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.answers.reports import changes
from analytics.data.access.identity import AccessError, Role
from analytics.data.imports.checks.findings import figure
from analytics.data.imports.reader.columns import period_zh
from analytics.data.releases.accepting import roll_back
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.journal import Entry, previous, read_journal
from analytics.domain import Indicator, RowStatus
from analytics.model.judgement.assessment import Assessment
from pages.common import answers, releases
from pages.common.session import session
from pages.common.target_table import badge
from pages.common.text import Markdown, fill, plain, table
from pages.reference.import_parts import words
from pages.reference.import_parts.memory import memory, person, stamp, told, who


def versions() -> None:
    """Show every version, the way back and a comparison."""
    try:
        entries = read_journal(releases.ROOT)
    except ReleaseError as error:
        told(error)
        return
    if not entries:
        return
    st.header(words.VERSIONS, anchor=False)
    _table(entries)
    _back(entries)
    _comparison(entries)


def _table(entries: tuple[Entry, ...]) -> None:
    current = Markdown(words.CURRENT)
    rows = [
        {
            words.NUMBER: fill(
                words.VERSION, str(entry.number), current if entry is entries[-1] else ""
            ),
            words.WHEN: entry.when[:19].replace("T", " "),
            words.BY: entry.by or text_zh.DASH,
            words.WHAT: _what(entry),
            words.RELEASE: Markdown(f"`{entry.releases.get(session().release_name, '')[-8:]}`"),
        }
        for entry in reversed(entries[-20:])
    ]
    table(rows)


def _what(entry: Entry) -> str:
    return words.WITH_REASON.format(entry.what, entry.reason) if entry.reason else entry.what


def _back(entries: tuple[Entry, ...]) -> None:
    """Offer the versions before, the last one first; what is chosen is to be confirmed."""
    if not who().may(Role.PUBLISH):
        return
    earlier = previous(entries)
    if earlier is None:
        st.button(words.BACK, key="roll_back", icon=":material/undo:", disabled=True)
        st.caption(words.NO_EARLIER)
        return
    with st.container(horizontal=True, vertical_alignment="center", key="back"):
        ready = bool(person()) and releases.writable()
        if st.button(
            words.BACK_TO.format(earlier.base),
            key="roll_back",
            icon=":material/undo:",
            disabled=not ready,
        ):
            memory().returning = (earlier.number, entries[-1].number)
        if not person():
            st.caption(words.PERSON_RETURNS)
    if memory().returning and ready:
        _confirm(entries)


def _confirm(entries: tuple[Entry, ...]) -> None:
    """Show what going back changes, and ask for the reason."""
    asked = memory().returning
    by_number = {entry.number: entry for entry in entries}
    if asked is None or asked[0] not in by_number or asked[1] not in by_number:
        return
    wanted, seen = by_number[asked[0]], by_number[asked[1]]
    with st.container(border=True, key="confirm_return"):
        st.markdown(fill(words.RETURN, *map(str, (wanted.base, seen.number, wanted.base))))
        _show(seen, wanted, key="undone_values")
        reason = st.text_input(
            words.RETURN_REASON,
            key="return_reason",
            max_chars=100,
            placeholder=words.RETURN_REASON_ASKED,
        )
        with st.container(horizontal=True):
            if st.button(
                words.RETURN_NOW.format(wanted.base),
                key="return_now",
                type="primary",
                disabled=not reason.strip(),
            ):
                _return_to(wanted, seen, reason.strip())
            if st.button(words.CANCEL, key="return_not"):
                memory().returning = None
                st.rerun()


def _return_to(wanted: Entry, seen: Entry, reason: str) -> None:
    memory().returning = None
    try:
        entry = roll_back(
            releases.ROOT,
            number=wanted.number,
            seen=seen.number,
            who=who(),
            stamp=stamp("", reason=reason),
        )
        releases.open_current()
    except (ReleaseError, AccessError) as error:
        told(error)
        return
    memory().checked = None
    memory().message = words.RETURNED.format(entry.what)
    st.rerun()


def _comparison(entries: tuple[Entry, ...]) -> None:
    """Compare two versions: numbers and verdicts."""
    panel = st.expander(
        words.COMPARE, icon=":material/difference:", key="compare", on_change="rerun"
    )
    if not panel.open:
        return
    with panel:
        if len(entries) < 2:
            st.info(words.ONLY_ONE, icon=":material/info:")
            return
        names = {
            entry.number: words.VERSION_OF.format(entry.number, entry.what) for entry in entries
        }
        left, right = st.columns(2, gap="medium")
        with left:
            old = st.selectbox(
                words.BEFORE,
                list(names),
                len(names) - 2,
                format_func=names.__getitem__,
                key="compare_old",
            )
        with right:
            new = st.selectbox(
                words.AFTER,
                list(names),
                len(names) - 1,
                format_func=names.__getitem__,
                key="compare_new",
            )
        by_number = {entry.number: entry for entry in entries}
        _show(by_number[old], by_number[new], key="changed_values")


def _show(old: Entry, new: Entry, *, key: str) -> None:
    name = session().release_name
    old_id, new_id = (entry.releases.get(name) for entry in (old, new))
    if old_id is None or new_id is None:
        st.info(words.NOT_IN_BOTH, icon=":material/info:")
        return
    found = answers.difference(old_id, new_id)
    counts = "，".join(
        words.CHANGED.format(kind, found.count(kind))
        for kind in (changes.NEW, changes.REVISED, changes.NATURE, changes.GONE)
        if found.count(kind)
    )
    st.markdown(plain(words.DIFFERENCE.format(counts or words.NO_CHANGE, len(found.verdicts))))
    if found.verdicts:
        table([verdict_row(*pair) for pair in found.verdicts])
    if len(found.values):
        st.dataframe(_values(found.values), hide_index=True, key=key)
    if found.count(changes.GONE):
        st.caption(words.GONE)
    if found.uses_illustration:
        st.caption(f"{text_zh.DEMO_MARK}。")


def verdict_row(old: Assessment, new: Assessment) -> dict[str, str]:
    """Show a target before and after: latest value with its nature, odds, verdict."""
    indicators = releases.catalog().indicators
    latest = [
        verdicts_zh.joined(verdicts_zh.latest_parts(item, indicators[item.target.indicator]))
        for item in (old, new)
    ]
    return {
        words.TARGET: new.target.name_zh,
        words.LATEST: " → ".join(dict.fromkeys(latest)),
        words.ODDS: " → ".join(dict.fromkeys(map(verdicts_zh.probability_zh, (old, new)))),
        words.VERDICT: badge(old)
        if old.verdict is new.verdict
        else fill("{} → {}", badge(old), badge(new)),
    }


def _values(rows: pd.DataFrame) -> pd.DataFrame:
    indicators = answers.bench().catalog.indicators
    known = rows[rows["indicator_id"].isin(indicators.keys())]
    return pd.DataFrame(
        [
            {
                words.CHANGE: row["change"],
                words.INDICATOR: indicators[row["indicator_id"]].name_zh,
                words.REGION: row["region"],
                words.PERIOD: period_zh(row["period_kind"], row["period_end"]),
                words.BEFORE: _figure(
                    row["old_value"], row["old_status"], indicators[row["indicator_id"]]
                ),
                words.AFTER: _figure(row["value"], row["status"], indicators[row["indicator_id"]]),
            }
            for row in known.to_dict("records")
        ]
    )


def _figure(value: float, status: str, indicator: Indicator) -> str:
    if pd.isna(value):
        return text_zh.DASH
    return words.WITH_NATURE.format(
        figure(value, indicator.unit), text_zh.NATURE_ZH[RowStatus(status)]
    )
