"""What is particular to one action, as its catalog entry declares it."""

from functools import partial

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import blocks_zh, verdicts_zh
from analytics.answers.reports.sectors import Sector, sectors
from analytics.domain import (
    Action,
    AgainstCityBlock,
    ContributionsBlock,
    LadderBlock,
    LandBlock,
    ReadingsBlock,
    RowStatus,
    SectorsBlock,
    ShareBlock,
)
from analytics.workbench import View
from pages.actions.parts import words
from pages.actions.parts.contributions import contributions
from pages.common import answers
from pages.common.session import session
from pages.common.target_table import badge
from pages.common.text import bullets, cell, fill, plain, table


def particular(action: Action, view: View) -> None:
    """Show the action's own blocks, between its levers and the plan's words."""
    for number, block in enumerate(action.blocks):
        if isinstance(block, ContributionsBlock):  # no frame without a ledger
            contributions(view)
            continue
        with st.container(border=True, key=f"block_{block.kind}_{number}"):
            match block:
                case ReadingsBlock():
                    _readings(view, block)
                case LandBlock():
                    _land(view, block)
                case AgainstCityBlock():
                    st.markdown(fill("**{}**", block.title_zh))
                    st.markdown(plain(blocks_zh.against_city_zh(view, block)))
                case ShareBlock():
                    st.markdown(fill("**{}**", block.title_zh))
                    st.markdown(plain(blocks_zh.share_zh(view, block)))
                case LadderBlock():
                    _ladder(action, block)
                case SectorsBlock():
                    _sectors(view, block)


def _readings(view: View, block: ReadingsBlock) -> None:
    """Put the plan's readings of one indicator side by side, without choosing."""
    st.markdown(fill(words.TWO_READINGS, block.title_zh))
    targets = view.bench.catalog.targets.values()
    items = [view.verdict(target.id) for target in targets if target.indicator == block.indicator]
    table(
        [
            {
                words.SECTION: text_zh.section_zh(item.target.clause.section),
                words.WORDING: item.target.clause.wording,
                words.GOAL: verdicts_zh.target_zh(item),
                words.NEEDED_GROWTH: text_zh.growth(item.needed.growth),
                words.ODDS: verdicts_zh.probability_zh(item),
                words.VERDICT: badge(item),
            }
            for item in items
        ]
    )


def _land(view: View, block: LandBlock) -> None:
    """Say what land supply and clearance mean for output per land."""
    st.markdown(words.LAND)
    st.markdown(bullets(blocks_zh.land_zh(view, block)))
    st.caption(words.LAND_NOTE)


def _ladder(action: Action, block: LadderBlock) -> None:
    """Show the ladder of specialised firms as far as figures are published."""
    context = answers.context(session().release_id, action.id)
    st.markdown(fill("**{}**", block.title_zh))
    st.markdown(bullets(blocks_zh.ladder_zh(context, block)))
    st.caption(plain(blocks_zh.ladder_note_zh(context, block)))


def _sectors(view: View, block: SectorsBlock) -> None:
    """Show an output by sector, or say that no sector has figures of its own."""
    st.markdown(fill("**{}**", block.title_zh))
    whole = view.bench.catalog.indicators[block.whole].name_zh
    found = sectors(view, block)
    if not found:
        st.markdown(plain(words.NO_SECTORS.format(whole)))
        return
    table([_sector(view, one) for one in found], narrow=f"sectors_{block.whole}")
    mark = f"{text_zh.DEMO_MARK}。" if any(map(partial(_is_demo, view), found)) else ""
    st.caption(plain(f"{mark}{words.SECTORS_NOTE.format(whole)}"))


def _sector(view: View, one: Sector) -> dict[str, str]:
    unit = one.indicator.unit
    return {
        words.SECTOR: one.indicator.name_zh,
        words.LATEST: cell(text_zh.quantity(one.value, unit), f"{one.year}年"),
        words.SHARE_OF_WHOLE: text_zh.percent(one.share, 1),
        words.PULL: text_zh.DASH if one.pull is None else text_zh.points(one.pull),
        words.ahead(moved=view.moved): text_zh.quantity(one.ahead, unit),
    }


def _is_demo(view: View, one: Sector) -> bool:
    return RowStatus.ILLUSTRATIVE in view.bench.history(one.indicator.id).statuses
