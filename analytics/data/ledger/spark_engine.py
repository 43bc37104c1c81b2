"""The distributed engine: hands jobs to a Python that has Spark, and reads its answers."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from analytics.data.ledger.engine import LEDGER, Job, LedgerError, Row
from analytics.data.ledger.spark_job import ANSWER, DONE

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
    """Runs jobs in a process of its own, so that the app itself needs neither Spark nor Java."""

    process: "subprocess.Popen[str]"
    errors: IO[str]
    folder: Path
    master: str
    settings: Mapping[str, str]
    name: str = "spark"
    months_at_a_time: int = 100_000  # a cluster divides the work itself

    def run(self, job: Job) -> dict[str, list[Row]]:
        """Return the rows of every wanted step by its name; raise LedgerError."""
        question = self.folder / "job.json"
        question.write_text(json.dumps(self._request(job)), encoding="utf-8")
        sent, heard = self.process.stdin, self.process.stdout
        if sent is None or heard is None:
            raise LedgerError("Spark 进程没有启动")
        try:
            print(question, file=sent, flush=True)
        except BrokenPipeError:
            raise LedgerError(self._failed()) from None
        for line in heard:
            if line.strip() == DONE:
                text = (self.folder / ANSWER).read_text(encoding="utf-8")
                found: dict[str, list[Row]] = json.loads(text)
                return found
        raise LedgerError(self._failed())

    def _failed(self) -> str:
        self.process.wait()
        self.errors.seek(0)
        return f"Spark 未完成汇总（{self.master}）：{_reason(self.errors.read())}"

    def _request(self, job: Job) -> dict[str, object]:
        return {
            "master": self.master,
            "settings": dict(self.settings),
            "ledger": LEDGER,
            "files": [str(path.resolve()) for path in job.files],
            "tables": {name: asdict(table) for name, table in job.tables.items()},
            "steps": [asdict(step) for step in job.steps],
        }


@contextmanager
def spark_engine(
    python: Path, master: str = "local[2]", settings: Mapping[str, str] | None = None
) -> Iterator[SparkEngine]:
    """Start a Python with Spark, and end it and its session with the block."""
    environment = {**os.environ, "PYSPARK_PYTHON": str(python)}
    if master.startswith("local") or "127.0.0.1" in master:
        environment.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with (
        tempfile.TemporaryDirectory(prefix="ledger-") as place,
        (Path(place) / "errors.txt").open("w+", encoding="utf-8", errors="replace") as errors,
        subprocess.Popen(
            [str(python), "-m", "analytics.data.ledger.spark_job"],
            cwd=_ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        yield SparkEngine(process, errors, Path(place), master, settings or {})


def _reason(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if "Error" in line or "Exception" in line]
    named = [line for line in lines if not line.startswith("at ")]  # a place in Java's code
    return (named[-1] if named else said.strip())[-_SHOWN:]
