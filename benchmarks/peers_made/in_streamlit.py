"""The page in plain Streamlit, as its tutorials build one."""

import altair as alt
import pandas as pd
import streamlit as st

from benchmarks.peers_made.page import HIGH, LEVERS, LOW, STEP, YEARS, shown

sentence, odds, fan = st.empty(), st.empty(), st.empty()
levers = [st.slider(name, LOW, HIGH, 0.0, STEP) for name in LEVERS]
page = shown(levers)
sentence.markdown(page.sentence)
odds.table(pd.DataFrame(page.odds, columns=["目标", "达成概率"]))
base = alt.Chart(pd.DataFrame({"year": list(YEARS), **page.bands})).encode(x="year:Q")
bands = [
    base.mark_area(opacity=0.2).encode(
        y=alt.Y(f"low{width}:Q").scale(zero=False), y2=f"high{width}"
    )
    for width in (95, 80, 50)
]
fan.altair_chart(alt.layer(*bands, base.mark_line().encode(y="median:Q")))
