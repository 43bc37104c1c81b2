"""What a first visitor is told: three sentences at most, each gone when it has been read."""

import streamlit as st

from pages.common.session import visitors_own

_HINTS = {  # first part of the page's address -> what to try there
    "": "点任何一格，进入那个目标的专页。",
    "扩规模": "动一动滑块：曲线、概率和“带动、拖累”同时变。",
    "情景实验室": "调好以后按“存为情景”，再到“比较”并排看。",
}


def hint(page_path: str) -> None:
    """Show the page's hint in the side bar until the visitor has dismissed it."""
    told = _HINTS.get(page_path)
    read = visitors_own("hints_read", set[str])
    if told is None or page_path in read:
        return
    with st.sidebar, st.container(border=True, key="hint"):
        st.caption(f":material/lightbulb: {told}")
        st.button("知道了", key="hint_read", type="tertiary", on_click=read.add, args=(page_path,))
