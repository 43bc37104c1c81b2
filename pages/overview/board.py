"""Blocks of the board: changes, filters, small multiples."""

import streamlit as st

from analytics import text_zh
from analytics.catalog.load import Catalog
from analytics.domain import Prospect, RowStatus
from analytics.model.judgement.assessment import Assessment
from analytics.output.figures.all_targets import multiples_figure
from analytics.workbench import View
from pages.common import address, answers, chart_block, widgets
from pages.common.session import HORIZONS, session
from pages.common.text import bullets, plain
from pages.overview import words

Verdicts = dict[str, Assessment]


def changes(release_id: str, verdicts: Verdicts) -> None:
    """Say which verdicts differ from the previous release of the same name."""
    earlier = answers.previous_verdicts(release_id)
    if earlier is None:
        st.caption(words.FIRST_RELEASE)
        return
    old_id, old = earlier
    changed = [
        f"{item.target.name_zh}：{old[name].verdict} → {item.verdict}"
        for name, item in verdicts.items()
        if name in old and old[name].verdict is not item.verdict
    ]
    with st.expander(words.CHANGED.format(len(changed)), icon=":material/difference:"):
        st.markdown(bullets(changed) or words.UNCHANGED)
        st.caption(plain(words.EARLIER.format(old_id)))


def filters(catalog: Catalog, verdicts: Verdicts) -> list[str]:
    """Let the reader narrow the board; return the ids that remain."""
    chosen = []
    for place, (name, labels) in zip(
        st.columns(3, gap="medium"), _words(catalog).items(), strict=True
    ):
        with place:
            chosen.append(widgets.option(name, labels.__getitem__))
    action, status, nature = chosen
    return [
        name
        for name, item in verdicts.items()
        if action in ("all", item.target.action)
        and status in ("all", item.prospect.name.lower())
        and (nature == "all" or nature == _nature(item))
    ]


def _words(catalog: Catalog) -> dict[str, dict[str, str]]:
    """Return what each filter can be set to, in words."""
    return {
        "action": {"all": words.ALL} | {key: one.name_zh for key, one in catalog.actions.items()},
        "status": {"all": words.ALL}
        | {prospect.name.lower(): str(prospect) for prospect in Prospect},
        "nature": {"all": words.ALL, "none": words.WITHOUT_DATA}
        | {str(status): name for status, name in text_zh.NATURE_ZH.items()},
    }


def filters_zh(catalog: Catalog) -> str:
    """Name the filters that are set, nothing where all targets are shown."""
    chosen, labels = session().options, address.options()
    return "，".join(
        f"{labels[name][0]}＝{shown[chosen[name]]}"
        for name, shown in _words(catalog).items()
        if chosen[name] != "all"
    )


def _nature(item: Assessment) -> str:
    """Return the nature of the figure shown as the latest value."""
    newest = item.bound or item.observed
    status: RowStatus | None = newest.status if newest else None
    return str(status) if status else "none"


def small_multiples(view: View, items: list[Assessment]) -> None:
    """Draw every trajectory on one sheet, when asked for."""
    sheet = st.expander(
        words.SHEET, icon=":material/grid_view:", key="multiples", on_change="rerun"
    )
    if not sheet.open:
        return
    with sheet:
        figure = multiples_figure(
            view,
            items,
            last_year=HORIZONS[0],
            filters=filters_zh(view.bench.catalog),
        )
        if figure is None:
            st.info(words.NO_SHEET, icon=":material/hide_source:")
            return
        with st.container(key="multiples_sheet"):
            chart_block.show(figure, key="multiples_chart", width="content")
