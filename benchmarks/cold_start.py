"""Time the opening of each release: projected from cold, then read back.

python -m benchmarks.cold_start
"""

import shutil
import tempfile
import time
from pathlib import Path

from analytics.data.releases.release import read_pointer
from analytics.workbench import build_workbench, kept_or_projected

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print cold and warm seconds per release, on a copy without stored draws."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("data", "sql"):
            shutil.copytree(ROOT / name, root / name)
        for name in read_pointer(root)["releases"]:
            cold, bench = _timed(root, name)
            warm, _ = _timed(root, name)
            started = time.perf_counter()
            kept_or_projected(root, bench.release, bench.histories)
            read = time.perf_counter() - started
            print(f"{name:<10} cold {cold:5.2f} s  warm {warm:5.2f} s  draws read in {read:5.3f} s")


def _timed(root: Path, name: str):
    started = time.perf_counter()
    bench = build_workbench(root, name)
    return time.perf_counter() - started, bench


if __name__ == "__main__":
    main()
