"""Notice in the browser that light has been switched to dark, so that charts are drawn anew.

Streamlit tells the server of the theme with the next run only; until then charts, whose
colours are ours, would keep words that cannot be read on the new background.
"""

import streamlit as st

from pages.common import widgets

_WATCH = st.components.v2.component(
    "jinshan_theme",
    html="<span id='theme'></span>",
    css="""#theme { color: light-dark(rgb(0 0 0), rgb(255 255 255)); transition: color 1ms; }""",
    js="""export default ({ parentElement, data, setTriggerValue }) => {
  const shade = parentElement.querySelector("#theme");
  const tell = () => {
    const dark = getComputedStyle(shade).color !== "rgb(0, 0, 0)";
    // once for each switch: a run that does not know better is not asked for again
    if (dark === data.dark) delete shade.dataset.told;
    else if (shade.dataset.told !== `${dark}`) {
      shade.dataset.told = `${dark}`;
      setTriggerValue("switched", dark);
    }
  };
  shade.ontransitionend = tell;
  tell(); // it may have been switched before there was anything to watch it
}""",
)


def watch() -> None:
    """Run the page again when the reader's theme has been switched."""
    with st.container(key="theme_watch"):
        _WATCH(key="theme", data={"dark": widgets.dark()}, on_switched_change=lambda: None)
