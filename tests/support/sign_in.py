"""The identity provider of the tests: a process of its own, and what a service is told of it."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support import ensure_service
from tests.support.replicas import PATIENCE

RULES = """
hosts = ["localhost"]
[roles]
view = ["*"]
submit = ["group:jinshan-submit"]
publish = ["group:jinshan-publish"]
"""
SECRETS = """
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "of-the-tests-and-of-nothing-else-at-all"
client_id = "jinshan"
client_secret = "of-the-tests"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid profile", prompt = "login" }}
"""


@dataclass
class Provider:
    """The identity provider: a process, and where it listens."""

    process: subprocess.Popen[str]
    port: int

    def turn_back(self) -> None:
        """Let its clock go back by eleven hours, and with it what it says of its tokens."""
        self.process.send_signal(signal.SIGUSR2)
        assert self.process.stdout
        told = iter(self.process.stdout.readline, "")  # of its pages as well
        assert any("clock back" in line for line in told)


@contextmanager
def provider(address: str) -> Iterator[Provider]:
    """Run the identity provider for a service at an address."""
    asked = ["node", str(ensure_service.PROVIDER / "provider.mjs"), f"{address}/oauth2callback"]
    process = subprocess.Popen(
        asked,
        cwd=ensure_service.PACKAGES,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        yield Provider(process, int(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait(PATIENCE)
