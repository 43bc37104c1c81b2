"""Blocks of the board: counts, attention, changes, filters, small multiples."""

from collections.abc import Mapping

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.catalog.load import Catalog
from analytics.domain import Action, Indicator, Prospect, RowStatus
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.ordering import counts, most_urgent
from analytics.output.figures.all_targets import multiples_figure
from analytics.workbench import View
from pages.common import address, answers, chart_block, menu, widgets
from pages.common.session import HORIZONS, session
from pages.common.target_table import badge
from pages.common.text import bullets, fill, numbered, plain

Verdicts = dict[str, Assessment]


def verdict_counts(verdicts: Verdicts) -> None:
    """Count the targets by outlook."""
    with st.container(horizontal=True, key="verdict_counts"):
        for prospect, count in counts(verdicts.values()).items():
            st.metric(prospect, f"{count}项", border=True, width=128)


def attention(verdicts: Verdicts, indicators: Mapping[str, Indicator]) -> None:
    """Name the three targets that most need attention, and why."""
    worst = most_urgent(verdicts.values(), 3)
    if not worst:
        return
    why = (verdicts_zh.attention(item, indicators[item.target.indicator]) for item in worst)
    listed = numbered(
        fill("{} {}", badge(item), text) for item, text in zip(worst, why, strict=True)
    )
    with st.container(border=True, key="attention"):
        st.markdown(f"**最需关注的三项**\n\n{listed}")


def changes(release_id: str, verdicts: Verdicts) -> None:
    """Say which verdicts differ from the previous release of the same name."""
    earlier = answers.previous_verdicts(release_id)
    if earlier is None:
        st.caption("本版之前没有上一版数据，无从比较变化。")
        return
    old_id, old = earlier
    changed = [
        f"{item.target.name_zh}：{old[name].verdict} → {item.verdict}"
        for name, item in verdicts.items()
        if name in old and old[name].verdict is not item.verdict
    ]
    with st.expander(f"与上一版相比：{len(changed)}项判断有变化", icon=":material/difference:"):
        st.markdown(bullets(changed) or "判断没有变化。")
        st.caption(plain(f"上一版：{old_id}"))


def filters(catalog: Catalog, verdicts: Verdicts) -> list[str]:
    """Let the reader narrow the board; return the ids that remain."""
    chosen = []
    for place, (name, words) in zip(
        st.columns(3, gap="medium"), _words(catalog).items(), strict=True
    ):
        with place:
            chosen.append(widgets.option(name, words.__getitem__))
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
        "action": {"all": "全部"} | {key: one.name_zh for key, one in catalog.actions.items()},
        "status": {"all": "全部"} | {prospect.name.lower(): str(prospect) for prospect in Prospect},
        "nature": {"all": "全部", "none": "无数据"}
        | {str(status): name for status, name in text_zh.NATURE_ZH.items()},
    }


def filters_zh(catalog: Catalog) -> str:
    """Name the filters that are set, nothing where all targets are shown."""
    chosen, labels = session().options, address.options()
    return "，".join(
        f"{labels[name][0]}＝{words[chosen[name]]}"
        for name, words in _words(catalog).items()
        if chosen[name] != "all"
    )


def links(action: Action, items: list[Assessment]) -> None:
    """Lead to the action's page, and to the target on it that is least likely met."""
    page, now = menu.action_page(action), address.as_query()
    st.page_link(page, label="打开专页", icon=":material/arrow_forward:", query_params=now)
    open_ones = [item for item in items if item.probability is not None]
    if open_ones:
        worst = min(open_ones, key=lambda item: item.probability or 0.0)
        st.page_link(
            page,
            label=f"最难的：{worst.target.name_zh}",
            icon=":material/priority_high:",
            query_params=now | {address.TARGET: worst.target.id},
        )


def _nature(item: Assessment) -> str:
    """Return the nature of the figure shown as the latest value."""
    newest = item.bound or item.observed
    status: RowStatus | None = newest.status if newest else None
    return str(status) if status else "none"


def small_multiples(view: View, items: list[Assessment]) -> None:
    """Draw every trajectory on one sheet, when asked for."""
    sheet = st.expander(
        "全部走势（一张图）", icon=":material/grid_view:", key="multiples", on_change="rerun"
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
            st.info("没有可绘制的数据。", icon=":material/hide_source:")
            return
        with st.container(key="multiples_sheet"):
            chart_block.show(figure, key="multiples_chart", width="content")
