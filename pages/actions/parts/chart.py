"""The fan chart of one target."""

import streamlit as st

from analytics import text_zh
from analytics.domain import Target
from analytics.model.judgement.assessment import Assessment
from analytics.output.figures import origin
from analytics.output.figures.figure import Figure
from analytics.output.figures.note import named_sources
from analytics.workbench import View
from pages.actions.parts import words
from pages.common import answers, chart_block, reference
from pages.common.chart_notes import noted
from pages.common.session import session
from pages.common.text import plain
from pages.common.zones import zone


def target_chart(item: Assessment, figure: Figure | None) -> None:
    """Draw history, fan, target mark and required path of a target, or say why there is none."""
    if figure is None:
        why = text_zh.reasons_zh(item.reasons)
        st.info(plain(words.NO_CHART.format(why)), icon=":material/hide_source:")
        return
    chart_block.draw(figure, key=_key(item.target), told_beside=True)


def target_export(target: Target) -> None:
    """Offer the chart's files, in a zone that a lever concerns while the panel is open.

    Beside them stands how the bands are read and where the numbers come from: no lever
    changes either.
    """

    def offer() -> None:
        view = reference.view_of(target)
        figure = figure_of(view, view.verdict(target.id))
        if figure is None:
            return
        with st.container(gap=None, key="chart_foot"):
            chart_block.export(lambda: figure, key=_key(target))
            if said := _foot(target, figure):
                st.caption(plain(said))

    zone("export", offer, follows=lambda _: chart_block.is_exporting(_key(target)))


def _foot(target: Target, figure: Figure) -> str:
    bands = words.BANDS if figure.datasets["fan"]["low80"].notna().any() else ""
    held = origin.sources(origin.histories_of(answers.bench(), target))
    source = words.SOURCE.format(named_sources(held, most=1)) if held else ""  # of a reference none
    return words.BESIDE.join(filter(None, (bands, source)))


def figure_of(view: View, item: Assessment) -> Figure | None:
    """Return the chart of a target with the visitor's notes, None where nothing can be drawn."""
    last_year = max(session().horizon, item.target.due_year)
    figure = reference.figure_of(view, item, last_year=last_year, steered=True)
    return noted(figure, item.target.id) if figure else None


def _key(target: Target) -> str:
    return f"fan_{target.id}"
