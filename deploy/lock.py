"""Write deploy/requirements.lock, each package with its checksum: python -m deploy.lock.

It asks pip what it would install from requirements.txt here, and downloads nothing it has;
run it where the image will run, as other systems get other wheels.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "deploy/requirements.lock"
_PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run")
_READ = ("-r", "requirements.txt", "-r", "deploy/requirements-oidc.txt")
_HEAD = (
    "# Written by python -m deploy.lock from requirements.txt and constraints.txt: do not edit.\n"
)


def locked(report: dict[str, Any]) -> str:
    """Write what pip would install, one package with its checksum an entry."""
    entries = {}
    for item in report["install"]:
        name, version = item["metadata"]["name"], item["metadata"]["version"]
        checksum = item["download_info"]["archive_info"]["hashes"]["sha256"]
        entries[name.lower()] = f"{name}=={version} \\\n    --hash=sha256:{checksum}\n"
    return _HEAD + "".join(entries[name] for name in sorted(entries))


def main() -> None:
    """Ask pip and write the file."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        asked = ["--ignore-installed", "--report", str(report), *_READ]
        subprocess.run([sys.executable, *_PIP, *asked], cwd=ROOT, check=True)
        LOCK.write_text(locked(json.loads(report.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
