"""Room on the page for what the browser has yet to load, so that nothing moves when it comes."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_STEP = 20  # pixels
_MOST = 60  # steps


def room(height: int, key: str) -> DeltaGenerator:
    """Return a container that is about this many pixels high before its content is there."""
    return st.container(key=f"room_{min(height // _STEP, _MOST)}_{key}")


def rules() -> str:
    """Write the style rules behind it, one for each height."""
    return "".join(
        f'[class*="st-key-room_{steps}_"] {{ min-height: {steps * _STEP}px; }}'
        for steps in range(1, _MOST + 1)
    )
