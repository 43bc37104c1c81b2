"""A button that puts a picture into the clipboard, to be pasted into a document."""

import json
from collections.abc import Callable

import streamlit as st

from pages.common import words

_BUTTON = st.components.v2.component(
    "jinshan_clipboard",
    html=f"<button type='button' id='copy'>{words.COPY}</button>"
    " <span id='said' role='status'></span>",
    css="""
button { font: inherit; font-size: 14px; color: var(--st-text-color); cursor: pointer;
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius); padding: 0 12px; min-height: 40px; }
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 3px solid var(--st-primary-color); }
#said { font-family: var(--st-font); font-size: 13px; color: var(--st-text-color); }
""",
    # the picture is promised while the click still counts: browsers forget it before it is made
    js=f"const SAID = {json.dumps(words.COPYING, ensure_ascii=False)};"
    """
export default ({ parentElement, data, setTriggerValue }) => {
  const button = parentElement.querySelector("#copy");
  const say = (what) => { parentElement.querySelector("#said").textContent = SAID[what]; };
  if (data?.length && button.hand) {
    button.hand(new Blob([data], { type: "image/png" }));
    button.hand = undefined;
  }
  button.onclick = async () => {
    if (!navigator.clipboard?.write) return say("closed");
    say("making");
    const made = new Promise((resolve) => { button.hand = resolve; });
    setTriggerValue("asked", true);
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": made })]);
      say("done");
    } catch {
      say("failed");
    }
  };
}""",
)


def copy_button(make: Callable[[], bytes], *, key: str) -> None:
    """Offer to copy a picture; ``make`` draws it as PNG in the run that follows the click."""
    state = st.session_state.get(key)
    asked = state is not None and bool(state.get("asked"))
    _BUTTON(key=key, data=make() if asked else b"", on_asked_change=lambda: None)
