"""Find or install a Chromium and a CJK font for the browser tests.

Debian's packages are tried first, then Playwright's own download. Where
neither can be had, one sentence says what to install by hand.
"""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

LIGHT = "chromium-headless-shell"  # draws pages and nothing around them
NAMES = (
    *(LIGHT, "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable", "chrome"),
)


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, the system's or Playwright's."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    installed = [path for name in NAMES if (path := shutil.which(name))]
    return next(filter(_starts, installed), None) or _playwright_chromium()


@functools.cache
def _starts(path: str) -> bool:
    """Tell whether a program runs; some systems install a stub that only names another package."""
    asked = subprocess.run([path, "--version"], capture_output=True, check=False)
    return asked.returncode == 0


def _playwright_chromium() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() and _starts(path) else None


def has_cjk_font() -> bool:
    """Tell whether the system can draw Chinese."""
    if sys.platform != "linux":
        return True
    if not shutil.which("fc-list"):
        return False
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(fonts.stdout.strip())


def main() -> int:
    """Make sure both are there; return 1 with one sentence where they cannot be."""
    if shutil.which("apt-get"):
        for browser in (LIGHT, "chromium"):
            if not find_chromium():
                apt_install([browser])
        if not has_cjk_font():
            apt_install(["fontconfig", "fonts-noto-cjk"])
    if not find_chromium():
        _download_chromium()
    if not find_chromium():
        print("浏览器测试需要 Chromium：请安装 chromium，或用环境变量 CHROMIUM 指明其路径。")
        return 1
    if not has_cjk_font():
        print("浏览器测试需要中文字体：请安装 fonts-noto-cjk。")
        return 1
    return 0


def _download_chromium() -> None:
    """Let Playwright fetch its own, with the libraries it needs where they can be installed."""
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    with_libraries = [*fetch, "--with-deps"] if shutil.which("apt-get") else fetch
    if subprocess.run(with_libraries, check=False).returncode and with_libraries != fetch:
        subprocess.run(fetch, check=False)


def apt_install(packages: list[str]) -> None:
    """Install Debian packages where that is allowed; say nothing where it is not."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if root and not shutil.which("sudo"):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends"]):
        arguments = packages if command[0] == "install" else []
        subprocess.run(
            [*root, "apt-get", *command, *arguments],
            env=quiet,
            stdout=subprocess.DEVNULL,
            check=False,
        )


if __name__ == "__main__":
    sys.exit(main())
