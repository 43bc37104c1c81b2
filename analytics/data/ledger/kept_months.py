"""Figures of months already worked out, beside the output: a late month touches only its own.

A month's file counts while nothing it rests on has changed: its ledger files, those of the
month it is compared with, the declarations and the statements.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from analytics.data.imports.batch import Fault, FaultKind
from analytics.data.ledger.figures import Counted, Side, Total
from analytics.data.ledger.partitions import Month, Partition
from analytics.data.ledger.statements import COLUMNS, PERIODS, SQL_ROOT

FOLDER = "months"
_FORMAT = 2


@dataclass(frozen=True)
class MonthFigures:
    """Everything one month of a ledger comes to."""

    key: Month
    totals: tuple[Total, ...]
    counted: tuple[Counted, ...]
    sides: tuple[Side, ...]
    faults: tuple[Fault, ...]
    illustrative: bool


def standing_fingerprint(root: Path, region: str) -> str:
    """Return a text that changes with the declarations, the statements or the region."""
    files = [root / "data/catalog" / name for name in ("ledger.toml", "disclosure.toml")]
    files += sorted(SQL_ROOT.rglob("*.sql"))
    content = hashlib.sha256(f"{_FORMAT} {region} {COLUMNS} {PERIODS}".encode())
    for path in files:
        content.update(path.read_bytes())
    return content.hexdigest()


def month_fingerprint(standing: str, own: Partition, neighbours: Iterable[Partition]) -> str:
    """Return a text that changes with anything a month's figures rest on."""
    parts = [standing, own.fingerprint, *(other.fingerprint for other in neighbours)]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def read_month(folder: Path, key: Month, fingerprint: str) -> MonthFigures | None:
    """Return a month's kept figures, None where there are none or they no longer hold."""
    try:
        content = json.loads(_path(folder, key).read_text(encoding="utf-8"))
        if content.pop("fingerprint") != fingerprint:
            return None
        return MonthFigures(
            key=key,
            totals=tuple(Total(**one) for one in content["totals"]),
            counted=tuple(Counted(**one) for one in content["counted"]),
            sides=tuple(Side(**one) for one in content["sides"]),
            faults=tuple(
                Fault(**{**one, "kind": FaultKind(one["kind"])}) for one in content["faults"]
            ),
            illustrative=content["illustrative"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_month(folder: Path, figures: MonthFigures, fingerprint: str) -> None:
    """Write a month's figures beside their place and rename them."""
    path = _path(folder, figures.key)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "fingerprint": fingerprint,
        "totals": [asdict(one) for one in figures.totals],
        "counted": [asdict(one) for one in figures.counted],
        "sides": [asdict(one) for one in figures.sides],
        "faults": [
            {name: str(getattr(one, name)) for name in one.__slots__} for one in figures.faults
        ],
        "illustrative": figures.illustrative,
    }
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


def _path(folder: Path, key: Month) -> Path:
    return folder / FOLDER / f"{key[0]}-{key[1]:02d}.json"
