"""Frame of the workbench: page set-up, navigation, release switch, footer."""

import streamlit as st

from pages.common import layout, state
from pages.common.warm import settled, warm_up

st.set_page_config(page_title="金山新型工业化工作台", page_icon="🏭", layout="wide")
warm_up()
page = layout.navigation()  # first of all: a page stopped before it is unknown to the router
layout.guarded(state.begin_page)
layout.guarded(lambda: layout.frame(page))
layout.guarded(page.run)
layout.guarded(state.finish)
settled()
