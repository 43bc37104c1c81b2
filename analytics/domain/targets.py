"""The plan: its actions, and its targets by what they measure."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from analytics.domain.base import Frozen
from analytics.domain.blocks import Block


class Measure(StrEnum):
    """What the plan measures about an indicator."""

    LEVEL = "level"
    CUMULATIVE = "cumulative"
    CAGR = "cagr"
    COUNT_OVER_THRESHOLD = "count_over_threshold"
    RELATIVE_TO_CITY = "relative_to_city"
    RELATIVE_GROWTH = "relative_growth"
    QUALITATIVE = "qualitative"


RELATIVE = (Measure.RELATIVE_TO_CITY, Measure.RELATIVE_GROWTH)  # measured against the city


class Operator(StrEnum):
    """How the plan's wording compares a value with the target."""

    GT = "gt"  # 突破 超过: excludes the number
    GE = "ge"  # 以上 不少于 不低于 达到: includes it
    APPROX = "approx"  # 左右: within a stated tolerance
    RANGE = "range"  # met at the lower bound
    RISE = "rise"  # 显著提升, no number in the plan
    FASTER = "faster"  # 显著快于


class Firmness(StrEnum):
    """Whether the plan commits or aspires (力争, 争取)."""

    FIRM = "firm"
    ASPIRATION = "aspiration"


class Task(Frozen):
    """One numbered task of the plan: its sentences that carry no target, verbatim."""

    section: str
    heading: str
    sentences: tuple[str, ...]


class ContextSeries(Frozen):
    """A published series that bears on an action without being a target."""

    indicator: str
    region: str
    note_zh: str = ""


class Action(Frozen):
    """One of the plan's special actions, or the 2035 outlook."""

    id: str
    name_zh: str
    order: int
    section: str
    summary_zh: str
    page: str  # page script below pages/
    url_path: str
    icon: str  # name of a Material symbol
    blocks: tuple[Block, ...] = ()  # what its page shows beside targets, levers and sources
    tasks: tuple[Task, ...] = ()  # tasks of the plan that carry no number
    context: tuple[ContextSeries, ...] = ()


class Clause(Frozen):
    """Where the plan says it, and its verbatim wording."""

    section: str
    wording: str


class Restatement(Frozen):
    """The same target said again elsewhere in the plan, in code units like the target."""

    clause: Clause
    operator: Operator
    firmness: Firmness
    value: float | None
    stated_value: float | None


ASSUMED_BASE_YEAR = 2023  # the plan was issued in June 2024 and rarely states one


class TargetBase(Frozen):
    """What every target says, whatever it measures."""

    id: str
    order: int
    action: str
    indicator: str
    name_zh: str
    unit: str
    stated_unit: str
    base_year: int | None = None  # None: not stated
    due_year: int
    firmness: Firmness = Firmness.FIRM
    clause: Clause
    restated: tuple[Restatement, ...] = ()
    full_name_zh: str = ""  # in documents, where two targets share a name
    goal_zh: str = ""  # the plan's own words where they are not the operator's usual ones
    digits_absent_because: str = ""  # why the value's digits do not occur in the wording
    assumption_zh: str = ""
    note_zh: str = ""
    note_en: str = ""

    @property
    def counted_from(self) -> int:
        """Return the year before the first counted one."""
        return self.base_year or ASSUMED_BASE_YEAR

    @property
    def is_approximate(self) -> bool:
        """Tell whether the wording says 左右, which only a number can."""
        return False


class NumberedTarget(TargetBase):
    """A target with a number; ``value`` is in code units (fractions for %)."""

    operator: Literal[Operator.GT, Operator.GE, Operator.APPROX, Operator.RANGE]
    value: float
    value_high: float | None = None
    stated_value: float  # as printed in the plan
    stated_high: float | None = None
    tolerance: float = 0.05  # of the value, for 左右

    @property
    def threshold(self) -> float:
        """Return the smallest acceptable value; 左右 is met from its lower tolerance on."""
        return self.value * (1 - self.tolerance) if self.is_approximate else self.value

    @property
    def excludes_its_number(self) -> bool:
        """Tell whether the number itself is not enough (突破, 超过)."""
        return self.operator is Operator.GT

    @property
    def is_approximate(self) -> bool:
        """Tell whether the wording says 左右."""
        return self.operator is Operator.APPROX


class LevelTarget(NumberedTarget):
    """A quantity to be reached in the due year."""

    measure: Literal[Measure.LEVEL] = Measure.LEVEL


class SumTarget(NumberedTarget):
    """Additions of the years after the base year, summed."""

    measure: Literal[Measure.CUMULATIVE] = Measure.CUMULATIVE


class GrowthTarget(NumberedTarget):
    """Average yearly growth since the base year, a fraction."""

    measure: Literal[Measure.CAGR] = Measure.CAGR


class CountTarget(NumberedTarget):
    """How many members of a group reach the threshold of their identity."""

    measure: Literal[Measure.COUNT_OVER_THRESHOLD] = Measure.COUNT_OVER_THRESHOLD


class ComparedTarget(NumberedTarget):
    """District over city: 1 is the city's average."""

    measure: Literal[Measure.RELATIVE_TO_CITY] = Measure.RELATIVE_TO_CITY


class LeadTarget(TargetBase):
    """Growth clearly ahead of the city's (显著快于); the plan gives no number."""

    measure: Literal[Measure.RELATIVE_GROWTH] = Measure.RELATIVE_GROWTH
    operator: Literal[Operator.FASTER] = Operator.FASTER
    margin: float = 0.01  # lead in growth a year that counts as clear
    value: None = None
    value_high: None = None
    stated_value: None = None
    stated_high: None = None
    excludes_its_number: ClassVar[bool] = False

    @property
    def threshold(self) -> float:
        """Return the smallest lead that counts."""
        return self.margin


class TrendTarget(TargetBase):
    """A rise (显著提升) without a number: only its direction can be judged."""

    measure: Literal[Measure.QUALITATIVE] = Measure.QUALITATIVE
    operator: Literal[Operator.RISE] = Operator.RISE
    value: None = None
    value_high: None = None
    stated_value: None = None
    stated_high: None = None


ValueTarget = LevelTarget | SumTarget | GrowthTarget | CountTarget | ComparedTarget
MeasurableTarget = ValueTarget | LeadTarget  # a draw either meets it or does not
Target = Annotated[MeasurableTarget | TrendTarget, Field(discriminator="measure")]
TARGET_TYPES: dict[Measure, type[Target]] = {
    Measure.LEVEL: LevelTarget,
    Measure.CUMULATIVE: SumTarget,
    Measure.CAGR: GrowthTarget,
    Measure.COUNT_OVER_THRESHOLD: CountTarget,
    Measure.RELATIVE_TO_CITY: ComparedTarget,
    Measure.RELATIVE_GROWTH: LeadTarget,
    Measure.QUALITATIVE: TrendTarget,
}
