"""What the present settings change against the baseline, in a few lines."""

import pyarrow as pa
import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.answers.narrative.changes_zh import change_zh
from pages.common import frame, releases, session

_SHOWN = 8  # targets whose probability changes most


def effect() -> None:
    """Show what the present settings do to the plan as a whole and to which targets most."""
    view = releases.view(session.release_id(), session.settings_key())
    before = releases.baseline(session.release_id())
    with st.container(border=True, key="lab_effect"):
        st.markdown(f"{frame.scenario_badge()}**对{len(view.bench.catalog.targets)}项目标的影响**")
        if not view.moved:
            st.caption("尚未调整，与基准相同。")
            return
        pairs = [(before.verdict(name), item) for name, item in view.verdicts().items()]
        st.markdown(
            text_zh.escape(change_zh(pairs, view.outlook(), releases.outlook_before(before, None)))
        )
        moved = _most_changed(pairs)
        rows = [_row(old, new) for old, new in moved]
        if rows:
            with st.container(key="narrow_effect"):
                st.table(pa.Table.from_pylist(rows), border="horizontal", hide_index=True)
            shown = [new.target for _, new in moved]
            mark = f"{text_zh.DEMO_MARK}。" if frame.uses_demo(view.bench, shown) else ""
            st.caption(f"{mark}达成概率变动最大的{len(rows)}项；概率后为抽样误差（百分点）。")


def _most_changed(pairs) -> list:
    known = [(old, new) for old, new in pairs if None not in (old.probability, new.probability)]
    moved = [(old, new) for old, new in known if round(new.probability - old.probability, 2)]
    moved.sort(key=lambda pair: -abs(pair[1].probability - pair[0].probability))
    return moved[:_SHOWN]


def _row(old, new) -> dict[str, str]:
    return {
        "目标": text_zh.escape(new.target.name_zh),
        "基准": text_zh.escape(verdicts_zh.probability_zh(old)),
        "当前": text_zh.escape(verdicts_zh.probability_zh(new)),
        "增减": text_zh.escape(text_zh.points(new.probability - old.probability, 0)),
    }
