"""Find or install what the tests of the service need: nginx, openssl, and an identity provider.

The provider runs on Node, with the packages that its lock file names. Where one of them cannot
be had the tests that need it are skipped, and say what is missing; all others run without it.
"""

import hashlib
import shutil
import subprocess
import sys

from tests.support.ensure_browser import apt_install
from tests.support.paths import ROOT

PROVIDER = ROOT / "tests/support/identity_provider"
PACKAGES = ROOT / ".cache/identity_provider"  # where npm puts them
MISSING = "未找到{}，不检查登录和反向代理；make browser 会试着安装。"
_LISTS = ("package.json", "package-lock.json")
_OLDEST_NODE = 18
_LONGEST = 600  # seconds of a download, before it is given up
_ASKED = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def missing() -> str:
    """Say in one sentence what cannot be found, empty when all is there."""
    lacking = [name for name in ("nginx", "openssl") if not find(name)]
    lacking += [] if has_provider() else ["Node 18 与 npm 包 oidc-provider"]
    return MISSING.format("、".join(lacking)) if lacking else ""


def find(name: str) -> str | None:
    """Return the path of a program, which may be one that only administrators look for."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def has_provider() -> bool:
    """Tell whether Node is there, and the packages of the lock file as it is now."""
    marked = PACKAGES / "locked"
    return _has_node() and marked.is_file() and marked.read_text() == _locked()


def _has_node() -> bool:
    node = find("node")
    if node is None:
        return False
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = asked.stdout.strip().removeprefix("v").split(".")[0]
    return major.isdecimal() and int(major) >= _OLDEST_NODE


def _locked() -> str:
    return hashlib.sha256((PROVIDER / _LISTS[1]).read_bytes()).hexdigest()


def _install_provider() -> None:
    """Install exactly what is locked, checksums and all; note which lock file that was."""
    PACKAGES.mkdir(parents=True, exist_ok=True)
    for name in _LISTS:
        shutil.copy(PROVIDER / name, PACKAGES)
    try:
        done = subprocess.run(["npm", *_ASKED], cwd=PACKAGES, check=False, timeout=_LONGEST)
    except (OSError, subprocess.TimeoutExpired):
        return
    if done.returncode == 0:
        (PACKAGES / "locked").write_text(_locked())


def main() -> int:
    """Try to have all of it; what is absent is said, not a failure."""
    if shutil.which("apt-get"):
        for program, package in (("nginx", "nginx-light"), ("openssl", "openssl"), ("npm", "npm")):
            if not find(program):
                apt_install([package])
    if _has_node() and not has_provider():
        _install_provider()
    if lacking := missing():
        print(lacking)
    return 0


if __name__ == "__main__":
    sys.exit(main())
