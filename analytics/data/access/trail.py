"""The record of acts: numbered files, only ever added to, each naming the checksum of the last.

An act is on record before it happens, so that none goes unrecorded; one that then fails has a
second record that says so. What a chain cannot tell, that its end was cut off, is told by a
number and checksum noted elsewhere: every line of the log carries them.
"""

import hashlib
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from filelock import FileLock, Timeout

from analytics.data.access.identity import AccessError, Identity
from analytics.data.whole_files import reason_zh, sync, write_whole

FOLDER = Path("data/audit")
LOG = "jinshan"  # name of the logger, which is silent unless a server sets it up
_PATIENCE = 30  # seconds; a record is written in a few milliseconds
_LONGEST = 500  # characters of what is recorded


class Act(StrEnum):
    """What is recorded."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    HAND_IN = "hand_in"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    ROLL_BACK = "roll_back"
    EXPORT = "export"
    UPKEEP = "upkeep"
    REFUSED = "refused"  # for want of rights
    FAILED = "failed"  # recorded before, and not done


ACT_ZH = {
    Act.SIGN_IN: "登录",
    Act.SIGN_OUT: "退出",
    Act.HAND_IN: "提交填报",
    Act.SEND_BACK: "退回填报",
    Act.PUBLISH: "发布",
    Act.ROLL_BACK: "返回旧版",
    Act.EXPORT: "导出未公开内容",
    Act.UPKEEP: "维护",
    Act.REFUSED: "无权，已拒绝",
    Act.FAILED: "未完成",
}


@dataclass(frozen=True)
class Record:
    """One act."""

    number: int
    when: str  # ISO time with offset
    act: Act
    account: str
    label: str
    session: str
    what: str
    previous: str  # checksum of the record before, empty for the first

    @property
    def content(self) -> bytes:
        """Return the record as it is kept."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()

    @property
    def sha256(self) -> str:
        """Return the checksum the next record names."""
        return hashlib.sha256(self.content).hexdigest()


# ── writing ──────────────────────────────────────────────────────────────────────────────


def record(root: Path, act: Act, who: Identity, *, when: str, what: str = "") -> Record:
    """Add a record and return it.

    Raises
    ------
    AccessError
        When it cannot be written; whoever asks must then leave the act undone.
    """
    folder = root / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        with FileLock(folder / ".lock", timeout=_PATIENCE):
            return _append(folder, act, who, when, what)
    except Timeout:
        raise AccessError("操作记录正被占用，未作任何改动，请稍后再试") from None
    except OSError as error:
        raise AccessError(f"操作记录写不进（{reason_zh(error)}），未作任何改动") from error


def _append(folder: Path, act: Act, who: Identity, when: str, what: str) -> Record:
    last = max(_files(folder), default=None)
    number = 1 + (int(last.stem) if last else 0)
    previous = hashlib.sha256(last.read_bytes()).hexdigest() if last else ""
    account, label, session, told = map(_clean, (who.account, who.label, who.session, what))
    made = Record(number, when, act, account, label, session, told, previous)
    write_whole(folder / f"{number:08d}.json", made.content)
    sync(folder)
    facts = {"record": number, "sha256": made.sha256, "account": made.account}
    logging.getLogger(LOG).info(act.value, extra={"facts": {**facts, "session": made.session}})
    return made


def _clean(text: str) -> str:
    """Keep what can be written, and not too much of it."""
    return text.encode(errors="replace").decode()[:_LONGEST]


@contextmanager
def on_record(root: Path, act: Act, who: Identity, *, when: str, what: str) -> Iterator[None]:
    """Record an act, then do it; say on record when it fails."""
    made = record(root, act, who, when=when, what=what)
    try:
        yield
    except Exception as error:
        why = f"第{made.number}条（{ACT_ZH[act]}）：{error}"
        with suppress(AccessError):  # a disk that refuses the act refuses this too: say why it did
            record(root, Act.FAILED, who, when=when, what=why)
        raise


@contextmanager
def refusals_recorded(root: Path, act: Act, who: Identity, *, when: str) -> Iterator[None]:
    """Put on record that someone asked for what he may not do."""
    try:
        yield
    except AccessError as error:
        record(root, Act.REFUSED, who, when=when, what=f"{ACT_ZH[act]}：{error}")
        raise


# ── reading ──────────────────────────────────────────────────────────────────────────────


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]" * 8 + ".json"))


def records(root: Path, last: int | None = None) -> list[Record]:
    """Read the records that can be read, the last so many of them, oldest first."""
    files = _files(root / FOLDER)
    found = map(_read, files if last is None else files[-last:])
    return [one for one in found if one is not None]


def _read(path: Path) -> Record | None:
    try:
        made = Record(**json.loads(path.read_bytes()))
        return Record(**{**asdict(made), "act": Act(made.act)})
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def verify(root: Path, known: tuple[int, str] | None = None) -> list[str]:
    """Say what is wrong with the chain, each with its file; nothing where it is whole.

    Parameters
    ----------
    known : number of a record and the beginning of its checksum, noted down elsewhere.
    """
    problems, previous, number = [], "", 0
    sums = {}
    for path in _files(root / FOLDER):
        label, made = f"{FOLDER.name}/{path.name}", _read(path)
        if int(path.stem) != number + 1:
            problems.append(f"{label}：前面缺少第{number + 1}条")
        elif made is None or made.content != path.read_bytes() or made.number != number + 1:
            problems.append(f"{label}：内容已被改动或无法读取")
        elif made.previous != previous:
            problems.append(f"{label}：与前一条不衔接，前一条已被改动")
        previous = hashlib.sha256(path.read_bytes()).hexdigest() if made else ""
        number = int(path.stem)
        sums[number] = previous
    if known and not (known[1] and sums.get(known[0], "").startswith(known[1])):
        problems.append(f"第{known[0]}条与另处所记的校验值不符，或已被删去")
    return problems
