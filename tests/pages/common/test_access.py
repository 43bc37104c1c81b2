"""Who the visitor is, how long a sign-in holds, what is on record and in the log."""

import json
import logging

import pytest

from analytics.data.access.identity import AccessError, Role
from analytics.data.access.policy import Lifetime, Members, Mode, Policy
from analytics.data.access.trail import Act, records
from pages.common import access, logbook, releases
from pages.common.server import configuration

RULES = Members(view=("*",), submit=("group:综合科",), publish=("group:领导",))
HEADER = Policy(mode=Mode.HEADER, hosts=("gzt.example",), trusted=("10.1.0.5",), roles=RULES)
OIDC = Policy(mode=Mode.OIDC, hosts=("gzt.example",), roles=RULES)
HOUR = 3600.0


class Visit:
    """A session: what is told of the visitor, what is kept for him, and the time."""

    def __init__(self, told: dict, now: float = 1_000_000.0) -> None:
        self.told, self.now, self.session_state = told, now, {}

    @property
    def user(self) -> "Visit":
        return self

    def to_dict(self) -> dict:
        return self.told

    def time(self) -> float:
        return self.now


@pytest.fixture
def visit(monkeypatch, tmp_path):
    """Begin a session of someone, on a server with some rules."""
    monkeypatch.setattr(access, "_last_seen", {})
    monkeypatch.setattr(releases, "ROOT", tmp_path)

    def begin(policy: Policy, **told: object) -> Visit:
        made = Visit(told)
        monkeypatch.setattr(access, "policy", lambda: policy)
        monkeypatch.setattr(access, "st", made)
        monkeypatch.setattr(access, "time", made)
        return made

    return begin


def test_the_proxys_headers_are_read_with_their_chinese(visit):
    visit(
        HEADER, account="zhang", name="%E5%BC%A0%E4%B8%89", groups="x, %E7%BB%BC%E5%90%88%E7%A7%91"
    )
    who = access.visitor()
    assert (who.label, who.may(Role.SUBMIT)) == ("张三（zhang）", True)
    assert not who.may(Role.PUBLISH)


@pytest.mark.parametrize("told", [{}, {"account": None}, {"account": " "}, {"name": "张三"}])
def test_without_an_account_nobody_is_there(visit, told):
    visit(HEADER, **told)
    assert access.visitor().roles == frozenset()


@pytest.mark.parametrize(
    ("groups", "roles"),
    [(["领导"], {Role.PUBLISH}), ("领导", {Role.PUBLISH}), (None, set()), ({"领导": 1}, set())],
)
def test_a_tokens_claims_are_read_whatever_they_are(visit, groups, roles):
    visit(OIDC, is_logged_in=True, sub="zhao", groups=groups, iat=1_000_000)
    assert access.visitor().roles == {Role.VIEW} | roles


@pytest.mark.parametrize(
    "told",
    [
        {"sub": "zhao", "iat": 1_000_000},
        {"is_logged_in": False, "sub": "zhao", "iat": 1_000_000},
        {"is_logged_in": True, "sub": "zhao"},  # does not say since when
        {"is_logged_in": True, "sub": "zhao", "iat": "now"},
        {"is_logged_in": True, "sub": "zhao", "iat": 1_000_000 + 2 * HOUR},  # of the future
        {"is_logged_in": True, "sub": "zhao", "iat": 1_000_000 - 11 * HOUR},
    ],
)
def test_a_token_that_is_none_or_too_old_is_nobodys(visit, told):
    visit(OIDC, **told)
    assert access.visitor().roles == frozenset()


def test_an_unused_sign_in_ends_in_all_tabs_and_only_a_new_token_begins_another(visit):
    told = {"is_logged_in": True, "sub": "zhao", "iat": 1_000_000}
    first = visit(OIDC, **told)
    assert access.visitor().may(Role.VIEW)
    first.now += 0.9 * HOUR
    assert access.visitor().may(Role.VIEW)
    second = visit(OIDC, **told)
    second.now = first.now + 1.1 * HOUR
    assert not access.visitor().may(Role.VIEW)
    third = visit(OIDC, **{**told, "iat": second.now})
    third.now = second.now
    assert access.visitor().may(Role.VIEW)


def test_however_much_it_is_used_a_sign_in_ends(visit):
    here = visit(HEADER, account="zhang")
    used = []
    while access.visitor().may(Role.VIEW):
        here.now += 0.5 * HOUR
        used.append(here.now)
    assert len(used) == 1 + 10 / 0.5  # hours
    assert access.visitor().roles == frozenset()


def test_a_sign_in_is_on_record_once_however_many_pages_are_opened(visit, tmp_path):
    for _ in range(3):
        visit(HEADER, account="zhang")
        access.admit()
        access.admit()
    assert [(one.act, one.account) for one in records(tmp_path)] == [(Act.SIGN_IN, "zhang")]


def test_a_full_disk_keeps_nobody_from_looking(visit, tmp_path):
    (tmp_path / "data").write_text("no folder")
    visit(HEADER, account="zhang")
    access.admit()


@pytest.mark.parametrize(
    ("since", "last", "over"),
    [(0, 0, False), (10, 0, False), (10.01, 0, True), (5, 1, False), (5, 1.01, True)],
)
def test_both_times_count(since, last, over):
    rules = Policy(lifetime=Lifetime(hours=10, idle_minutes=60))
    found = access.has_ended(rules, since=-since * HOUR, last=-last * HOUR, now=0)
    assert found is over


# ── the server's configuration ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (["--server.address", "0.0.0.0"], {}),
        (["--server.address=::"], {}),
        ([], {"STREAMLIT_SERVER_ADDRESS": "10.1.0.7"}),
    ],
)
def test_without_sign_in_no_other_machine_reaches_the_server(options, environment):
    with pytest.raises(AccessError, match="只能在本机使用"):
        configuration(Policy(), options, environment)
    found = configuration(HEADER, options, environment)
    assert found["server.address"] in ("0.0.0.0", "::", "10.1.0.7")


def test_options_are_read_as_streamlit_reads_them():
    found = configuration(Policy(), ["--server.port", "8600", "--server.headless=true"], {})
    assert (found["server.port"], found["server.headless"]) == (8600, True)
    assert found["server.address"] == "127.0.0.1"
    assert found["server.trustedUserHeaders"] == {}
    assert configuration(HEADER, [], {})["server.trustedUserHeaders"] == {
        "X-Forwarded-User": "account",
        "X-Forwarded-Name": "name",
        "X-Forwarded-Groups": "groups",
    }


# ── the log ──────────────────────────────────────────────────────────────────────────────


def test_a_line_of_the_log_tells_an_error_and_its_place_but_nothing_it_says(caplog):
    with caplog.at_level(logging.INFO, "jinshan"):
        try:
            raise ValueError("规上产值 1588.1 亿元")
        except ValueError as error:
            number = logbook.failed("page", error, session="s1")
    line = logbook.AsJson().format(caplog.records[0])
    told = json.loads(line)
    assert (told["event"], told["error"], told["session"]) == ("page", "ValueError", "s1")
    assert told["number"] == number
    assert "test_access.py" in told["traceback"][0]
    assert "1588" not in line
    assert told["when"][-6] in "+-"  # with its offset
