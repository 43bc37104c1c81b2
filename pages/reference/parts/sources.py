"""Blocks of 数据与来源: coverage, one indicator with its vintages, the shopping list."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import data_zh
from analytics.answers.reports.wanted_data import Want, shopping_list, shopping_table
from analytics.data.imports.template import FREQUENCY_ZH, sheets_of
from analytics.domain import PeriodKind
from analytics.output.charts.coverage import ROW
from analytics.output.export import plain_tables
from analytics.output.figures.coverage import READING, coverage_figure
from analytics.workbench import Workbench
from pages.common import chart_block, releases, widgets
from pages.common.conclusion import conclusion
from pages.common.illustrative import rests_on_illustration
from pages.common.room import room
from pages.common.session import session
from pages.common.text import fill, plain
from pages.reference.parts import sources_words as words

FIRST_YEAR = 2015
_AROUND = 100  # pixels of title, legend and years


@st.cache_resource(show_spinner=False, max_entries=4)
def _wants(release_id: str) -> tuple[Want, ...]:
    return shopping_list(releases.workbench(release_id), releases.catalog())


def data_conclusion(bench: Workbench) -> None:
    """Say how much is real, and how much is missing."""
    wants = _wants(bench.release.id)
    asked = sum(len(want.wanted) for want in wants)
    invented = any(want.invented for want in wants)
    more = data_zh.wanted_zh(len(wants), asked, replaces_illustration=invented)
    conclusion([data_zh.held_zh(bench)], more, of_scenario=False)


def coverage_map(bench: Workbench) -> None:
    """Map every indicator by year and nature, one action at a time or all."""
    st.header(words.COVERAGE, anchor=False)
    sheets = sheets_of(releases.catalog())
    choices = [*(name for name, items in sheets.items() if items), words.ALL]
    chosen = st.segmented_control(
        words.ACTION, choices, default=choices[0], key="coverage_of", required=True
    )
    items = sheets.get(chosen) or [item for group in sheets.values() for item in group]
    years = range(FIRST_YEAR, bench.release.as_of.year + 1)
    names = [item.id for item in items]
    figure = coverage_figure(bench, chosen, names, years)
    rows = len({item.name_zh for item in items})
    with room(_AROUND + ROW * rows, "map"), st.container(key="coverage_sheet"):
        chart_block.draw(figure, key="coverage_map", width="content")
    chart_block.export(lambda: figure, key="coverage_map")
    st.caption(words.COVERAGE_NOTE.format(figure.takeaway, READING))


def indicator_card(bench: Workbench) -> None:
    """Show one indicator: definition, values with source, as known on a chosen day."""
    st.header(words.ONE, anchor=False)
    names = {
        item.id: words.NAMED.format(item.name_zh, item.scope or words.WHOLE_DISTRICT)
        for item in bench.catalog.indicators.values()
    }
    left, right = st.columns([7, 3], gap="medium", vertical_alignment="bottom")
    with left:
        name = widgets.pick(
            words.INDICATOR,
            names,
            session().indicator,
            session().choose_indicator,
            key="source_choice",
        )
    with right:
        last = max(bench.release.as_of, date.today())  # noqa: DTZ011 - the local day is meant
        day = st.date_input(
            words.KNOWN_ON,
            value=last,
            min_value=date(2000, 1, 1),
            max_value=last,
            format="YYYY-MM-DD",
            help=words.KNOWN_ON_HELP,
        )
    _definition(bench, name)
    _values(bench, name, day or last)


def _definition(bench: Workbench, name: str) -> None:
    item = bench.catalog.indicators[name]
    used = [t.name_zh for t in bench.catalog.targets.values() if t.indicator == name]
    about = [
        words.SCOPE.format(item.scope or words.WHOLE_DISTRICT),
        words.UNIT.format(text_zh.unit_zh(item.unit)),
        words.KIND.format(words.KINDS[item.kind], words.ACCUMULATES if item.accumulates else ""),
        words.FREQUENCY.format(FREQUENCY_ZH.get(item.frequency, "年")),
        *([words.PRICES.format(item.price_basis)] if item.price_basis else []),
        words.CODE.format(item.id),
    ]
    with st.container(border=True, key="definition"):
        st.markdown(fill("**{}**　{}", item.name_zh, "，".join(about)))
        st.markdown(plain(item.definition_zh))
        for note in releases.disclosure().notes_on(name):
            st.caption(words.DISCLOSURE.format(plain(note)))
        st.caption(plain(words.USED_FOR.format("、".join(used)) if used else words.USED_FOR_NONE))


def _values(bench: Workbench, name: str, day: date) -> None:
    region = bench.catalog.indicators[name].home_region
    rows = bench.store.query("values_as_of", indicator_id=name, region=region, as_of=day)
    if rows.empty:
        st.info(words.NO_ROWS.format(day), icon=":material/hide_source:")
        return
    shown = rows.assign(
        period=_periods(rows),
        status=rows["status"].map(text_zh.NATURE_ZH),
        confidence=rows["confidence"].map(text_zh.CONFIDENCE_ZH),
        lower_bound=rows["lower_bound"].map({True: words.BOUND, False: ""}),
        preferred=rows["preferred"].map({True: words.PREFERRED, False: words.SPARE}),
        unit=rows["unit"].map(text_zh.unit_zh),
        published_on=pd.to_datetime(rows["published_on"]).dt.date,
        value=rows["value"] * (100 if (rows["unit"] == "1").all() else 1),
    ).rename(columns=words.COLUMNS)
    st.dataframe(shown[list(words.COLUMNS.values())], hide_index=True, placeholder=text_zh.DASH)
    spare = int((~rows["preferred"]).sum())
    besides = words.SPARE_ROWS.format(spare) if spare else ""
    mark = f"{text_zh.DEMO_MARK}。" if rests_on_illustration(bench, name, region) else ""
    st.caption(words.ROWS_NOTE.format(len(rows), besides, mark))


def _periods(rows: pd.DataFrame) -> list[str]:
    """Name the span of every row: 2024年, 2024年1—9月累计, 2024年3月当月 …"""
    return [_period(row) for row in rows.itertuples()]


def _period(row: Any) -> str:
    start, end = row.period_start.date(), row.period_end.date()
    match PeriodKind(row.period_kind):
        case PeriodKind.YEAR:
            return words.YEAR.format(end.year)
        case PeriodKind.CUMULATIVE:
            return words.RUNNING.format(end.year, start.month, end.month)
        case PeriodKind.MONTH:
            return words.MONTH.format(end.year, end.month)
    return words.SPAN.format(start, end, text_zh.PERIOD_ZH[row.period_kind])


def shopping_section(bench: Workbench) -> None:
    """List what is missing for the targets, for the data owner, with downloads."""
    st.header(words.WANTED, anchor=False)
    wants = _wants(bench.release.id)
    if not wants:
        st.success(words.NOTHING_WANTED, icon=":material/task_alt:")
        return
    table = shopping_table(wants)
    notes = (words.OF_RELEASE.format(bench.release.id, bench.release.as_of),)
    _downloads(bench, table, notes)
    st.dataframe(table[words.WANTED_COLUMNS], hide_index=True, height=420)
    invented = any(want.invented for want in wants)
    st.caption(words.WANTED_NOTE + (words.WANTED_DEMO if invented else ""))


def _downloads(bench: Workbench, table: pd.DataFrame, notes: tuple[str, ...]) -> None:
    stem = words.FILE.format(words.WANTED, bench.release.as_of)
    with st.container(horizontal=True):
        st.download_button(
            words.AS_XLSX,
            lambda: plain_tables.to_xlsx(table, words.WANTED, notes),
            f"{stem}.xlsx",
            icon=":material/download:",
            key="list_xlsx",
            on_click="ignore",
        )
        st.download_button(
            words.AS_CSV,
            lambda: plain_tables.to_csv(table, notes),
            f"{stem}.csv",
            icon=":material/download:",
            key="list_csv",
            on_click="ignore",
        )
