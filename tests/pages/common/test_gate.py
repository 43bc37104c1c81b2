"""What a stranger can send: hosts, origins, headers, messages; asked of the gate itself."""

from collections.abc import Coroutine
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from analytics.data.access.policy import Mode, Policy
from pages.common.gate import ANSWERED_WITH, HEARD, Gate, is_heard, sifted

OWN = Policy()
HEADER = Policy(mode=Mode.HEADER, hosts=("gzt.example",), trusted=("10.1.0.5",))
OIDC = Policy(mode=Mode.OIDC, hosts=("gzt.example",))


def step(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run to its end what waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value
    raise AssertionError("it waits")


def asked(
    policy: Policy, path: str = "/", *, kind: str = "http", peer: str = "127.0.0.1", **headers: str
) -> tuple[int, str] | None:
    """Ask the gate whether a request is heard; None is yes."""
    named = [
        (key.lower().replace("_", "-").encode(), text.encode()) for key, text in headers.items()
    ]
    scope = {"type": kind, "path": path, "query_string": b"", "headers": named, "client": (peer, 1)}
    gate = Gate(app=None, policy=policy, signed_in=lambda cookies: cookies.get("token") == "good")
    return gate.refusal(scope)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("host", "heard"),
    [
        ("localhost:8501", True),
        ("127.0.0.1", True),
        ("[::1]:8501", True),
        ("LOCALHOST", True),
        ("evil.example:8501", False),  # a name of his that leads to this machine
        ("localhost.evil.example", False),
        ("localhost@evil.example", False),
        ("0.0.0.0:8501", False),
        ("[::1", False),
        ("", False),
    ],
)
def test_a_foreign_host_is_refused_on_page_and_websocket(kind, host, heard):
    assert (asked(OWN, kind=kind, host=host) is None) is heard


def test_two_hosts_are_none():
    scope = {"type": "http", "path": "/", "headers": [(b"host", b"localhost")] * 2}
    assert Gate(None, policy=OWN, signed_in=bool).refusal(scope) == (421, "foreign_host")


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("origin", "heard"),
    [
        ("http://localhost:8501", True),
        ("http://LocalHost:8501", True),
        ("http://evil.example", False),
        ("http://localhost:9999", False),  # another server of this machine
        ("http://localhost:8501.evil.example", False),
        ("null", False),
        ("http://[", False),
    ],
)
def test_a_foreign_page_is_refused_on_page_and_websocket(kind, origin, heard):
    assert (asked(OWN, kind=kind, host="localhost:8501", origin=origin) is None) is heard


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("path", ["/", "/media/a.png", "/_stcore/stream", "/_stcore/health"])
def test_a_forged_header_from_elsewhere_is_refused(kind, path):
    forged = {"host": "gzt.example", "X_Forwarded_User": "zhao"}
    assert asked(HEADER, path, kind=kind, peer="10.1.0.6", **forged) == (403, "untrusted_address")
    assert asked(HEADER, path, kind=kind, peer="10.1.0.5", **forged) is None
    forwarded = {**forged, "X_Forwarded_For": "10.1.0.5"}
    assert asked(HEADER, path, kind=kind, peer="10.1.0.6", **forwarded) is not None


def test_nothing_is_shown_to_whom_the_proxy_does_not_name():
    here = {"host": "gzt.example", "peer": "10.1.0.5"}
    assert asked(HEADER, **here) == (401, "no_identity")
    assert asked(HEADER, **here, X_Forwarded_User=" ") == (401, "no_identity")


@pytest.mark.parametrize("path", ["/media/abc.png", "/_stcore/upload_file/s/f"])
def test_files_need_a_token_where_pages_ask_for_it_themselves(path):
    assert asked(OIDC, path, host="gzt.example") == (401, "no_token")
    assert asked(OIDC, path, host="gzt.example", cookie="token=bad") == (401, "no_token")
    assert asked(OIDC, path, host="gzt.example", cookie="token=good") is None
    assert asked(OIDC, "/", host="gzt.example") is None


def test_health_is_told_to_everyone_and_figures_of_use_to_no_one():
    assert asked(HEADER, "/healthz", peer="10.9.9.9", host="10.1.0.7:8501") is None
    assert asked(HEADER, "/readyz", peer="10.9.9.9") is None
    assert asked(OWN, "/_stcore/metrics", host="localhost") == (404, "closed")
    assert asked(OWN, "/" + "x" * 20_000, host="localhost") == (414, "too_long")


def _message(kind: str) -> bytes:
    message = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type:
        getattr(message, kind).SetInParent()
    else:
        setattr(message, kind, True)
    return message.SerializeToString()


@pytest.mark.parametrize("kind", [f.name for f in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields])
def test_of_all_messages_only_those_a_page_sends_are_heard(kind):
    assert is_heard(_message(kind)) is (kind in HEARD)


def test_a_message_that_empties_the_caches_never_arrives():
    waiting = [
        {"type": "websocket.receive", "bytes": _message("clear_cache")},
        {"type": "websocket.receive", "bytes": _message("debug_shutdown_runtime")},
        {"type": "websocket.receive", "bytes": _message("stop_script")},
        {"type": "websocket.receive", "bytes": b"\xff\xff"},  # on what is none, Streamlit closes
    ]

    async def receive():
        return waiting.pop(0)

    heard = sifted(receive)
    assert step(heard())["bytes"] == _message("stop_script")
    assert step(heard())["bytes"] == b"\xff\xff"


def _answered(scope: dict[str, Any], app: Any) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    step(Gate(app, policy=OWN, signed_in=bool)(scope, receive, send))
    return sent


async def _page(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})


def test_every_answer_and_every_refusal_carries_the_headers():
    for host, status in ((b"localhost", 200), (b"evil.example", 421)):
        sent = _answered({"type": "http", "path": "/", "headers": [(b"host", host)]}, _page)
        assert sent[0]["status"] == status
        held = {name.decode().lower(): text.decode() for name, text in sent[0]["headers"]}
        assert {name.lower(): held[name.lower()] for name in ANSWERED_WITH} == {
            name.lower(): text for name, text in ANSWERED_WITH.items()
        }


def test_a_refused_websocket_is_closed_before_it_is_open():
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": [(b"host", b"evil")]}
    assert _answered(scope, _page) == [{"type": "websocket.close", "code": 1008}]


def test_no_other_host_may_be_reached_from_a_page():
    assert "http" not in ANSWERED_WITH["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in ANSWERED_WITH["Content-Security-Policy"]
