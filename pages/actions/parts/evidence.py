"""What stands behind a figure: the plan's words, the rows, the SQL, the sources."""

import pandas as pd
import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import JINSHAN, Target
from analytics.model.judgement.assessment import Assessment
from analytics.workbench import Workbench, base_year_of
from pages.actions.parts import words
from pages.common.text import fill, plain, small


def clause(item: Assessment) -> None:
    """Quote the plan and say how its words are read."""
    target = item.target
    with st.container(key="clause"):
        base = base_year_of(target)
        notes = [
            verdicts_zh.reading(item),
            target.note_zh,
            target.assumption_zh or words.BASE_YEAR.format(base),
        ]
        notes = [note.rstrip("。") for note in notes if note]
        reading = small("；".join(dict.fromkeys(notes)) + "。")
        section = text_zh.section_zh(target.clause.section)
        st.markdown(fill(words.QUOTED, section, target.clause.wording, reading))


def rows_and_sql(bench: Workbench, target: Target) -> None:
    """Show every row held of the target's indicator and the query that read it."""
    with st.container(key="evidence_rows"):
        rows = bench.store.query("indicator_rows", indicator_id=target.indicator, region=JINSHAN)
        if rows.empty:
            st.info(words.NO_ROWS, icon=":material/hide_source:")
        else:
            st.dataframe(_readable(rows), hide_index=True, placeholder=text_zh.DASH)
        for name in ("annual_history", "indicator_rows"):
            query = bench.store.describe(name)
            values = f"-- $indicator_id = '{target.indicator}', $region = '{JINSHAN}'\n"
            st.code(values + query.text, language="sql")


def _readable(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        period_kind=rows["period_kind"].map(text_zh.PERIOD_ZH),
        status=rows["status"].map(text_zh.NATURE_ZH),
        confidence=rows["confidence"].map(text_zh.CONFIDENCE_ZH),
        lower_bound=rows["lower_bound"].map({True: words.BOUND, False: ""}),
    ).rename(columns=words.ROW_COLUMNS)


def sources_and_scope(bench: Workbench, target: Target) -> None:
    """State the indicator's definition and every source in use."""
    indicator = bench.catalog.indicators[target.indicator]
    rows = bench.history(target.indicator).annual
    with st.container(key="evidence_sources"):
        about = [indicator.scope, words.UNIT.format(text_zh.unit_zh(indicator.unit))]
        about += [indicator.price_basis] if indicator.price_basis else []
        said = fill(
            "**{}**（{}）：{}", indicator.name_zh, "，".join(about), indicator.definition_zh
        )
        st.markdown(said)
        if indicator.price_basis:
            st.markdown(plain(words.NO_PRICE_INDEX.format(indicator.price_basis)))
        used = rows.drop_duplicates("source_id")
        for row in used.to_dict("records"):
            link = f"　<{row['source_url']}>" if row["source_url"] else ""
            dated = row["published_text"] or words.UNDATED
            source = fill("{}（{}）", text_zh.source_title(row["source_title"]), dated)
            st.markdown(f"- [{text_zh.NATURE_ZH[row['status']]}] {source}{link}")
        if rows.empty:
            st.markdown(words.NO_YEARS)
