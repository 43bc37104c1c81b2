"""Measure the memory of a server on which many releases are opened in turn by link.

Thirty releases that differ in nothing but their name are each visited like a link that pins
one: the board, then an action's page with a lever moved. The rule: resident memory after the
last is at most 1.3 times that after the first six, which are held open at once.

    python -m benchmarks.open_releases [--releases 30]
"""

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path

from streamlit.testing.v1 import AppTest

from analytics.data.releases.files import write_json
from analytics.data.releases.journal import FOLDER, read_pointer
from analytics.data.releases.release import PACKAGE
from pages.common import address, releases
from pages.common.held import KEPT

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = 1.3
MOVED = {"sd27": "1.0"}  # one lever by its code, in points


def main() -> int:
    """Print resident memory after each release; return 1 where it has grown too much."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--releases", type=int, default=30)
    number = parser.parse_args().releases
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("data", "sql"):
            shutil.copytree(ROOT / name, root / name)
        releases.ROOT = root
        address.is_kept = lambda release_id: True  # as if each had been current at some time
        after = [_visited(_renamed(root, place)) for place in range(number)]
    ratio = after[-1] / after[KEPT - 1]
    print(f"after {KEPT}: {after[KEPT - 1]:.0f} MB, after {number}: ", end="")
    print(f"{after[-1]:.0f} MB (×{ratio:.2f}, allowed ×{ALLOWED}), most {max(after):.0f} MB")
    return 0 if ratio <= ALLOWED else 1


def _renamed(root: Path, place: int) -> str:
    """Copy the demo release under another id, as if it had been current at some time."""
    source = root / FOLDER / read_pointer(root)["releases"]["demo"]
    copied = Path(shutil.copytree(source, source.with_name(f"demo-old-{place:02}")))
    package = json.loads((copied / PACKAGE).read_text(encoding="utf-8"))
    write_json(copied / PACKAGE, package | {"id": copied.name})
    return copied.name


def _visited(release_id: str) -> float:
    """Visit a release by a link that pins it; return resident memory in MB."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    for key, value in {"release": release_id, **MOVED}.items():
        app.query_params[key] = value
    app.run().switch_page("pages/actions/expand_scale.py").run()
    if app.exception or app.error:
        raise RuntimeError(f"{release_id}: {[one.value for one in (*app.exception, *app.error)]}")
    resident = int(Path("/proc/self/statm").read_text().split()[1])
    used = resident * os.sysconf("SC_PAGE_SIZE") / 1e6
    print(f"{release_id}  {used:6.0f} MB", flush=True)
    return used


if __name__ == "__main__":
    raise SystemExit(main())
