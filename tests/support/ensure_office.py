"""Find or install LibreOffice, with which written documents are rendered in the tests.

Debian's packages without a desktop are tried. Where they cannot be had the
tests of rendered documents are skipped; all others run without it.
"""

import shutil
import sys

from tests.support.ensure_browser import apt_install

NAMES = ("soffice", "libreoffice")
PACKAGES = ["libreoffice-writer-nogui", "libreoffice-impress-nogui"]
MISSING = f"未找到 LibreOffice，不检查文档的打印效果；可安装 {'、'.join(PACKAGES)}。"


def find_office() -> str | None:
    """Return the path of an installed LibreOffice."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    """Try to have it; its absence is said, not a failure."""
    if not find_office() and shutil.which("apt-get"):
        apt_install(PACKAGES)
    if not find_office():
        print(MISSING)
    return 0


if __name__ == "__main__":
    sys.exit(main())
