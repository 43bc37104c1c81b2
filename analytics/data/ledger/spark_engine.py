"""The distributed engine: hands a job to a Python that has Spark, and reads its answer."""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from analytics.data.ledger.engine import LEDGER, Job, LedgerError, Row

PYTHON = "JINSHAN_CLUSTER_PYTHON"  # environment variable: a Python with requirements-cluster.txt
_ROOT = Path(__file__).resolve().parents[3]
_OWN = _ROOT / ".venv-cluster" / "bin" / "python"
_SHOWN = 400  # characters of what Spark says


def cluster_python(environment: Mapping[str, str]) -> Path | None:
    """Return the Python that has Spark: the named one, or the one `make cluster` sets up."""
    named = environment.get(PYTHON)
    found = Path(named) if named else _OWN
    return found if found.is_file() else None


@dataclass(frozen=True)
class SparkEngine:
    """Runs jobs in a process of their own, so that the app itself needs neither Spark nor Java."""

    python: Path
    master: str = "local[2]"
    settings: Mapping[str, str] = field(default_factory=dict)
    name: str = "spark"

    def run(self, job: Job) -> dict[str, list[Row]]:
        """Return the rows of every wanted step by its name; raise LedgerError."""
        with tempfile.TemporaryDirectory(prefix="ledger-") as place:
            question, answer = Path(place) / "job.json", Path(place) / "result.json"
            question.write_text(json.dumps(self._request(job)), encoding="utf-8")
            command = [str(self.python), "-m", "analytics.data.ledger.spark_job"]
            environment = {"SPARK_LOCAL_IP": "127.0.0.1", **os.environ} if _is_local(self.master) else dict(os.environ)
            environment["PYSPARK_PYTHON"] = str(self.python)
            done = subprocess.run(
                [*command, str(question), str(answer)],
                cwd=_ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode or not answer.is_file():
                raise LedgerError(f"Spark 未完成汇总（{self.master}）：{_reason(done.stderr)}")
            found: dict[str, list[Row]] = json.loads(answer.read_text(encoding="utf-8"))
            return found

    def _request(self, job: Job) -> dict[str, object]:
        return {
            "master": self.master,
            "settings": dict(self.settings),
            "ledger": LEDGER,
            "files": [str(path) for path in job.files],
            "tables": {name: asdict(table) for name, table in job.tables.items()},
            "steps": [asdict(step) for step in job.steps],
        }


def _is_local(master: str) -> bool:
    return master.startswith("local") or "127.0.0.1" in master


def _reason(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if "Error" in line or "Exception" in line]
    return (lines[-1] if lines else said.strip())[-_SHOWN:]
