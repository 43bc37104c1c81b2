"""The service as it is deployed: nginx, two replicas over one folder, a real sign-in.

Visitors are sessions without a browser that speak Streamlit's own messages, so that they can
also send what no page ever showed them. Nothing here waits for a clock.
"""

import itertools
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import lxml.html
import pytest
import requests
from websockets.exceptions import ConnectionClosed

from analytics.data.access.trail import Act, records
from analytics.data.releases.handed_in import waiting
from analytics.data.releases.journal import read_journal
from tests.support import ensure_service
from tests.support.release_fixtures import copy_built
from tests.support.replicas import PATIENCE, Replicas, free_port, proxy
from tests.support.sign_in import RULES, SECRETS, Provider, provider
from tests.support.tab import Tab, browser

IMPORT, EXPAND = "数据导入", "扩规模"
TELLS_REPLICA = {
    "add_header Set-Cookie $given;": (
        "add_header Set-Cookie $given; add_header X-Replica $upstream_addr always;"
    )
}
FILE = """指标,年份,期间,数值,单位,发布日期
规模以上工业属地产值,2025,全年,1900,亿元,2026-01-05
""".encode()
MOST_TRIED = 50  # values of the cookie; half of them lead to either replica
CHANGES = (Act.HAND_IN, Act.SEND_BACK, Act.PUBLISH, Act.ROLL_BACK, Act.REFUSED, Act.FAILED)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(ensure_service.missing()), reason=ensure_service.missing()),
]


@dataclass
class Service:
    """What runs, and who visits it."""

    address: str
    certificate: Path
    replicas: Replicas
    provider: Provider
    opened: ExitStack = field(default_factory=ExitStack)

    @property
    def folder(self) -> Path:
        """Where both replicas read and write."""
        return self.replicas.folder

    def stranger(self) -> requests.Session:
        """Return a browser that has never been here."""
        return browser(self.certificate)

    def tab(self, visitor: requests.Session) -> Tab:
        """Open a tab in a browser; it is closed at the end."""
        return self.opened.enter_context(Tab(self.address, visitor))

    def move(self, visitor: requests.Session, replica: int) -> requests.Session:
        """Let a visitor stay with one replica, as his cookie decides."""
        wanted, until = f"127.0.0.1:{self.replicas.ports[replica]}", time.monotonic() + PATIENCE
        numbers = itertools.cycle(range(MOST_TRIED))
        while self._reached(visitor, next(numbers)) != wanted:
            assert time.monotonic() < until, "all go to the other replica"
            time.sleep(0.1)  # one that was down is tried again after some seconds
        return visitor

    def _reached(self, visitor: requests.Session, number: int) -> str:
        """Give a visitor's cookie a value, and return to which replica it leads."""
        visitor.cookies.set("stays", f"{number}", domain="localhost.local", path="/")
        answer = visitor.get(f"{self.address}/_stcore/health", timeout=PATIENCE)
        return str(answer.headers["X-Replica"])

    def signed_in(self, account: str) -> requests.Session:
        """Go to the door, through the provider's forms, and back: code with PKCE."""
        visitor = self.stranger()
        with Tab(self.address, visitor) as door:
            door.open().press("sign_in")
        asked = visitor.get(urljoin(self.address, door.redirect), timeout=PATIENCE)
        assert "code_challenge=" in "".join(one.headers["Location"] for one in asked.history)
        asked = submitted(visitor, asked, login=account, password="any")
        back = submitted(visitor, asked)
        assert back.url.startswith(self.address)
        return visitor


def submitted(
    visitor: requests.Session, page: requests.Response, **typed: str
) -> requests.Response:
    """Fill in the one form of a page and send it."""
    form = lxml.html.fromstring(page.text).forms[0]
    return visitor.post(
        urljoin(page.url, form.action), {**dict(form.form_values()), **typed}, timeout=PATIENCE
    )


@pytest.fixture
def service(served_root: Path, tmp_path: Path) -> Iterator[Service]:
    """Two replicas behind nginx over one folder of their own."""
    address = f"https://localhost:{free_port()}"
    port = int(address.rpartition(":")[2])
    folder = copy_built(served_root, tmp_path / "own")
    (folder / "access.toml").write_text(RULES, encoding="utf-8")
    replicas = Replicas(folder, "oidc")
    with (
        provider(address) as identities,
        proxy(tmp_path, port, replicas.ports, TELLS_REPLICA) as certificate,
    ):
        secrets = SECRETS.format(address=address, provider=identities.port)
        (folder / ".streamlit/secrets.toml").write_text(secrets, encoding="utf-8")
        made = Service(address, certificate, replicas, identities)
        try:
            for one in replicas.ports:
                replicas.launch(one)
            for one in replicas.ports:
                replicas.wait(one)
            with made.opened:
                yield made
        finally:
            replicas.stop()
    assert replicas.errors() == []


def test_roles_hold_against_any_message_and_sessions_go_on_when_a_replica_dies(service: Service):
    nobody_sees_figures_unsigned(service)
    li = service.move(service.signed_in("li"), 0)
    zhang, zhao = (service.move(service.signed_in(one), 1) for one in ("zhang", "zhao"))
    looking = [service.tab(li).open(EXPAND) for _ in range(2)]
    handing_in, publishing = service.tab(zhang).open(IMPORT), service.tab(zhao).open(IMPORT)
    the_groups_of_the_provider_give_the_roles(looking[0], handing_in, publishing)
    who_may_only_look_cannot_import(service, looking[0], handing_in)
    only_another_than_the_sender_publishes(service, looking[0], handing_in, publishing)
    sessions_go_on_when_a_replica_dies(service, li, looking, publishing)
    who_may_only_look_cannot_go_back(service, service.tab(li), publishing)
    who_has_left_must_sign_in_again(service, publishing)
    an_old_sign_in_holds_no_more(service)


