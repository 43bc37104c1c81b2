"""Find or install Java, with which Spark is held against DuckDB in the tests.

Debian's package without a desktop is tried. Where it cannot be had the tests on Spark are
skipped; all others run without it.
"""

import shutil
import sys

from tests.support.ensure_browser import apt_install

PACKAGE = "default-jre-headless"
MISSING = f"未找到 Java，不检查两种引擎是否一致；可安装 {PACKAGE}。"


def main() -> int:
    """Try to have it; its absence is said, not a failure."""
    if not shutil.which("java") and shutil.which("apt-get"):
        apt_install([PACKAGE])
    if not shutil.which("java"):
        print(MISSING)
    return 0


if __name__ == "__main__":
    sys.exit(main())
