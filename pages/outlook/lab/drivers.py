"""What drives a target: one move of each lever, and what each adjustment contributes."""

import streamlit as st

from analytics import text_zh
from analytics.answers.steering.decomposition import Decomposition
from analytics.domain import Scenario
from analytics.output.figures import sensitivity
from analytics.output.figures.gap import gap_figure
from analytics.output.figures.sensitivity import tornado_figure
from analytics.workbench import View, Workbench
from pages.common import answers, chart_block, widgets
from pages.common.scenarios_at_hand import compared
from pages.common.session import named_for_files, session
from pages.common.text import plain, table
from pages.outlook.lab import words
from pages.outlook.lab.charts import choose_target
from pages.outlook.lab.memory import memory


def drivers(bench: Workbench) -> None:
    """Show sensitivity and gap of a chosen target in a chosen scenario."""
    left, right = st.columns(2, gap="medium", vertical_alignment="bottom")
    with left:
        target_id = choose_target(bench)
    with right:
        scenario = _choose_scenario()
    view = answers.view_of(scenario)
    st.header(words.SENSITIVITY, anchor=False)
    _tornado(view, scenario, target_id)
    st.header(plain(words.GAP.format(scenario.name)), anchor=False)
    _gap(view, scenario, target_id)


def _choose_scenario() -> Scenario:
    """Let the user pick one of the scenarios; the present settings, else the last, come first."""
    found = {one.name: one for one in compared()}
    present = [name for name, one in found.items() if one.settings == session().scenario.settings]
    chosen = memory().scenario
    if chosen not in found:
        chosen = [*found, *present][-1]
    names = {name: name for name in found}
    return found[
        widgets.pick(words.SCENARIO, names, chosen, memory().choose_scenario, key="lab_scenario")
    ]


def _tornado(view: View, scenario: Scenario, target_id: str) -> None:
    found = answers.sensitivity(session().release_id, scenario.settings, target_id)
    figure = tornado_figure(view, found, named_for_files(scenario))
    if figure is None:
        _nothing(found.reason)
        return
    chart_block.show(figure, key="lab_tornado")
    st.caption(plain(words.SENSITIVITY_NOTE.format(figure.takeaway, sensitivity.reading(figure))))


def _gap(view: View, scenario: Scenario, target_id: str) -> None:
    if not scenario.settings:
        st.info(words.NO_GAP, icon=":material/tune:")
        return
    found = answers.decomposition(session().release_id, scenario.settings, target_id)
    figure = gap_figure(view, found, named_for_files(scenario))
    if figure is None:
        _nothing(found.reason)
        return
    chart_block.show(figure, key="lab_gap")
    _parts(found)
    st.caption(plain(f"{figure.takeaway}{found.method_zh}。"))


def _nothing(reason: str) -> None:
    st.info(plain(f"{reason}。"), icon=":material/hide_source:")


def _parts(found: Decomposition) -> None:
    rows = [
        {
            words.MOVE: part.name_zh,
            words.CLASS: words.OF_POLICY if part.policy else words.OF_ASSUMPTION,
            words.OF_GAP: text_zh.percent(part.of_gap, 0),
            words.ODDS_CHANGE: text_zh.points(part.probability),
        }
        for part in found.parts
    ]
    table(rows, narrow="parts")
