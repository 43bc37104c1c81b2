"""Frozen types and vocabularies shared by the whole package.

Growth rates and shares are fractions in code and carry the unit ``"1"``;
percent exists only in :mod:`analytics.text_zh`.
"""

import hashlib
import json
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

JINSHAN = "金山区"
SHANGHAI = "上海市"
WHOLE_CITY = "全市"  # begins the scope of a series of the city
FRACTION = "1"  # unit of shares and growth rates, shown as %
MU_PER_SQUARE_KILOMETRE = 1500  # 1 亩 is a fifteenth of a hectare


class Frozen(BaseModel):
    """Immutable record that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(StrEnum):
    """How an indicator behaves in time, which decides the projection family."""

    LEVEL = "level"  # positive quantity of a year or a point in time, log scale
    FLOW = "flow"  # quantity of a year that is summed over years
    COUNT = "count"  # whole things: a yearly increment or a stock that never falls
    SHARE = "share"  # fraction between bounds, logit scale
    RATIO = "ratio"  # quotient of two quantities, log scale
    INDEX = "index"
    GROWTH = "growth"  # published rate of change, may be negative; never joined with levels


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
# identities that determine an indicator; the others only bound or shift it
COMPUTED = ("ratio", "sum", "same", "count_over_threshold")


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


class PeriodKind(StrEnum):
    """Span of time an observation speaks of; kinds are never joined."""

    YEAR = "year"
    CUMULATIVE = "cumulative"  # January to month m of one year (1—9月)
    MONTH = "month"
    POINT = "point"  # at a moment that is not a year's end
    SPAN = "span"  # several years together
    EVENT = "event"  # one day or one occasion
    PLAN = "plan"  # a goal set for the period, not an outcome


class RowStatus(StrEnum):
    """Where an observation comes from."""

    OFFICIAL = "official"
    SUBMITTED = "submitted"  # imported from the district's own spreadsheets
    REPORTED = "reported"
    DERIVED = "derived"
    ILLUSTRATIVE = "illustrative"


class Confidence(StrEnum):
    """How far the transcription of a published figure can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Verdict(StrEnum):
    """Judgement on a target, in the words of official mid-term reviews."""

    MET = "已完成"
    EARLY = "提前实现"
    AHEAD = "快于预期"
    ON_TRACK = "基本符合预期"
    BEHIND = "滞后"
    UNDETERMINED = "无法判定"
    NO_DATA = "数据不足"


