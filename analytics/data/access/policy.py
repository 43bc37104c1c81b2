"""The rules of access of one installation: one TOML file, `deploy/access.toml` shows all keys."""

import tomllib
from collections.abc import Iterable
from enum import StrEnum
from ipaddress import ip_address, ip_network
from pathlib import Path

from pydantic import Field, ValidationError, field_validator

from analytics.catalog.toml import PROBLEMS
from analytics.data.access.identity import AccessError, Identity, Role
from analytics.domain import Frozen

SWITCH = "JINSHAN_AUTH"  # environment variables
FILE = "JINSHAN_ACCESS"
LOOPBACK = ("127.0.0.0/8", "::1/128")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
EVERYONE = "*"
_LONGEST = 200  # characters of an account or a group that are looked at


class Mode(StrEnum):
    """Where identities come from."""

    NONE = "none"  # one's own machine: nobody else can reach the server
    OIDC = "oidc"  # Streamlit signs in with the provider named in secrets.toml
    HEADER = "header"  # a proxy signs in and names the person in a header


class Names(Frozen):
    """Which header or claim holds what."""

    account: str = "X-Forwarded-User"
    name: str = "X-Forwarded-Name"
    groups: str = "X-Forwarded-Groups"


class Claims(Frozen):
    """Which claim of the identity token holds what."""

    account: str = "sub"
    name: str = "name"
    groups: str = "groups"


class Members(Frozen):
    """Who has each role: `user:ACCOUNT`, `group:NAME`, or `*` for all who are signed in."""

    view: tuple[str, ...] = ()
    submit: tuple[str, ...] = ()
    publish: tuple[str, ...] = ()
    administer: tuple[str, ...] = ()

    @field_validator("*")
    @classmethod
    def _named(cls, members: tuple[str, ...]) -> tuple[str, ...]:
        for member in members:
            if member != EVERYONE and not member.startswith(("user:", "group:")):
                raise ValueError(f"“{member}”应写作 user:账号、group:组名 或 *")
        return members


class Lifetime(Frozen):
    """How long a sign-in holds."""

    hours: float = Field(default=10, gt=0, le=168)  # since signing in
    idle_minutes: float = Field(default=60, gt=0, le=1440)  # since the last act


class Policy(Frozen):
    """Who may do what here."""

    mode: Mode = Mode.NONE
    hosts: tuple[str, ...] = LOCAL_HOSTS
    trusted: tuple[str, ...] = ()  # addresses of the proxies whose headers count
    four_eyes: bool = True
    sign_out_url: str = ""  # of the proxy, with HEADER
    header: Names = Names()
    claims: Claims = Claims()
    roles: Members = Members()
    lifetime: Lifetime = Lifetime()

    @field_validator("trusted")
    @classmethod
    def _networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            ip_network(network)
        return networks

    def trusts(self, address: str | None) -> bool:
        """Tell whether headers that come from an address count."""
        return within(address, self.trusted)

    def identify(
        self, account: str, *, name: str = "", groups: Iterable[str] = (), session: str = ""
    ) -> Identity:
        """Say what someone who is signed in may do."""
        names = {EVERYONE, f"user:{account}", *(f"group:{group}" for group in groups)}
        lists = {Role(key): members for key, members in self.roles.model_dump().items()}
        found = {role for role, members in lists.items() if names.intersection(members)}
        roles = frozenset({*found, Role.VIEW}) if account and found else frozenset()
        return Identity(account, name[:_LONGEST], roles, self.four_eyes, session)


def within(address: str | None, networks: Iterable[str]) -> bool:
    """Tell whether an address lies in one of the networks."""
    try:
        here = ip_address((address or "").split("%")[0])
    except ValueError:
        return False
    mapped = getattr(here, "ipv4_mapped", None) or here
    return any(mapped in ip_network(network) for network in networks)


def is_loopback(address: str | None) -> bool:
    """Tell whether an address, or the name of this machine, is reached from this machine only."""
    return address == "localhost" or within(address, LOOPBACK)


def load_policy(mode: str | None, file: str | None) -> Policy:
    """Read the rules for a mode; without sign-in there are none to read.

    Raises
    ------
    AccessError
        When the mode is unknown, or the file is missing or faulty; file and key are named.
    """
    try:
        chosen = Mode((mode or Mode.NONE).strip().lower())
    except ValueError:
        raise AccessError(f"{SWITCH}={mode}：应为 none、oidc 或 header") from None
    if chosen is Mode.NONE:
        return Policy()
    if not file:
        raise AccessError(f"{SWITCH}={chosen}：须用 {FILE} 指明权限文件（样例 deploy/access.toml）")
    found = _read(Path(file))
    if "mode" in found:
        raise AccessError(f"{file}：mode：{PROBLEMS['extra_forbidden']}（由 {SWITCH} 指定）")
    policy = _validated(file, {**found, "mode": chosen})
    _require_complete(file, policy)
    return policy


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AccessError(f"{path}：文件不存在") from None
    except OSError as error:
        raise AccessError(f"{path}：无法读取（{error.strerror}）") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AccessError(f"{path}：不是有效的 TOML（{error}）") from None


def _validated(file: str, content: dict[str, object]) -> Policy:
    try:
        return Policy.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
    key = ".".join(map(str, first["loc"]))
    raise AccessError(f"{file}：{key}：{PROBLEMS.get(first['type'], first['msg'])}")


def _require_complete(file: str, policy: Policy) -> None:
    """Refuse rules with which nobody, or anybody, could come in."""
    lacking = {
        "hosts": policy.hosts == LOCAL_HOSTS or not policy.hosts,
        "trusted": policy.mode is Mode.HEADER and not policy.trusted,
        "roles": not any(policy.roles.model_dump().values()),
    }
    for key, is_lacking in lacking.items():
        if is_lacking:
            raise AccessError(f"{file}：{key}：{PROBLEMS['missing']}")
