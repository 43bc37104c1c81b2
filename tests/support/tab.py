"""One browser tab's side of a session without a browser: Streamlit's own messages.

What a page offers is known by the keys of its widgets, so that a test can press what a
visitor sees, and also send what he was never shown.
"""

import hashlib
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE = 120  # seconds; a busy machine is no fault of the page
_RUN_AGAIN = 2  # script_finished: the page asks for another run
_KEY = re.compile(r"^\$\$ID-[0-9a-f]+-(.+)$")
_RELEASE = re.compile(r"版本 `(\w{8})`")
_TOKEN = "_streamlit_xsrf"  # cookie
_NOT_READ = ("id", "tag", "form_id", "fragment_id", "css", "js", "html")


def browser(certificate: Path | None = None, **headers: str) -> requests.Session:
    """Return what a visitor's tabs have in common: cookies, headers, whom he trusts."""
    made = requests.Session()
    made.trust_env = False
    made.verify = str(certificate) if certificate else True
    made.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return made


@dataclass
class Tab:
    """A session at an address such as ``https://localhost:port``, of one browser."""

    address: str
    browser: requests.Session
    peer: str = "127.0.0.1"  # own address
    host: str = ""  # under which the server is asked for, where it is not its address's
    connection: ClientConnection | None = None
    session: str = ""
    page: str = ""
    page_hash: str = ""
    query: str = ""
    placed: dict[tuple[int, ...], Any] = field(default_factory=dict, repr=False)  # of the last run
    kept: dict[str, ForwardMsg] = field(default_factory=dict, repr=False)  # sent once, by hash
    states: dict[str, WidgetState] = field(default_factory=dict, repr=False)  # by widget id
    redirect: str = ""  # where the browser is told to go

    def __enter__(self) -> "Tab":
        named = urlsplit(self.address)
        if _TOKEN not in self.browser.cookies:
            self.browser.get(f"{self.address}/_stcore/health", timeout=PATIENCE)
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.browser.cookies)
        token = self.browser.cookies.get(_TOKEN)
        verify = self.browser.verify if named.scheme == "https" else None
        opening = connect(
            f"{named.scheme.replace('http', 'ws')}://{self.host or named.netloc}/_stcore/stream",
            sock=socket.create_connection(
                (named.hostname or "", named.port or 0), PATIENCE, source_address=(self.peer, 0)
            ),
            ssl=ssl.create_default_context(cafile=str(verify)) if verify else None,
            origin=Origin(f"{named.scheme}://{self.host or named.netloc}"),
            subprotocols=[Subprotocol(one) for one in ("streamlit", token) if one],
            additional_headers={**_own(self.browser), "Cookie": cookies},
            max_size=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        self.connection = opening.__enter__()
        return self

    def __exit__(self, *told: Any) -> None:
        if self.connection:
            self.connection.__exit__(*told)

    # ── what is shown ────────────────────────────────────────────────────────────────────

    @property
    def elements(self) -> list[Any]:
        """What stands on the page, each at its place: not what stood there for a while."""
        return list(self.placed.values())

    @property
    def texts(self) -> list[str]:
        """Every text of the page as it was last drawn."""
        return [text for element in self.elements for text in _texts(element)]

    @property
    def shown(self) -> str:
        """The texts, a line each."""
        return "\n".join(self.texts)

    @property
    def release(self) -> str:
        """The checksum of the release that the foot of the page names."""
        found = _RELEASE.search(self.shown)
        return found[1] if found else ""

    @property
    def drawings(self) -> list[str]:
        """What the page draws of its figures: cards, lists, marks, what is told of a chart."""
        ours = [one.bidi_component for one in self.elements if one.HasField("bidi_component")]
        return [one.bytes.decode() for one in ours if one.WhichOneof("data") == "bytes"]

    @property
    def figures(self) -> list[bytes]:
        """What the page says of its release: drawings, charts with their data, tables, sentences.

        Sentences that name a release are left out: they say which one is current as well.
        """
        return [part for element in self.elements for part in _figures(element)]

    @property
    def checksum(self) -> str:
        """Return a checksum of these figures."""
        return hashlib.sha256(b"\n".join(self.figures)).hexdigest()

    def widgets(self) -> dict[str, str]:
        """Ids of the widgets shown, by the keys they have in the code."""
        ids = [getattr(getattr(one, one.WhichOneof("type")), "id", "") for one in self.elements]
        return {found[1]: found[0] for one in ids if (found := _KEY.match(str(one)))}

    # ── what is done ─────────────────────────────────────────────────────────────────────

    def open(self, page: str = "", query: str = "") -> "Tab":
        """Go to a page, and wait until it is drawn."""
        self.page, self.page_hash, self.query, self.states = page, "", query, {}
        return self._run()

    def again(self) -> "Tab":
        """Run the page once more."""
        return self._run()

    def press(self, widget: str) -> "Tab":
        """Press a button, known by its id or by its key."""
        state = WidgetState(id=self.widgets().get(widget, widget), trigger_value=True)
        return self._run(state)

    def type_in(self, widget: str, text: str) -> "Tab":
        """Type into a field."""
        state = WidgetState(id=self.widgets().get(widget, widget), string_value=text)
        self.states[state.id] = state
        return self._run()

    def choose_file(self, widget: str, name: str, content: bytes) -> "Tab":
        """Upload a file and put it into a box."""
        place = self.place_for(name)
        assert self.upload(place.upload_url, name, content) == requests.codes.no_content
        state = WidgetState(id=self.widgets().get(widget, widget))
        file = state.file_uploader_state_value.uploaded_file_info.add()
        file.file_id, file.name, file.size = place.file_id, name, len(content)
        file.file_urls.CopyFrom(place)
        self.states[state.id] = state
        return self._run()

    def place_for(self, name: str) -> FileURLs:
        """Ask where a file may be sent to."""
        asked = BackMsg()
        asked.file_urls_request.request_id = name
        asked.file_urls_request.file_names.append(name)
        asked.file_urls_request.session_id = self.session
        self.send(asked)
        while True:
            told = self._heard()
            if told.WhichOneof("type") == "file_urls_response":
                (place,) = told.file_urls_response.file_urls
                return place

    def upload(self, path: str, name: str, content: bytes) -> int:
        """Send a file to an upload address and return the answer's status."""
        sent = self.browser.put(
            f"{self.address}{path}",
            files={name: (name, content)},
            headers={"X-Xsrftoken": self.browser.cookies.get(_TOKEN, "")},
            timeout=PATIENCE,
        )
        return sent.status_code

    def send(self, message: BackMsg) -> None:
        """Send a message, whatever it is."""
        assert self.connection
        self.connection.send(message.SerializeToString())

    def _run(self, *pressed: WidgetState) -> "Tab":
        message = BackMsg()
        asked = message.rerun_script
        asked.page_name, asked.page_script_hash = self.page, self.page_hash
        asked.query_string = self.query
        asked.widget_states.widgets.extend([*self.states.values(), *pressed])
        self.send(message)
        return self.wait()

    def wait(self) -> "Tab":
        """Take what comes until the page has been drawn."""
        while True:
            told = self._heard()
            kind = told.WhichOneof("type")
            if kind == "new_session":
                self.placed, self.page_hash = {}, told.new_session.page_script_hash
                self.session = told.new_session.initialize.session_id or self.session
            elif kind == "navigation":
                self.page_hash = told.navigation.page_script_hash
            elif kind == "delta" and told.delta.WhichOneof("type") == "new_element":
                self.placed[tuple(told.metadata.delta_path)] = told.delta.new_element
            elif kind == "auth_redirect":
                self.redirect = told.auth_redirect.url
            elif kind == "page_info_changed":
                self.query = told.page_info_changed.query_string
            elif kind == "script_finished" and told.script_finished != _RUN_AGAIN:
                return self

    def _heard(self) -> ForwardMsg:
        assert self.connection
        told = ForwardMsg()
        told.ParseFromString(self.connection.recv(PATIENCE))
        if told.WhichOneof("type") == "ref_hash":  # a large one that was sent before
            known = ForwardMsg()
            known.CopyFrom(self.kept[told.ref_hash])
            known.metadata.CopyFrom(told.metadata)
            return known
        if told.metadata.cacheable:
            self.kept[told.hash] = told
        return told


def _figures(element: Any) -> list[bytes]:
    """Return what an element says of figures, as bytes that are the same for the same figures."""
    kind = element.WhichOneof("type")
    shown = getattr(element, kind) if kind else None
    match kind:
        case "bidi_component":
            return [shown.bytes] if shown.WhichOneof("data") == "bytes" else []
        case "vega_lite_chart":
            return [shown.spec.encode(), *(one.SerializeToString() for one in shown.datasets)]
        case "dataframe" | "table":
            return [shown.arrow_data.data, shown.arrow_data.styler.display_values]
        case "markdown" | "alert" | "heading":
            return [shown.body.encode()] if _says_a_figure(shown.body) else []
    return []


def _says_a_figure(text: str) -> bool:
    return bool(re.search(r"\d", text)) and "版本" not in text


def _own(visitor: requests.Session) -> dict[str, str]:
    """Return the headers that were set for a visitor, without the library's own."""
    usual = requests.utils.default_headers()
    return {str(name): str(text) for name, text in visitor.headers.items() if name not in usual}


def _texts(message: Any) -> Iterator[str]:
    """Go through all texts of a message, except what no one reads."""
    for about, value in message.ListFields():
        if about.name in _NOT_READ:
            continue
        for one in value if about.is_repeated else [value]:
            if about.message_type and hasattr(one, "ListFields"):
                yield from _texts(one)
            elif isinstance(one, str):
                yield one
