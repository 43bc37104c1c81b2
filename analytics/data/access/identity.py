"""Who acts. Roles are asked for where the act happens, not where its button is shown."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What someone may do; whoever has any role may look."""

    VIEW = "view"
    SUBMIT = "submit"
    PUBLISH = "publish"
    ADMINISTER = "administer"


ROLE_ZH = {
    Role.VIEW: "查看",
    Role.SUBMIT: "填报",
    Role.PUBLISH: "发布",
    Role.ADMINISTER: "管理",
}


class AccessError(Exception):
    """An act is refused, or the rules of access are faulty; the message is Chinese."""


@dataclass(frozen=True)
class Identity:
    """A signed-in person, and what he may do."""

    account: str  # never changes and is no one else's: what is compared
    name: str = ""  # for people to read
    roles: frozenset[Role] = frozenset()
    four_eyes: bool = True  # he does not publish what he handed in
    session: str = ""

    @property
    def label(self) -> str:
        """Name the person with his account."""
        return f"{self.name}（{self.account}）" if self.name else self.account

    def may(self, *roles: Role) -> bool:
        """Tell whether he has one of these roles."""
        return not self.roles.isdisjoint(roles)

    def may_publish(self, submitted_by: str) -> bool:
        """Tell whether he may publish what this account handed in."""
        return self.may(Role.PUBLISH) and not (self.four_eyes and submitted_by == self.account)

    def require(self, *roles: Role) -> None:
        """Raise AccessError unless he has one of these roles."""
        if not self.may(*roles):
            named = "或".join(f"“{ROLE_ZH[role]}”" for role in roles)
            raise AccessError(f"{self.label or '未登录者'}没有{named}权限，未作任何改动")

    def require_publish(self, submitted_by: str) -> None:
        """Raise AccessError unless he may publish what this account handed in."""
        self.require(Role.PUBLISH)
        if not self.may_publish(submitted_by):
            raise AccessError(f"{self.label}不能发布自己提交的填报，须由另一人发布")


NOBODY = Identity("")
# Whoever runs the command line can write the files themselves: the system's accounts guard them.
OPERATOR = Identity("命令行", roles=frozenset(Role), four_eyes=False)
