"""What the server relies on in the installed Streamlit and uvloop."""

import asyncio
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import streamlit
from streamlit.runtime.pages_manager import PagesManager

from tests.support.paths import ROOT


@pytest.mark.parametrize(
    "sentence",
    [
        "Streamlit server is not responding. Are you connected to the internet?",
        "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it",
        "Connection timed out.",
        "Cannot connect to Streamlit (HTTP status: 403).",
        "File type not allowed.",
        " or smaller.",
    ],
)
def test_what_streamlit_says_of_a_lost_server_or_a_refused_file_is_said_in_chinese(sentence):
    frontend = Path(streamlit.__file__).parent / "static/static/js"
    assert any(sentence.encode() in file.read_bytes() for file in frontend.glob("*.js"))
    ours = (ROOT / "pages/common/browser.js").read_text(encoding="utf-8")
    assert sentence.strip(". ") in ours


def test_streamlit_still_asks_whether_a_pages_folder_holds_the_pages():
    """The server answers no before it starts; without the question that would do nothing."""
    assert hasattr(PagesManager, "uses_pages_directory")


@pytest.mark.skipif(sys.platform == "win32", reason="uvloop is not made for Windows")
def test_small_messages_leave_at_once_on_a_socket_bound_as_streamlit_binds_it():
    import uvloop

    with ThreadPoolExecutor(1) as apart:  # a browser's loop may run in this thread
        assert apart.submit(uvloop.run, _delay_is_off()).result()


async def _delay_is_off() -> bool:
    accepted: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    class Look(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            connected = transport.get_extra_info("socket")
            accepted.set_result(bool(connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
            transport.close()

    with socket.socket(family=socket.AF_INET) as bound:
        bound.bind(("127.0.0.1", 0))
        bound.setblocking(False)
        server = await asyncio.get_running_loop().create_server(Look, sock=bound)
        _, writer = await asyncio.open_connection(*bound.getsockname())
        delay_is_off = await accepted
        writer.close()
        server.close()
    return delay_is_off
