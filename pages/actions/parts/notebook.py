"""Download of a notebook that recomputes what an action's page shows."""

from functools import partial

import streamlit as st

from analytics.output.briefing import writing
from analytics.output.export.file_names import file_name
from analytics.workbench import View
from pages.actions.parts import words
from pages.common import chart_block


def notebook_download(view: View, action_id: str, target_id: str, until: int) -> None:
    """Offer the notebook; it is made in the moment it is asked for."""
    stamp, action = chart_block.stamp(), view.bench.catalog.actions[action_id]
    st.download_button(
        words.NOTEBOOK,
        partial(writing.action_notebook, view, stamp, action, target_id, until),
        file_name(f"{action.name_zh}-笔记本", stamp.scenario, stamp.made_on, "ipynb"),
        writing.MIME[writing.Format.IPYNB],
        key="notebook",
        help=words.NOTEBOOK_HELP,
        icon=":material/code_blocks:",
        type="tertiary",
        on_click="ignore",
    )
