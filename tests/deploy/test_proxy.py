"""Who is signed in is said by the proxy alone: a server that trusts one address, real nginx."""

import pytest
from websockets.exceptions import InvalidStatus

from tests.support import ensure_service
from tests.support.release_fixtures import copy_built
from tests.support.replicas import PATIENCE, Replicas, free_port, proxy, wait_for
from tests.support.tab import Tab, browser

RULES = """
hosts = ["localhost"]
trusted = ["127.0.0.2"]
[roles]
view = ["*"]
publish = ["user:zhao"]
"""
SIGNS_IN = {
    'set $user "";': "set $user $cookie_as;",  # stands for the sign-in of the bureau
    "proxy_buffering off;": "proxy_buffering off; proxy_bind 127.0.0.2;",
}
FORGED = {"X_Forwarded_User": "zhao", "X_Forwarded_For": "127.0.0.2"}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(ensure_service.missing()), reason=ensure_service.missing()),
]


@pytest.fixture
def listening(served_root, tmp_path):
    """A server that answers already, and need not have read any release."""
    folder = copy_built(served_root, tmp_path / "own")
    (folder / "access.toml").write_text(RULES, encoding="utf-8")
    replicas = Replicas(folder, "header")
    port = replicas.ports[0]
    replicas.launch(port)
    try:
        wait_for(replicas.processes[port], f"http://127.0.0.1:{port}/healthz", replicas.log(port))
        yield replicas
    finally:
        replicas.kill(port)


def test_a_forged_identity_is_refused_beside_the_proxy_and_through_it(listening, tmp_path):
    direct = f"http://localhost:{listening.ports[0]}"
    for path in ("/", "/_stcore/health", "/media/0.png", "/_stcore/upload_file/a/b"):
        answer = browser(**FORGED).get(direct + path, timeout=PATIENCE)
        assert (answer.status_code, answer.text) == (403, "请从规定的入口打开本服务。")
    with pytest.raises(InvalidStatus), Tab(direct, browser(**FORGED)):
        pass

    port = free_port()
    with proxy(tmp_path, port, listening.ports, SIGNS_IN) as certificate:
        through = f"https://localhost:{port}"
        answer = browser(certificate, **FORGED).get(through, timeout=PATIENCE)
        assert (answer.status_code, answer.text) == (401, "请先登录。")
        signed_in = browser(certificate, Cookie="as=zhao")
        assert signed_in.get(through, timeout=PATIENCE).status_code == 200
