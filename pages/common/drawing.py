"""Pictures of text and boxes that lead somewhere: rows, cells and bullets.

A drawing is a tree of plain values; the browser makes elements of it and puts every
text in as text, so that nothing in the data can become markup.
"""

import json
from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

Height = int | Literal["content"]
Part = str | list["Part | dict[str, str]"]
_MOUNT = st.components.v2.component(
    "jinshan_drawing",
    html="<div id='drawing'></div>",
    # script and style come once with the page's head, not with every drawing and each move
    js="""export default (component) => {
  if (window.jinshanDraw) window.jinshanDraw(component);
  else addEventListener("jinshan-draw", () => window.jinshanDraw(component), { once: true });
}""",
)


def box(kind: str, *parts: Part, tag: str = "div", **attributes: str) -> Part:
    """Return an element of a kind (its style class) with what is in it.

    Names of attributes are written with underscores for hyphens.
    """
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    return [tag, {"class": kind, **named}, *parts]


def choice(kind: str, value: str, *parts: Part, **attributes: str) -> Part:
    """Return a button that sends a value when it is pressed."""
    return box(kind, *parts, tag="button", type="button", data_choice=value, **attributes)


def draw(
    parts: Sequence[Part],
    *,
    key: str,
    height: Height = "content",
    on_choice: Callable[[str], None] | None = None,
) -> str | None:
    """Show a drawing and return what was just chosen; ``on_choice`` is told before the run."""

    def take() -> None:
        chosen = st.session_state[key].choice
        if on_choice and chosen:
            on_choice(chosen)

    # as bytes: Streamlit escapes the Chinese of its own JSON, and reads it through for frames
    data = json.dumps(list(parts), ensure_ascii=False, separators=(",", ":")).encode()
    shown = _MOUNT(key=key, data=data, height=height, on_choice_change=take)
    sent: str | None = shown.choice
    return sent
