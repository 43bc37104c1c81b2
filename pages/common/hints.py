"""What a first visitor is told: three sentences at most, each gone when it has been read."""

import streamlit as st

from pages.common import words
from pages.common.session import visitors_own


def hint(page_path: str) -> None:
    """Show the page's hint in the side bar until the visitor has dismissed it."""
    told = words.HINTS.get(page_path)
    read = visitors_own("hints_read", set[str])
    if told is None or page_path in read:
        return
    with st.sidebar, st.container(border=True, key="hint"):
        st.caption(f":material/lightbulb: {told}")
        st.button(
            words.READ, key="hint_read", type="tertiary", on_click=read.add, args=(page_path,)
        )
