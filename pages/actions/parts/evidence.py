"""What stands behind a figure: the plan's words, the rows, the SQL, the sources."""

import pandas as pd
import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import JINSHAN, Target
from analytics.model.judgement.assessment import Assessment
from analytics.workbench import Workbench, base_year_of
from pages.common.text import fill, small


def clause(item: Assessment) -> None:
    """Quote the plan and say how its words are read."""
    target = item.target
    with st.container(key="clause"):
        base = base_year_of(target)
        notes = [
            verdicts_zh.reading(item),
            target.note_zh,
            target.assumption_zh or f"序时进度以{base}年为基期（本项目假定）",
        ]
        notes = [note.rstrip("。") for note in notes if note]
        reading = small("；".join(dict.fromkeys(notes)) + "。")
        words = "**方案原文**　{}\n\n> {}\n\n{}"
        st.markdown(fill(words, target.clause.section, target.clause.wording, reading))


def rows_and_sql(bench: Workbench, target: Target) -> None:
    """Show every row held of the target's indicator and the query that read it."""
    with st.container(key="evidence_rows"):
        rows = bench.store.query("indicator_rows", indicator_id=target.indicator, region=JINSHAN)
        if rows.empty:
            st.info("本数据版本没有该指标的记录。", icon=":material/hide_source:")
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
        lower_bound=rows["lower_bound"].map({True: "下限", False: ""}),
    ).rename(
        columns={
            "period_kind": "期别",
            "period_start": "起",
            "period_end": "止",
            "value": "数值",
            "unit": "单位",
            "status": "性质",
            "lower_bound": "下限",
            "confidence": "可信度",
            "vintage": "版本序",
            "source_title": "来源",
            "published_text": "发布",
            "source_url": "网址",
            "note": "备注",
            "origin": "出处行",
        }
    )


def sources_and_scope(bench: Workbench, target: Target) -> None:
    """State the indicator's definition and every source in use."""
    indicator = bench.catalog.indicators[target.indicator]
    rows = bench.history(target.indicator).annual
    with st.container(key="evidence_sources"):
        about = [indicator.scope, f"单位：{text_zh.unit_zh(indicator.unit)}"]
        about += [indicator.price_basis] if indicator.price_basis else []
        said = fill(
            "**{}**（{}）：{}", indicator.name_zh, "，".join(about), indicator.definition_zh
        )
        st.markdown(said)
        used = rows.drop_duplicates("source_id")
        for row in used.to_dict("records"):
            link = f"　<{row['source_url']}>" if row["source_url"] else ""
            dated = row["published_text"] or "日期未注明"
            source = fill("{}（{}）", row["source_title"], dated)
            st.markdown(f"- [{text_zh.NATURE_ZH[row['status']]}] {source}{link}")
        if rows.empty:
            st.markdown("- 本数据版本没有该指标的年度数值。")
