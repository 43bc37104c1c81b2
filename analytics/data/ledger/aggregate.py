"""A folder of ledger files → the figures of every month, worked out once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.catalog.disclosure import load_disclosure
from analytics.catalog.load import load_catalog
from analytics.data.imports.batch import Fault, FaultKind
from analytics.data.ledger.checks import check_months
from analytics.data.ledger.contract import load_contract
from analytics.data.ledger.engine import Engine, LedgerError
from analytics.data.ledger.figures import Question, Side, sides, totals_and_counts
from analytics.data.ledger.kept_months import (
    MonthFigures,
    keep_month,
    month_fingerprint,
    read_month,
    standing_fingerprint,
)
from analytics.data.ledger.partitions import (
    Month,
    Partition,
    find_partitions,
    missing_months,
    other_files,
    with_neighbours,
)
from analytics.data.ledger.reading import Readable, readable

OnProgress = Callable[[str], None]


@dataclass(frozen=True)
class Aggregated:
    """What a ledger comes to."""

    question: Question
    months: tuple[MonthFigures, ...]
    faults: tuple[Fault, ...]  # of every month, in order
    worked_out: tuple[Month, ...]  # not taken from an earlier run

    @property
    def illustrative(self) -> bool:
        """Say whether any month is marked 演示."""
        return any(month.illustrative for month in self.months)


def ask(root: Path, region: str) -> Question:
    """Load what is declared; raise CatalogError or LedgerError."""
    catalog = load_catalog(root)
    contract = load_contract(root, catalog)
    if region not in contract.regions:
        raise LedgerError(f"ledger.toml 的 regions 中没有“{region}”")
    return Question(contract, catalog, load_disclosure(root), region)


def aggregate(
    root: Path,
    ledger: Path,
    engine: Engine,
    out: Path,
    *,
    region: str = "金山区",
    on_progress: OnProgress = lambda _: None,
) -> Aggregated:
    """Check and sum every month of a ledger; months already worked out are taken as they are.

    Raises
    ------
    LedgerError
        When a file cannot be read at all or the engine fails; faults inside are in the result.
    """
    question = ask(root, region)
    standing = standing_fingerprint(root, region)
    partitions = find_partitions(ledger)
    prints = _fingerprints(standing, partitions)
    done = {key: found for key in prints if (found := read_month(out, key, prints[key]))}
    stale = [partition for partition in partitions if partition.key not in done]
    on_progress(f"{len(partitions)}个月，其中{len(stale)}个月需要计算")
    if stale:
        needed = {part.key for part in with_neighbours(stale, partitions, back=12)}
        needed |= {part.key for part in with_neighbours(stale, partitions, back=1)}
        read = {
            part.key: readable(part, ledger, question.contract, out, standing)
            for part in partitions
            if part.key in needed
        }
        for some in _worked_out(question, engine, read, [part.key for part in stale]):
            for figures in some:
                keep_month(out, figures, prints[figures.key])
                done[figures.key] = figures
            on_progress(f"完成{len(done)}个月，至{some[-1].key[0]}年{some[-1].key[1]}月")
    months = tuple(done[key] for key in sorted(done))
    own = (*_unread(ledger), *_gaps(partitions))
    faults = (*own, *(fault for month in months for fault in month.faults))
    return Aggregated(question, months, faults, tuple(part.key for part in stale))


def _fingerprints(standing: str, partitions: Sequence[Partition]) -> dict[Month, str]:
    prints = {}
    for part in partitions:
        near = [*with_neighbours([part], partitions, back=1)]
        near += with_neighbours([part], partitions, back=12)
        others = [other for other in near if other.key != part.key]
        prints[part.key] = month_fingerprint(standing, part, others)
    return prints


def _worked_out(
    question: Question, engine: Engine, read: dict[Month, Readable], stale: Sequence[Month]
) -> Iterator[list[MonthFigures]]:
    """Sum all months at once, and yield them with what is compared, some at a time."""
    refused = {key for key in read if _is_refused(read[key].faults)}
    parts = {key: one.partition for key, one in read.items() if key not in refused}
    sound = [parts[key] for key in stale if key in parts]
    totals, counted = totals_and_counts(question, engine, sound) if sound else ([], [])
    for some in _slices(stale, engine.months_at_a_time):
        whole = [key for key in some if key in parts]
        compared, found, marked = _compared(question, engine, read, parts, whole)
        yield [
            MonthFigures(
                key=key,
                totals=tuple(one for one in totals if (one.year, one.month) == key),
                counted=tuple(one for one in counted if (one.year, one.month) == key),
                sides=tuple(one for one in compared if (one.year, one.month) == key),
                faults=(*read[key].faults, *found.get(key, ())),
                illustrative=key in marked or read[key].illustrative,
            )
            for key in some
        ]


def _compared(
    question: Question,
    engine: Engine,
    read: dict[Month, Readable],
    parts: dict[Month, Partition],
    months: Sequence[Month],
) -> tuple[list[Side], dict[Month, list[Fault]], set[Month]]:
    """Set months beside the year before and the month before, and check their rows."""
    if not months:
        return [], {}, set()
    own, every = [parts[key] for key in months], list(parts.values())
    pairs = _with_year_before(months, parts)
    compared = sides(question, engine, with_neighbours(own, every, back=12), pairs) if pairs else []
    origins = {path: one for key in read for path, one in read[key].origins.items()}
    near = with_neighbours(own, every, back=1)
    return compared, *check_months(question, engine, near, months, origins)


def _slices(keys: Sequence[Month], length: int) -> Iterator[Sequence[Month]]:
    return (keys[start : start + length] for start in range(0, len(keys), length))


def _is_refused(faults: Sequence[Fault]) -> bool:
    """Say whether a month's columns are not those of the contract."""
    return any(fault.kind is FaultKind.REFUSED and fault.rule == "列" for fault in faults)


def _with_year_before(keys: Sequence[Month], parts: dict[Month, Partition]) -> list[Month]:
    return [(year, month) for year, month in keys if (year - 1, month) in parts]


def _unread(ledger: Path) -> list[Fault]:
    message, remedy = "不是台账文件，没有读", "另存为 .xlsx 或 .csv，或移出文件夹"
    return [
        Fault(FaultKind.HELD, "没有读的文件", message, remedy, file=name)
        for name in other_files(ledger)
    ]


def _gaps(partitions: Sequence[Partition]) -> list[Fault]:
    missing = missing_months(part.key for part in partitions)
    names = [f"{year}年{month}月" for year, month in missing]
    return [
        Fault(FaultKind.HELD, "缺月", f"台账缺{name}", "补上该月台账", file=name) for name in names
    ]
