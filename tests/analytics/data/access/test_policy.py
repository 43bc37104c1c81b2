"""Who may do what: the file of rules, and what follows for one person."""

from pathlib import Path

import pytest

from analytics.data.access.identity import OPERATOR, AccessError, Identity, Role
from analytics.data.access.policy import Mode, Policy, is_loopback, load_policy
from tests.support.paths import ROOT

RULES = """
hosts = ["gzt.jinshan.example"]
trusted = ["10.1.0.5", "fd00::/64"]
[roles]
view = ["*"]
submit = ["group:经委综合科", "user:zhang"]
publish = ["group:分管领导"]
administer = ["user:admin"]
"""


@pytest.fixture
def rules(tmp_path) -> Path:
    """A file of rules that a test may change."""
    path = tmp_path / "access.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


def test_without_sign_in_no_rules_are_read():
    assert load_policy(None, None) == load_policy("none", "nowhere.toml") == Policy()


@pytest.mark.parametrize(
    ("account", "groups", "roles"),
    [
        ("li", (), "view"),
        ("zhang", (), "view submit"),
        ("wang", ("经委综合科",), "view submit"),
        ("zhao", ("分管领导", "经委综合科"), "view submit publish"),
        ("admin", (), "view administer"),
        ("group:分管领导", (), "view"),  # an account that is written like a group is none
        ("*", (), "view"),
        ("", ("分管领导",), ""),  # nobody is signed in
    ],
)
def test_roles_follow_from_account_and_groups(rules, account, groups, roles):
    policy = load_policy("header", str(rules))
    assert policy.identify(account, groups=groups).roles == {Role(r) for r in roles.split()}


def test_whoever_has_no_role_may_not_even_look(rules):
    rules.write_text(RULES.replace('view = ["*"]', 'view = ["group:区级机关"]'), encoding="utf-8")
    policy = load_policy("oidc", str(rules))
    assert not policy.identify("li").may(*Role)
    assert policy.identify("zhang").may(Role.VIEW)  # another role lets him look as well


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[roles]", "[rolls]"), "rolls：未知的键"),
        (('"*"', '"everyone"'), "roles.view：Value error, “everyone”应写作"),
        (('"10.1.0.5"', '"10.1.0.500"'), "trusted：Value error"),
        (('hosts = ["gzt.jinshan.example"]', ""), "hosts：缺少必填项"),
        (('trusted = ["10.1.0.5", "fd00::/64"]', ""), "trusted：缺少必填项"),
        (("hosts", 'mode = "none"\nhosts'), "mode：未知的键"),
        (("[roles]", "[roles"), "不是有效的 TOML"),
        (("[roles]", "[lifetime]\nhours = 0\n[roles]"), "lifetime.hours："),
    ],
)
def test_faulty_rules_are_named_by_file_and_key(rules, change, said):
    rules.write_text(RULES.replace(*change), encoding="utf-8")
    with pytest.raises(AccessError) as caught:
        load_policy("header", str(rules))
    assert str(rules) in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("mode", "file", "said"),
    [
        ("ldap", None, "JINSHAN_AUTH=ldap"),
        ("oidc", None, "JINSHAN_ACCESS"),
        ("header", "no/such.toml", "文件不存在"),
    ],
)
def test_sign_in_without_rules_does_not_start(mode, file, said):
    with pytest.raises(AccessError, match=said):
        load_policy(mode, file)


def test_the_sample_is_complete_and_valid_in_both_modes():
    for mode in (Mode.HEADER, Mode.OIDC):
        policy = load_policy(mode, str(ROOT / "deploy/access.toml"))
        assert policy.four_eyes


@pytest.mark.parametrize(
    ("address", "trusted"),
    [
        ("10.1.0.5", True),
        ("::ffff:10.1.0.5", True),  # the same, seen on a socket of both kinds
        ("10.1.0.6", False),
        ("fd00::7", True),
        ("fe80::1%eth0", False),
        ("", False),
        (None, False),
        ("10.1.0.5, 10.9.9.9", False),
        ("localhost", False),
    ],
)
def test_headers_count_only_from_the_proxys_address(rules, address, trusted):
    assert load_policy("header", str(rules)).trusts(address) is trusted


@pytest.mark.parametrize(
    ("address", "own"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("::", False)],
)
def test_only_this_machine_is_loopback(address, own):
    assert is_loopback(address) is own


def test_nobody_publishes_what_he_handed_in_and_his_name_changes_nothing():
    zhao = Identity("zhao", "赵六", frozenset({Role.PUBLISH}))
    assert zhao.may_publish("zhang")
    assert not zhao.may_publish("zhao")
    with pytest.raises(AccessError, match="赵六（zhao）不能发布自己提交的填报"):
        zhao.require_publish("zhao")
    assert OPERATOR.may_publish(OPERATOR.account)
