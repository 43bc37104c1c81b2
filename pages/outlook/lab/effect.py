"""What the present settings change against the baseline, in a few lines."""

from collections.abc import Iterable
from typing import NamedTuple

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.answers.narrative.changes_zh import change_zh
from analytics.model.judgement.assessment import Assessment
from pages.common import answers, releases
from pages.common.conclusion import scenario_badge
from pages.common.illustrative import demo_mark
from pages.common.text import plain, table

_SHOWN = 8  # targets whose probability changes most


def effect() -> None:
    """Show what the present settings do to the plan as a whole and to which targets most."""
    view = answers.view()
    before = answers.baseline()
    with st.container(border=True, key="lab_effect"):
        count = len(view.bench.catalog.targets)
        st.markdown(f"{scenario_badge()}**对{count}项目标的影响**")
        if not view.moved:
            st.caption("尚未调整，与基准相同。")
            return
        pairs = [(before.verdict(name), item) for name, item in view.verdicts().items()]
        together = releases.outlook_before(before, None)
        st.markdown(plain(change_zh(pairs, view.outlook(), together)))
        moved = _most_changed(pairs)
        if moved:
            table([_row(*change) for change in moved], narrow="effect")
            mark = demo_mark(view.bench, [change.after.target for change in moved])
            st.caption(f"{mark}达成概率变动最大的{len(moved)}项；概率后为抽样误差（百分点）。")


class _Change(NamedTuple):
    """A target before and after, and by how much its probability changes."""

    before: Assessment
    after: Assessment
    change: float


def _most_changed(pairs: Iterable[tuple[Assessment, Assessment]]) -> list[_Change]:
    changes = [
        _Change(old, new, new.probability - old.probability)
        for old, new in pairs
        if old.probability is not None and new.probability is not None
    ]
    moved = [one for one in changes if round(one.change, 2)]
    return sorted(moved, key=lambda one: -abs(one.change))[:_SHOWN]


def _row(before: Assessment, after: Assessment, change: float) -> dict[str, str]:
    return {
        "目标": after.target.name_zh,
        "基准": verdicts_zh.probability_zh(before),
        "当前": verdicts_zh.probability_zh(after),
        "增减": text_zh.points(change, 0),
    }
