"""方法与检验: what is done, how well it holds, and what it would have said before."""

import streamlit as st

from pages.common import frame, releases, session
from pages.reference.parts.track_record import coverage_section, method_table, own_past

bench = releases.workbench(session.release_id())

st.title("方法与检验", anchor=False)
st.caption("预测怎么来、区间准不准、对每个指标自己的过去会怎么说。")
with st.container(border=True):
    st.markdown(frame.text_file("methods.md"))
coverage_section()
method_table()
own_past(bench)
with st.container(border=True):
    st.markdown(frame.text_file("limits.md"))
frame.footer()