class Reason(StrEnum):
    """Why something is not said, or is said with reserve; the words are in ``text_zh``."""

    # nothing is projected
    NO_DATA = "no_data"
    TOO_FEW = "too_few"
    PAST_THE_END = "past_the_end"
    SHARE_OUT_OF_BOUNDS = "share_out_of_bounds"
    NEGATIVE_COUNT = "negative_count"
    NOT_PROJECTED = "not_projected"
    # projected without a probability
    SHORT_HISTORY = "short_history"
    TOO_SHORT = "too_short"
    CONSTANT = "constant"
    UNIT_JUMP = "unit_jump"
    ASSUMED = "assumed"
    MONTHS_FALL = "months_fall"
    # projected in another way than asked
    GAPS_BRIDGED = "gaps_bridged"
    LONG_HORIZON = "long_horizon"
    TOO_LARGE_TO_COUNT = "too_large_to_count"
    STOCK_FELL = "stock_fell"
    NEAR_ITS_BOUNDS = "near_its_bounds"
    HAS_NEGATIVES = "has_negatives"
    HAS_ZEROS = "has_zeros"
    NOT_CONVERGED = "not_converged"
    NOT_FINITE = "not_finite"
    LAST_VALUE_KEPT = "last_value_kept"
    # months set aside
    MONTHS_DISAGREE = "months_disagree"
    MONTHS_AGAINST_YEAR = "months_against_year"
    MONTHS_AFTER_A_GAP = "months_after_a_gap"
    MONTHS_PAST_THE_END = "months_past_the_end"
    MONTHS_TOO_FEW_YEARS = "months_too_few_years"
    MONTHS_NOT_POSITIVE = "months_not_positive"
    MONTHS_WITHOUT_PAST = "months_without_past"
    # the measure cannot be formed
    ADDITIONS_MISSING = "additions_missing"
    ADDITIONS_NOT_BEGUN = "additions_not_begun"
    BASE_MISSING = "base_missing"
    DISTRICT_EMPTY = "district_empty"
    BASE_MOVED = "base_moved"
    # no benchmark
    CITY_UNPUBLISHED = "city_unpublished"
    CITY_EMPTY = "city_empty"
    CITY_UNMEASURED = "city_unmeasured"
    CITY_STALE = "city_stale"
    CITY_TOO_SHORT = "city_too_short"
    NO_COMMON_YEAR = "no_common_year"
    # no verdict: what is held, and what would be needed
    HELD_NOTHING = "held_nothing"
    HELD_MONTHS = "held_months"
    HELD_YEARS = "held_years"
    HELD_YEARS_AND_MONTHS = "held_years_and_months"
    NEEDS_ADDITIONS = "needs_additions"
    NEEDS_A_TREND = "needs_a_trend"
    NEEDS_YEARS = "needs_years"
    NEEDS_YEARS_OF_BOTH = "needs_years_of_both"
    NOTHING_SINCE_BASE = "nothing_since_base"
    NO_COMMON_YEAR_SINCE_BASE = "no_common_year_since_base"
    NOTHING_OBSERVED = "nothing_observed"
    NO_COMMON_YEAR_OBSERVED = "no_common_year_observed"
    PACE_WITHOUT_BASE = "pace_without_base"
    DUE_YEAR_MISSING = "due_year_missing"
    TREND_TOO_SHORT = "trend_too_short"
    TREND_UNCLEAR = "trend_unclear"
    # what a verdict rests on
    DUE_YEAR_OBSERVED = "due_year_observed"
    MISSED = "missed"
    NO_NUMBER = "no_number"
    ONLY_A_TREND = "only_a_trend"
    TREND = "trend"
    # robustness not tried
    LINKED = "linked"
    YEARLY_ONLY = "yearly_only"
    VARIANT_WITHOUT_PROBABILITY = "variant_without_probability"

    def given(self, *, because: "ReasonGiven | None" = None, **facts: "Fact") -> "ReasonGiven":
        """Return the reason with the facts that its sentence names."""
        return ReasonGiven(code=self, facts=tuple(facts.items()), because=because)


WITHOUT_PROBABILITY = frozenset(
    {
        *(Reason.NO_DATA, Reason.TOO_FEW, Reason.SHARE_OUT_OF_BOUNDS, Reason.NEGATIVE_COUNT),
        *(Reason.SHORT_HISTORY, Reason.TOO_SHORT, Reason.CONSTANT, Reason.UNIT_JUMP),
        *(Reason.ASSUMED, Reason.MONTHS_FALL),
    }
)
WITHOUT_BENCHMARK = frozenset(
    {
        *(Reason.CITY_UNPUBLISHED, Reason.CITY_EMPTY, Reason.CITY_UNMEASURED),
        *(Reason.CITY_STALE, Reason.CITY_TOO_SHORT, Reason.NO_COMMON_YEAR),
    }
)

Fact = int | float | str | tuple[int, ...]


class ReasonGiven(Frozen):
    """A reason with the facts that its sentence names."""

    code: Reason
    facts: tuple[tuple[str, Fact], ...] = ()
    of_city: bool = False  # said of the city's side of a comparison
    because: "ReasonGiven | None" = None

    @property
    def lacks_benchmark(self) -> bool:
        """Tell whether the district stands alone: nothing of the city to hold it against."""
        return self.code in WITHOUT_BENCHMARK

    @property
    def withholds_probability(self) -> bool:
        """Tell whether this is why no probability is given."""
        return self.code in WITHOUT_PROBABILITY

    def said_of_city(self) -> "ReasonGiven":
        """Return the same reason, said of the city's side."""
        return self.model_copy(update={"of_city": True})


