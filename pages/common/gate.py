"""What stands before the pages: which requests are heard at all, and how answers are sent.

Streamlit checks the host of a WebSocket only, takes identity headers from any address, and
hears messages from any page that let everyone's caches be emptied.
"""

import logging
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from analytics.data.access.policy import Mode, Policy
from analytics.data.access.trail import LOG
from pages.common import server_words as words

HEALTH = ("/healthz", "/readyz")
WITH_FIGURES = ("/media/", "/_stcore/upload_file")  # apart from the pages, which ask themselves
CLOSED = ("/_stcore/metrics",)
_LONGEST = 16_384  # bytes of path and query together
_MOST_PARAMETERS = 1_000  # of more, Streamlit would take none, without a word
_POLICY_VIOLATION = 1008
# Messages a page sends; others empty everyone's caches, or are meant for whoever writes the app.
HEARD = frozenset(
    {
        "rerun_script",
        "stop_script",
        "app_heartbeat",
        "file_urls_request",
        "backend_operation_request",
    }
)
# Streamlit writes styles into the page, Vega compiles its expressions; no other host is reached.
CONTENT_SECURITY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
ANSWERED_WITH = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}

Refusal = tuple[int, str]  # HTTP status, and why, in a word for the log


class Gate:
    """Hears only requests meant for this server, from where identities may come."""

    def __init__(
        self, app: ASGIApp, *, policy: Policy, signed_in: Callable[[Mapping[str, str]], bool]
    ) -> None:
        self._app, self._policy, self._signed_in = app, policy, signed_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] == "http":
            send = _with_headers(send)
        elif scope["type"] == "websocket":
            receive = sifted(receive)
        else:
            await self._app(scope, receive, send)
            return
        refusal = self.refusal(scope)
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            await _refuse(refusal, scope, receive, send)

    def refusal(self, scope: Scope) -> Refusal | None:
        """Return why a request is not heard, None when it is."""
        if scope["path"] in HEALTH:
            return None
        headers = Headers(scope=scope)
        query = scope.get("query_string", b"")
        if len(scope["path"]) + len(query) > _LONGEST or query.count(b"&") >= _MOST_PARAMETERS:
            return 414, "too_long"
        if scope["path"] in CLOSED:
            return 404, "closed"
        if not _is_ours(headers.getlist("host"), self._policy.hosts):
            return 421, "foreign_host"
        if not _is_from_here(headers):
            return 403, "foreign_origin"
        return self._without_identity(scope, headers)

    def _without_identity(self, scope: Scope, headers: Headers) -> Refusal | None:
        """Refuse what comes past the proxy, or without its word, or without a token."""
        if self._policy.mode is Mode.HEADER:
            peer = scope.get("client") or ("", 0)
            if not self._policy.trusts(peer[0]):
                return 403, "untrusted_address"
            named = headers.getlist(self._policy.header.account)
            return None if len(named) == 1 and named[0].strip() else (401, "no_identity")
        if self._policy.mode is Mode.OIDC and scope["path"].startswith(WITH_FIGURES):
            return None if self._signed_in(HTTPConnection(scope).cookies) else (401, "no_token")
        return None


def _is_ours(named: list[str], hosts: tuple[str, ...]) -> bool:
    """Tell whether the one host a request names is this server's."""
    try:
        return len(named) == 1 and urlsplit(f"//{named[0]}").hostname in hosts
    except ValueError:
        return False


def _is_from_here(headers: Headers) -> bool:
    """Tell whether the page that asks, where a browser names it, is one of ours."""
    origins = headers.getlist("origin")
    if not origins:
        return True
    try:
        return len(origins) == 1 and urlsplit(origins[0]).netloc.lower() == headers["host"].lower()
    except ValueError:
        return False


def sifted(receive: Receive) -> Receive:
    """Let only those messages through that pages send."""

    async def heard() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive" or is_heard(message.get("bytes")):
                return message

    return heard


def is_heard(content: bytes | None) -> bool:
    """Tell whether a message is one of those; on what is none, Streamlit closes."""
    try:
        kind = BackMsg.FromString(content or b"").WhichOneof("type")
    except DecodeError:
        return True
    return kind is None or kind in HEARD


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in ANSWERED_WITH.items():
                headers[name] = value
        await send(message)

    return sent


async def _refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    status, why = refusal
    peer = (scope.get("client") or ("", 0))[0]
    logging.getLogger(LOG).warning("refused", extra={"facts": {"why": why, "address": peer}})
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
    else:
        await PlainTextResponse(words.REFUSED[why], status)(scope, receive, send)
