"""Notice in the browser that light has been switched to dark, so that charts are drawn anew.

Streamlit tells the server of the theme with the next run only; until then charts, whose
colours are ours, would keep words that cannot be read on the new background.
"""

import streamlit as st

_WATCH = st.components.v2.component(
    "jinshan_theme",
    html="<span id='theme'></span>",
    css="""#theme { color: light-dark(rgb(0 0 0), rgb(255 255 255)); transition: color 1ms; }""",
    js="""export default ({ parentElement, setTriggerValue }) => {
  const shade = parentElement.querySelector("#theme");
  shade.ontransitionend = () => setTriggerValue("switched", getComputedStyle(shade).color);
}""",
)


def watch() -> None:
    """Run the page again when the reader's theme has been switched."""
    with st.container(key="theme_watch"):
        _WATCH(key="theme", on_switched_change=lambda: None)
