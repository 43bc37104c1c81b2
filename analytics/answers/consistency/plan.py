"""The plan's targets beside what is known, under one reading of its open points."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from analytics.answers.consistency.finding import TOTALS, Reading
from analytics.domain import Clause, Indicator, LevelTarget, RowStatus, Target, TargetBase
from analytics.model.projection.history import History

T = TypeVar("T", bound=TargetBase)
Histories = Mapping[str, History]  # indicator id -> history of the district


@dataclass(frozen=True)
class Known:
    """One figure of a release."""

    year: int
    value: float
    status: RowStatus

    @property
    def illustrative(self) -> bool:
        """Tell whether the figure was made for demonstration."""
        return self.status is RowStatus.ILLUSTRATIVE


@dataclass(frozen=True, eq=False)
class Plan:
    """All a check needs: targets, the identities that tie them, the reading, figures."""

    targets: tuple[Target, ...]
    indicators: Mapping[str, Indicator]
    reading: Reading = field(default_factory=Reading)
    histories: Histories = field(default_factory=dict)

    def of_kind(self, kind: type[T]) -> Iterator[T]:
        """Yield the targets of one measure, in the plan's order."""
        return (target for target in self.targets if isinstance(target, kind))

    def find(self, indicator: str, kind: type[T]) -> T | None:
        """Return the first target on an indicator in one measure."""
        return next((one for one in self.of_kind(kind) if one.indicator == indicator), None)

    def size_counted(self, indicator: str) -> float | None:
        """Return the size from which the members of an indicator are counted."""
        identity = self.indicators[indicator].identity
        return None if identity is None else identity.threshold

    def totals(self) -> dict[str, LevelTarget]:
        """Return the targets on the plan's two totals, by key of TOTALS."""
        found = {key: self.find(name, LevelTarget) for key, name in TOTALS.items()}
        return {key: target for key, target in found.items() if target}

    def known(self, indicator: str, year: int | None = None) -> Known | None:
        """Return a figure: of the year named, else the newest."""
        history = self.histories.get(indicator)
        if history is None or history.values.empty:
            return None
        year = int(history.values.index[-1]) if year is None else year
        if year not in history.values.index:
            return None
        return Known(year, float(history.values[year]), history.status_by_year[year])

    def at_base(self, indicator: str) -> Known | None:
        """Return a figure of the base year."""
        return self.known(indicator, self.reading.base_year)


def statements(target: Target) -> tuple[Target, ...]:
    """Return the target once for every place in the plan that states it."""
    section = target.clause.section.split(";")[0]  # the wording is that of the first section
    clause = Clause(section=section, wording=target.clause.wording)
    again = (
        {name: getattr(one, name) for name in type(one).model_fields} for one in target.restated
    )
    return tuple(target.model_copy(update=update) for update in ({"clause": clause}, *again))


def clauses(targets: Iterable[Target]) -> tuple[Clause, ...]:
    """Quote each target's first statement; a sentence shared by several once."""
    return tuple(dict.fromkeys(statements(target)[0].clause for target in targets))