Reasons = tuple[ReasonGiven, ...]


class Source(Frozen):
    """Where a published figure was read."""

    id: str
    title: str
    publisher: str = ""
    url: str | None = None
    published_on: date | None = None
    published_text: str = ""  # the date as printed, when it is not a plain date
    licence: str = "公开信息，引用须注明出处"
    confidence: Confidence = Confidence.MEDIUM


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


class NamedSeries(Frozen):
    """A series under the name that one page gives it."""

    indicator: str
    name_zh: str


class ReadingsBlock(Frozen):
    """The plan's readings of one indicator side by side."""

    kind: Literal["readings"]
    indicator: str
    title_zh: str


class LandBlock(Frozen):
    """What supply and clearance of land mean for output per land."""

    kind: Literal["land"]
    areas: tuple[str, ...]  # yearly areas supplied or cleared, with a target each
    densities: tuple[NamedSeries, ...]  # outputs per land: output ÷ land moved by the areas
    lever: str  # what supplies more land
    extra: float  # how much more a year, in the unit of what the lever moves


class AgainstCityBlock(Frozen):
    """Where the city's figure stands that a target is measured against."""

    kind: Literal["against_city"]
    target: str
    title_zh: str


class ShareBlock(Frozen):
    """What a target for a share means for the part, given the whole."""

    kind: Literal["share"]
    target: str
    title_zh: str


class LadderBlock(Frozen):
    """Steps of a ladder of firms as far as the city has published them."""

    kind: Literal["ladder"]
    title_zh: str
    steps: tuple[NamedSeries, ...]  # all of them context series of the action
    own: str  # the district's own context series on the ladder


class DistrictsBlock(Frozen):
    """What other districts have published of the same series."""

    kind: Literal["districts"]
    series: tuple[NamedSeries, ...]
    growth: str  # published growth of those that are levels


class ContributionsBlock(Frozen):
    """What coming, going and staying enterprises added to growth, where a ledger was used."""

    kind: Literal["contributions"]


Block = Annotated[
    ReadingsBlock
    | LandBlock
    | AgainstCityBlock
    | ShareBlock
    | LadderBlock
    | DistrictsBlock
    | ContributionsBlock,
    Field(discriminator="kind"),
]


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


class Identity(Frozen):
    """Accounting link between an indicator and others."""

    op: str  # ratio, sum, same, at_least, count_over_threshold, area_moved_by
    of: tuple[str, ...]
    threshold: float | None = None

    @property
    def counted_from(self) -> float:
        """Return from which size members count; the catalog gives every count one."""
        if self.threshold is None:
            raise ValueError(f"an identity of kind {self.op} has no threshold")
        return self.threshold


class Indicator(Frozen):
    """One statistical series as the project defines it."""

    id: str
    name_zh: str
    name_en: str
    unit: str
    kind: Kind
    accumulates: bool = False  # a year's value is that year's addition; targets sum the years
    direction: int = 1  # +1 when more is better
    frequency: str = "annual"
    decimals: int = 1
    scope: str = ""  # 在地, 属地, 园区, 全市 …
    price_basis: str = ""
    definition_zh: str
    lower: float | None = None
    upper: float | None = None
    city_counterpart: str | None = None  # indicator id of the city's series
    identity: Identity | None = None

    @property
    def scopes(self) -> tuple[str, ...]:
        """Return the scopes it may be filed under."""
        return tuple(self.scope.split("、"))

    @property
    def home_region(self) -> str:
        """Return the region it is about: whose levers move it, and whose a row without one is."""
        return SHANGHAI if self.scope.startswith(WHOLE_CITY) else JINSHAN


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


