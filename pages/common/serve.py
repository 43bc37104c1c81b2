"""Start the server for ``make run``.

A ``pages`` folder beside the entry script makes Streamlit take its files for
pages until the first session has built the menu, so the very first deep link
would meet a "Page not found" dialog. The menu is always ours: say so up front.
"""

import sys

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.cli import main

if __name__ == "__main__":
    PagesManager.uses_pages_directory = False
    sys.argv = ["streamlit", "run", "app.py", *sys.argv[1:]]
    sys.exit(main())
