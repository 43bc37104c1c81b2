"""Reading and checking apart: bounded, in turn, and gone with whoever asked for them."""

import errno
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.data.imports import intake
from analytics.data.imports.bounded import outside, workroom
from analytics.data.imports.bounded.limits import LIMITS, MIB
from analytics.data.imports.bounded.outside import run
from analytics.data.imports.bounded.waiting_line import WaitingLine
from analytics.data.imports.checks import apart
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.intake import read_import
from analytics.data.imports.standing import Standing
from tests.support.attacks import freezing_workbook
from tests.support.bounded_tasks import STEP
from tests.support.drawn_imports import TODAY, as_csv, held, project_catalog, take
from tests.support.paths import ROOT

TABLE = """
    指标 | 年份 | 数值 | 单位
    规模以上工业在地产值 | 2024 | 1500 | 亿元
    高新技术企业总数 | 2025 | 持平 | 家
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="the system knows no such limit")


@pytest.fixture
def checked_apart(monkeypatch):
    """Check in the process made for it, as the program does."""
    monkeypatch.setattr(intake, "check_apart", apart.check_apart)


def read_in(*files: tuple[str, bytes], **options):
    against = Standing(project_catalog(), (), held())
    return read_import(files, against, submitted_by="张三", submitted_on=TODAY, **options)


def refusal(*files: tuple[str, bytes], **options) -> str:
    with pytest.raises(ImportFileError) as caught:
        read_in(*files, **options)
    return str(caught.value)


# ── what is found does not depend on where it is found ───────────────────────────────────


def test_a_check_apart_finds_what_a_check_here_finds(checked_apart):
    batch, here = read_in(("填报.csv", as_csv(TABLE))), take(TABLE)
    assert batch.rows.equals(here.rows)
    assert [type(cell) for cell in batch.rows.iloc[0]] == [type(cell) for cell in here.rows.iloc[0]]
    assert (batch.faults, batch.tallies) == (here.faults, here.tallies)
    assert (batch.questions, batch.blank) == (here.questions, here.blank)


def test_whoever_asks_for_a_check_never_loads_what_guards_parses_or_checks():
    code = (
        "import sys, analytics.data.imports.intake\n"
        "names = ('reader.guard', 'reader.tables', 'checks.validation', 'checks.resolve')\n"
        "loaded = [n for n in names if f'analytics.data.imports.{n}' in sys.modules]\n"
        "sys.exit(f'{loaded}' if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


# ── bounds ───────────────────────────────────────────────────────────────────────────────


def test_a_check_beyond_its_memory_says_so(checked_apart):
    said = refusal(("填报.csv", as_csv(TABLE)), limits=replace(LIMITS, check_memory=60 * MIB))
    assert "核对" in said
    assert "Traceback" not in said


@posix
def test_the_workbook_that_froze_the_server_is_refused_within_seconds_of_computing():
    content = freezing_workbook()
    assert len(content) < 20_000
    said = refusal(("冻.xlsx", content), limits=replace(LIMITS, cpu_seconds=10))
    assert "损坏" in said


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("refuse", "不是表"),
        ("crash", "试验中断"),
        ("exit", "试验中断"),
        ("chatter", "试验中断"),
        ("disk_full", "临时目录不能使用：磁盘空间不足"),
        ("forbidden", "临时目录不能使用：没有写入权限"),
        ("broken_file", "试验中断"),  # an error of the file, not of the disk
        pytest.param("endless", "试验时间过长", marks=posix),
        pytest.param("hungry", "试验所需内存超过500MB", marks=posix),
        pytest.param("killed", "试验所需内存超过500MB", marks=posix),
    ],
)
def test_every_end_of_a_process_is_a_sentence(task, said, tmp_path):
    step = replace(STEP, cpu_seconds=1) if task == "endless" else STEP
    with pytest.raises(ImportFileError, match=said):
        run(step, task, tmp_path, lambda _: None)


def test_a_process_that_ends_well_has_told_its_progress(tmp_path):
    shares: list[float] = []
    run(STEP, "work", tmp_path, shares.append)
    assert (shares[-1], (tmp_path / "made").read_text()) == (1.0, "done")
    assert shares == sorted(shares)


def test_a_process_that_cannot_be_started_is_a_sentence(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(outside.subprocess, "Popen", full)
    with pytest.raises(ImportFileError, match="不能启动试验"):
        run(STEP, "work", tmp_path, lambda _: None)


# ── gone with whoever asked ──────────────────────────────────────────────────────────────


class TabClosed(Exception):
    """What the page raises where a bar moves and nobody looks."""


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@posix
def test_a_silent_process_yields_to_the_server_and_ends_when_its_tab_is_closed(tmp_path):
    politeness: list[int] = []

    def close(_: float) -> None:
        if (tmp_path / "pid").exists():
            pid = int((tmp_path / "pid").read_text())
            politeness.append(os.getpriority(os.PRIO_PROCESS, pid))
            raise TabClosed

    with pytest.raises(TabClosed):
        run(STEP, "sleep", tmp_path, close)
    assert not is_alive(int((tmp_path / "pid").read_text()))
    assert politeness == [min(os.getpriority(os.PRIO_PROCESS, 0) + outside.POLITENESS, 19)]


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes in /proc")
def test_a_process_ends_with_the_server_even_when_that_is_killed(tmp_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from tests.support.bounded_tasks import STEP, run\n"
        "run(STEP, 'sleep', Path(sys.argv[1]), lambda _: print('beat', flush=True))"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    while not (tmp_path / "pid").exists():
        assert server.stdout.readline()  # a beat twice a second, none once it has failed
    pid = int((tmp_path / "pid").read_text())
    handle = os.pidfd_open(pid)
    server.send_signal(signal.SIGKILL)
    server.wait()
    ended, _, _ = select_readable(handle)
    assert ended == [handle]
    os.close(handle)


def select_readable(handle: int):
    """Wait until a process has ended, a minute at most."""
    import select

    return select.select([handle], [], [], 60)


# ── in turn ──────────────────────────────────────────────────────────────────────────────


@contextmanager
def turn(line: WaitingLine, files: int = 1, size: int = 0):
    """Hold a place in a thread of its own until the block ends."""
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with line.turn(files, size, lambda _: None):
            inside.set()
            leave.wait(60)

    thread = threading.Thread(target=hold)
    thread.start()
    inside.wait(60)
    try:
        yield leave
    finally:
        leave.set()
        thread.join()


def test_who_comes_third_waits_and_is_told_how_many_files_are_ahead():
    line, told = WaitingLine(places=2), []
    with turn(line, files=3) as first, turn(line, files=4):

        def ahead(files: int) -> None:
            told.append(files)
            first.set()

        with line.turn(1, 0, ahead):
            pass
    assert told[0] == 7


def test_who_gives_up_waiting_leaves_the_line():
    line = WaitingLine(places=1)

    def close(_: int) -> None:
        raise TabClosed

    with turn(line), pytest.raises(TabClosed), line.turn(1, 0, close):
        pass
    with line.turn(1, 0, close):
        pass  # nobody is ahead


@pytest.mark.parametrize(("line", "size"), [(WaitingLine(longest=1), 0), (WaitingLine(most=5), 6)])
def test_too_many_or_too_much_is_turned_away(line, size):
    refused = pytest.raises(ImportFileError, match="正在核对的文件太多")
    with turn(line), refused, line.turn(1, size, lambda _: None):
        pass


def test_what_is_handed_in_together_is_bounded():
    files = [(f"{n}.csv", b"x") for n in range(21)]
    assert refusal(*files) == "一次最多导入20个文件，现有21个"
    assert "一次最多导入1MB" in refusal(
        ("甲.csv", b"x" * MIB), ("乙.csv", b"y" * MIB), limits=replace(LIMITS, together=MIB)
    )


# ── temporary folders ────────────────────────────────────────────────────────────────────


@pytest.fixture
def temporary(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(workroom.tempfile, "tempdir", str(tmp_path))
    return tmp_path


@posix
def test_what_is_handed_in_lies_where_no_one_else_may_look(temporary):
    with workroom.workroom() as room:
        assert room.parent == temporary
        assert room.stat().st_mode & 0o077 == 0
    assert list(temporary.iterdir()) == []


def test_folders_of_killed_programs_are_swept_and_those_at_work_stay(temporary):
    left = temporary / "jinshan-import-left"
    left.mkdir()
    (left / "candidate").write_bytes(b"confidential")
    (temporary / "another-program").mkdir()
    with workroom.workroom() as room:
        assert workroom.sweep() == [left]
        assert room.exists()
    assert [path.name for path in temporary.iterdir()] == ["another-program"]


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "磁盘空间不足"), (errno.EACCES, "没有写入权限")]
)
def test_a_full_or_closed_disk_is_named(number, said, monkeypatch):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(workroom.tempfile, "mkdtemp", refuse)
    assert refusal(("填报.csv", as_csv(TABLE))) == f"临时目录不能使用：{said}"
