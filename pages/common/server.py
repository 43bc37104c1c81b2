"""Start the server for ``make run``: python -m pages.common.server [--server.port N …]

One thing Streamlit has no option for is set before it starts: a ``pages`` folder beside
the entry script makes it take the files there for pages until the first session has
built the menu, so that the very first deep link would meet a "Page not found" dialog.
The menu is always ours.

The many small messages of one page must not wait for the browser's delayed
acknowledgement, 40 ms on every moved slider: uvloop, on which Streamlit serves where it
is installed, sends them at once.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from analytics.data.access.identity import AccessError
from analytics.data.access.policy import SWITCH, Mode, Policy, is_loopback
from analytics.data.imports.bounded.workroom import sweep
from pages.common import access, logbook, own_process, releases, shell
from pages.common import server_words as words
from pages.common.gate import Gate
from pages.common.health import Health
from pages.common.uploads import bound_uploads
from pages.common.warm import import_all

_ADDRESS = "server.address"
_OUTSIDE = "STREAMLIT_SERVER_ADDRESS"  # environment variable
_LOOPBACK = "127.0.0.1"
_LOOKS = 2.0  # seconds between two looks for new releases


def serve(script: str, *options: str) -> None:
    """Run a Streamlit script until the process is stopped."""
    try:
        rules = access.policy()
        config = configuration(rules, options, os.environ)
    except AccessError as error:
        sys.exit(words.ERROR.format(error))
    own_process.take_short_turns()
    own_process.share_arenas()
    PagesManager.uses_pages_directory = False
    bound_uploads()
    sweep()  # what a killed server had been handed
    logbook.set_up()
    # Import in a thread: the first request would otherwise wait for it.
    imports = threading.Thread(target=import_all, daemon=True)
    imports.start()
    threading.Thread(target=_keep_up, daemon=True).start()
    os.environ["FORWARDED_ALLOW_IPS"] = ""  # the peer's own address counts, not what it says
    sys.argv = [str(Path(script).resolve())]
    application(sys.argv[0], rules, imports).run(config=config)


def application(script: str, rules: Policy, imports: threading.Thread) -> st.App:
    """Put the gate before a script, and beside it the health addresses and the empty page."""
    gate = Middleware(Gate, policy=rules, signed_in=lambda cookies: signed_in(rules, cookies))
    routes = [*Health(imports).routes(), *shell.routes()]
    return st.App(script, routes=routes, middleware=[gate], on_script_error=_log_error)


def _keep_up() -> None:
    while True:
        time.sleep(_LOOKS)
        releases.keep_up()


def _log_error(error: Exception) -> None:
    logbook.failed("script", error)


def configuration(
    rules: Policy, options: Sequence[str], environment: Mapping[str, str]
) -> dict[str, Any]:
    """Take options as Streamlit's command line does, and add what follows from the rules.

    Raises
    ------
    AccessError
        When the server would be reached from elsewhere without any sign-in.
    """
    given = _parsed(options)
    address = given.get(_ADDRESS) or environment.get(_OUTSIDE) or _LOOPBACK
    if rules.mode is Mode.NONE and not is_loopback(address):
        asked = f"{_ADDRESS}={address}"
        raise AccessError(words.OPEN_TO_ALL.format(where=asked, switch=SWITCH, own=_LOOPBACK))
    names = {rules.header.account: "account", rules.header.name: "name"}
    told = {**names, rules.header.groups: "groups"} if rules.mode is Mode.HEADER else {}
    own = {"server.allowedHosts": list(rules.hosts), "server.trustedUserHeaders": told}
    return {**given, **own, _ADDRESS: address}


def _parsed(options: Sequence[str]) -> dict[str, Any]:
    """Read ``--name=value`` and ``--name value``; numbers and truth values as such."""
    parts = [part for option in options for part in option.split("=", 1)]
    named = zip(parts[::2], parts[1::2], strict=True)
    return {name.removeprefix("--"): _value(text) for name, text in named}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def signed_in(rules: Policy, cookies: Mapping[str, str]) -> bool:
    """Tell whether a request carries a token of someone who may look, not yet too old."""
    try:
        claims = json.loads(_get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME) or b"")
    except ValueError:
        return False
    who = access.identified(rules, claims)
    since = access.issued(claims, time.time())
    return bool(who.roles) and not access.has_ended(
        rules, since=since, last=time.time(), now=time.time()
    )


if __name__ == "__main__":
    serve("app.py", *sys.argv[1:])
