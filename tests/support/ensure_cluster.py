"""Find or set up Spark, with which the ledger's figures on a cluster are compared in the tests.

Java is found, or installed from Debian where that is allowed; with it `make cluster` sets up
the rest. Where either cannot be had the tests on Spark are skipped; all others run without it.
"""

import contextlib
import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from analytics.data.ledger.spark_engine import PYTHON, cluster_python
from tests.support.ensure_browser import apt_install

JAVA = "default-jre-headless"
OLDEST_JAVA = 17
_VERSION = re.compile(r'version "(\d+)')
_LONGEST = 900  # seconds of a download, before it is given up
MISSING = f"未装 Spark（make cluster，需要 Java：{JAVA}），不检查两种引擎是否一致。"
_HAS_BOTH = "from importlib.util import find_spec as f; exit(not (f('pyspark') and f('sqlglot')))"


def java() -> str:
    """Return the program that Spark starts."""
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / "java") if home else "java"


def has_java() -> bool:
    """Say whether a Java answers that Spark runs on; some systems have a stub in its place."""
    try:
        asked = subprocess.run([java(), "-version"], capture_output=True, text=True, check=False)
    except OSError:
        return False
    version = _VERSION.search(asked.stderr)
    return version is not None and int(version[1]) >= OLDEST_JAVA


@functools.cache
def find_spark() -> Path | None:
    """Return a Python with all that Spark needs, None where something is missing."""
    python = cluster_python(os.environ)
    if python is None or not has_java():
        return None
    asked = subprocess.run([python, "-c", _HAS_BOTH], check=False)
    return python if asked.returncode == 0 else None


def main() -> int:
    """Try to have it; its absence is said, not a failure."""
    if not has_java() and shutil.which("apt-get"):
        apt_install([JAVA])
    if has_java() and PYTHON not in os.environ:
        set_up = ["make", "--no-print-directory", "cluster"]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(set_up, check=False, timeout=_LONGEST)
    if find_spark() is None:
        print(MISSING)
    return 0


if __name__ == "__main__":
    sys.exit(main())
