"""What a month's ledger comes to: sums with what their protection needs, counts, comparisons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analytics.catalog.disclosure import Disclosure
from analytics.catalog.load import Catalog
from analytics.data.ledger.contract import Contract, is_monthly
from analytics.data.ledger.engine import Engine, Row, Table
from analytics.data.ledger.partitions import Month, Partition, files_of
from analytics.data.ledger.statements import job


@dataclass(frozen=True)
class Total:
    """One declared sum of a month, in the ledger's units."""

    sum_id: str
    year: int
    month: int
    total: int
    size: int  # of the amounts without their signs
    units: int  # enterprises with an amount
    first: int  # largest amount, sign left out
    second: int = -1  # -1: not needed, the largest alone shows that the sum is safe


@dataclass(frozen=True)
class Counted:
    """One declared number of enterprises of a year."""

    count_id: str
    year: int
    month: int
    number: int


@dataclass(frozen=True)
class Side:
    """Enterprises staying, entering or leaving between a month and the same one a year before."""

    year: int
    month: int
    side: str
    amount: int
    amount_before: int
    units: int
    first: int


@dataclass(frozen=True)
class Question:
    """What does not change from month to month."""

    contract: Contract
    catalog: Catalog
    disclosure: Disclosure
    region: str

    @property
    def tables(self) -> dict[str, Table]:
        """Return the declared tables the statements read."""
        return {
            "sums": self.contract.sums_table(self.catalog),
        }

    @property
    def words(self) -> dict[str, Sequence[str]]:
        """Return what the statements are filled in with: the place, and the flags counted."""
        return {
            "region": self.contract.regions[self.region],
            "held": self.contract.flags_counted("held"),
            "new": self.contract.flags_counted("new"),
        }


def totals_and_counts(
    question: Question, engine: Engine, partitions: Sequence[Partition]
) -> tuple[list[Total], list[Counted]]:
    """Sum and count some months, and look at the largest two amounts where that is needed."""
    wanted = ("yearly_sums", "monthly_sums", "counts")
    asked = job(files_of(partitions), question.tables, wanted, **question.words)
    rows = engine.run(asked)
    totals = [Total(**_whole(row)) for row in rows["yearly_sums"] + rows["monthly_sums"]]
    totals += _of_nobody(question, partitions, totals)
    totals = [_without_nothing(total) for total in totals]
    largest = _largest(question, engine, partitions, totals)
    totals = [
        replace(total, first=largest[key][0], second=largest[key][1])
        if (key := (total.sum_id, total.year, total.month)) in largest
        else total
        for total in totals
    ]
    return sorted(totals, key=_place), _counted(question.contract, partitions, rows["counts"])


def _place(total: Total) -> tuple[str, int, int]:
    return total.sum_id, total.year, total.month


def _whole(row: Row) -> Row:
    """Take a sum over nothing but empty cells as nothing."""
    return {name: 0 if value is None else value for name, value in row.items()}


def _of_nobody(
    question: Question, partitions: Sequence[Partition], totals: Iterable[Total]
) -> list[Total]:
    """Return nothing, as a figure, for declared sums that no enterprise is in."""
    have = {_place(total) for total in totals}
    contract = question.contract
    names = [*contract.sums, *contract.rests]
    wanted = [
        (name, *part.key)
        for part in partitions
        for name in names
        if part.month == 12 or is_monthly(name, question.catalog)
    ]
    return [Total(*key, 0, 0, 0, 0) for key in wanted if key not in have]


def _without_nothing(total: Total) -> Total:
    return replace(total, second=0) if total.units < 2 else total


def _largest(
    question: Question, engine: Engine, partitions: Sequence[Partition], totals: Iterable[Total]
) -> dict[tuple[str, int, int], tuple[int, int]]:
    """Return the two largest amounts of sums that their largest alone leaves in doubt."""
    doubtful = [total for total in totals if is_doubtful(total, question.disclosure)]
    if not doubtful:
        return {}
    months = {(total.year, total.month) for total in doubtful}
    files = files_of(part for part in partitions if part.key in months)
    columns = {"sum_id": "VARCHAR", "year": "INTEGER", "month": "INTEGER"}
    table = Table(columns, [_place(total) for total in doubtful])
    declared = {**question.contract.sums, **question.contract.rests}
    measures = sorted({declared[total.sum_id].measure for total in doubtful})
    tables = {**question.tables, "doubtful": table}
    asked = job(files, tables, ("largest",), **question.words, measures=measures)
    found: dict[tuple[str, int, int], list[int]] = {_place(total): [0, 0] for total in doubtful}
    for row in engine.run(asked)["largest"]:
        found[row["sum_id"], row["year"], row["month"]][row["place"] - 1] = row["amount"]
    return {key: (first, second) for key, (first, second) in found.items()}


def is_doubtful(total: Total, disclosure: Disclosure) -> bool:
    """Say whether a sum may be dominated, for all its largest amount alone can tell."""
    if total.units < disclosure.fewest_enterprises:
        return False
    rules = disclosure.dominance
    rest = total.size - 2 * total.first
    return rest < rules.p * total.first or 2 * total.first > rules.two_largest * total.size


def _counted(
    contract: Contract, partitions: Sequence[Partition], rows: Sequence[Row]
) -> list[Counted]:
    ends = [part.key for part in partitions if part.month == 12]
    numbers = {(name, *key): 0 for key in ends for name in contract.counts}
    for row in rows:
        for name, count in contract.counts.items():
            key = (name, row["year"], row["month"])
            taken = row["above_scale"] or not count.above_scale
            numbers[key] += row[count.column] if taken else 0
    return [Counted(*key, number) for key, number in sorted(numbers.items())]


def sides(
    question: Question, engine: Engine, partitions: Sequence[Partition], months: Sequence[Month]
) -> list[Side]:
    """Compare months with the same months a year before; partitions hold both."""
    pairs = Table({"year": "INTEGER", "month": "INTEGER"}, sorted(months))
    tables = {**question.tables, "pairs": pairs}
    rows = engine.run(job(files_of(partitions), tables, ("like_for_like",), **question.words))
    found = [Side(**_whole(row)) for row in rows["like_for_like"]]
    return sorted(found, key=lambda side: (side.year, side.month, side.side))
