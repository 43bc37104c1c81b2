"""Find or set up Spark, with which the ledger's figures on a cluster are compared in the tests.

Java is found, or installed from Debian where that is allowed; with it `make cluster` sets up
the rest. Where either cannot be had the tests on Spark are skipped; all others run without it.
"""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from analytics.data.ledger.spark_engine import PYTHON, cluster_python
from tests.support.ensure_browser import apt_install

JAVA = "default-jre-headless"
MISSING = f"未装 Spark（make cluster，需要 Java：{JAVA}），不检查两种引擎是否一致。"
_HAS_BOTH = "from importlib.util import find_spec as f; exit(not (f('pyspark') and f('sqlglot')))"


@functools.cache
def find_spark() -> Path | None:
    """Return a Python with all that Spark needs, None where something is missing."""
    python = cluster_python(os.environ)
    if python is None or shutil.which("java") is None:
        return None
    asked = subprocess.run([python, "-c", _HAS_BOTH], check=False)
    return python if asked.returncode == 0 else None


def main() -> int:
    """Try to have it; its absence is said, not a failure."""
    if not shutil.which("java") and shutil.which("apt-get"):
        apt_install([JAVA])
    if shutil.which("java") and PYTHON not in os.environ:
        subprocess.run(["make", "--no-print-directory", "cluster"], check=False)
    if find_spark() is None:
        print(MISSING)
    return 0


if __name__ == "__main__":
    sys.exit(main())
