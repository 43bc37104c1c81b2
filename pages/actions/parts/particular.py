"""What is particular to one action, as its catalog entry declares it."""

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import blocks_zh, verdicts_zh
from analytics.domain import (
    Action,
    AgainstCityBlock,
    ContributionsBlock,
    LadderBlock,
    LandBlock,
    ReadingsBlock,
    ShareBlock,
)
from analytics.workbench import View
from pages.actions.parts.contributions import contributions
from pages.common import answers
from pages.common.session import session
from pages.common.target_table import badge
from pages.common.text import bullets, fill, plain, table


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


def _readings(view: View, block: ReadingsBlock) -> None:
    """Put the plan's readings of one indicator side by side, without choosing."""
    st.markdown(fill("**{}**　方案前后数字不一，两种都列，不代为取舍。", block.title_zh))
    targets = view.bench.catalog.targets.values()
    items = [view.verdict(target.id) for target in targets if target.indicator == block.indicator]
    table(
        [
            {
                "出处": item.target.clause.section,
                "原文": item.target.clause.wording,
                "目标": verdicts_zh.target_zh(item),
                "今后所需年均": text_zh.growth(item.needed.growth),
                "达成概率": verdicts_zh.probability_zh(item),
                "判断": badge(item),
            }
            for item in items
        ]
    )


def _land(view: View, block: LandBlock) -> None:
    """Say what land supply and clearance mean for output per land."""
    st.markdown("**土地：供给、腾退与单位土地产出**（1平方公里＝1500亩）")
    st.markdown(bullets(blocks_zh.land_zh(view, block)))
    st.caption(
        "联动假设：情景中比基准多供的地全部投入使用，多腾退、提升的地全部退出在用面积；"
        "提升而未退出的部分会使影响变小，故为上限。"
    )


def _ladder(action: Action, block: LadderBlock) -> None:
    """Show the ladder of specialised firms as far as figures are published."""
    context = answers.context(session().release_id, action.id)
    st.markdown(fill("**{}**", block.title_zh))
    st.markdown(bullets(blocks_zh.ladder_zh(context, block)))
    st.caption(plain(blocks_zh.ladder_note_zh(context, block)))
