"""What drives a target: one move of each lever, and what each adjustment contributes."""

import pyarrow as pa
import streamlit as st

from analytics import text_zh
from analytics.answers.steering.decomposition import Decomposition
from analytics.output.figures import sensitivity
from analytics.output.figures.gap import gap_figure
from analytics.output.figures.sensitivity import tornado_figure
from pages.common import chart_block, releases, session
from pages.common.scenarios_at_hand import compared
from pages.outlook.lab.charts import choose_target


def drivers(bench) -> None:
    """Show sensitivity and gap of a chosen target in a chosen scenario."""
    left, right = st.columns(2, gap="medium", vertical_alignment="bottom")
    with left:
        target_id = choose_target(bench)
    with right:
        scenario = _choose_scenario()
    view = releases.view(session.release_id(), scenario.settings)
    st.header("敏感性：各项变动一次，结果变多少", anchor=False)
    _tornado(view, scenario, target_id)
    name = text_zh.escape(scenario.name)
    st.header(f"缺口：“{name}”的各项调整各起多大作用", anchor=False)
    _gap(view, scenario, target_id)


def _choose_scenario():
    """Let the user pick one of the scenarios; the present settings, else the last, come first."""
    found = {one.name: one for one in compared()}
    present = [name for name, one in found.items() if one.settings == session.settings_key()]
    names = {name: name for name in found}
    last = [*found, *present][-1]
    return found[session.pick("情景", names, "lab_scenario_name", key="lab_scenario", default=last)]


def _tornado(view, scenario, target_id: str) -> None:
    found = releases.sensitivity(session.release_id(), scenario.settings, target_id)
    figure = tornado_figure(view, found, session.for_files(scenario))
    if figure is None:
        _nothing(found.reason)
        return
    chart_block.show(figure, key="lab_tornado")
    st.caption(
        text_zh.escape(
            f"{figure.takeaway}其余不动，每项从所选情景的取值上下各动一次；"
            f"{sensitivity.reading(figure)}。"
        )
    )


def _gap(view, scenario, target_id: str) -> None:
    if not scenario.settings:
        st.info("基准没有调整，无可分解。", icon=":material/tune:")
        return
    found = releases.decomposition(session.release_id(), scenario.settings, target_id)
    figure = gap_figure(view, found, session.for_files(scenario))
    if figure is None:
        _nothing(found.reason)
        return
    chart_block.show(figure, key="lab_gap")
    _parts(found)
    st.caption(text_zh.escape(f"{figure.takeaway}{found.method_zh}。"))


def _nothing(reason: str) -> None:
    st.info(text_zh.escape(f"{reason}。"), icon=":material/hide_source:")


def _parts(found: Decomposition) -> None:
    rows = [
        {
            "调整": text_zh.escape(part.name_zh),
            "类别": "政策" if part.policy else "假设",
            "填补缺口": text_zh.DASH if part.of_gap is None else text_zh.percent(part.of_gap, 0),
            "达成概率增减": text_zh.DASH
            if part.probability is None
            else text_zh.escape(text_zh.points(part.probability)),
        }
        for part in found.parts
    ]
    with st.container(key="narrow_parts"):
        st.table(pa.Table.from_pylist(rows), border="horizontal", hide_index=True)
