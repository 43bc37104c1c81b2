"""数据导入: bring in the district's own figures, see what changes, publish, go back."""

import streamlit as st

from analytics.data.access.identity import Role
from pages.common.conclusion import footer
from pages.reference.import_parts import (
    check_and_publish,
    grid,
    handing_in,
    memory,
    versions,
    words,
)

st.title(words.TITLE, anchor=False)
st.caption(words.ABOUT)
memory.last_message()
if memory.require_allowed():
    if memory.who().may(Role.SUBMIT):
        check_and_publish.templates()
        check_and_publish.upload()
        grid.typing(check_and_publish.check)
    handing_in.line(check_and_publish.check)
    check_and_publish.findings()
    versions.versions()
footer()
