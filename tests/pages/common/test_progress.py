"""A bar for what takes a while takes no place among the elements of a page."""

from streamlit.testing.v1 import AppTest


def one_page(is_slow: bool) -> None:
    """A page that shows a bar when it is run for the first time."""
    import streamlit as st

    from pages.common.progress import progress

    if is_slow:
        with progress("正在打开") as move:
            move(0.5)
    st.markdown("正文")


def places(is_slow: bool) -> dict[int, str]:
    """What stands at which place of the page."""
    app = AppTest.from_function(one_page, kwargs={"is_slow": is_slow}).run()
    assert not app.exception
    return {place: one.type for place, one in app.main.children.items()}


def test_what_follows_a_bar_stands_where_it_stands_without_one():
    assert places(True) == places(False) == {0: "markdown"}
