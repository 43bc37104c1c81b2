"""Frame of the workbench: page set-up, navigation, release switch, footer."""

import streamlit as st

from pages.common import frame, session
from pages.common.warm import freeze_new_modules, freeze_session, warm_up

st.set_page_config(page_title="金山新型工业化工作台", page_icon="🏭", layout="wide")
warm_up()
freeze_session()
page = frame.navigation()  # first of all: a page stopped before it is unknown to the router
frame.guarded(session.begin_page)
frame.guarded(lambda: frame.frame(page))
frame.guarded(page.run)
frame.guarded(session.finish)
freeze_new_modules()
