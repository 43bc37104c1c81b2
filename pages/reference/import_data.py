"""数据导入: bring in the district's own figures, see what changes, publish, go back."""

import streamlit as st

from pages.common import import_blocks, import_state, layout, version_blocks

st.title("数据导入", anchor=False)
st.caption(
    "用本区自己的月度、年度数字替换演示数据：先检查，再看变化，最后发布；发布后可随时回到上一版。"
)
import_state.last_message()
if import_state.require_allowed():
    import_blocks.templates()
    import_blocks.upload()
    import_blocks.findings()
    version_blocks.versions()
layout.footer()