def nobody_sees_figures_unsigned(service: Service) -> None:
    stranger = service.stranger()
    tab = service.tab(stranger)
    for page in ("", EXPAND, IMPORT, "简报"):
        tab.open(page)
        assert "请登录" in tab.texts
        assert [text for text in tab.texts if any(map(str.isdigit, text))] == []
        assert (tab.drawings, tab.release) == ([], "")
    for path in ("/media/0.png", "/_stcore/upload_file/a/b"):
        assert stranger.get(service.address + path, timeout=PATIENCE).status_code == 401


def the_groups_of_the_provider_give_the_roles(looking: Tab, handing_in: Tab, publishing: Tab):
    assert ":material/person: 李四（li）" in looking.texts
    assert looking.drawings
    assert {"check", "roll_back"} <= handing_in.widgets().keys()  # 填报 and 发布
    assert "roll_back" in publishing.widgets()  # 发布 alone
    assert "check" not in publishing.widgets()


def who_may_only_look_cannot_import(service: Service, looking: Tab, handing_in: Tab) -> None:
    """What is pressed by one who may is pressed by another too, under the same ids."""
    shown = handing_in.widgets()
    forged = service.tab(looking.browser).open(IMPORT)
    assert "check" not in forged.widgets()
    forged.page_hash = handing_in.page_hash
    forged.choose_file(shown["import_files_0"], "填报.csv", FILE).press(shown["check"])
    assert "核对结果" not in forged.shown
    handing_in.choose_file("import_files_0", "填报.csv", FILE).press("check")
    assert "核对结果" in handing_in.shown
    forged.press(handing_in.widgets()["hand_in"])
    assert waiting(service.folder) == ()
    handing_in.press("hand_in")
    assert [one.account for one in waiting(service.folder)] == ["zhang"]


def only_another_than_the_sender_publishes(
    service: Service, looking: Tab, handing_in: Tab, publishing: Tab
) -> None:
    (handed,) = waiting(service.folder)
    opening = f"open_{handed.id}"
    assert opening not in handing_in.widgets()
    shown = publishing.again().widgets()
    publishing.press(opening)
    to_publish = publishing.widgets()["publish"]
    for other in (handing_in, looking):
        other.page_hash = publishing.page_hash
        for pressed in (shown[opening], to_publish):
            other.press(pressed)
        assert "publish" not in other.widgets()
    assert [one.number for one in read_journal(service.folder)] == [1]


def sessions_go_on_when_a_replica_dies(
    service: Service, li: requests.Session, looking: list[Tab], publishing: Tab
) -> None:
    before = looking[0].open(EXPAND)
    service.replicas.kill(service.replicas.ports[0])
    publishing.press("publish")
    assert [one.number for one in read_journal(service.folder)] == [1, 2]
    for tab in looking:
        with pytest.raises(ConnectionClosed):
            tab.again()
    on_the_other = [service.tab(li).open(EXPAND) for _ in looking]
    service.replicas.start(service.replicas.ports[0])
    on_the_new = service.tab(service.move(li, 0)).open(EXPAND)
    both, until = (*on_the_other, on_the_new), time.monotonic() + PATIENCE
    while len(shown := {(tab.release, *tab.drawings) for tab in both}) > 1:
        assert time.monotonic() < until, shown  # each adds the odds by other methods in its time
        for tab in both:
            tab.open(EXPAND)
    assert (before.release, *before.drawings) not in shown


def who_may_only_look_cannot_go_back(service: Service, looking: Tab, publishing: Tab) -> None:
    publishing.open(IMPORT).press("roll_back").type_in("return_reason", "试用结束")
    shown = publishing.widgets()
    looking.open(IMPORT)
    looking.page_hash = publishing.page_hash
    looking.press(shown["roll_back"]).type_in(shown["return_reason"], "试")
    looking.press(shown["return_now"])
    assert [one.number for one in read_journal(service.folder)] == [1, 2]
    publishing.press("return_now")
    assert [one.base for one in read_journal(service.folder)] == [1, 2, 1]
    acts = [(one.act, one.account) for one in records(service.folder) if one.act in CHANGES]
    assert acts == [(Act.HAND_IN, "zhang"), (Act.PUBLISH, "zhao"), (Act.ROLL_BACK, "zhao")]


def who_has_left_must_sign_in_again(service: Service, tab: Tab) -> None:
    tab.press("sign_out")
    tab.browser.get(urljoin(service.address, tab.redirect), timeout=PATIENCE)
    assert "请登录" in service.tab(tab.browser).open(EXPAND).texts


def an_old_sign_in_holds_no_more(service: Service) -> None:
    service.provider.turn_back()
    late = service.signed_in("zhao")
    tab = service.tab(late).open(EXPAND)
    assert "登录已过期" in tab.shown
    assert (tab.drawings, tab.release) == ([], "")
    assert late.get(f"{service.address}/media/0.png", timeout=PATIENCE).status_code == 401
