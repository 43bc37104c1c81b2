"""A real standalone cluster for tests: one master and two workers, processes of their own."""

import functools
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest

from tests.support.ensure_cluster import MISSING, find_spark

BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # a JVM that will not live long
_SECONDS = 600  # a loaded machine starts a JVM slowly
PATIENT = {  # and its processes answer one another late
    "spark.network.timeout": "900s",
    "spark.executor.heartbeatInterval": "60s",
    "spark.sql.broadcastTimeout": "1200",
}
_MASTER = re.compile(r"Starting Spark master at (spark://\S+)")
_WORKER = re.compile(r"Successfully registered with master")


def spark_python() -> Path:
    """Return a Python with Spark, or skip the test saying what is missing."""
    python = find_spark()
    if python is None:
        pytest.skip(MISSING)
    return python


@contextmanager
def standalone_cluster(
    python: Path, folder: Path, *, workers: int = 2, memory: str = "1g"
) -> Iterator[str]:
    """Start a master and its workers, give the master's address, and stop them all."""
    with ExitStack() as stack:
        command = ["Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
        master = stack.enter_context(_started(python, command, _MASTER))
        for number in range(workers):
            place = folder / f"worker-{number}"
            options = ["-c", "1", "-m", memory, "-d", str(place), "--host", "127.0.0.1"]
            command = ["Worker", *options, "--webui-port", "0", master]
            stack.enter_context(_started(python, command, _WORKER))
        yield master


@contextmanager
def ended_after(seconds: float, process: "subprocess.Popen[str]") -> Iterator[None]:
    """End a process that is never done: its reader then fails instead of waiting on."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@functools.cache
def _home(python: Path) -> str:
    """Return the folder of Spark itself."""
    asked = [str(python), "-c", "import pyspark; print(pyspark.__path__[0])"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


@contextmanager
def _started(python: Path, command: list[str], ready: re.Pattern[str]) -> Iterator[str]:
    """Start one daemon, wait for the line that says it is ready, and end it afterwards."""
    home = _home(python)
    kind, *options = command
    name = f"org.apache.spark.deploy.{kind.lower()}.{kind}"
    process = subprocess.Popen(
        [f"{home}/bin/spark-class", name, *options],
        env={
            **os.environ,
            "SPARK_HOME": home,
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LAUNCHER_OPTS": BRIEF,
            "SPARK_DAEMON_JAVA_OPTS": f"{BRIEF} -Dspark.worker.timeout=900",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    found: Queue[str] = Queue()
    reader = threading.Thread(target=_watch, args=(process, ready, found), daemon=True)
    reader.start()
    try:
        yield found.get(timeout=_SECONDS)
    except Empty:
        raise RuntimeError(f"Spark {kind} 没有启动") from None
    finally:
        process.terminate()
        process.wait()
        reader.join()


def _watch(process: "subprocess.Popen[str]", ready: re.Pattern[str], found: "Queue[str]") -> None:
    """Read to the end, so that the daemon never waits for a reader."""
    for line in process.stderr or ():
        if match := ready.search(line):
            found.put(match[1] if match.groups() else match[0])
