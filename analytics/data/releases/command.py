"""Commands of whoever runs the service: versions, rollback, restore, doctor, backup, gc."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from analytics.data.access.identity import OPERATOR, Identity
from analytics.data.access.trail import Act, on_record, record
from analytics.data.imports.bounded.workroom import sweep
from analytics.data.releases import upkeep
from analytics.data.releases.accepting import roll_back
from analytics.data.releases.journal import Stamp, read_journal


def add(commands: Any, root: Callable[[], Path], now: Callable[[], str]) -> None:
    """Declare the commands; ``root`` and ``now`` say on what project and when they run."""
    versions = commands.add_parser("versions", help="list every state of the data")
    rollback = commands.add_parser("rollback", help="make an earlier state current again")
    rollback.add_argument("number", type=int, help="as `versions` lists it")
    rollback.add_argument("--reason", required=True, help="goes into the record")
    restore = commands.add_parser("restore", help="mend the current state, or copy a backup back")
    restore.add_argument("--from", dest="source", type=Path, default=None, help="a backup")
    for parser in (rollback, restore):
        parser.add_argument("--by", default="", help="who does it")
    doctor = commands.add_parser("doctor", help="say what is wrong with the data folder")
    backup = commands.add_parser("backup", help="copy imports, record and releases")
    backup.add_argument("folder", type=Path)
    clear = commands.add_parser("gc", help="list releases and imports no one needs any more")
    clear.add_argument("--delete", action="store_true", help="delete them")
    clear.add_argument("--keep", type=int, default=upkeep.KEPT_STATES, help="states to keep")
    runs = (_versions, _rollback, _restore, _doctor, _backup, _gc)
    for parser, run in zip((versions, rollback, restore, doctor, backup, clear), runs, strict=True):
        parser.set_defaults(run=lambda given, run=run: run(root(), _stamped(given, now())))


def _versions(root: Path, arguments: argparse.Namespace) -> int:
    entries = read_journal(root)
    for entry in entries:
        mark = "*" if entry is entries[-1] else " "
        what = f"{entry.what}：{entry.reason}" if entry.reason else entry.what
        print(f"{mark} 第{entry.number}版  {entry.when}  {entry.by or '命令行'}  {what}")
    return 0


def _rollback(root: Path, arguments: argparse.Namespace) -> int:
    entries = read_journal(root)
    seen = entries[-1].number if entries else 0
    entry = roll_back(
        root, number=arguments.number, seen=seen, who=_operator(arguments), stamp=arguments.stamp
    )
    print(f"已{entry.what}，记为第{entry.number}版")
    return 0


def _stamped(arguments: argparse.Namespace, now: str) -> argparse.Namespace:
    """Add who, when and why to what was given."""
    by, reason = (getattr(arguments, name, "") for name in ("by", "reason"))
    arguments.stamp = Stamp(now, by, reason=reason)
    return arguments


def _operator(arguments: argparse.Namespace) -> Identity:
    """Say who acts on the command line, as far as he says so himself."""
    return replace(OPERATOR, name=getattr(arguments, "by", ""))


def _restore(root: Path, arguments: argparse.Namespace) -> int:
    who, when = _operator(arguments), arguments.stamp.when
    if arguments.source is not None:
        count = upkeep.restore_from(root, arguments.source)
        record(root, Act.UPKEEP, who, when=when, what=f"从备份恢复{count}个文件")
        print(f"已从备份恢复{count}个文件")
        return 0
    with on_record(root, Act.UPKEEP, who, when=when, what="恢复现行版本"):
        print(upkeep.restore(root, stamp=arguments.stamp))
    return 0


def _doctor(root: Path, arguments: argparse.Namespace) -> int:
    found = upkeep.problems(root)
    print(*(found or ["没有发现问题"]), sep="\n")
    if found:
        print("可用 python -m analytics restore 恢复；版本记录损坏的用 extract --recover")
    return 1 if found else 0


def _backup(root: Path, arguments: argparse.Namespace) -> int:
    print(f"已备份{upkeep.backup(root, arguments.folder)}个文件到 {arguments.folder}")
    return 0


def _gc(root: Path, arguments: argparse.Namespace) -> int:
    states = max(arguments.keep, 1)
    if arguments.delete:
        about = f"清理，保留最近{states}版"
        with on_record(
            root, Act.UPKEEP, _operator(arguments), when=arguments.stamp.when, what=about
        ):
            found = upkeep.clear(root, states=states)
    else:
        found = upkeep.waste(root, states=states)
    print(*(folder.relative_to(root) for folder in found.folders), sep="\n")
    for folder in sweep() if arguments.delete else ():
        print(f"{folder}：中断的核对留下的，已删除")
    done = "已删除" if arguments.delete else "可以删除（加 --delete）"
    print(f"{done}{len(found.folders)}个文件夹，{found.size / 1e6:.1f}MB")
    return 0