class Target(Frozen):
    """One target of the plan; ``value`` is in code units (fractions for %)."""

    id: str
    order: int
    action: str
    indicator: str
    name_zh: str
    measure: Measure
    operator: Operator
    value: float | None = None
    value_high: float | None = None
    unit: str
    stated_value: float | None = None  # as printed in the plan
    stated_high: float | None = None
    stated_unit: str
    base_year: int | None = None
    due_year: int
    tolerance: float = 0.05  # of the value, for 左右
    margin: float = 0.01  # growth a year, for 显著快于
    firmness: Firmness = Firmness.FIRM
    clause: Clause
    restated: tuple[Restatement, ...] = ()
    digits_absent_because: str = ""  # why the value's digits do not occur in the wording
    assumption_zh: str = ""
    note_zh: str = ""
    note_en: str = ""


class LeverEffect(StrEnum):
    """What a lever moves."""

    GROWTH_PP = "growth_pp"  # added to the yearly growth rate (fraction)
    LEVEL = "level"
    FLOW = "flow"  # added to every future year's flow, in the indicator's unit
    SHOCK = "shock"  # a stress test, on (1) or off (0)


class LeverClass(StrEnum):
    """Who holds the lever."""

    POLICY = "policy"
    ASSUMPTION = "assumption"


class Lever(Frozen):
    """One thing a user may move."""

    id: str
    name_zh: str
    applies_to: str
    effect: LeverEffect
    minimum: float
    maximum: float
    step: float
    first_year: int
    last_year: int
    lever_class: LeverClass = LeverClass.POLICY
    rationale_zh: str
    code: str = ""  # short name in links, with the period's last two digits
    move: float = 0.01  # one move of the sensitivity chart
    effect_sign: int = 1  # +1 more helps, -1 less helps, 0 it depends


class Stress(Frozen):
    """A change of growth in one year, switched on or off as a scenario's assumption.

    Either a past year is repeated (its growth less the usual growth of the
    years it is held against, read from each series), or the change is declared.
    """

    id: str
    name_zh: str
    code: str
    year: int  # the year that is hit
    applies_to: tuple[str, ...]
    passes_to: tuple[str, ...] = ()  # totals, hit by the weight of what is hit
    repeats: int | None = None  # the past year
    against: tuple[int, ...] = ()  # years of usual growth
    shock: float | None = None  # declared change of that year's growth, fraction
    basis_zh: str  # source, or 设定假设
    rationale_zh: str

    # What the settings of a scenario ask of a lever.
    effect: ClassVar[LeverEffect] = LeverEffect.SHOCK
    lever_class: ClassVar[LeverClass] = LeverClass.ASSUMPTION
    minimum: ClassVar[float] = 0.0
    maximum: ClassVar[float] = 1.0
    step: ClassVar[float] = 1.0


Adjustable = Lever | Stress


class PresetRule(StrEnum):
    """How a preset's settings are computed from the release."""

    NOTHING = "nothing"
    REQUIRED = "required"  # least proportional effort for all reachable targets
    PRESSED = "pressed"  # beyond what is required, by a share of the room left
    CAUTIOUS = "cautious"  # a less favourable quantile of each projection
    CITY_PACE = "city_pace"  # the city's recent growth


class Preset(Frozen):
    """A scenario computed from data by a declared rule."""

    id: str
    name_zh: str
    rule: PresetRule
    share: float | None = None  # of the room left up to the helpful bound
    quantile: float | None = None  # of the draws, counted from the unfavourable end
    rule_zh: str
    rationale_zh: str


class Scenario(Frozen):
    """What a user moved away from the baseline, and the release it was moved on."""

    name: str = "基准"
    settings: tuple[tuple[str, float], ...] = ()  # what is moved -> value in code units, by id
    release: str = ""  # id of the release

    @property
    def id(self) -> str:
        """Eight hex digits that change with what is moved or the release, not with the name."""
        content = json.dumps([self.release, self.settings])
        return hashlib.sha256(content.encode()).hexdigest()[:8]


class Release(Frozen):
    """A published, immutable set of parquet files."""

    id: str  # <name>-<as_of>-<first 8 of hash>
    name: str  # "published", "demo", …
    title_zh: str
    hash: str  # sha256 over the sha256 of the files
    created_on: date
    as_of: date
    files: dict[str, str]  # file name -> sha256
    counts: dict[str, int]  # row status -> rows
