"""Start the server for ``make run``: python -m pages.common.serve [--server.port N …]

Two things Streamlit has no option for are set before it starts:

- A ``pages`` folder beside the entry script makes it take the files there for
  pages until the first session has built the menu, so that the very first deep
  link would meet a "Page not found" dialog. The menu is always ours.
- Its sockets are bound without TCP_NODELAY. The many small messages of one
  page then wait for the browser's delayed acknowledgement: 40 ms on every
  moved slider.
"""

import socket
import sys
import threading

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli
from streamlit.web.server.starlette import starlette_server

from pages.common.warm import import_all

_bind_socket = starlette_server._bind_socket


def _bind_without_delay(*args: object, **kwargs: object) -> socket.socket:
    bound = _bind_socket(*args, **kwargs)
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # accepted sockets inherit it
    return bound


def serve(script: str, *options: str) -> None:
    """Run a Streamlit script until the process is stopped."""
    PagesManager.uses_pages_directory = False
    starlette_server._bind_socket = _bind_without_delay
    # Import in a thread: the first request would otherwise wait for it.
    threading.Thread(target=import_all, daemon=True).start()
    sys.argv = ["streamlit", "run", script, *options]
    cli.main()


if __name__ == "__main__":
    serve("app.py", *sys.argv[1:])
