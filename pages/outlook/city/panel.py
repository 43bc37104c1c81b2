"""The levers of the 2035 page: the city's growth is an assumption, the district's a choice."""

from collections.abc import Callable

import streamlit as st

from analytics.domain import SHANGHAI, Target
from analytics.workbench import Workbench
from pages.common import levers, presets
from pages.common.share import share_panel
from pages.common.zones import zone
from pages.outlook.city import words


def city_panel(bench: Workbench, target: Target, effect: Callable[[], None]) -> None:
    """Show the city's growth as an assumption, then the district's own levers.

    ``effect`` shows what the assumptions alone would do.
    """
    counterpart = bench.catalog.indicators[target.indicator].city_counterpart
    city = []
    if counterpart and bench.baseline[SHANGHAI][counterpart].years:
        city = levers.movable(bench, counterpart)
    own = levers.movable(bench, target.indicator)
    with st.container(border=True, key="levers"):
        levers.heading(words.LEVERS)
        presets.choice()
        if not city:
            st.info(words.NO_CITY_RATE, icon=":material/info:")
        shown = levers.controls(bench, city, target.id) | levers.controls(bench, own, target.id)
        st.caption(words.LEVERS_NOTE)
        zone("effect", effect)
        levers.others(shown)
    share_panel()
