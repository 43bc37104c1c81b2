"""Start the server for ``make run``: python -m pages.common.server [--server.port N …]

One thing Streamlit has no option for is set before it starts: a ``pages`` folder beside
the entry script makes it take the files there for pages until the first session has
built the menu, so that the very first deep link would meet a "Page not found" dialog.
The menu is always ours.

The many small messages of one page must not wait for the browser's delayed
acknowledgement, 40 ms on every moved slider: uvloop, on which Streamlit serves where it
is installed, sends them at once.
"""

import sys
import threading

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli

from analytics.data.imports.bounded.workroom import sweep
from pages.common.uploads import bound_uploads
from pages.common.warm import import_all


def serve(script: str, *options: str) -> None:
    """Run a Streamlit script until the process is stopped."""
    PagesManager.uses_pages_directory = False
    bound_uploads()
    sweep()  # what a killed server had been handed
    # Import in a thread: the first request would otherwise wait for it.
    threading.Thread(target=import_all, daemon=True).start()
    sys.argv = ["streamlit", "run", script, *options]
    cli.main()


if __name__ == "__main__":
    serve("app.py", *sys.argv[1:])
