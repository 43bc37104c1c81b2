"""The command `audit`: list the record of acts, and hold its chain."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analytics.data.access import trail
from analytics.data.access.identity import AccessError

LISTED = 50


def add(commands: Any, root: Callable[[], Path]) -> None:
    """Declare the command; ``root`` says on what project it runs."""
    audit = commands.add_parser("audit", help="list who did what, and verify the record's chain")
    audit.add_argument("--last", type=int, default=LISTED, help="how many records to list")
    audit.add_argument("--known", default="", metavar="N:SHA", help="a checksum noted elsewhere")
    audit.set_defaults(run=lambda given: _audit(root(), given))


def _audit(root: Path, arguments: argparse.Namespace) -> int:
    found = trail.records(root, max(arguments.last, 1))
    print(*map(line_of, found), sep="\n")
    problems = trail.verify(root, _known(arguments.known))
    if found:
        print(f"最后一条：{found[-1].number}:{found[-1].sha256}")
    print(*(problems or ["记录完整，前后衔接"]), sep="\n")
    return 1 if problems else 0


def line_of(record: trail.Record) -> str:
    """Write a record on one line."""
    act = trail.ACT_ZH[record.act]
    parts = (f"{record.number:>6}", record.when, act, record.label, record.session, record.what)
    return "  ".join(" ".join(part.split()) if part.strip() else "-" for part in parts)


def _known(text: str) -> tuple[int, str] | None:
    number, _, checksum = text.partition(":")
    if not text:
        return None
    if not (number.isascii() and number.isdecimal() and checksum):
        raise AccessError("--known 应写作 条数:校验值，例如 17:3fa9…")
    return int(number), checksum
