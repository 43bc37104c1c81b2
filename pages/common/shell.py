"""The empty page that Streamlit fills: ours keeps room for what will come, so nothing moves.

It also gathers the messages of a run before Streamlit's own code is there to take them.
"""

from base64 import b64encode
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit.file_util import get_static_dir

from pages.common import menu, room
from pages.common.own_files import own_file

_STYLES = ("style.css", "reserved.css")
_END = "</body>"  # the last rule wins: Streamlit writes its own into the head
# Under Streamlit's own name it would ask a host elsewhere for the icons of the menu.
_THEIR_ICON = '<link rel="shortcut icon" href="./favicon.png" />'
_OUR_ICON = '<link rel="icon" type="image/svg+xml" href="data:image/svg+xml;base64,{}" />'


def routes() -> list[Route]:
    """Answer for every page of the menu; Streamlit answers for what is none."""
    return [Route(f"/{path}", _answer) for path in menu.addresses()]


async def _answer(_: Request) -> HTMLResponse:
    return HTMLResponse(page(), headers={"Cache-Control": "no-cache"})


@cache
def page() -> str:
    """Return Streamlit's page with our rules, which a page's own code would bring later."""
    empty = (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")
    ours = f"<style>{rules()}</style><script>{own_file('gathered.js')}</script>"
    icon = _OUR_ICON.format(b64encode(own_file("icon.svg").encode()).decode())
    return empty.replace(_THEIR_ICON, icon, 1).replace(_END, f"{ours}{_END}", 1)


def rules() -> str:
    """Return our style rules."""
    return "".join(own_file(one) for one in _STYLES) + room.rules()
