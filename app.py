"""Frame of the workbench: page set-up, navigation, release switch, footer."""

import streamlit as st

from pages.common import frame, menu, running, words
from pages.common.delivery import deliver_everything
from pages.common.warm import end_page, warm_up

deliver_everything()
warm_up()
page = menu.navigation()  # first of all: a page stopped before it is unknown to the router
st.set_page_config(page_title=f"{page.title}｜{words.PRODUCT}", layout="wide")
running.guarded(running.begin_page)
running.guarded(lambda: frame.frame(page))
running.guarded(page.run)
running.guarded(running.finish)
end_page()
